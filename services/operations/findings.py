"""What verifying has found, for people and for programs."""

from dataclasses import asdict, dataclass
from typing import Any

AUDIT = "audit"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One position at which something was tampered with or lost. `disagreeing` are the places that stand against the
    majority, or all where there is none; `event_id` and `event_type` are what the majority says."""

    service: str
    position: int
    event_id: str | None
    event_type: str | None
    what: str
    disagreeing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How much of one service was looked at. Audit's own events are in no ledger: nobody takes in what it said itself.

    `unsent` events have not left the log, `waiting` ones have not reached the ledger, `parked` ones are stuck on the
    way to it. `more_faults` are those that are only counted.
    """

    service: str
    log: int
    ledger: int
    topic: int
    unsent: int
    waiting: int
    parked: int
    more_faults: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found. Without faults all copies agree, as far as they have arrived. `unreadable` counts messages on
    the topic that are no events at all."""

    faults: list[Fault]
    checked: list[Checked]
    with_topic: bool
    unreadable: int

    def as_json(self) -> dict[str, Any]:
        return {"intact": not self.faults, **asdict(self)}

    def in_words(self) -> str:
        """The report for people: a line for each service, then the faults."""
        lines = [_line(checked, self.with_topic) for checked in self.checked]
        if not self.with_topic:
            lines.append("The topic was not looked at.")
        if self.unreadable:
            lines.append(f"{counted(self.unreadable, 'message')} on the topic can be read by nobody.")
        for fault in self.faults:
            event = f", event {fault.event_id} ({fault.event_type})" if fault.event_id else ""
            lines.append(f"FAULT  {fault.service}, position {fault.position}{event}: {fault.what}.")
        lines += [
            f"FAULT  {checked.service}: and {checked.more_faults:,} more."
            for checked in self.checked
            if checked.more_faults
        ]
        if not self.faults:
            lines.append("Verified: nothing was edited, removed, swapped or cut off.")
        return "\n".join(lines)


def _line(checked: Checked, with_topic: bool) -> str:
    places = [f"{checked.log:,} in the log"]
    if checked.service != AUDIT:
        places.append(f"{checked.ledger:,} in the ledger")
    if with_topic:
        places.append(f"{checked.topic:,} on the topic")
    under_way = [
        f"{count:,} {words}"
        for count, words in (
            (checked.unsent, "not sent yet"),
            (checked.waiting, "not in the ledger yet"),
            (checked.parked, "parked on the way to the ledger: see `candour parked list audit`"),
        )
        if count
    ]
    return f"{checked.service:<13} {', '.join(places + under_way)}"


def counted(count: int, noun: str) -> str:
    """The number with its noun: `1 event`, `1,200 events`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
