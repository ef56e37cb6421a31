"""Counting the days of a clock one by one, so that a person can read how a date was reached and check it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from shared.law.calendar import Calendar, in_words

Span = tuple[date, date]
"""From a day to a day, both included."""


@dataclass(frozen=True)
class Day:
    """One day of a clock: its `number` as a working day, or `why` it does not count."""

    date: date
    number: int | None
    why: str | None


def counted_days(calendar: Calendar, start: date, end: date, disregarded: Sequence[Span], because: str) -> int:
    """How many working days after `start` up to and including `end` count, those in a `disregarded` span left out."""
    return sum(day.number is not None for day in days_of(calendar, start, end, disregarded, because))


def nth_counted_day(calendar: Calendar, start: date, n: int, disregarded: Sequence[Span]) -> date:
    """The `n`th working day after `start` that lies in no `disregarded` span; the spans are in order and apart.

    Raises CalendarEnds beyond the holiday table.
    """
    left = n
    for first, last in disregarded:
        if last <= start:
            continue
        before = max(calendar.working_days_between(start, first - timedelta(days=1)), 0)
        if before >= left:
            break
        left -= before
        start = last
    return calendar.nth_working_day_after(start, left)


def days_of(
    calendar: Calendar, start: date, end: date, disregarded: Sequence[Span] = (), because: str = ""
) -> tuple[Day, ...]:
    """Every day after `start` up to and including `end`; days in a `disregarded` span do not count, `because` of it."""
    days, number = [], 0
    for day in (start + timedelta(days=n) for n in range(1, (end - start).days + 1)):
        why = calendar.why_not(day)
        if why is None and any(first <= day <= last for first, last in disregarded):
            why = because
        if why is None:
            number += 1
        days.append(Day(day, None if why else number, why))
    return tuple(days)


def _monday(day: Day) -> date:
    return day.date - timedelta(days=day.date.weekday())


def weeks(days: Iterable[Day]) -> Iterator[str]:
    """A line for each week, weekends left out: its days with their numbers, then what did not count and why."""
    for monday, group in groupby((day for day in days if day.date.weekday() < 5), key=_monday):
        week = list(group)
        counted = ", ".join(f"{day.date:%a} {day.date.day} {day.date:%b} = {day.number}" for day in week if day.number)
        reasons = "; ".join(dict.fromkeys(day.why for day in week if day.why))
        line = f"Week of {in_words(monday)}: {counted or 'no working days'}."
        yield f"{line} Not counted: {reasons}." if reasons else line
