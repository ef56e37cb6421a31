"""Working days under section 10(6) (CLK-05).

For the Freedom of Information Act and the Environmental Information Regulations a working day is any day but a
Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in ANY part of the United Kingdom (`UNION`). For the
Scottish Act bank holidays in Scotland alone count (`SCOTLAND`; section 73 there). Days are civil dates in
Europe/London. The table is read from `bank_holidays.toml` once; every question is then a look-up.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate

DIVISIONS = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}


CivilDate = date
"""A holiday has a field named `date`, beside which that name means no type."""


@dataclass(frozen=True)
class Holiday:
    """A weekday that is no working day in some part of the UK; the data file explains the other fields.

    `announced` is the day on which the holiday became known where that was less than a year before it, else None.
    """

    date: date
    divisions: tuple[str, ...]
    title: str
    legal_basis: str
    source: str
    first_seen: CivilDate
    announced: CivilDate | None = None


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


class Calendar:
    """The working days where the bank holidays of some `divisions` are kept; a value that never changes.

    Every method raises CalendarEnds for a day before `first_day` or after `last_day`, and TypeError for a datetime.
    """

    def __init__(self, holidays: Iterable[Holiday], divisions: Iterable[str], first_day: date, last_day: date) -> None:
        self.divisions = tuple(divisions)
        self.holidays = tuple(holiday for holiday in holidays if not set(self.divisions).isdisjoint(holiday.divisions))
        self.first_day = first_day
        self.last_day = last_day
        self._holidays_on: dict[date, list[Holiday]] = {}
        for holiday in self.holidays:
            self._holidays_on.setdefault(holiday.date, []).append(holiday)
        every_day = [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]
        self._working_days = [day for day in every_day if day.weekday() < 5 and day not in self._holidays_on]
        self._is_working = frozenset(self._working_days)
        # _counts[i]: how many working days there are from the first day to the one i days later, both included.
        self._counts = list(accumulate(day in self._is_working for day in every_day))
        self._origin = first_day.toordinal()

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts."""
        self._up_to(day)
        return day in self._is_working

    def why_not(self, day: date) -> str | None:
        """Why `day` is no working day, in words; None when it is one."""
        if self.is_working_day(day):
            return None
        if day.weekday() >= 5:
            return f"{day:%A}"
        holidays = self._holidays_on[day]
        titles = "; ".join(dict.fromkeys(holiday.title for holiday in holidays))
        if any(holiday.legal_basis == "s10(6)" for holiday in holidays):
            return f"{in_words(day)} is {titles}, which section 10(6) names"
        return f"{in_words(day)} is a bank holiday {self._where(holidays)} ({titles})"

    def nth_working_day_after(self, day: date, n: int) -> date:
        """The `n`th working day after `day`, which is itself day 0 whatever day it is (CLK-01); n is 1 or more."""
        if n < 1:
            raise ValueError(f"n counts working days after the day, from 1; {n} was given")
        place = self._up_to(day) + n - 1
        if place >= len(self._working_days):
            raise CalendarEnds(f"Working day {n} after {in_words(day)}")
        return self._working_days[place]

    def nth_working_day_before(self, day: date, n: int) -> date:
        """The `n`th working day before `day`, which itself is not counted; n is 1 or more."""
        if n < 1:
            raise ValueError(f"n counts working days before the day, from 1; {n} was given")
        place = self._up_to(day) - self.is_working_day(day) - n
        if place < 0:
            raise CalendarEnds(f"Working day {n} before {in_words(day)}")
        return self._working_days[place]

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days there are after `start` up to and including `end`; negative when `end` comes first.

        Where `end` is a working day this is its number, counting from `start` as day 0.
        """
        return self._up_to(end) - self._up_to(start)

    def with_added(self, holidays: Iterable[Holiday]) -> "Calendar":
        """This calendar and some newly proclaimed days (CLK-05); days that it has already make no difference.

        Raises CalendarEnds for a day beyond the table.
        """
        return _extended(self, tuple(holidays))

    def as_known_on(self, day: date) -> "Calendar":
        """The calendar as it stood on `day`, without the holidays announced only later."""
        return _as_known(self, frozenset(each for each in self.holidays if each.announced and each.announced > day))

    def _up_to(self, day: date) -> int:
        if isinstance(day, datetime):
            raise TypeError(
                "a civil date in Europe/London is needed, not a datetime: which day it is depends on the time zone"
            )
        index = day.toordinal() - self._origin
        if not 0 <= index < len(self._counts):
            raise CalendarEnds(in_words(day))
        return self._counts[index]

    def _where(self, holidays: list[Holiday]) -> str:
        names = [name for key, name in DIVISIONS.items() if any(key in holiday.divisions for holiday in holidays)]
        return "throughout the United Kingdom" if len(names) == len(DIVISIONS) else "in " + " and in ".join(names)


@lru_cache(maxsize=8)
def _extended(calendar: Calendar, added: tuple[Holiday, ...]) -> Calendar:
    for holiday in added:
        calendar.is_working_day(holiday.date)
    kept = {(holiday.date, division) for holiday in calendar.holidays for division in holiday.divisions}
    new = [each for each in added if any((each.date, division) not in kept for division in each.divisions)]
    if not new:
        return calendar
    return Calendar((*calendar.holidays, *new), calendar.divisions, calendar.first_day, calendar.last_day)


@lru_cache(maxsize=8)
def _as_known(calendar: Calendar, unknown: frozenset[Holiday]) -> Calendar:
    if not unknown:
        return calendar
    known = [holiday for holiday in calendar.holidays if holiday not in unknown]
    return Calendar(known, calendar.divisions, calendar.first_day, calendar.last_day)


def _read() -> tuple[date, date, tuple[Holiday, ...]]:
    data = tomllib.loads(files(__package__).joinpath("bank_holidays.toml").read_text(encoding="utf-8"))
    holidays = tuple(
        Holiday(**{"first_seen": data["first_seen"][row["source"]], **row, "divisions": tuple(row["divisions"])})
        for row in data["holiday"]
    )
    return data["covers"]["from"], data["covers"]["to"], holidays


FIRST_DAY, LAST_DAY, HOLIDAYS = _read()

UNION = Calendar(HOLIDAYS, DIVISIONS, FIRST_DAY, LAST_DAY)
"""For the Freedom of Information Act and the Environmental Information Regulations: the whole United Kingdom."""

SCOTLAND = Calendar(HOLIDAYS, ("scotland",), FIRST_DAY, LAST_DAY)
"""For the Freedom of Information (Scotland) Act, section 73."""

ENGLAND_AND_WALES = Calendar(HOLIDAYS, ("england-and-wales",), FIRST_DAY, LAST_DAY)
"""For periods of other law that end on the next working day, such as subject access; never for section 10."""

is_working_day = UNION.is_working_day
why_not = UNION.why_not
nth_working_day_after = UNION.nth_working_day_after
working_days_between = UNION.working_days_between
