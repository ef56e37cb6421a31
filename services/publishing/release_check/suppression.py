"""Whether withheld cells of a table can be worked out from its totals (REL-22).

Bounds are propagated through all sums until nothing changes; what that leaves open is settled by elimination, and, in
small tight blocks, by trying the values out. No bound is ever taken for narrower than it provably is, so what is told
to be exact is exact, if the table's own sums are right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from services.publishing.release_check.count_cells import DASH, NOUGHT, STAR, UNBOUNDED, Figure
from services.publishing.release_check.figures import Figures

MOST_CELLS = 20_000
_MOST_ELIMINATED = 40
_MOST_TRIED = 16
_WIDEST_TRIED = 40
_TRIES = 2_000
"""In one table, all its blocks together."""
_MISTAKES = 5
"""One line in as many may have a total that is wrong, as published tables have them, and the total still is one; or
one for each two that are right."""


class Sum(NamedTuple):
    """A cell that is the sum of others, each by its number."""

    total: int
    parts: tuple[int, ...]


class Recovered(NamedTuple):
    """A withheld cell by its row and column among the figures, how many values it can have, and whether that takes
    the mask to stand for counts below the threshold."""

    row: int
    column: int
    values: int
    by_mask: bool


@dataclass
class Bounds:
    """The least and the largest value of each cell."""

    low: list[int]
    high: list[int]

    @classmethod
    def of(cls, cells: Iterable[Figure]) -> "Bounds":
        told = list(cells)
        return cls([each.low for each in told], [each.high for each in told])

    def copy(self) -> "Bounds":
        return Bounds(self.low[:], self.high[:])

    def open(self, cell: int) -> bool:
        return self.low[cell] < self.high[cell]

    def values(self, cell: int) -> int:
        return self.high[cell] - self.low[cell] + 1


def audit(figures: Figures, threshold: int) -> list[Recovered]:
    """The withheld cells that can be worked out, exactly or to fewer values than their mask leaves open. A mask that
    tells no bounds is taken for 1 to `threshold` - 1 only where the totals allow that."""
    sums = sums_of(figures)
    if not sums or not figures.withholds:
        return []
    cells = list(chain.from_iterable(figures.cells))
    plain = _solved_with_dashes(cells, sums)
    if plain is None:
        return []
    totals = {each.total for each in sums}
    masked = [
        Figure(1, threshold - 1, withheld=True) if each is STAR and at not in totals else each
        for at, each in enumerate(cells)
    ]
    narrow = _solved_with_dashes(masked, sums)
    width = len(figures.column_labels)
    recovered = []
    for at, cell in enumerate(cells):
        if not cell.withheld:
            continue
        exact, mask = plain.values(at) == 1, min(cell.high - cell.low + 1, threshold)
        values = min(plain.values(at), narrow.values(at) if narrow else UNBOUNDED)
        mask = masked[at].high - masked[at].low + 1 if narrow else mask
        if values == 1 or (values < mask and at not in totals):
            by_mask = not exact and cell is STAR and values < plain.values(at)
            recovered.append(Recovered(*divmod(at, width), values, by_mask))
    return recovered


def _solved_with_dashes(cells: Sequence[Figure], sums: Sequence[Sum]) -> Bounds | None:
    """A dash is nought, unless the totals show that it is not."""
    with_noughts = solved(Bounds.of(NOUGHT if each is DASH else each for each in cells), sums)
    return with_noughts or (solved(Bounds.of(cells), sums) if any(each is DASH for each in cells) else None)


def sums_of(figures: Figures) -> list[Sum]:
    """The sums that the table's totals are, by number of the cell, row by row."""
    width = len(figures.column_labels)
    across = _sums(figures.total_columns, width, figures.cells)
    columns = list(zip(*figures.cells, strict=True))
    down = _sums(figures.total_rows, len(figures.row_labels), columns)
    return [
        *(Sum(line * width + total, tuple(line * width + part for part in parts)) for line, total, parts in across),
        *(Sum(total * width + line, tuple(part * width + line for part in parts)) for line, total, parts in down),
    ]


