"""Which requests' costs may be added up to see whether the limit is exceeded (regulation 5; CST-07, CST-08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from shared.law.clock import due_date
from shared.law.cost import AuthorityKind, limit
from shared.law.periods import aggregation_window_end

Relation = Literal["same_person", "in_concert", "campaign", "unconnected"]
_RELATED = ("same_person", "in_concert", "campaign")


@dataclass(frozen=True, kw_only=True)
class OtherRequest:
    """Another request beside the one in hand: how whoever made it is related to this requester, whether it relates to
    any extent to the same or similar information, and its countable `minutes`."""

    reference: str
    received_on: date
    relation: Relation
    similar: bool
    minutes: Fraction | int
    answered_on: date | None = None


@dataclass(frozen=True)
class NotCounted:
    """A request whose cost may not be added, by which rule and why."""

    reference: str
    rule: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Aggregation:
    """The costs added up. `counted` and `refusable` are references: those whose cost counts, and those among them that
    may still be refused, because a request that is answered cannot be opened again (CST-08)."""

    minutes: Fraction
    exceeds: bool
    counted: tuple[str, ...]
    refusable: tuple[str, ...]
    not_counted: tuple[NotCounted, ...]


def aggregate(
    received_on: date, minutes: Fraction | int, others: Iterable[OtherRequest], kind: AuthorityKind = "other"
) -> Aggregation:
    """Add to a request's own countable minutes those of the others that regulation 5 lets it be taken together with.

    All must have been received within one period of 60 consecutive working days; where several periods would do, the
    one with the most minutes is taken. Raises CalendarEnds beyond the holiday table, NoLimit before the data.
    """
    looked_at = tuple(others)
    reasons = {other.reference: reason for other in looked_at if (reason := _why_not(received_on, other))}
    fitting = [other for other in looked_at if other.reference not in reasons]
    counted = max((_ending(day, fitting) for day in sorted(_ends(received_on, fitting))), key=_minutes)
    reasons |= {
        other.reference: NotCounted(other.reference, "CST-07", "it was not received within the same 60 working days")
        for other in fitting
        if other not in counted
    }
    total = Fraction(minutes) + _minutes(counted)
    standing = limit(received_on, kind)
    return Aggregation(
        minutes=total,
        exceeds=total > standing.minutes,
        counted=tuple(other.reference for other in counted),
        refusable=tuple(other.reference for other in counted if other.answered_on is None),
        not_counted=tuple(reasons[other.reference] for other in looked_at if other.reference in reasons),
    )


def within_one_period(first: date, last: date) -> bool:
    """Whether requests received on these days, in this order, lie within 60 consecutive working days."""
    return last <= aggregation_window_end(first).due


def _why_not(received_on: date, other: OtherRequest) -> NotCounted | None:
    if other.relation not in _RELATED:
        why = "it is not from the same person, nor from anybody acting in concert or in a campaign"
        return NotCounted(other.reference, "CST-07", why)
    if not other.similar:
        return NotCounted(other.reference, "CST-07", "it does not relate to the same or similar information")
    first, last = sorted((received_on, other.received_on))
    if not within_one_period(first, last):
        return NotCounted(other.reference, "CST-07", "it was not received within the same 60 working days")
    if other.received_on > due_date(received_on):
        why = "it came more than 20 working days later, by when this request must have been answered"
        return NotCounted(other.reference, "CST-08", why)
    return None


def _ends(received_on: date, others: list[OtherRequest]) -> set[date]:
    """The days on which a period may end that holds this request: its own day, or that of a later one."""
    return {received_on, *(other.received_on for other in others if other.received_on > received_on)}


def _ending(end: date, others: list[OtherRequest]) -> list[OtherRequest]:
    return [other for other in others if other.received_on <= end and within_one_period(other.received_on, end)]


def _minutes(others: list[OtherRequest]) -> Fraction:
    return sum((Fraction(other.minutes) for other in others), start=Fraction(0))
