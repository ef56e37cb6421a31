"""Columns of people in the tables of a file: by heading and by what stands below, or by the latter alone (REL-20)."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from services.publishing.release_check.check_digits import is_nhs_number
from services.publishing.release_check.headings import Heading, heading_of, is_of_people
from services.publishing.release_check.looking import Look, Table
from services.publishing.release_check.people import (
    is_forename,
    is_full_name,
    is_name_part,
    is_withheld,
    name_at_the_beginning,
)
from services.publishing.release_check.policy import plain
from services.publishing.release_check.report import BLOCK, REVIEW, masked

_A_FEW = 3
"""Distinct values from which a column is one of several people."""
_MOST = 0.6
"""Share of a column's values that must be of the kind its heading says."""
_ROWS_ABOVE = 30
"""Rows above a heading that are looked at for whether it is one."""

_MOST_REPEATED = 20
"""How often a heading is looked below: some sheets repeat theirs on every page."""
_LINES_BETWEEN = 3
"""How many lines further the next name of a list is at most: a page may break in between, or an address follow."""


@dataclass(frozen=True)
class _Column:
    """A column under a heading that is met by what stands below."""

    heading: Heading
    title: str
    place: int
    values: frozenset[str]

    @property
    def of_people(self) -> bool:
        return self.heading.alone or is_of_people(self.title)


def inspect(look: Look, table: Table) -> None:
    """Find the columns of people in a table, NHS numbers without a heading, and long free text."""
    where = table.where.removeprefix(look.within)
    columns = list(_headed(look, table))
    _tell_headed(look, where, table, columns)
    _tell_unheaded(look, where, table, {each.place for each in columns})
    if not any(each.heading.code == "nhs_number" for each in columns):
        _tell_nhs(look, where, table)
    _tell_free_text(look, where, table)


def _headed(look: Look, table: Table) -> Iterator[_Column]:
    titles = {each: found for each in table.words if (found := heading_of(each))}
    if not titles:
        return
    times: Counter[tuple[int, str]] = Counter()
    for number, row in enumerate(table.rows):
        if titles.keys().isdisjoint(row) or not _is_heading_row(table.rows, number, titles):
            continue
        for place, title in enumerate(row):
            if title not in titles or times[place, title] >= _MOST_REPEATED:
                continue
            times[place, title] += 1
            below = _below(table.rows, number, place)
            block = _below(table.rows, number, place, to_the_next_gap=True)
            if values := _met(look, titles[title], below) | _met(look, titles[title], block):
                yield _Column(titles[title], title.strip(), place, values)


def _met(look: Look, heading: Heading, below: Sequence[str]) -> frozenset[str]:
    """What stands below and is of the heading's kind; nothing where most is not."""
    told = [each for each in below if not is_withheld(each)]
    met = [each for each in told if heading.below(each)]
    if len(met) < _MOST * len(told) or heading.is_count(told):
        return frozenset()
    return frozenset(each for each in met if plain(each) not in look.policy.allowed_forms)


def _is_heading_row(rows: Sequence[Sequence[str]], number: int, titles: dict[str, Heading]) -> bool:
    """Two such titles side by side, or the first row as wide as this one, or one that begins a new block: so a list of
    the fields that a system has is not taken for a table with these columns."""
    row = rows[number]
    if sum(each in titles for each in row) >= 2:
        return True
    width = sum(map(bool, row))
    above = [sum(map(bool, each)) for each in rows[max(0, number - _ROWS_ABOVE) : number]]
    return all(each < width for each in above) or (bool(above) and above[-1] <= 1 < width)


def _below(rows: Sequence[Sequence[str]], number: int, place: int, *, to_the_next_gap: bool = False) -> list[str]:
    """The values of a column below a row, to the end or to the next row without any."""
    rest = islice(rows, number + 1, None)
    below = takewhile(any, rest) if to_the_next_gap else rest
    return [value for row in below if place < len(row) and (value := row[place].strip())]


def _tell_headed(look: Look, where: str, table: Table, columns: Sequence[_Column]) -> None:
    """Block what is a list of people beyond doubt: many under a heading that says so, or several of whom two different
    things are told. Fewer may be the chief officers, whose names are commonly disclosed: those a person looks at."""
    groups = {each.heading.group for each in columns if each.of_people}
    for column in columns:
        several = len(column.values) >= _A_FEW
        many = len(column.values) >= look.policy.dense and column.of_people and not _is_ranking(table, columns)
        together = several and groups and len(groups | {column.heading.group}) > 1
        by_itself = column.heading.code != "personal_column"
        look.found(
            column.heading.code,
            f"{where}, column {column.place + 1} ({column.title}), {_different(column.values, 'value')}",
            masked(min(column.values)),
            severity=BLOCK if many or together or by_itself else REVIEW,
        )


