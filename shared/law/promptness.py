"""The duty to answer promptly, which stands beside the twenty working days (section 10(1), CLK-20)."""

from collections.abc import Iterator
from datetime import date

from shared.law.calendar import UNION, Calendar, in_words
from shared.law.findings import Finding

UNSENT_DAYS = 2
"""Working days that an approved answer may lie unsent before that is told."""
IDLE_DAYS = 5
"""Working days that nothing may be done, with all that is needed at hand, before that is told."""


def promptness(
    today: date, *, approved_on: date | None = None, idle_since: date | None = None, calendar: Calendar = UNION
) -> tuple[Finding, ...]:
    """What an open case says about promptness on `today` (severity I).

    `approved_on`: the day its answer was signed off; `idle_since`: the last day on which anything was done, None while
    something is still waited for. Raises CalendarEnds beyond the holiday table.
    """
    return tuple(_findings(today, approved_on, idle_since, calendar))


def _findings(today: date, approved_on: date | None, idle_since: date | None, calendar: Calendar) -> Iterator[Finding]:
    if approved_on and (days := calendar.working_days_between(approved_on, today)) >= UNSENT_DAYS:
        message = f"The answer was approved on {in_words(approved_on)}, {days} working days ago, and has not been sent."
        yield Finding("approved_on", "CLK-20", message, "Send it; section 10(1) asks for promptness.", "I")
    elif idle_since and (days := calendar.working_days_between(idle_since, today)) >= IDLE_DAYS:
        message = f"All is at hand, and nothing was done since {in_words(idle_since)}, {days} working days ago."
        yield Finding("idle_since", "CLK-20", message, "Take the next step; section 10(1) asks for promptness.", "I")
