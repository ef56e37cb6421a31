"""Rows, columns and whole sheets that cannot be seen, and values far from where anybody looks (REL-01 to REL-03)."""

from collections.abc import Iterable, Iterator, Sequence

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import attribute, local
from services.publishing.release_check.places import (
    LAST_COLUMN,
    Area,
    Places,
    area,
    column_letters,
    columns_described,
    rows_described,
)
from services.publishing.release_check.report import REVIEW, masked
from services.publishing.release_check.sheet_reading import Sheet
from services.publishing.release_check.sheet_surroundings import Drawn, Table, has_criteria

WIDEST_GAP = 20
"""Empty rows or columns that somebody scrolls past."""
_STATES = {"hidden": "hidden_sheet", "veryHidden": "very_hidden_sheet"}


def inspect_state(sheet: Sheet, look: Look, *, empty: bool) -> None:
    """A hidden sheet of any kind; `empty` is that there is nothing in or on it."""
    if sheet.state in _STATES:
        grave = REVIEW if empty else ""
        look.found(_STATES[sheet.state], f"sheet {sheet.name}, {_counted(sheet.filled)}", sample(sheet), severity=grave)


def inspect_rows_and_columns(sheet: Sheet, look: Look, tables: Sequence[Table]) -> None:
    """Hidden rows and columns of a visible sheet, by what hides them."""
    filtered = [each.area for each in tables if each.filters] + list(_filters(sheet))
    by_code: dict[str, list[int]] = {}
    for row, level in sheet.hidden_rows.items():
        by_filter = sheet.frame.filtered or any(each.top <= row <= each.bottom for each in filtered)
        by_code.setdefault("autofilter" if by_filter else "outline_group" if level else "hidden_row", []).append(row)
    for code, rows in by_code.items():
        look.found(code, f"sheet {sheet.name}, {rows_described(rows)}", sample(sheet))
    if filtered and "autofilter" not in by_code:
        look.found("autofilter", f"sheet {sheet.name}, criteria of a filter that hides nothing now", severity=REVIEW)
    if sheet.empty_hidden_rows and not by_code:
        look.found("hidden_row", f"sheet {sheet.name}, rows without values", severity=REVIEW)
    grouped = [each for each in sheet.hidden_columns if sheet.frame.outlined_columns[each]]
    single = [each for each in sheet.hidden_columns if not sheet.frame.outlined_columns[each]]
    for code, columns in (("outline_group", grouped), ("hidden_column", single)):
        if columns:
            look.found(code, f"sheet {sheet.name}, {columns_described(columns)}", sample(sheet))
    if any(sheet.frame.hidden_columns) and not sheet.hidden_columns:
        look.found("hidden_column", f"sheet {sheet.name}, columns without values", severity=REVIEW)


def inspect_reach(sheet: Sheet, look: Look, drawn: Sequence[Drawn], print_areas: Sequence[Area]) -> None:
    """Values behind a wide gap, or outside the area that is printed."""
    hidden_rows = [(first, last) for first, last in sheet.empty_hidden_rows.runs]
    rows = [*_single(sheet.rows), *_single(sheet.hidden_rows), *hidden_rows]
    columns = [*_single(used_columns(sheet)), *((c, c) for c, on in enumerate(sheet.frame.hidden_columns) if on)]
    far_row = _behind_a_gap([*rows, *((each.touched.top, each.touched.bottom) for each in drawn)])
    far_column = _behind_a_gap([*columns, *((each.touched.left, each.touched.right) for each in drawn)])
    if far_row and any(row >= far_row for row in sheet.rows):
        look.found("values_far_outside", f"sheet {sheet.name}, from row {far_row} on")
    if LAST_COLUMN >= far_column > 0 and any(row.columns[-1] >= far_column for row in sheet.rows.values()):
        look.found("values_far_outside", f"sheet {sheet.name}, from column {column_letters(far_column)} on")
    outside = _outside(sheet, print_areas) if print_areas else Places()
    if outside:
        look.found("values_far_outside", f"sheet {sheet.name}, outside the print area: {outside.described()}")


def used_columns(sheet: Sheet) -> set[int]:
    """The columns that have a visible value."""
    used: set[int] = set()
    last: Sequence[int] = ()
    for row in sheet.rows.values():
        if row.columns is not last:
            last = row.columns
            used.update(last)
    return used


def sample(sheet: Sheet, reason: str = "") -> str:
    """A masked excerpt of what cannot be seen for this reason."""
    return masked("; ".join(sheet.samples.get(reason, ())))


def _counted(values: int) -> str:
    return {0: "no values", 1: "1 value"}.get(values, f"{values} values")


def _filters(sheet: Sheet) -> Iterator[Area]:
    for each in sheet.surround if sheet.surround is not None else ():
        if local(each) == "autoFilter" and has_criteria(each):
            yield area(attribute(each, "ref")) or Area(1, 1, 1, 1)


def _single(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    return ((each, each) for each in numbers)


def _behind_a_gap(spans: list[tuple[int, int]]) -> int:
    """The first row or column that comes after too wide a gap; 0 where there is none. The sheet begins at 1."""
    reached = 0
    for first, last in sorted(spans):
        if first - reached - 1 > WIDEST_GAP:
            return first
        reached = max(reached, last)
    return 0


def _outside(sheet: Sheet, print_areas: Sequence[Area]) -> Places:
    outside = Places()
    for number, row in sheet.rows.items():
        beside = [each for each in print_areas if each.top <= number <= each.bottom]
        if any(each.left <= row.columns[0] and row.columns[-1] <= each.right for each in beside):
            continue
        for column in row.columns:
            if not any(each.left <= column <= each.right for each in beside):
                outside.add(number, column)
    return outside
