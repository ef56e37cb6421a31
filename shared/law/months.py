"""Periods counted in calendar months, by the corresponding date rule."""

from calendar import monthrange
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """The corresponding date `months` later; where that month has no such date, its last day: 31 December and two
    months is 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_beginning_with(day: date, months: int) -> date:
    """The last day of a period of `months` that begins with `day`, so that `day` is its first (CLK-12).

    It is the day before the corresponding date: three months beginning with 10 March end on 9 June. Where there is no
    corresponding date they end with the month: beginning with 30 November, on 28 February.
    """
    corresponding = months_after(day, months)
    return corresponding - timedelta(days=1) if corresponding.day == day.day else corresponding