def _sums(
    totals: frozenset[int], length: int, lines: Sequence[Sequence[Figure]]
) -> list[tuple[int, int, tuple[int, ...]]]:
    """Line, total and parts of each sum along the lines; of what a total may be the sum, the lines themselves tell."""
    told = []
    for total in sorted(totals):
        best: tuple[int, tuple[int, ...], list[int]] | None = None
        for parts in _groups(total, totals, length):
            right = [at for at, line in enumerate(lines) if _is_possible(line, total, parts)]
            proved = sum(1 for at in right if _is_proved(lines[at], total, parts))
            wrong = len(lines) - len(right)
            if (wrong * _MISTAKES > len(lines) and wrong * 2 > proved) or (len(parts) == 1 and not proved):
                continue
            if best is None or proved > best[0]:
                best = proved, parts, right
        if best:
            told += [(line, total, best[1]) for line in best[2]]
    return told


def _groups(total: int, totals: frozenset[int], length: int) -> dict[tuple[int, ...], None]:
    """What a total can be the sum of, the likeliest first: all others, those between it and another total, or the
    other totals."""
    plain = [at for at in range(length) if at not in totals]
    before = max((at for at in totals if at < total), default=-1)
    after = min((at for at in totals if at > total), default=length)
    groups = (
        plain if total in (min(totals), max(totals)) else [],
        [at for at in plain if before < at < total],
        [at for at in plain if total < at < after],
        [at for at in plain if at < total],
        [at for at in totals if at != total],
    )
    return dict.fromkeys(tuple(sorted(group)) for group in groups if group)


def _is_possible(line: Sequence[Figure], total: int, parts: Sequence[int]) -> bool:
    low, high = sum(line[at].low for at in parts), sum(line[at].high for at in parts)
    return low <= line[total].high and high >= line[total].low


def _is_proved(line: Sequence[Figure], total: int, parts: Sequence[int]) -> bool:
    told = [line[total], *(line[at] for at in parts)]
    return line[total].low > 0 and all(each.shown for each in told)


def solved(bounds: Bounds, sums: Sequence[Sum]) -> Bounds | None:
    """The narrowest bounds that can be found at a modest cost; None where the sums contradict each other."""
    bounds = bounds.copy()
    if not propagated(bounds, sums):
        return None
    tries = [_TRIES]
    for unknown, among in _components(bounds, sums):
        if len(unknown) <= _MOST_ELIMINATED and not _eliminated(bounds, unknown, among):
            return None
        if not propagated(bounds, among):
            return None
        left = [each for each in unknown if bounds.open(each)]
        if left and len(left) <= _MOST_TRIED:
            _try_out(bounds, left, among, tries)
    return bounds


def propagated(bounds: Bounds, sums: Sequence[Sum]) -> bool:
    """Narrow the bounds by each sum, and by those that share a cell with it, until nothing changes; whether any value
    is left to each cell. Stops early rather than late: bounds are then wider than need be."""
    low, high = bounds.low, bounds.high
    touching: dict[int, list[int]] = {}
    for number, (total, parts) in enumerate(sums):
        for cell in (total, *parts):
            touching.setdefault(cell, []).append(number)
    waiting = dict.fromkeys(range(len(sums)))
    for _ in range(40 * len(sums) + 40):
        if not waiting:
            break
        total, parts = sums[next(iter(waiting))]
        del waiting[next(iter(waiting))]
        least, most = sum(low[at] for at in parts), sum(high[at] for at in parts)
        changes = [(total, max(low[total], least), min(high[total], most))]
        least, most = max(least, low[total]), min(most, high[total])
        all_low, all_high = sum(low[at] for at in parts), sum(high[at] for at in parts)
        changes += [
            (at, max(low[at], least - (all_high - high[at])), min(high[at], most - (all_low - low[at])))
            for at in parts
            if low[at] < high[at] or all_low == all_high
        ]
        for at, lower, upper in changes:
            if lower > upper:
                return False
            if (lower, upper) != (low[at], high[at]):
                low[at], high[at] = lower, upper
                waiting.update(dict.fromkeys(touching[at]))
    return True


