"""How the clock of one part stands, and what the authority's policy adds to the Act's periods."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from shared.law.calendar import in_words
from shared.law.extensions import Extension
from shared.law.regimes import Regime
from shared.law.working import Day, Span, days_of, nth_counted_day, weeks

ClockState = Literal[
    "running",
    "redirected",
    "awaiting_clarification",
    "awaiting_fee",
    "extended_pit",
    "transferred_out",
    "answered",
    "lapsed",
    "withdrawn",
    "not_valid",
]
WAITING: frozenset[ClockState] = frozenset({"redirected", "awaiting_clarification", "awaiting_fee"})
"""No due date runs."""
ENDED: frozenset[ClockState] = frozenset({"answered", "lapsed", "withdrawn", "not_valid"})
"""Nothing is owed any more."""


@dataclass(frozen=True, kw_only=True)
class ClockPolicy:
    """What the Act leaves to the authority: when an unanswered clarification lapses (CLK-10), and the working day by
    which it means to answer (CLK-22).
    """

    clarification_lapses_after_months: int = 2
    target_working_day: int = 15


POLICY = ClockPolicy()


@dataclass(frozen=True, kw_only=True)
class PartClock:
    """How one part stands; every date is derived.

    `received_on` is the day on which the request came, `receipt` the one that counts as day 0 (None while the request
    is redirected). `due` is None while no clock runs or nothing is owed. `s17_notice_due` is working day 20, which no
    extension moves; `answer_by` is `due`, or the day promised by an accepted extension: that is what lists and alarms
    use. `original_due` is kept where clarification was sought only after it. `in_time` is None until answered.
    """

    part: str
    regime: Regime
    received_on: date
    receipt: date | None
    state: ClockState
    due: date | None
    s17_notice_due: date | None
    answer_by: date | None
    target: date | None
    extension: Extension | None
    original_due: date | None
    lapse_on: date | None
    last_day_to_pay: date | None
    ended_on: date | None
    working_day_of_response: int | None
    in_time: bool | None
    flags: tuple[str, ...]
    disregarded: tuple[Span, ...]
    story: tuple[str, ...]

    @property
    def answered_on(self) -> date | None:
        return self.ended_on if self.state == "answered" else None

    @property
    def extended(self) -> bool:
        return self.extension is not None and self.extension.accepted

    @property
    def ceiling(self) -> date | None:
        """Working day 40, beyond which only an exceptional case may be extended (CLK-13); None while no clock runs.

        Raises CalendarEnds beyond the holiday table.
        """
        if self.s17_notice_due is None or self.receipt is None:
            return None
        return nth_counted_day(self.regime.calendar, self.receipt, self.regime.extended_days, self.disregarded)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Every day from the one after receipt to the due date; empty while there is none."""
        if self.due is None or self.receipt is None:
            return ()
        because = f"disregarded from the fees notice to the payment ({self.regime.disregard})"
        return days_of(self.regime.calendar, self.receipt, self.due, self.disregarded, because)

    @property
    def skipped(self) -> tuple[Day, ...]:
        """The days that did not count, weekends included."""
        return tuple(day for day in self.days if day.why is not None)

    def working(self) -> tuple[str, ...]:
        """How the dates were reached, in sentences that name every event, and a line for each week counted."""
        if self.due is None:
            return self.story
        number = next(day.number for day in reversed(self.days) if day.number)
        lines = [
            *self.story,
            f"Not counted: Saturdays, Sundays, Christmas Day, Good Friday and {self.regime.working_day}.",
            *weeks(self.days),
            f"Due by the end of {in_words(self.due)}, working day {number}.",
        ]
        if self.answer_by is not None and self.answer_by != self.due:
            lines.append(
                f"By the extension the decision is due by the end of {in_words(self.answer_by)}; the notice that names"
                f" the exemption was due on {in_words(self.due)} all the same (section 10(3))."
            )
        return tuple(lines)
