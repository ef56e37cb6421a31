"""The clock of section 10: when a request must be answered, and the days that led there.

Day 0 is the date of receipt, whatever day of the week it is; the answer is due by the end of working day 20 (CLK-01).
The dates are derived every time they are wanted and never stored as an opinion. `due_date` and its like know nothing
but the day of receipt; `part_clock` and `case_clock` fold what happened since: clarifications, fees, extensions,
transfers, answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from shared.law.calendar import (
    UNION,
    Calendar,
    CalendarEnds,
    in_words,
    nth_working_day_after,
    working_days_between,
)
from shared.law.clock_events import ClockEvent, ClockRefused
from shared.law.clock_fold import Fold
from shared.law.part_clocks import ENDED, POLICY, ClockPolicy, ClockState, PartClock
from shared.law.periods import review_answer_due, review_request_deadline
from shared.law.regimes import REGIMES, Regime
from shared.law.working import Day, days_of, weeks

__all__ = [
    "RESPONSE_DAYS",
    "CaseClock",
    "ClockEvent",
    "ClockPolicy",
    "ClockRefused",
    "ClockState",
    "Day",
    "Deadline",
    "DueBand",
    "PartClock",
    "case_clock",
    "due_band",
    "due_date",
    "in_time",
    "part_clock",
    "response_due",
    "review_answer_due",
    "review_request_deadline",
    "working_day_number",
]

RESPONSE_DAYS = 20
"""Working days to answer: section 10(1)."""

DueBand = Literal["overdue", "0-5", "6-10", "11-15", "16-20", "over 20"]
_BANDS: tuple[tuple[int, DueBand], ...] = ((5, "0-5"), (10, "6-10"), (15, "11-15"), (20, "16-20"))


@dataclass(frozen=True)
class Deadline:
    """A due date with every day from the one after receipt (`received_on`, day 0) to the due date."""

    received_on: date
    due: date
    days: tuple[Day, ...]

    @property
    def skipped(self) -> tuple[Day, ...]:
        """The days that did not count, weekends included."""
        return tuple(day for day in self.days if day.why is not None)

    def working(self) -> tuple[str, ...]:
        """How the date was reached, a sentence or a week per line, so that it can be read and checked by hand."""
        return (
            f"Received on {in_words(self.received_on)}: the date of receipt is day 0 (section 10(1)).",
            "Not counted: Saturdays, Sundays, Christmas Day, Good Friday and every bank holiday in any part of the"
            " United Kingdom (section 10(6)).",
            *weeks(self.days),
            f"Due by the end of {in_words(self.due)}, working day {self.days[-1].number}.",
        )


def due_date(received_on: date) -> date:
    """The last day to answer a request received on `received_on` (CLK-01). Raises CalendarEnds."""
    return nth_working_day_after(received_on, RESPONSE_DAYS)


def response_due(received_on: date) -> Deadline:
    """The same date with its working. Raises CalendarEnds beyond the holiday table."""
    due = due_date(received_on)
    return Deadline(received_on, due, days_of(UNION, received_on, due))


def working_day_number(received_on: date, on: date) -> int:
    """Which working day of the clock `on` is; on a day that does not count, the number of the last one that did.

    Raises ValueError when `on` is before receipt, CalendarEnds beyond the holiday table.
    """
    _refuse_before_receipt(received_on, on)
    return working_days_between(received_on, on)


def in_time(received_on: date, on: date) -> bool:
    """Whether an answer sent on `on` meets section 10(1). Raises ValueError when `on` is before receipt."""
    _refuse_before_receipt(received_on, on)
    return on <= due_date(received_on)


def _refuse_before_receipt(received_on: date, on: date) -> None:
    if on < received_on:
        raise ValueError(f"{in_words(on)} is before the date of receipt, {in_words(received_on)}")


def due_band(due: date, today: date) -> DueBand:
    """In which band of working days left (today not counted) a due date lies, for lists and dashboards."""
    if today > due:
        return "overdue"
    left = working_days_between(today, due)
    return next((band for most, band in _BANDS if left <= most), "over 20")


@dataclass(frozen=True, kw_only=True)
class CaseClock:
    """How a whole request stands (CLK-08): the earliest day of what is still open, and a state made from its parts'.

    `due` and `answer_by` are those of the open part whose day comes first (None: no clock runs); once everything is
    answered, of the part whose day came first. `answered_on` and what depends on it are None until every part that is
    owed an answer has had it (CLK-21).
    """

    received_on: date
    parts: tuple[PartClock, ...]
    state: ClockState
    due: date | None
    answer_by: date | None
    answered_on: date | None
    working_day_of_response: int | None
    in_time: bool | None
    flags: tuple[str, ...]

    def part(self, label: str) -> PartClock:
        """The clock of one part. Raises KeyError."""
        for clock in self.parts:
            if clock.part == label:
                return clock
        raise KeyError(label)

    def working(self) -> tuple[str, ...]:
        """How the dates were reached: one account where all parts have the same, else one for each part."""
        accounts = dict.fromkeys(clock.working() for clock in self.parts)
        if len(accounts) == 1:
            return self.parts[0].working()
        return tuple(f"Part {clock.part}: {line}" for clock in self.parts for line in clock.working())


def part_clock(
    received_on: date,
    events: Sequence[ClockEvent],
    part: str,
    *,
    regime: str = "foia",
    calendar: Calendar | None = None,
    policy: ClockPolicy = POLICY,
) -> PartClock:
    """How one part of a request stands after `events`, which may come in any order of time.

    `calendar` is the regime's own unless another is given, such as `UNION.with_added(...)`. Where events name parts,
    one for the whole request that only other parts can take is passed over. Raises ClockRefused.
    """
    clock, refused = _folded(received_on, events, part, _regime(regime, calendar), policy)
    named = any(event.parts for event in events)
    for index, refusal in refused.items():
        if events[index].parts or not named:
            raise refusal
    return clock


def case_clock(
    received_on: date,
    parts: Sequence[str],
    events: Sequence[ClockEvent],
    *,
    regime: str = "foia",
    calendar: Calendar | None = None,
    policy: ClockPolicy = POLICY,
) -> CaseClock:
    """How a request with these `parts` stands after `events`, which may come in any order of time (CLK-08).

    An event for the whole request moves the parts that it can move; it is refused where there is none. Raises
    ClockRefused, whose field names the event by its place: "events.2.on".
    """
    for index, event in enumerate(events):
        for label in event.parts:
            if label not in parts:
                problem = f"There is no part {label}."
                raise ClockRefused("CLK-08", f"events.{index}.parts", problem, f"The parts are {', '.join(parts)}.")
    found = [_folded(received_on, events, part, _regime(regime, calendar), policy) for part in parts]
    for index, event in enumerate(events):
        concerned = [refused for part, (_, refused) in zip(parts, found, strict=True) if event.concerns(part)]
        if all(index in refused for refused in concerned) or (event.parts and any(index in r for r in concerned)):
            raise next(refused[index] for refused in concerned if index in refused)
    return _case(received_on, tuple(clock for clock, _ in found))


def _regime(name: str, calendar: Calendar | None) -> Regime:
    regime = REGIMES[name]
    return replace(regime, calendar=calendar) if calendar else regime


def _folded(
    received_on: date, events: Sequence[ClockEvent], part: str, regime: Regime, policy: ClockPolicy
) -> tuple[PartClock, dict[int, ClockRefused]]:
    fold = Fold(part, received_on, regime, policy)
    refused: dict[int, ClockRefused] = {}
    for index, event in sorted(enumerate(events), key=lambda pair: pair[1].on):
        if not event.concerns(part):
            continue
        try:
            fold.take(event)
        except ClockRefused as refusal:
            where = f"events.{index}.{refusal.field}"
            refused[index] = ClockRefused(refusal.rule, where, refusal.problem, refusal.next_step)
        except CalendarEnds as ends:
            raise ClockRefused("CLK-05", f"events.{index}.on", str(ends), "Check the year.") from None
    try:
        return fold.clock(), refused
    except CalendarEnds as ends:
        raise ClockRefused("CLK-05", "received_on", str(ends), "Check the year.") from None


_PRECEDENCE: tuple[ClockState, ...] = (
    "running",
    "extended_pit",
    "transferred_out",
    "awaiting_clarification",
    "awaiting_fee",
    "redirected",
    "answered",
    "lapsed",
    "withdrawn",
    "not_valid",
)
"""A case is in the first of these states that any of its parts is in."""


def _case(received_on: date, parts: tuple[PartClock, ...]) -> CaseClock:
    state = next(state for state in _PRECEDENCE if any(part.state == state for part in parts))
    answered = [part for part in parts if part.state == "answered"]
    shown = answered if state == "answered" else [part for part in parts if part.state not in ENDED]
    last = max(answered, key=lambda part: part.ended_on or received_on) if state == "answered" else None
    return CaseClock(
        received_on=received_on,
        parts=parts,
        state=state,
        due=min((part.due for part in shown if part.due), default=None),
        answer_by=min((part.answer_by for part in shown if part.answer_by), default=None),
        answered_on=last.answered_on if last else None,
        working_day_of_response=last.working_day_of_response if last else None,
        in_time=all(part.in_time for part in answered) if last else None,
        flags=tuple(dict.fromkeys(flag for part in parts for flag in part.flags)),
    )