def _components(bounds: Bounds, sums: Sequence[Sum]) -> list[tuple[list[int], list[Sum]]]:
    """The cells that are open, in groups that no sum connects, each with its sums."""
    leader: dict[int, int] = {}

    def lead(cell: int) -> int:
        while leader.setdefault(cell, cell) != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    spread = [(each, [at for at in (each.total, *each.parts) if bounds.open(at)]) for each in sums]
    for _, cells in spread:
        for cell in cells[1:]:
            leader[lead(cell)] = lead(cells[0])
        if cells:
            lead(cells[0])
    groups: dict[int, tuple[list[int], list[Sum]]] = {}
    for cell in leader:
        groups.setdefault(lead(cell), ([], []))[0].append(cell)
    for each, cells in spread:
        if cells:
            groups[lead(cells[0])][1].append(each)
    return list(groups.values())


def _eliminated(bounds: Bounds, unknown: Sequence[int], sums: Sequence[Sum]) -> bool:
    """Solve the sums as equations, and fix the cells that have one solution; whether there is any."""
    at = {cell: number for number, cell in enumerate(unknown)}
    rows = []
    for total, parts in sums:
        row = [Fraction(0)] * (len(unknown) + 1)
        for cell, sign in ((total, -1), *((part, 1) for part in parts)):
            if cell in at:
                row[at[cell]] += sign
            else:
                row[-1] -= sign * bounds.low[cell]
        rows.append(row)
    pivots = 0
    for column in range(len(unknown)):
        pivot = next((number for number in range(pivots, len(rows)) if rows[number][column]), None)
        if pivot is None:
            continue
        rows[pivots], rows[pivot] = rows[pivot], rows[pivots]
        head = [each / rows[pivots][column] for each in rows[pivots]]
        rows[pivots] = head
        for number, row in enumerate(rows):
            if number != pivots and (factor := row[column]):
                rows[number] = [each - factor * own for each, own in zip(row, head, strict=True)]
        pivots += 1
    for row in rows[:pivots]:
        alone = [column for column, each in enumerate(row[:-1]) if each]
        if len(alone) == 1:
            value, cell = row[-1], unknown[alone[0]]
            if value.denominator != 1 or not bounds.low[cell] <= value <= bounds.high[cell]:
                return False
            bounds.low[cell] = bounds.high[cell] = int(value)
    return not any(row[-1] for row in rows[pivots:])


def _try_out(bounds: Bounds, unknown: Sequence[int], sums: Sequence[Sum], tries: list[int]) -> None:
    """Take from both ends the values with which no way is left to fill the other cells."""
    for cell in unknown:
        if bounds.values(cell) > _WIDEST_TRIED:
            continue
        while bounds.open(cell) and not _can_be(bounds, cell, bounds.low[cell], unknown, sums, tries):
            bounds.low[cell] += 1
        while bounds.open(cell) and not _can_be(bounds, cell, bounds.high[cell], unknown, sums, tries):
            bounds.high[cell] -= 1


def _can_be(
    bounds: Bounds, cell: int, value: int, unknown: Sequence[int], sums: Sequence[Sum], tries: list[int]
) -> bool:
    """Whether the cell can have the value; also when that takes more tries than there are left."""
    if tries[0] <= 0:
        return True
    tries[0] -= 1
    trial = bounds.copy()
    trial.low[cell] = trial.high[cell] = value
    if not propagated(trial, sums):
        return False
    left = [each for each in unknown if trial.open(each)]
    if not left:
        return True
    nearest = min(left, key=trial.values)
    if trial.values(nearest) > _WIDEST_TRIED:
        return True
    return any(
        _can_be(trial, nearest, each, left, sums, tries) for each in range(trial.low[nearest], trial.high[nearest] + 1)
    )
