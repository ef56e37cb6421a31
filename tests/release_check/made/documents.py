"""Word documents made of raw XML."""

import re
from dataclasses import dataclass, field

from tests.release_check.made.packages import HEAD, OFFICE, STRICT_OFFICE, OfficePackage

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = {
    "r": OFFICE,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARGINS = 'w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"'
A4 = f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar {_MARGINS}/>'


def paragraph(text: str, formatting: str = "", properties: str = "") -> str:
    """A paragraph of one run; `formatting` goes into its `w:rPr`, `properties` into the paragraph's `w:pPr`."""
    of_paragraph = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{of_paragraph}{run(text, formatting)}</w:p>"


def run(text: str, formatting: str = "") -> str:
    """A run of text."""
    of_run = f"<w:rPr>{formatting}</w:rPr>" if formatting else ""
    return f'<w:r>{of_run}<w:t xml:space="preserve">{text}</w:t></w:r>'


def complex_field(*instruction: str, result: str = "shown", data: str = "") -> str:
    """The runs of a field, its instruction in as many runs as it has pieces; a piece may be a field itself."""
    kept = f"<w:fldData>{data}</w:fldData>" if data else ""
    pieces = "".join(
        each if each.startswith("<w:r>") else f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>'
        for each in instruction
    )
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{kept}</w:fldChar></w:r>{pieces}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: str, properties: str = "") -> str:
    """A table of rows made by `row`."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells made by `cell`, or of plain texts."""
    whole = (each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(whole)}</w:tr>"


def cell(text: str, properties: str = "", formatting: str = "") -> str:
    """A cell of one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text, formatting)}</w:tc>"


def text_box(
    text: str,
    *,
    x: int = 0,
    y: int = 0,
    base: str = "page",
    fill: str = "",
    formatting: str = "",
    named: str = "",
) -> str:
    """A paragraph with a floating text box of 200 by 100 points at a place in points from `base`."""
    return (
        '<w:p><w:r><w:drawing><wp:anchor behindDoc="0">'
        f'<wp:positionH relativeFrom="{base}"><wp:posOffset>{x * 12700}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{base}"><wp:posOffset>{y * 12700}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="2540000" cy="1270000"/><wp:docPr id="1" name="Text Box 1" {named}/>'
        f'<a:graphic><a:graphicData uri="shape"><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>'
        f"{paragraph(text, formatting)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


@dataclass
class Document:
    """A document as Word writes it; take its `bytes`.

    `body` is the XML between `w:body`, without the last section; `styles`, `settings` what stands in those parts;
    `strict` writes the other namespaces, `prefix` another one for Word's own.
    """

    body: str = field(default_factory=lambda: paragraph("The force holds the information."))
    styles: str = ""
    settings: str = ""
    section: str = A4
    before_body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    """Kinds of header (`default`, `first`, `even`, or `none` for one that no section uses), with what it holds."""
    footnotes: str = ""
    building_blocks: str = ""
    theme: str = ""
    main: str = "word/document.xml"
    strict: bool = False
    prefix: str = "w"

    def package(self) -> OfficePackage:
        """The package, to add parts to."""
        made = OfficePackage()
        references = ""
        main = made.part(self.main, "", f"{_TYPE}.document.main+xml")
        made.link("", "officeDocument", main)
        self._add(made, "styles", "word/styles.xml", self._root("styles", self.styles))
        self._add(made, "settings", "word/settings.xml", self._root("settings", self.settings))
        if self.theme:
            self._add(made, "theme", "word/theme/theme1.xml", self.theme)
        for number, (kind, content) in enumerate(self.headers.items(), 1):
            identity = self._add(made, "header", f"word/header{number}.xml", self._root("hdr", content))
            if kind != "none":
                references += f'<w:headerReference w:type="{kind}" r:id="{identity}"/>'
        if self.footnotes:
            self._add(made, "footnotes", "word/footnotes.xml", self._root("footnotes", self.footnotes))
        if self.building_blocks:
            blocks = self._root("glossaryDocument", f"<w:docParts>{self.building_blocks}</w:docParts>")
            self._add(made, "glossaryDocument", "word/glossary/document.xml", blocks)
        section = f"<w:sectPr>{references}{self.section}</w:sectPr>"
        made.parts[main] = self._root("document", f"{self.before_body}<w:body>{self.body}{section}</w:body>")
        if self.strict:
            made.links = [(a, b, kind.replace(OFFICE, STRICT_OFFICE), c, d) for a, b, kind, c, d in made.links]
        return made

    def bytes(self) -> bytes:
        """The file."""
        return self.package().bytes()

    def _add(self, made: OfficePackage, kind: str, part: str, content: str) -> str:
        made.part(part, content, f"{_TYPE}.{kind}+xml")
        return made.link(self.main, kind, part)

    def _root(self, name: str, content: str) -> str:
        spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        whole = f'<w:{name} xmlns:w="{STRICT_WORD if self.strict else WORD}"{spaces}>{content}</w:{name}>'
        return HEAD + re.sub(r"(</?| |xmlns:)w(?=[:=])", rf"\1{self.prefix}", whole)
