"""What a file says to its reader: identifiers, names, columns of people, internal trails (REL-20, REL-26)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from services.publishing.release_check import columns, internal_trail
from services.publishing.release_check.hits import Hit, Weight
from services.publishing.release_check.looking import Look, Table
from services.publishing.release_check.names_model import NameFinder
from services.publishing.release_check.nominal_roll import Roll
from services.publishing.release_check.passages import BREAK, LINE, Passages
from services.publishing.release_check.personal_data import hits
from services.publishing.release_check.policy import Policy
from services.publishing.release_check.report import masked

_SHORTEST = 6
"""Characters of the shortest identifier."""

_SHORT = r"(?=.{0,9}\Z)[\d,]*\.?[\d,]*\Z"
_SHORT_NUMBER = re.compile(_SHORT).match
_ANY_NUMBER = re.compile(rf"-?(?:[1-9][\d,]*|0)(?:\.\d*)?(?:E[+-]?\d+)?\Z|{_SHORT}").match

_TOGETHER = frozenset(("crime_reference", "postcode", "phone_number", "vehicle_registration", "email_address"))
"""None of them tells of a person alone; a crime's reference in one row with any other does."""

Told = tuple[str, Weight]


def inspect(look: Look) -> None:
    """Look through everything that the file shows. Raises `Unreadable` where the policy's nominal roll or name finder
    cannot be used: a check that was ordered and did not take place is no pass."""
    finders = _Finders(look.policy)
    _texts(look, finders)
    for table in look.tables:
        _table(look, table, finders)
        columns.inspect(look, table)
    columns.inspect_lines(look)
    internal_trail.inspect(look)


class _Finders:
    """All finders that the policy asks for."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.roll = _roll(policy.roll, policy.roll_sha256) if policy.roll else None
        self.names = _name_finder(policy.names_model, policy.names_model_sha256) if policy.names_model else None

    def hits(self, passages: Passages) -> Iterator[Hit]:
        yield from hits(passages.whole, self.policy)
        if self.roll:
            yield from self.roll.hits(passages.whole, self.policy.allowed_forms)
        if self.names:
            yield from self.names.hits(passages, self.policy.allowed_forms)


@lru_cache(maxsize=2)
def _roll(path: str, digest: str) -> Roll:
    """Read once: the processes that look at files cannot open any other."""
    return Roll.read(path, digest)


@lru_cache(maxsize=2)
def _name_finder(folder: str, digest: str) -> NameFinder:
    return NameFinder(folder, digest)


@dataclass
class _Places:
    """The places of one code and severity in one text or table."""

    first: str
    rows: list[int] = field(default_factory=list)


def _texts(look: Look, finders: _Finders) -> None:
    passages = Passages([text for _, text in look.texts], LINE)
    places: dict[tuple[str, str, str], _Places] = {}
    lines, people = set(), set()
    for hit in finders.hits(passages):
        index = passages.index(hit.start)
        said = passages.whole[hit.start : hit.end]
        where = look.texts[index][0]
        places.setdefault((hit.code, hit.weight.severity, where), _Places(said)).rows.append(hit.start)
        if hit.weight.of_a_person:
            lines.add((index, passages.line(hit.start)))
            people.add(said)
    for (code, severity, where), each in places.items():
        _say(look, code, severity, f"{where}{_times(len(set(each.rows)), ', {} places')}", each.first)
    if min(len(lines), len(people)) >= look.policy.dense:
        where = f"{len(lines)} lines, the first on {_bare(look, look.texts[min(lines)[0]][0])}"
        _say(look, "dense_personal_data", "", where, "")


def _table(look: Look, table: Table, finders: _Finders) -> None:
    told = _cells(table, finders)
    if finders.roll:
        _on_the_roll(look, table, finders.roll)
    if not told:
        return
    places: dict[tuple[str, str], _Places] = {}
    rows_of_people, people = [], set()
    for number, row in enumerate(table.rows, 1):
        if told.keys().isdisjoint(row):
            continue
        here = {each: cell for cell in row if cell in told for each in told[cell]}
        for (code, weight), cell in here.items():
            rows = places.setdefault((code, weight.severity), _Places(cell)).rows
            if not rows or rows[-1] != number:
                rows.append(number)
        if _tells_of_a_person(here):
            rows_of_people.append(number)
            people.add(frozenset(here.values()))
    for (code, severity), each in places.items():
        _say(look, code, severity, f"{table.where}, {_rows(each.rows)}", each.first)
    if min(len(rows_of_people), len(people)) >= look.policy.dense:
        _say(look, "dense_personal_data", "", f"{table.where}, {_rows(rows_of_people)}", "")


def _on_the_roll(look: Look, table: Table, roll: Roll) -> None:
    rows, names = roll.rows(table.rows, look.policy.allowed_forms)
    if rows:
        _say(look, "nominal_roll", "", f"{table.where}, names in two cells, {_rows(rows)}", "")
    if min(len(rows), names) >= look.policy.dense:
        _say(look, "dense_personal_data", "", f"{table.where}, {_rows(rows)}", "")


def _cells(table: Table, finders: _Finders) -> dict[str, list[Told]]:
    """What each distinct cell tells. A number alone tells nothing: only its heading could say what it is. One that
    begins with a nought may be a telephone's, and an authority's own references may be any number."""
    policy = finders.policy
    number = _SHORT_NUMBER if policy.crime_references or policy.custody_references else _ANY_NUMBER
    some = table.cells if number is _SHORT_NUMBER else (*table.words, *_begun_with_a_nought(table))
    worth = [each for each in some if len(each) >= _SHORTEST and not number(each)]
    passages = Passages(worth, BREAK)
    told: dict[str, list[Told]] = defaultdict(list)
    for hit in finders.hits(passages):
        cell = worth[passages.index(hit.start)]
        if (hit.code, hit.weight) not in told[cell]:
            told[cell].append((hit.code, hit.weight))
    return dict(told)


def _begun_with_a_nought(table: Table) -> Iterator[str]:
    return (each for each in table.cells if each.startswith("0") and each.isdecimal())


def _tells_of_a_person(here: Iterable[Told]) -> bool:
    codes = {code for code, _ in here}
    together = "crime_reference" in codes and len(codes & _TOGETHER) > 1
    return together or any(weight.of_a_person for _, weight in here)


def _say(look: Look, code: str, severity: str, where: str, said: str) -> None:
    look.found(code, _bare(look, where), masked(said), severity=severity)


def _bare(look: Look, where: str) -> str:
    """Without the outer file's name, which a finding gets anyway."""
    return where.removeprefix(look.within)


def _times(count: int, words: str) -> str:
    return words.format(count) if count > 1 else ""


def _rows(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else f"{len(rows)} rows, the first is row {rows[0]}"
