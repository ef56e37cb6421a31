"""What a sheet says of its rows and columns as a whole, before it comes to the cells."""

from dataclasses import dataclass
from typing import Any

from services.publishing.release_check.markup import all_named, attribute, is_on, local
from services.publishing.release_check.places import LAST_COLUMN, area

NARROWEST_COLUMN = 0.5
"""In digits: what is narrower is as good as hidden."""
LOWEST_ROW = 2.0
"""In points."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """`hidden_columns` has a number that is not 0 for each column that cannot be seen, counted from 1, and
    `outlined_columns` for those of them that are in a group; `first_row` is
    where the part begins that can be scrolled to, when panes are frozen; `filtered` is that some filter hides rows."""

    hidden_columns: bytes = bytes(LAST_COLUMN + 2)
    outlined_columns: bytes = bytes(LAST_COLUMN + 2)
    first_row: int = 1
    rows_are_low: bool = False
    protected: bool = False
    filtered: bool = False


def read_frame(root: Any) -> Frame:
    """From the elements before and after the rows, as far as they have been read."""
    hidden = bytearray(LAST_COLUMN + 2)
    outlined = bytearray(LAST_COLUMN + 2)
    layout = next(_top(root, "sheetFormatPr"), None)
    columns = [each for found in _top(root, "cols") for each in found if local(each) == "col"]
    if layout is not None and _below(attribute(layout, "defaultColWidth"), NARROWEST_COLUMN):
        _mark(hidden, 1, LAST_COLUMN, 1)
        for each in columns:
            _mark(hidden, *_span(each), 0)
    for each in columns:
        if is_on(each, "hidden") or _below(attribute(each, "width"), NARROWEST_COLUMN):
            _mark(hidden, *_span(each), 1)
            _mark(outlined, *_span(each), int(attribute(each, "outlineLevel") not in ("", "0")))
    first_row, first_column = _frozen(root)
    _mark(hidden, 1, first_column - 1, 1)
    return Frame(
        hidden_columns=bytes(hidden),
        outlined_columns=bytes(outlined),
        first_row=first_row,
        rows_are_low=layout is not None and _below(attribute(layout, "defaultRowHeight"), LOWEST_ROW),
        filtered=any(is_on(each, "filterMode") for each in _top(root, "sheetPr")),
        protected=any(True for _ in _top(root, "sheetProtection")),
    )


def is_low(row: Any, frame: Frame) -> bool:
    """Whether a row is hidden or so low that nothing in it can be seen."""
    if is_on(row, "hidden"):
        return True
    height = row.get("ht")
    return frame.rows_are_low if height is None else _below(height, LOWEST_ROW)


def _top(root: Any, name: str) -> Any:
    return (each for each in root if local(each) == name)


def _span(column: Any) -> tuple[int, int]:
    first, last = (attribute(column, name) for name in ("min", "max"))
    start = int(first) if first.isdigit() else 1
    return start, int(last) if last.isdigit() else start


def _mark(marks: bytearray, first: int, last: int, value: int) -> None:
    for column in range(max(first, 1), min(last, LAST_COLUMN) + 1):
        marks[column] = value


def _below(written: str, bound: float) -> bool:
    try:
        return bool(written) and float(written) < bound
    except ValueError:
        return False


def _frozen(root: Any) -> tuple[int, int]:
    """Where the view begins when it is frozen: nobody can scroll to the rows above and the columns to the left."""
    for view in all_named(root, "sheetView"):
        pane = next((each for each in view if local(each) == "pane"), None)
        start = area(attribute(view, "topLeftCell"))
        if pane is not None and start is not None and attribute(pane, "state").startswith("frozen"):
            has_rows, has_columns = (attribute(pane, name) not in ("", "0") for name in ("ySplit", "xSplit"))
            return start.top if has_rows else 1, start.left if has_columns else 1
    return 1, 1
