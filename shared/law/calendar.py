"""Working days under section 10(6) (CLK-05).

A working day is any day but a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in ANY part of the
United Kingdom. Days are civil dates in Europe/London. The table is read from `bank_holidays.toml` once; every question
is then a look-up.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import accumulate

DIVISIONS = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}


@dataclass(frozen=True)
class Holiday:
    """A weekday that is no working day in some part of the UK; the data file explains `legal_basis` and `source`."""

    date: date
    divisions: tuple[str, ...]
    title: str
    legal_basis: str
    source: str


class CalendarEnds(Exception):
    """The holiday table does not reach the day asked for; guessing holidays would give unlawful dates."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} lies outside the bank holiday table, which runs from {in_words(FIRST_DAY)} to "
            f"{in_words(LAST_DAY)}. Add the missing years for all parts of the UK to shared/law/bank_holidays.toml "
            "(GOV.UK lists them) and release again."
        )


def in_words(day: date) -> str:
    """A date as a letter writes it: 'Monday 13 July 2026'."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _read() -> tuple[date, date, tuple[Holiday, ...]]:
    data = tomllib.loads(files(__package__).joinpath("bank_holidays.toml").read_text(encoding="utf-8"))
    holidays = tuple(Holiday(**{**row, "divisions": tuple(row["divisions"])}) for row in data["holiday"])
    return data["covers"]["from"], data["covers"]["to"], holidays


def _by_date() -> dict[date, list[Holiday]]:
    table: dict[date, list[Holiday]] = {}
    for holiday in HOLIDAYS:
        table.setdefault(holiday.date, []).append(holiday)
    return table


def _every_day() -> Iterator[date]:
    return (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))


FIRST_DAY, LAST_DAY, HOLIDAYS = _read()
_HOLIDAYS_ON = _by_date()
_WORKING_DAYS = [day for day in _every_day() if day.weekday() < 5 and day not in _HOLIDAYS_ON]
_IS_WORKING = set(_WORKING_DAYS)
# _UP_TO[i]: how many working days there are from FIRST_DAY to FIRST_DAY + i, both included.
_UP_TO = list(accumulate(day in _IS_WORKING for day in _every_day()))
_ORIGIN = FIRST_DAY.toordinal()


def _up_to(day: date) -> int:
    if isinstance(day, datetime):
        raise TypeError(
            "a civil date in Europe/London is needed, not a datetime: which day it is depends on the time zone"
        )
    index = day.toordinal() - _ORIGIN
    if not 0 <= index < len(_UP_TO):
        raise CalendarEnds(in_words(day))
    return _UP_TO[index]


def is_working_day(day: date) -> bool:
    """Whether `day` counts under section 10(6). Raises CalendarEnds beyond the table."""
    _up_to(day)
    return day in _IS_WORKING


def why_not(day: date) -> str | None:
    """Why `day` is no working day, in words; None when it is one. Raises CalendarEnds beyond the table."""
    if is_working_day(day):
        return None
    if day.weekday() >= 5:
        return f"{day:%A}"
    holidays = _HOLIDAYS_ON[day]
    titles = "; ".join(dict.fromkeys(holiday.title for holiday in holidays))
    if any(holiday.legal_basis == "s10(6)" for holiday in holidays):
        return f"{in_words(day)} is {titles}, which section 10(6) names"
    return f"{in_words(day)} is a bank holiday {_where(holidays)} ({titles})"


def _where(holidays: list[Holiday]) -> str:
    names = [name for key, name in DIVISIONS.items() if any(key in holiday.divisions for holiday in holidays)]
    return "throughout the United Kingdom" if len(names) == len(DIVISIONS) else "in " + " and in ".join(names)


def nth_working_day_after(day: date, n: int) -> date:
    """The `n`th working day after `day`, which is itself day 0 whatever day it is (CLK-01); n is 1 or more.

    Raises CalendarEnds beyond the table.
    """
    if n < 1:
        raise ValueError(f"n counts working days after the day, from 1; {n} was given")
    place = _up_to(day) + n - 1
    if place >= len(_WORKING_DAYS):
        raise CalendarEnds(f"Working day {n} after {in_words(day)}")
    return _WORKING_DAYS[place]


def working_days_between(start: date, end: date) -> int:
    """How many working days there are after `start` up to and including `end`; negative when `end` comes first.

    Where `end` is a working day this is its number, counting from `start` as day 0. Raises CalendarEnds beyond the
    table.
    """
    return _up_to(end) - _up_to(start)
