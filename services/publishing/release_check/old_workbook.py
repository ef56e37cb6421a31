"""An old workbook (.xls): what its records hide (REL-01, REL-02, REL-05 to REL-10)."""

import io
from collections.abc import Sequence
from typing import Any

from services.publishing.release_check.biff import KINDS, STATES, OldWorkbook, Sheet
from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.places import columns_described, rows_described
from services.publishing.release_check.report import masked

_STREAMS = ("Workbook", "Book")


def inspect_old_workbook(look: Look, compound: Any) -> None:
    """Note what the workbook hides, by its own records, and pass on what another reader sees of its visible sheets.
    Raises `Unreadable`."""
    names = {path[0].lower(): path[0] for path in compound.listdir() if len(path) == 1}
    streams = [names[each.lower()] for each in _STREAMS if each.lower() in names]
    if len(streams) > 1:
        look.found("parser_disagreement", "the workbook is there twice, for older and newer programs")
    for stream in streams:
        workbook = OldWorkbook(compound.openstream(stream).read())
        if workbook.is_encrypted:
            look.found("encrypted", "the file")
            return
        _inspect_whole(look, workbook)
        for sheet in workbook.sheets.values():
            _inspect_sheet(look, sheet)
        _pass_tables_on(look, [sheet for sheet in workbook.sheets.values() if KINDS.get(sheet.kind) == ""])


def _inspect_whole(look: Look, workbook: OldWorkbook) -> None:
    if workbook.writers:
        look.found("author", "user of the program", masked(", ".join(dict.fromkeys(workbook.writers))))
    if workbook.hidden_names:
        look.found("hidden_defined_name", f"{workbook.hidden_names} names")
    if workbook.has_other_workbooks:
        look.found("external_link", "the workbook")
    if workbook.is_protected:
        look.found("protection", "the workbook")
    for code in workbook.workbook.codes:
        look.found(code, "the workbook")


def _inspect_sheet(look: Look, sheet: Sheet) -> None:
    where = f"sheet {sheet.name}"
    if sheet.state:
        severity = "" if sheet.rows_with_values else "review"
        look.found(STATES.get(sheet.state, "very_hidden_sheet"), where, severity=severity)
    if code := KINDS.get(sheet.kind, "unknown_part"):
        look.found(code, where)
    if rows := sheet.hidden_rows & sheet.rows_with_values:
        look.found("hidden_row", f"{where}, {rows_described(rows)}")
    if columns := sheet.hidden_columns & sheet.columns_with_values:
        look.found("hidden_column", f"{where}, {columns_described(columns)}")
    for code, number in sheet.codes.items():
        look.found(code, f"{where} ({number})")


def _pass_tables_on(look: Look, sheets: Sequence[Sheet]) -> None:
    import xlrd

    try:
        with xlrd.open_workbook(file_contents=look.data, on_demand=True, logfile=io.StringIO()) as book:
            if {each.name for each in sheets if each.kind == 0} != set(book.sheet_names()):
                look.found("parser_disagreement", "the list of sheets")
            for each in sheets:
                if not each.state and each.name in book.sheet_names():
                    look.table(f"sheet {each.name}", _seen_rows(book.sheet_by_name(each.name), each, book.datemode))
    except Exception as error:
        # The library fails on broken workbooks in many ways.
        raise Unreadable(f"is a workbook that cannot be read ({type(error).__name__})") from None


def _seen_rows(read: Any, sheet: Sheet, epoch: int) -> list[list[str]]:
    return [
        [_shown(cell, epoch) for column, cell in enumerate(read.row(row), 1) if column not in sheet.hidden_columns]
        for row in range(read.nrows)
        if row + 1 not in sheet.hidden_rows
    ]


def _shown(cell: Any, epoch: int) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return f"{cell.value:.15g}"
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return str(xlrd.xldate_as_datetime(cell.value, epoch).strftime("%d/%m/%Y"))
        except (ValueError, OverflowError):
            return f"{cell.value:.15g}"
    return str(cell.value)
