"""A spreadsheet as fresh tables: CSV, .xlsx or .ods with the values that are shown, and nothing else."""

import re
from collections.abc import Iterator, Sequence

from services.publishing.release_check.cleaning.copying import (
    FORMS,
    Copy,
    Extent,
    Made,
    NotCleaned,
    anew,
    file_name,
    stem_of,
)
from services.publishing.release_check.cleaning.table_writing import MEDIA_TYPES, csv_of, ods_of, xlsx_of
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look, Table
from services.publishing.release_check.markup import stream
from services.publishing.release_check.package import Package
from services.publishing.release_check.workbook import SHEETS

_SHEET = "sheet "
_TABLE = re.compile(rb"<(?:\w+:)?table[\s>]")


def clean(kind: str, look: Look, form: str) -> Copy:
    """One CSV for each visible sheet that holds anything, or one workbook of all. Raises `NotCleaned`."""
    wanted = form or FORMS[0]
    if wanted not in FORMS:
        raise NotCleaned(f"A spreadsheet becomes one of {', '.join(FORMS)}, not {wanted}.")
    tables = _visible(kind, look)
    if not tables:
        raise NotCleaned("No sheet shows any value, so nothing would be left.")
    rows = sum(len(table.rows) for table in tables)
    after = Extent(number=rows, unit="row", wholes=len(tables), whole="sheet")
    before = after if kind == "csv" else _extent(kind, look)
    return Copy(files=tuple(_files(look.name, tables, wanted)), before=before, after=after)


def _visible(kind: str, look: Look) -> list[Table]:
    """The sheets that show something, by name, without empty rows at their ends."""
    if kind == "csv":
        return [Table(where="", rows=_trimmed(table.rows)) for table in look.tables[:1]]
    sheets = [each for each in look.tables if each.where.startswith(_SHEET)]
    named = [Table(where=each.where.removeprefix(_SHEET), rows=_trimmed(each.rows)) for each in sheets]
    return [each for each in named if each.rows]


def _trimmed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    kept = [list(row) for row in rows]
    while kept and not any(value.strip() for value in kept[-1]):
        kept.pop()
    return kept


def _files(name: str, tables: Sequence[Table], form: str) -> Iterator[Made]:
    stem = stem_of(name)
    if form == "csv":
        taken: set[str] = set()
        for number, table in enumerate(tables, 1):
            called = file_name(stem, "csv", table.where if len(tables) > 1 else "")
            if called.lower() in taken:
                called = file_name(stem, "csv", f"{number}")
            taken.add(called.lower())
            yield Made(name=called, media_type=MEDIA_TYPES["csv"], data=csv_of(table.rows))
        return
    named = [(table.where or stem, table.rows) for table in tables]
    data = xlsx_of(named) if form == "xlsx" else ods_of(named)
    yield Made(name=file_name(stem, form), media_type=MEDIA_TYPES[form], data=data)


def _extent(kind: str, look: Look) -> Extent:
    """All rows that hold a value, on every sheet and in every pivot cache, seen or not."""
    again = anew(look)
    container = Container(look.data, again)
    if kind == "ods":
        rows = sum(any(len(cell) for cell in row) for row in stream(container, "content.xml", "table-row"))
        sheets = len(_TABLE.findall(container.read("content.xml")))
        return Extent(number=rows, unit="row", wholes=sheets, whole="sheet")
    package = Package(container, again)
    parts = [each.target for each in package.related(package.main, *SHEETS) if each.target in container]
    rows = sum(any(len(cell) for cell in row) for part in parts for row in stream(container, part, "row"))
    caches = [part for part, reached in package.reachable.items() if reached == "pivotCacheRecords"]
    rows += sum(1 for part in caches for _ in stream(container, part, "r"))
    return Extent(number=rows, unit="row", wholes=len(parts), whole="sheet")
