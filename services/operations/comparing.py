"""Judging the copies of one service's events: which of them disagree, and which are merely still on their way."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from services.operations.copies import LEDGER, LOG, TOPIC, Copy
from shared.chassis.events.log import BrokenLink

MOST_FAULTS = 100
"""Faults of one service that are told one by one; the others are counted."""

Said = tuple[str, str, str] | None
"""What a place says of one position: event, digest and chain; None where it should hold an event and holds none."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One position at which something was tampered with or lost. `disagreeing` are the places that stand against the
    majority, or all where there is none; `event_id` and `event_type` are the majority's."""

    service: str
    position: int
    event_id: str | None
    event_type: str | None
    what: str
    disagreeing: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Comparison:
    """Compares one service's copies, position by position.

    `sent` is how far its relay had come before the topic was read. `settled` says of an event that the ledger lacks
    whether audit has "taken" it in, has it "parked", or is still "waiting" for it. `broken` is the first broken link
    of the log's own chain.
    """

    service: str
    sent: int
    broken: BrokenLink | None
    settled: Callable[[Copy, Copy | None], str]
    with_topic: bool
    with_ledger: bool
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    _at_fault: int = 0

    def run(self, places: Iterator[tuple[int, list[Copy]]]) -> None:
        """Look at every position, and at the broken link where no copy was left to look at."""
        for position, copies in places:
            self._look_at(position, copies)
        if self.broken:
            self._add(self.broken.position, None, self.broken.what, ())

    def _look_at(self, position: int, copies: list[Copy]) -> None:
        self.counts.update({copy.place for copy in copies})
        says = self._says(position, copies)
        groups = _groups(says)
        what = [copy.misstated for copy in copies if copy.misstated]
        if self.broken and self.broken.position == position:
            what.insert(0, self.broken.what)
            self.broken = None
        if len(groups) > 1:
            follows = self._at_fault == position - 1 and _differ_in_chain_alone(says)
            if follows and not what:
                self._at_fault = position  # every later hash differs where one event does: that is no news
                return
            what.append(_in_words(groups, copies))
        if what:
            self._at_fault = position
            majority, *others = groups
            even = bool(others) and len(groups[majority]) == len(groups[others[0]])
            against = [LEDGER] if not others else list(says) if even else [p for p in says if p not in groups[majority]]
            if not others and not any(copy.misstated for copy in copies):
                against = [LOG]
            named = next((copy for copy in copies if copy.said == majority), copies[0])
            self._add(position, named, "; ".join(what), tuple(against))
