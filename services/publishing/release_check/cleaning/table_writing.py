"""Tables as files that can hide nothing: values, a heading row in bold, and not one part more than they need.

The same tables give the same bytes. Written by hand because libraries put a date and an author into what they write.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from services.publishing.release_check.separated_values import would_run

Rows = Sequence[Sequence[str]]

MEDIA_TYPES = {
    "csv": "text/csv",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DAY = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?")
"""What is a number and reads the same as one: no nought before it, no more digits than a spreadsheet keeps."""
_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def csv_of(rows: Rows) -> bytes:
    """UTF-8 with a mark, so that every spreadsheet reads it; an apostrophe before whatever one would run (REL-19)."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([[_safe(value) for value in row] for row in rows])
    return ("\ufeff" + written.getvalue()).encode()


def _safe(value: str) -> str:
    return f"'{value}" if would_run(value) else value


def xlsx_of(tables: Sequence[tuple[str, Rows]]) -> bytes:
    """A workbook with a sheet for each named table. Texts are texts, so nothing in them is run."""
    names = list(_sheet_names([name for name, _ in tables]))
    parts = {f"xl/worksheets/sheet{number}.xml": _xlsx_sheet(rows) for number, (_, rows) in enumerate(tables, 1)}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    spaces = f'xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"'
    types = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles", **dict.fromkeys(parts, "worksheet")}
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in types.items()
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return _archive(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}{overrides}</Types>',
            "_rels/.rels": _relationships({"xl/workbook.xml": "officeDocument"}),
            "xl/workbook.xml": f"{_HEAD}<workbook {spaces}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _relationships(
                {**dict.fromkeys(parts, "worksheet"), "xl/styles.xml": "styles"}
            ),
            "xl/styles.xml": _XLSX_STYLES,
            **parts,
        }
    )


def ods_of(tables: Sequence[tuple[str, Rows]]) -> bytes:
    """An OpenDocument spreadsheet with a table for each named one."""
    names = list(_sheet_names([name for name, _ in tables]))
    written = "".join(
        f"<table:table table:name={quoteattr(name)}>{_ods_rows(rows)}</table:table>"
        for name, (_, rows) in zip(names, tables, strict=True)
    )
    spaces = "".join(f' xmlns:{short}="{_OPEN}:{short}:1.0"' for short in ("office", "style", "table", "text"))
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    content = (
        f'{_HEAD}<office:document-content{spaces} office:version="1.3"><office:automatic-styles>'
        '<style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
        f"</style:style></office:automatic-styles><office:body><office:spreadsheet>{written}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    space = f'xmlns:manifest="{_OPEN}:manifest:1.0" manifest:version="1.3"'
    manifest = (
        f"{_HEAD}<manifest:manifest {space}>"
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPES["ods"]}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _archive({"mimetype": MEDIA_TYPES["ods"], "content.xml": content, "META-INF/manifest.xml": manifest})


def is_number(value: str) -> bool:
    """Whether a shown value is the number itself, so that it may be written as one."""
    return bool(_NUMBER.fullmatch(value)) and len(value.replace(".", "").lstrip("-")) <= 15


def _sheet_names(wanted: Sequence[str]) -> Iterator[str]:
    """Names that a spreadsheet takes: at most 31 characters, none that it refuses, none twice."""
    taken: set[str] = set()
    for number, name in enumerate(wanted, 1):
        plain = _NOT_IN_A_NAME.sub(" ", _text(name)).strip("' ")[:31] or f"Sheet {number}"
        if plain.lower() in taken:
            plain = f"{plain[:26]} ({number})"
        taken.add(plain.lower())
        yield plain


def _xlsx_sheet(rows: Rows) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_xlsx_cells(row, number))}</row>' for number, row in enumerate(rows, 1) if any(row)
    )
    return f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}"><sheetData>{lines}</sheetData></worksheet>'


def _xlsx_cells(row: Sequence[str], number: int) -> Iterator[str]:
    style = ' s="1"' if number == 1 else ""
    for column, value in enumerate(row, 1):
        place = f'r="{_letters(column)}{number}"{style}'
        if is_number(value):
            yield f"<c {place}><v>{value}</v></c>"
        elif value:
            yield f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(_text(value))}</t></is></c>'


def _ods_rows(rows: Rows) -> str:
    return "".join(
        f"<table:table-row>{''.join(_ods_cells(row, heading=at == 0)) or '<table:table-cell/>'}</table:table-row>"
        for at, row in enumerate(rows)
    )


def _ods_cells(row: Sequence[str], *, heading: bool) -> Iterator[str]:
    style = ' table:style-name="heading"' if heading else ""
    for value in row:
        shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in _text(value).splitlines())
        if is_number(value):
            told = f'office:value-type="float" office:value="{value}"'
            yield f"<table:table-cell{style} {told}>{shown}</table:table-cell>"
        elif shown:
            yield f'<table:table-cell{style} office:value-type="string">{shown}</table:table-cell>'
        else:
            yield "<table:table-cell/>"


def _text(value: str) -> str:
    """Without what XML cannot hold."""
    return _NO_TEXT.sub("", value)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, at = divmod(column - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters


def _relationships(kinds: Mapping[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="/{part}"/>'
        for number, (part, kind) in enumerate(kinds.items(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _archive(parts: Mapping[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            way = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _DAY), content.encode(), way)
    return made.getvalue()


_FONT = '<sz val="11"/><name val="Calibri"/>'
_FILL = '<fill><patternFill patternType="{}"/></fill>'
_XLSX_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_SPREADSHEET}">'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    f'<fills count="2">{_FILL.format("none")}{_FILL.format("gray125")}</fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs></styleSheet>'
)
