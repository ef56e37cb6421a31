"""Percentages that give a count away that is withheld or small (REL-22)."""

from collections.abc import Iterator, Sequence

from services.publishing.release_check.count_cells import Figure, Percentage
from services.publishing.release_check.figures import Figures


def given_away(figures: Figures, threshold: int) -> list[tuple[int, int]]:
    """Row and column, as they are numbered in the table, of each percentage that gives a count away: one withheld, or
    one from 1 to `threshold` - 1 that is not shown."""
    told: list[tuple[int, int]] = []
    for number, column in figures.percentages.items():
        places = list(_withheld(figures, number, column))
        places += [] if _is_share(figures, column) else _small(figures, column, threshold)
        told += ((figures.row_numbers[row], number) for row in places)
    return told


def _withheld(figures: Figures, number: int, column: Sequence[Percentage | None]) -> Iterator[int]:
    """Rows whose count beside the percentage is withheld but follows from it and a total that is shown."""
    count = _beside(figures, number)
    for row, told in enumerate(column):
        cell = figures.cells[row][count]
        if told is None or not cell.withheld:
            continue
        bases = [figures.cells[total][count] for total in figures.total_rows if total != row]
        bases += [figures.cells[row][total] for total in figures.total_columns if total != count]
        shown = [base.low for base in bases if base.shown and base.low]
        if any(_values(told, base, cell) == 1 for base in shown) or (not shown and _all_or_none(told)):
            yield row


def _small(figures: Figures, column: Sequence[Percentage | None], threshold: int) -> Iterator[int]:
    """Rows in which a small count is the percentage of the one count that is shown."""
    if len(figures.column_labels) != 1:
        return
    for row, told in enumerate(column):
        base = figures.cells[row][0]
        if told is None or not told.value or not base.shown or base.low < threshold:
            continue
        below = Figure(0, base.low)
        if _values(told, base.low, below) == 1 and _values(told, base.low, Figure(1, threshold - 1)) == 1:
            yield row


def _is_share(figures: Figures, column: Sequence[Percentage | None]) -> bool:
    """Whether a percentage is each row's share of the column of counts, so that the count is the one shown."""
    rows = [row for row in range(len(column)) if row not in figures.total_rows and column[row]]
    count = figures.cells
    whole = sum(count[row][0].low for row in range(len(count)) if row not in figures.total_rows)
    return all(abs(_percent(column[row]) - 100 * count[row][0].low / max(whole, 1)) <= 1 for row in rows)


def _percent(told: Percentage | None) -> float:
    return told.value / 10**told.places if told else 0.0


def _beside(figures: Figures, number: int) -> int:
    """The column of counts nearest to the left, or else to the right."""
    left = [at for at, each in enumerate(figures.column_numbers) if each < number]
    return left[-1] if left else 0


def _all_or_none(told: Percentage) -> bool:
    return told.value in (0, 100 * 10**told.places)


def _values(told: Percentage, base: int, within: Figure) -> int:
    """How many counts, out of `base` and within the bounds, are rounded to the percentage. Halves may go either way."""
    scale = 200 * int(10**told.places)
    least = -(-(2 * told.value - 1) * base // scale)
    most = (2 * told.value + 1) * base // scale
    last, first = min(most, within.high, base), max(least, within.low)
    return max(last - first + 1, 0)
