"""References to cells, as charts and defined names write them, followed to what a reader sees there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.publishing.release_check.places import Area, area
from services.publishing.release_check.sheet_reading import Sheet

_SHEET = re.compile(
    r"(?:'(?P<quoted>[^']{1,200}(?:''[^']{1,200}){0,9})'|(?P<bare>[^'!,()\s:\[\]]+))!(?P<cells>[$A-Za-z0-9:]+)"
)
_ANY_SHEET = re.compile(r"(?:'(?P<quoted>[^']{1,200}(?:''[^']{1,200}){0,9})'|(?<![\w.])(?P<bare>[\w.]{1,260}))!")
_NAME = re.compile(r"(?:(?:'[^']{1,200}(?:''[^']{1,200}){0,9}'|[^'!,()\s]+)!)?(?P<name>[^\W\d][\w.\\]*)")
_PIECE = re.compile(r"(?:'[^']*'|[^,'])+")
_SHOWN_NUMBER = re.compile(
    r"(?i)\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|true|false)"
)


class Range(NamedTuple):
    """A rectangle of cells of a sheet."""

    sheet: str
    area: Area


def ranges(formula: str) -> list[Range] | None:
    """The rectangles that a reference names; None for anything but plain references to sheets of the same file."""
    found = []
    for each in _PIECE.findall(formula.strip().removeprefix("=").strip("()")) or [""]:
        match = _SHEET.fullmatch(each.strip())
        cells = area(match["cells"]) if match else None
        if match is None or cells is None:
            return None
        found.append(Range(_sheet(match), cells))
    return found


def sheets_named(formula: str) -> list[str]:
    """The sheets that occur in a formula, as far as they can be told from its words."""
    return [_sheet(each) for each in _ANY_SHEET.finditer(formula)]


class VisibleCells:
    """What a reader sees in the sheets of a workbook. `names` are its defined names, in small letters."""

    def __init__(self, sheets: Sequence[Sheet], names: Mapping[str, str]) -> None:
        self._sheets = {each.name.lower(): each for each in sheets}
        self._names = names
        self._seen: dict[str, tuple[frozenset[str], int]] = {}

    def unseen(self, formula: str, points: Sequence[tuple[int, str]]) -> list[str]:
        """Which of a chart's kept values do not stand in the visible cells of its reference.

        A number in a text range is kept as it is shown, such as `Jan-26`: for each number that is seen, one text
        that looks like a number or date is let through. A text in a range of numbers is kept as 0.
        """
        if not points:
            return []
        seen, numbers = self._values(formula)
        missing = [value for _, value in points if _plain(value) not in seen and _plain(value) != "0"]
        as_shown = {value for value in missing if not _is_number(value) and _SHOWN_NUMBER.search(value)}
        return [each for each in missing if each not in as_shown] if len(as_shown) <= numbers else missing

    def is_worked_out_of_visible_sheets(self, formula: str) -> bool:
        """Whether a reference goes by a name that works its range out, such as with OFFSET, on visible sheets only."""
        told = self._by_name(formula)
        if not told or "[" in told or "#REF!" in told or ranges(told) is not None:
            return False
        sheets = [self._sheets.get(each.lower()) for each in sheets_named(told)]
        return bool(sheets) and all(each is not None and each.state == "visible" for each in sheets)

    def _values(self, formula: str) -> tuple[frozenset[str], int]:
        """The values of a reference, and how many numbers are among them."""
        if formula not in self._seen:
            found = ranges(formula)
            found = found if found is not None else ranges(self._by_name(formula)) or []
            values = [value for each in found for value in self._within(each)]
            self._seen[formula] = (frozenset(map(_plain, values)), sum(map(_is_number, values)))
        return self._seen[formula]

    def _within(self, of: Range) -> Iterator[str]:
        sheet = self._sheets.get(of.sheet.lower())
        if sheet is None:
            return
        asked = range(of.area.top, of.area.bottom + 1)
        for number in sheet.rows if len(sheet.rows) < len(asked) else asked:
            row = sheet.rows.get(number)
            if row is not None and number in asked:
                for column, value in zip(row.columns, row.stored, strict=True):
                    if of.area.left <= column <= of.area.right:
                        yield value.strip()

    def _by_name(self, formula: str) -> str:
        match = _NAME.fullmatch(formula.strip())
        return self._names.get(match["name"].lower(), "") if match else ""


def _sheet(match: re.Match[str]) -> str:
    quoted, bare = match["quoted"], match["bare"]
    return quoted.replace("''", "'") if quoted else str(bare)


def _plain(value: str) -> str:
    """Numbers to twelve digits, so that two writings of one agree; texts without doubled spaces."""
    return f"{float(value):.12g}" if _is_number(value) else " ".join(value.split())


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return value[-1:].isdigit() or value.endswith(".")
