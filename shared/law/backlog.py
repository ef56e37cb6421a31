"""The requests that are overdue on a day, by their age: what the regulator looks at first (STA-08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.law.case_facts import CaseFacts
from shared.law.months import months_after


@dataclass(frozen=True)
class Backlog:
    """How many requests are overdue, by how long ago they were received, and when the oldest was."""

    total: int
    up_to_six_months: int
    over_six_months: int
    over_twelve_months: int
    oldest_received_on: date | None


def backlog(cases: Iterable[CaseFacts], on: date, *, authority: str | None = None) -> Backlog:
    """The overdue requests at the end of a day, of whatever quarter; `over_six_months` holds those over twelve too.

    A request to several authorities counts once for each of them (STA-09).
    """
    received = [
        case.received_on for case in cases if case.overdue(on) for each in case.authorities if authority in (None, each)
    ]
    over_six = sum(months_after(day, 6) < on for day in received)
    return Backlog(
        total=len(received),
        up_to_six_months=len(received) - over_six,
        over_six_months=over_six,
        over_twelve_months=sum(months_after(day, 12) < on for day in received),
        oldest_received_on=min(received, default=None),
    )
