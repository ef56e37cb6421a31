"""OpenDocument files with the furniture that office programs write into every one of them."""

import re
import struct
import zlib
from dataclasses import dataclass, field

from tests.release_check.made.archives import unzipped, zipped

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MEDIA_TYPE = "application/vnd.oasis.opendocument."
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    "office": f"{_OASIS}office:1.0",
    "style": f"{_OASIS}style:1.0",
    "text": f"{_OASIS}text:1.0",
    "table": f"{_OASIS}table:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "number": f"{_OASIS}datastyle:1.0",
    "presentation": f"{_OASIS}presentation:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "chart": f"{_OASIS}chart:1.0",
    "form": f"{_OASIS}form:1.0",
    "script": f"{_OASIS}script:1.0",
    "config": f"{_OASIS}config:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "xforms": "http://www.w3.org/2002/xforms",
    "ooo": "http://openoffice.org/2004/office",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_PREFIXED = re.compile(rf"(xmlns:(?=\w+=)|</?(?=\w+:)|\s(?=\w+:))({'|'.join(_NAMESPACES)})(?=[:=])")
_USUAL_STYLES = (
    '<style:default-style style:family="paragraph"><style:text-properties style:use-window-font-color="true"'
    ' loext:opacity="0%" fo:font-size="12pt"/></style:default-style>'
    '<style:default-style style:family="graphic"><style:graphic-properties draw:fill-color="#729fcf"/>'
    "</style:default-style>"
    '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
    '<style:style style:name="Default" style:family="table-cell"/>'
)
_USUAL_LAYOUTS = (
    '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/>'
    "</style:page-layout>"
)


def element(name: str, content: str, attributes: str = "") -> str:
    """A root element that declares every prefix used here."""
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    return f'{HEAD}<{name} {declared} office:version="1.3"{attributes}>{content}</{name}>'


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@dataclass
class OpenDocument:
    """One document, `packed` by the method of that name.

    `kind` is spreadsheet, text or presentation. `body` is what is inside the body, `automatic` its styles; `common`,
    `layouts` and `masters` go into styles.xml; `parts` are further parts, all listed but the `unlisted` ones;
    `listed` are media types of entries, also of folders and of what is not there.
    """

    kind: str
    body: str
    automatic: str = ""
    common: str = ""
    layouts: str = ""
    masters: str = ""
    meta: str = ""
    settings: str = ""
    parts: dict[str, str | bytes] = field(default_factory=dict)
    unlisted: tuple[str, ...] = ()
    listed: dict[str, str] = field(default_factory=dict)
    encryption: str = ""

    @property
    def name(self) -> str:
        return {"spreadsheet": "a.ods", "text": "a.odt", "presentation": "a.odp"}[self.kind]

    def packed(self) -> bytes:
        """The package."""
        return zipped(self.all_parts(), stored=("mimetype",))

    def all_parts(self) -> dict[str, str | bytes]:
        """The parts in the order in which they are written."""
        content = element(
            "office:document-content",
            f"<office:scripts/><office:font-face-decls/><office:automatic-styles>{self.automatic}"
            f"</office:automatic-styles><office:body><office:{self.kind}>{self.body}</office:{self.kind}></office:body>",
        )
        masters = self.masters or '<style:master-page style:name="Standard" style:page-layout-name="pm1"/>'
        styles = element(
            "office:document-styles",
            f"<office:styles>{_USUAL_STYLES}{self.common}</office:styles><office:automatic-styles>{_USUAL_LAYOUTS}"
            f"{self.layouts}</office:automatic-styles><office:master-styles>{masters}</office:master-styles>",
        )
        settings = f'<config:config-item config:name="PrinterName" config:type="string"/>{self.settings}'
        parts: dict[str, str | bytes] = {
            "mimetype": MEDIA_TYPE + self.kind,
            "Configurations2/accelerator/current.xml": "",
            "Thumbnails/thumbnail.png": png(),
            "content.xml": content,
            "styles.xml": styles,
            "meta.xml": element(
                "office:document-meta",
                f"<office:meta><meta:generator>LibreOffice/7.4</meta:generator>{self.meta}</office:meta>",
            ),
            "settings.xml": element("office:document-settings", f"<office:settings>{settings}</office:settings>"),
            **self.parts,
        }
        listed = {"/": MEDIA_TYPE + self.kind, "Configurations2/": "", **dict.fromkeys(parts, ""), **self.listed}
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}">{self.encryption}'
            "</manifest:file-entry>"
            for name, kind in listed.items()
            if name not in (*self.unlisted, "mimetype")
        )
        return {**parts, "META-INF/manifest.xml": element("manifest:manifest", entries)}


def spreadsheet(body: str, automatic: str = "", **more: object) -> OpenDocument:
    """A spreadsheet. Its body is sheets as `sheet` makes them, and what follows them."""
    return OpenDocument("spreadsheet", body, automatic, **more)  # type: ignore[arg-type]


def sheet(
    rows: str, name: str = "Answer", *, style: str = "", columns: str = "", more: str = "", attributes: str = ""
) -> str:
    """One sheet of rows as `row` makes them."""
    columns = columns or '<table:table-column table:number-columns-repeated="16384"/>'
    opening = f'<table:table table:name="{name}" table:style-name="{style}"{attributes}>'
    return f"{opening}{more}{columns}{rows}</table:table>"


def row(*cells: str, attributes: str = "") -> str:
    """One row of cells as `cell` and `number` make them, or of plain texts."""
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row{attributes}>{inside}</table:table-row>"


def cell(text: str = "", attributes: str = "", inside: str = "") -> str:
    """A cell with a text; an empty one when there is none."""
    if not text and not inside:
        return f"<table:table-cell{attributes}/>"
    return (
        f'<table:table-cell office:value-type="string"{attributes}>{inside}<text:p>{text}</text:p></table:table-cell>'
    )


def number(value: float, shown: str | None = None, attributes: str = "") -> str:
    """A cell with a number; `shown` is what its format makes of it."""
    text = str(value) if shown is None else shown
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}"{attributes}>{paragraph}</table:table-cell>'
    )


def style(name: str, family: str, properties: str, attributes: str = "") -> str:
    """A style with its groups of properties."""
    return f'<style:style style:name="{name}" style:family="{family}"{attributes}>{properties}</style:style>'


def with_other_prefixes(data: bytes) -> bytes:
    """The same parts with every prefix spelt otherwise."""
    parts: dict[str, str | bytes] = {}
    for name, content in unzipped(data).items():
        if name.endswith(".xml"):
            parts[name] = _PREFIXED.sub(r"\1\2x", content.decode())
        else:
            parts[name] = content
    return zipped(parts, stored=("mimetype",))
