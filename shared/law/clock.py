"""The clock of section 10: when a request must be answered, and the days that led there.

Day 0 is the date of receipt, whatever day of the week it is; the answer is due by the end of working day 20 (CLK-01).
The date is derived every time it is wanted and never stored as an opinion. What moves a clock (clarifications, fees,
extensions) is a fold over events on top of the functions here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from shared.law.calendar import in_words, is_working_day, nth_working_day_after, why_not, working_days_between
from shared.law.particulars import particulars

RESPONSE_DAYS = 20
"""Working days to answer: section 10(1)."""

DueBand = Literal["overdue", "0-5", "6-10", "11-15", "16-20", "over 20"]
_BANDS: tuple[tuple[int, DueBand], ...] = ((5, "0-5"), (10, "6-10"), (15, "11-15"), (20, "16-20"))


@dataclass(frozen=True)
class Day:
    """One day of a clock: its `number` as a working day, or `why` it does not count."""

    date: date
    number: int | None
    why: str | None


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
            *_weeks(day for day in self.days if day.date.weekday() < 5),
            f"Due by the end of {in_words(self.due)}, working day {self.days[-1].number}.",
        )


def _monday(day: Day) -> date:
    return day.date - timedelta(days=day.date.weekday())


def _weeks(weekdays: Iterable[Day]) -> Iterator[str]:
    for monday, group in groupby(weekdays, key=_monday):
        days = list(group)
        counted = ", ".join(f"{day.date:%a} {day.date.day} {day.date:%b} = {day.number}" for day in days if day.number)
        holidays = "; ".join(day.why for day in days if day.why)
        line = f"Week of {in_words(monday)}: {counted or 'no working days'}."
        yield f"{line} Not counted: {holidays}." if holidays else line


def due_date(received_on: date) -> date:
    """The last day to answer a request received on `received_on` (CLK-01). Raises CalendarEnds."""
    return nth_working_day_after(received_on, RESPONSE_DAYS)


def response_due(received_on: date) -> Deadline:
    """The same date with its working. Raises CalendarEnds beyond the holiday table."""
    due = due_date(received_on)
    after = (received_on + timedelta(days=n) for n in range(1, (due - received_on).days + 1))
    return Deadline(received_on, due, tuple(_day(received_on, day) for day in after))


def _day(received_on: date, day: date) -> Day:
    number = working_days_between(received_on, day) if is_working_day(day) else None
    return Day(day, number, why_not(day))


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


def review_request_deadline(answered_on: date) -> date:
    """The last day on which an internal review may be asked for as of right (CLK-18).

    Raises NoParticulars before the Code that sets the period, CalendarEnds beyond the holiday table.
    """
    return nth_working_day_after(answered_on, particulars(answered_on).internal_review.ask_within_working_days)


def review_answer_due(requested_on: date) -> date:
    """The day by which an internal review asked for on `requested_on` is to be answered (CLK-18)."""
    return nth_working_day_after(requested_on, particulars(requested_on).internal_review.answer_within_working_days)
