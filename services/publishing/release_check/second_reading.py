"""A second program's reading of the same workbook: what two programs read in two ways hides something from one of
them (REL-27)."""

import io
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from services.publishing.release_check.looking import Look
from services.publishing.release_check.sheet_reading import Sheet

_STATES = (
    (SheetVisibleEnum.Visible, "visible"),
    (SheetVisibleEnum.Hidden, "hidden"),
    (SheetVisibleEnum.VeryHidden, "veryHidden"),
)
_MOST_CELLS = 4_000_000
"""The rectangle from the first to the last used cell, empty cells among them: the other program lays it out whole.
Of a sheet beyond that its name and state are compared, and its far-off values are a finding anyway."""
_UNKNOWN_ERROR = "Unsupported cell error value"


def inspect(look: Look, sheets: Sequence[Sheet]) -> None:
    """Compare names, states and numbers of cells that hold something. Nothing is tolerated: of what office programs
    write, both readings are the same to the cell."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(look.data))
        differences = [*_sheets(workbook, sheets), *_cells(workbook, sheets)]
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic of the other program is none of Python's ordinary exceptions.
        look.found("parser_disagreement", f"a second program cannot read it ({type(error).__name__})")
        return
    for each in differences:
        look.found("parser_disagreement", each)


def _sheets(workbook: CalamineWorkbook, sheets: Sequence[Sheet]) -> Iterator[str]:
    theirs = [
        (each.name, state) for each in workbook.sheets_metadata for visible, state in _STATES if visible == each.visible
    ]
    ours = [(each.name, each.state) for each in sheets]
    for name, state in [each for each in ours if each not in theirs] + [each for each in theirs if each not in ours]:
        yield f"sheet {name} as {state}"
    if len(theirs) != len(ours):
        yield f"{len(ours)} sheets, or {len(theirs)}"


def _cells(workbook: CalamineWorkbook, sheets: Sequence[Sheet]) -> Iterator[str]:
    worksheets = {each.name for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet}
    for each in sheets:
        rows, columns = each.corner
        if each.name in worksheets and each.kind == "worksheet" and rows * columns <= _MOST_CELLS:
            number = _filled(workbook, each)
            if number != each.values:
                yield f"sheet {each.name}, {each.values} cells, or {number}"


def _filled(workbook: CalamineWorkbook, sheet: Sheet) -> int:
    """How many cells hold something; errors such as #N/A count as empty there. Newer errors than the other program
    knows, such as #SPILL!, stop it: such a sheet is not compared."""
    try:
        rows = workbook.get_sheet_by_name(sheet.name).iter_rows()
    except CalamineError as error:
        if sheet.errors and _UNKNOWN_ERROR in str(error):
            return sheet.values
        raise
    return sum(len(row) - row.count("") for row in rows)
