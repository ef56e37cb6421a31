"""Judging the copies of one service's events: which of them disagree, and which are merely still on their way."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from services.operations.copies import LEDGER, LOG, TOPIC, Copy
from services.operations.findings import Fault
from shared.chassis.events.log import BrokenLink

MOST_FAULTS = 100
"""Faults of one service that are told one by one; the others are counted."""

UNSENT, WAITING, PARKED, TAKEN = "unsent", "waiting", "parked", "taken"

Said = tuple[str, str, str] | None
"""What a place says of a position: event, digest and chain; None where it should hold an event and holds none."""


@dataclass(kw_only=True)
class Comparison:
    """Compares the copies of one service's events, position by position, and remembers nothing but faults and counts.

    `sent` is how far its relay had come before the topic was read. `arrival` tells of an event that the ledger lacks
    whether audit has TAKEN it in, has it PARKED, or is WAITING for it; the first argument is any copy of it, the
    second the topic's. `broken` is the first broken link of the log's own chain.
    """

    service: str
    sent: int
    with_topic: bool
    with_ledger: bool
    arrival: Callable[[Copy, Copy | None], str]
    broken: BrokenLink | None
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    _last_fault: int | None = None

    def run(self, positions: Iterable[tuple[int, Sequence[Copy]]]) -> None:
        """Look at every position, and report the broken link also where no copy of its event is left."""
        for position, copies in positions:
            if self.broken and self.broken.position < position:
                self._tell_of_the_broken_link()
            self._look_at(position, copies)
        if self.broken:
            self._tell_of_the_broken_link()

    def _look_at(self, position: int, copies: Sequence[Copy]) -> None:
        self.counts.update({copy.place for copy in copies})
        groups = self._groups(position, copies)
        what, against = self._faults_of_one_place(position, copies)
        follows = False
        if len(groups) > 1:
            # Where one event was changed every later hash differs, which is no news.
            follows = self._last_fault == position - 1 and _differ_in_chain_alone(groups)
            if not follows:
                what.append(_in_words(groups, copies))
                against |= _minority(groups)
        if what or follows:
            self._last_fault = position
        if what:
            majority = max(groups, key=lambda said: len(groups[said]))
            named = next((copy for copy in copies if copy.said == majority), copies[0])
            self._add(position, named, what, against)

    def _faults_of_one_place(self, position: int, copies: Sequence[Copy]) -> tuple[list[str], set[str]]:
        what, against = [], set()
        if self.broken and self.broken.position == position:
            what.append(f"in the log {self.broken.what}")
            against.add(LOG)
            self.broken = None
        for copy in copies:
            if copy.misstated:
                what.append(f"in the {copy.place} {copy.misstated}")
                against.add(copy.place)
        return what, against

    def _groups(self, position: int, copies: Sequence[Copy]) -> dict[Said, list[str]]:
        """The places by what they say."""
        groups: dict[Said, list[str]] = {}
        for copy in copies:
            groups.setdefault(copy.said, []).append(copy.place)
        for place in self._lacking(position, {copy.place: copy for copy in copies}):
            groups.setdefault(None, []).append(place)
        return groups

    def _lacking(self, position: int, held: Mapping[str, Copy]) -> list[str]:
        """The places that should hold the event and do not. One that is on its way to them is only counted."""
        lacking = [] if LOG in held else [LOG]
        if LOG in held and position > self.sent and len(held) == 1:
            self.counts[UNSENT] += 1
            return lacking
        if LEDGER not in held and self.with_ledger:
            state = self.arrival(next(iter(held.values())), held.get(TOPIC))
            if state == TAKEN:
                lacking.append(LEDGER)
            else:
                self.counts[state] += 1
        if TOPIC not in held and self.with_topic and position <= self.sent:
            lacking.append(TOPIC)
        return lacking

    def _tell_of_the_broken_link(self) -> None:
        assert self.broken
        self._add(self.broken.position, None, [f"in the log {self.broken.what}"], {LOG})
        self.broken = None

    def _add(self, position: int, named: Copy | None, what: list[str], against: set[str]) -> None:
        if len(self.faults) == MOST_FAULTS:
            self.more_faults += 1
            return
        self.faults.append(
            Fault(
                service=self.service,
                position=position,
                event_id=named.event_id if named else None,
                event_type=named.type if named else None,
                what="; ".join(what),
                disagreeing=tuple(place for place in (LOG, LEDGER, TOPIC) if place in against),
            )
        )


def _differ_in_chain_alone(groups: Mapping[Said, Any]) -> bool:
    return None not in groups and len({said[:2] for said in groups if said}) == 1


def _minority(groups: Mapping[Said, list[str]]) -> set[str]:
    """The places that stand against the majority; all of them where there is none."""
    (first, most), (_, second), *_ = sorted(
        ((said, len(places)) for said, places in groups.items()), key=lambda item: -item[1]
    )
    return {place for said, places in groups.items() if said != first or most == second for place in places}


def _in_words(groups: Mapping[Said, list[str]], copies: Sequence[Copy]) -> str:
    types = {copy.said: copy.type for copy in copies}
    sayings = []
    for said, places in sorted(groups.items(), key=lambda item: len(item[1])):
        verb = "says" if len(places) == 1 else "say"
        if said is None:
            words = "nothing"
        else:
            event_id, digest, chain = said
            words = f"{types[said]} {event_id} (bytes {digest[:12]}, chain {chain[:12] or 'none'})"
        sayings.append(f"{' and '.join(f'the {place}' for place in places)} {verb} {words}")
    differing = _differing({copy.body for copy in copies if copy.body})
    return ", ".join(sayings) + (f"; what differs is {', '.join(differing)}" if differing else "")


def _differing(bodies: set[bytes]) -> list[str]:
    """The names of the attributes in which the two bodies differ, never what they hold."""
    if len(bodies) != 2:
        return []
    try:
        ours, theirs = (_flat(orjson.loads(body)) for body in bodies)
    except (orjson.JSONDecodeError, AttributeError):
        return []
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def _flat(event: Mapping[str, Any]) -> dict[str, Any]:
    data = event.get("data")
    inner = {f"data.{name}": value for name, value in data.items()} if isinstance(data, dict) else {}
    return {**{name: value for name, value in event.items() if name != "data"}, **inner}
