"""Cells of a spreadsheet by row and column, and how people are told where they are. Rows and columns count from 1."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST_PIECES = 5
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Za-z]{1,3})?\$?(\d{1,7})?)?")


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, its edges among them."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class ColumnNumbers(dict[str, int]):
    """The number of a column by its letters, each worked out once: `AA` is 27. 0 for what is no column."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64 if "A" <= letter <= "Z" else LAST_COLUMN + 1
        self[letters] = number if number <= LAST_COLUMN else 0
        return self[letters]


column_numbers = ColumnNumbers()


def column_letters(number: int) -> str:
    """`AA` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def area(reference: str) -> Area | None:
    """The rectangle that `B2`, `$B$2:C9`, `A:C` or `3:5` names, a sheet's name before it left out; None for anything
    else."""
    match = _REFERENCE.fullmatch(reference.rpartition("!")[2].strip())
    if match is None or not any(match.groups()):
        return None
    left, top, right, bottom = match.groups()
    if ":" not in match.group():
        right, bottom = left, top
    columns = sorted((column_numbers[left] if left else 1, column_numbers[right] if right else LAST_COLUMN))
    rows = sorted((int(top) if top else 1, int(bottom) if bottom else LAST_ROW))
    return Area(rows[0], columns[0], rows[1], columns[1])


def areas(references: str) -> tuple[Area, ...]:
    """The rectangles of a list as `sqref` has them (by spaces) or a defined name (by commas)."""
    pieces = re.split(r"[\s,]+(?=(?:[^']*'[^']*')*[^']*$)", references.strip())
    return tuple(found for piece in pieces if (found := area(piece)))


@dataclass
class Runs:
    """Whole numbers, kept as runs: a million rows one below the other take the room of two numbers."""

    runs: list[list[int]] = field(default_factory=list)

    def add(self, number: int) -> None:
        if self.runs and self.runs[-1][1] + 1 >= number >= self.runs[-1][0]:
            self.runs[-1][1] = max(number, self.runs[-1][1])
        else:
            self.runs.append([number, number])

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self.runs, number, key=lambda run: run[0]) - 1
        return place >= 0 and number <= self.runs[place][1]


@dataclass
class Places:
    """Cells, kept as runs of rows by column."""

    columns: dict[int, Runs] = field(default_factory=dict)
    number: int = 0

    def add(self, row: int, column: int) -> None:
        self.number += 1
        self.columns.setdefault(column, Runs()).add(row)

    def __bool__(self) -> bool:
        return bool(self.columns)

    def holds(self, row: int, column: int) -> bool:
        """Of cells that were added in rising order of rows."""
        return column in self.columns and row in self.columns[column]

    def areas(self) -> Iterator[Area]:
        for column, rows in sorted(self.columns.items()):
            for first, last in rows.runs:
                yield Area(first, column, last, column)

    def described(self) -> str:
        """`B2 to B40, C7`."""
        pieces = []
        for each in self.areas():
            letters = column_letters(each.left)
            pieces.append(f"{letters}{each.top}" + (f" to {letters}{each.bottom}" if each.bottom > each.top else ""))
        return _listed(pieces)


def rows_described(numbers: Iterable[int]) -> str:
    """`row 4`, or `rows 4 to 12, 20`."""
    return _described(numbers, "row", str)


def columns_described(numbers: Iterable[int]) -> str:
    """`column B`, or `columns B to D, H`."""
    return _described(numbers, "column", column_letters)


def _described(numbers: Iterable[int], noun: str, name: Callable[[int], str]) -> str:
    runs = Runs()
    for each in sorted(numbers):
        runs.add(each)
    pieces = [f"{name(first)} to {name(last)}" if last > first else name(first) for first, last in runs.runs]
    plural = len(pieces) > 1 or " to " in pieces[0]
    return f"{noun}{'s' if plural else ''} {_listed(pieces)}"


def _listed(pieces: list[str]) -> str:
    more = len(pieces) - _MOST_PIECES
    return ", ".join(pieces[:_MOST_PIECES]) + (f" and {more} more" if more > 0 else "")
