"""Whether an earlier release of the same table gives away what this one withholds, or the other way round (REL-23)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from services.publishing.release_check.count_cells import NOUGHT, UNBOUNDED, Figure
from services.publishing.release_check.figures import Figures
from services.publishing.release_check.suppression import Bounds, Sum, solved, sums_of

_ALIKE = 0.7
"""The share of the shorter table's labels that the other one must have, by rows and by columns."""
_SAME = 0.5
"""The share of the counts shown in both that must be the same; otherwise it is another year's table."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A cell of the later table, by its row and column among the figures, and how it is given away."""

    row: int
    column: int
    how: str


def differences(now: Figures, then: Figures, known: Sequence[tuple[int, int]] = ()) -> list[Difference]:
    """The cells that the two tables give away together; `known` are those that the later one gives away by itself.
    Empty where they are not the same table."""
    pair = _Pair.of(now, then)
    if pair is None:
        return []
    told: dict[tuple[int, int], str] = {}
    for (row, column), later, earlier in pair.cells():
        if later.withheld and earlier.shown:
            told[row, column] = "withheld here, shown before"
        elif earlier.withheld and later.shown:
            told[row, column] = "shown here, withheld before"
    for place in pair.changed():
        told.setdefault(place, "withheld both times, and the totals tell by how much it has changed")
    for place in pair.recovered():
        if place not in known:
            told.setdefault(place, "can be worked out from the totals of both")
    return [Difference(row=row, column=column, how=how) for (row, column), how in sorted(told.items())]


class _Pair:
    """Two tables with the same labels; `rows` and `columns` map those of the later to those of the earlier one."""

    def __init__(self, now: Figures, then: Figures, rows: dict[int, int], columns: dict[int, int]) -> None:
        self._now, self._then, self._rows, self._columns = now, then, rows, columns

    @classmethod
    def of(cls, now: Figures, then: Figures) -> "_Pair | None":
        """The pair, or None where the labels or most of the counts differ; one cell alone is no table."""
        rows = _matched(now.rows_named_once, then.rows_named_once)
        columns = _matched(now.columns_named_once, then.columns_named_once) if rows else {}
        if len(rows) * len(columns) < 2:
            return None
        pair = cls(now, then, rows, columns)
        both = [(later, earlier) for _, later, earlier in pair.cells() if later.shown and earlier.shown and later.low]
        same = sum(1 for later, earlier in both if later == earlier)
        return pair if same >= _SAME * len(both) else None

    def cells(self) -> Iterator[tuple[tuple[int, int], Figure, Figure]]:
        for row, old_row in self._rows.items():
            for column, old_column in self._columns.items():
                yield (row, column), self._now.cells[row][column], self._then.cells[old_row][old_column]

    def changed(self) -> Iterator[tuple[int, int]]:
        """Cells withheld in both of whose line everything else is shown, and has not changed by what the total has."""
        width = len(self._now.column_labels)
        told = {row * width + column: (later, earlier) for (row, column), later, earlier in self.cells()}
        for total, parts in sums_of(self._now):
            if not all(each in told for each in (total, *parts)):
                continue
            withheld = [each for each in parts if told[each][0].withheld and told[each][1].withheld]
            rest = [each for each in (total, *parts) if each not in withheld]
            if not withheld or not all(told[each][0].shown and told[each][1].shown for each in rest):
                continue
            change = {each: told[each][0].low - told[each][1].low for each in rest}
            if change.pop(total) != sum(change.values()):
                yield from (divmod(each, width) for each in withheld)

    def recovered(self) -> list[tuple[int, int]]:
        """Cells that have one value only when the sums of both tables hold, such as the difference of two running
        totals."""
        width, old_width = len(self._now.column_labels), len(self._then.column_labels)
        cells = [_as_nought(each) for each in chain.from_iterable(self._now.cells)]
        bounds = Bounds.of(cells)
        shared = self._shared(width, old_width)
        numbers: list[int] = []
        for at, cell in enumerate(map(_as_nought, chain.from_iterable(self._then.cells))):
            number = shared.get(at, -1)
            low = max(cell.low, bounds.low[number]) if number >= 0 else cell.low
            high = min(cell.high, bounds.high[number]) if number >= 0 else cell.high
            if number < 0 or low > high:
                number = len(bounds.low)
                bounds.low.append(cell.low)
                bounds.high.append(cell.high)
            else:
                bounds.low[number], bounds.high[number] = low, high
            numbers.append(number)
        earlier = (Sum(numbers[total], tuple(numbers[part] for part in parts)) for total, parts in sums_of(self._then))
        result = solved(bounds, [*sums_of(self._now), *earlier])
        if result is None:
            return []
        return [divmod(at, width) for at, cell in enumerate(cells) if cell.withheld and result.values(at) == 1]

    def _shared(self, width: int, old_width: int) -> dict[int, int]:
        """Cells of the earlier table that are the same as one of the later table, which totals need not be."""
        return {
            old_row * old_width + old_column: row * width + column
            for row, old_row in self._rows.items()
            for column, old_column in self._columns.items()
            if row not in self._now.total_rows and column not in self._now.total_columns
        }


def _as_nought(cell: Figure) -> Figure:
    return NOUGHT if not cell.withheld and cell.high == UNBOUNDED else cell


def _matched(now: dict[str, int], then: dict[str, int]) -> dict[int, int]:
    """Places of the labels that both have; empty where too few are the same."""
    matched = {at: then[label] for label, at in now.items() if label in then}
    return matched if len(matched) >= _ALIKE * min(len(now), len(then)) else {}
