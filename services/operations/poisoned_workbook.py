"""The spreadsheet of the demonstration that hides what it should not: a hidden sheet of invented people, and the pivot
cache that was made of it. As raw parts, because no library writes such a file on purpose."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

_DAY = (2019, 6, 10, 9, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK, _CACHE = "xl/workbook.xml", "xl/pivotCache/pivotCacheDefinition1.xml"

Rows = Sequence[Sequence[str]]


def poisoned(sheet: str, rows: Rows, hidden_sheet: str, hidden_rows: Rows) -> bytes:
    """An .xlsx that shows `rows` on one sheet, and keeps `hidden_rows`, headings first, twice where nobody sees it."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(("officeDocument", _WORKBOOK)),
        _WORKBOOK: _workbook(sheet, hidden_sheet),
        "xl/_rels/workbook.xml.rels": _relationships(
            ("worksheet", "xl/worksheets/sheet1.xml"),
            ("worksheet", "xl/worksheets/sheet2.xml"),
            ("pivotCacheDefinition", _CACHE),
        ),
        "xl/worksheets/sheet1.xml": _sheet(rows),
        "xl/worksheets/sheet2.xml": _sheet(hidden_rows),
        _CACHE: _cache_definition(hidden_sheet, hidden_rows),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": _relationships(
            ("pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml")
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": _cache_records(hidden_rows),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _content_types() -> str:
    overrides = {
        _WORKBOOK: "sheet.main",
        "xl/worksheets/sheet1.xml": "worksheet",
        "xl/worksheets/sheet2.xml": "worksheet",
        _CACHE: "pivotCacheDefinition",
        "xl/pivotCache/pivotCacheRecords1.xml": "pivotCacheRecords",
    }
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in overrides.items()
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}{lines}</Types>'


def _relationships(*links: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="/{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(sheet: str, hidden_sheet: str) -> str:
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(sheet)} sheetId="1" r:id="rId1"/>'
        f'<sheet name={quoteattr(hidden_sheet)} sheetId="2" state="hidden" r:id="rId2"/></sheets>'
        '<pivotCaches><pivotCache cacheId="1" r:id="rId3"/></pivotCaches></workbook>'
    )


def _sheet(rows: Rows) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(number, column, value) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(row: int, column: int, value: str) -> str:
    return f'<c r="{chr(ord("A") + column)}{row}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _cache_definition(hidden_sheet: str, rows: Rows) -> str:
    fields = "".join(_cache_field(rows[0][column], _kept(rows, column)) for column in range(len(rows[0])))
    last = f"{chr(ord('A') + len(rows[0]) - 1)}{len(rows)}"
    source = f'<worksheetSource ref="A1:{last}" sheet={quoteattr(hidden_sheet)}/>'
    return (
        f'{_HEAD}<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_OFFICE}" r:id="rId1" recordCount="{len(rows) - 1}">'
        f'<cacheSource type="worksheet">{source}</cacheSource>'
        f'<cacheFields count="{len(rows[0])}">{fields}</cacheFields></pivotCacheDefinition>'
    )


def _cache_field(name: str, kept: Sequence[str]) -> str:
    items = "".join(f"<s v={quoteattr(value)}/>" for value in kept)
    return f'<cacheField name={quoteattr(name)}><sharedItems count="{len(kept)}">{items}</sharedItems></cacheField>'


def _kept(rows: Rows, column: int) -> list[str]:
    """The values of a column, each once, in the order in which they come."""
    return list(dict.fromkeys(row[column] for row in rows[1:]))


def _cache_records(rows: Rows) -> str:
    kept = [_kept(rows, column) for column in range(len(rows[0]))]
    lines = "".join(f"<r>{''.join(_record(kept, row))}</r>" for row in rows[1:])
    return f'{_HEAD}<pivotCacheRecords xmlns="{_MAIN}" count="{len(rows) - 1}">{lines}</pivotCacheRecords>'


def _record(kept: Sequence[Sequence[str]], row: Sequence[str]) -> Iterator[str]:
    return (f'<x v="{kept[column].index(value)}"/>' for column, value in enumerate(row))
