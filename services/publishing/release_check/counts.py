"""Small numbers in tables of counts, and numbers that are withheld in vain (REL-22, REL-23).

Nothing here blocks: "fewer than five" is no personal data by itself, so a person asks whether somebody could be
recognised. No count that was worked out is told, for reports are read by many.
"""

from collections.abc import Iterable, Sequence

from services.publishing.release_check import suppression
from services.publishing.release_check.differencing import differences
from services.publishing.release_check.figures import Figures, read
from services.publishing.release_check.looking import Look, Table
from services.publishing.release_check.places import columns_described, rows_described
from services.publishing.release_check.suppression import MOST_CELLS, audit
from services.publishing.release_check.tell_tales import given_away

_SAMPLE = 200
"""Rows of a very large table by which its columns of counts are known."""

Place = tuple[int, int]
"""Row and column of a cell in the table as it is shown, from 1."""


def inspect(look: Look) -> None:
    """Note small counts, withheld ones that can be worked out, and what an earlier release gives away."""
    earlier = [figures for table in look.earlier if not _is_large(table.rows) for figures in read(table.rows)]
    for table in look.tables:
        where = table.where.removeprefix(look.within)
        if _is_large(table.rows):
            _note_small(look, where, _small_in_large(table, look.policy.small_number_below))
        else:
            _inspect(look, where, read(table.rows), earlier)


def _inspect(look: Look, where: str, tables: Sequence[Figures], earlier: Sequence[Figures]) -> None:
    threshold = look.policy.small_number_below
    _note_small(look, where, [place for each in tables for place in _small(each, threshold)])
    telling = [place for each in tables for place in given_away(each, threshold)]
    if telling:
        look.found("tell_tale_percentage", f"{where}, {_described(telling)}", _counted(len(telling), "percentage"))
    for figures in tables:
        recovered = audit(figures, threshold)
        _note_recovered(look, where, figures, recovered)
        exact = [(each.row, each.column) for each in recovered if each.values == 1 and not each.by_mask]
        for then in earlier:
            _note_differences(look, where, figures, then, exact)


def _small(figures: Figures, threshold: int) -> list[Place]:
    return [
        (figures.row_numbers[at], figures.column_numbers[column])
        for at, row in enumerate(figures.cells)
        for column, cell in enumerate(row)
        if cell.shown and 0 < cell.low < threshold
    ]


def _small_in_large(table: Table, threshold: int) -> list[Place]:
    """Large tables are lists as a rule: only columns that count as far as their first rows tell are looked through,
    and sums are not worked out."""
    small = {str(each) for each in range(1, threshold)}
    head = read(table.rows[:_SAMPLE])
    columns = head[0].column_numbers if head else ()
    first = min((each.row_numbers[0] for each in head), default=1) - 1
    return [
        (number, column)
        for column in columns
        for number, row in enumerate(table.rows[first:], first + 1)
        if column <= len(row) and row[column - 1].strip() in small
    ]


def _note_small(look: Look, where: str, small: Sequence[Place]) -> None:
    if small:
        most = look.policy.small_number_below - 1
        told = (
            f"{_counted(len(small), 'count')} of 1 to {most}" if most > 1 else _counted(len(small), "count") + " of 1"
        )
        look.found("small_number", f"{where}, {_described(small)}", told)


def _note_recovered(look: Look, where: str, figures: Figures, recovered: Sequence[suppression.Recovered]) -> None:
    if not recovered:
        return
    exact = sum(1 for each in recovered if each.values == 1)
    rest = [each.values for each in recovered if each.values > 1]
    told = [f"{_counted(exact, 'withheld cell')} can be worked out exactly"] if exact else []
    told += [f"{_counted(len(rest), 'withheld cell')} to within {max(rest)}"] if rest else []
    if any(each.by_mask for each in recovered):
        told.append(f"taking the mask for 1 to {look.policy.small_number_below - 1}")
    places = [(figures.row_numbers[each.row], figures.column_numbers[each.column]) for each in recovered]
    look.found("recoverable_number", f"{where}, {_described(places)}", ", ".join(told))


def _note_differences(look: Look, where: str, figures: Figures, then: Figures, exact: Sequence[Place]) -> None:
    by_how: dict[str, list[Place]] = {}
    for each in differences(figures, then, exact):
        place = figures.row_numbers[each.row], figures.column_numbers[each.column]
        by_how.setdefault(each.how, []).append(place)
    for how, places in by_how.items():
        look.found("differencing", f"{where}, {_described(places)}", f"{_counted(len(places), 'cell')} {how}")


def _described(places: Iterable[Place]) -> str:
    rows, columns = zip(*places, strict=True)
    return f"{columns_described(set(columns))}, {rows_described(set(rows))}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _is_large(rows: Sequence[Sequence[str]]) -> bool:
    return sum(map(len, rows)) > MOST_CELLS