def _different(values: Collection[str], what: str) -> str:
    return f"1 {what}" if len(values) == 1 else f"{len(values)} different {what}s"


def _is_ranking(table: Table, columns: Sequence[_Column]) -> bool:
    """Whether the only other cells are numbers: the most common surnames with how often each, say."""
    if len(columns) > 1:
        return False
    others = {
        value
        for row in table.rows
        if len(row) > 1 and all(row)
        for place, value in enumerate(row)
        if place != columns[0].place
    }
    words = [each for each in others if not each[0].isdigit()]
    return bool(others) and len(words) <= 2


def _tell_unheaded(look: Look, where: str, table: Table, headed: set[int]) -> None:
    """Names below any heading or none: whole ones in one column, or first names beside a column of surnames."""
    short = [each for each in table.words if 1 < len(each) <= 60 and each[0].isalpha()]
    whole = {each for each in short if is_full_name(each.strip()) and plain(each) not in look.policy.allowed_forms}
    first = {each for each in short if is_forename(each.strip())}
    for place in sorted(_columns_of(look, table, whole) - headed):
        _tell_names(look, where, table, whole, place)
    for place in sorted(_columns_of(look, table, first) - headed):
        if any(_is_of_surnames(table, beside) for beside in (place - 1, place + 1)):
            _tell_names(look, where, table, first, place)


def _tell_names(look: Look, where: str, table: Table, names: set[str], place: int) -> None:
    here = {row[place] for row in table.rows if place < len(row)} & names
    look.found("personal_column", f"{where}, column {place + 1}, {_different(here, 'name')}", masked(min(here)))


def _columns_of(look: Look, table: Table, names: set[str]) -> set[int]:
    """The columns of which half are these names, and enough of them for a list."""
    if len(names) < look.policy.dense:
        return set()
    places = {
        place for row in table.rows if not names.isdisjoint(row) for place, value in enumerate(row) if value in names
    }
    found = set()
    for place in places:
        values = {row[place] for row in table.rows if place < len(row) and row[place]}
        if len(values & names) >= max(look.policy.dense, len(values) / 2):
            found.add(place)
    return found


def _is_of_surnames(table: Table, place: int) -> bool:
    """Whether most values are names and few repeat, as a police dog's breed or station does."""
    values = _below(table.rows, -1, place) if place >= 0 else []
    names = {each for each in set(values) if each[:1].isupper() and is_name_part(each) and not is_forename(each)}
    return len(names) >= max(_A_FEW, _MOST * len(set(values)), len(values) / 2)


def _tell_nhs(look: Look, where: str, table: Table) -> None:
    """Numbers of ten digits that all have the right check digit have it by no chance. Without a heading that says so
    they are for a person to judge."""
    ten = [each for each in table.cells if len(each) in (10, 12) and re.fullmatch(r"\d{3}[ -]?\d{3}[ -]?\d{4}", each)]
    valid = [each for each in ten if is_nhs_number(each)]
    if len(valid) >= _A_FEW and len(valid) >= 0.9 * len(ten):
        look.found("nhs_number", f"{where}, {_different(valid, 'number')}", masked(min(valid)), severity=REVIEW)


def _tell_free_text(look: Look, where: str, table: Table) -> None:
    long = {each for each in table.words if len(each) > look.policy.long_text and " " in each}
    if long:
        rows = [number for number, row in enumerate(table.rows, 1) if not long.isdisjoint(row)]
        count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        look.found("long_free_text", f"{where}, {count}, the first is row {rows[0]}")


def inspect_lines(look: Look) -> None:
    """Find lists of names in running text, such as a table of a PDF, which is lines only."""
    lines = [line for _, text in look.texts for line in text.splitlines() if line.strip()]
    places = [number for number, line in enumerate(lines) if name_at_the_beginning(line)]
    run: list[int] = []
    for number in places:
        if run and number - run[-1] > _LINES_BETWEEN:
            _tell_lines(look, lines, run)
            run = []
        run.append(number)
    _tell_lines(look, lines, run)


def _tell_lines(look: Look, lines: Sequence[str], run: Sequence[int]) -> None:
    names = {name_at_the_beginning(lines[number]) for number in run}
    allowed = {each for each in names if plain(each) in look.policy.allowed_forms}
    if len(names - allowed) >= look.policy.dense:
        look.found("dense_personal_data", f"{len(names)} names, line after line", masked(min(names)))
