"""The working-day calendar, compared day by day with two independent sources."""

from datetime import date, datetime, timedelta

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from shared.law.calendar import (
    DIVISIONS,
    FIRST_DAY,
    HOLIDAYS,
    LAST_DAY,
    CalendarEnds,
    is_working_day,
    nth_working_day_after,
    why_not,
    working_days_between,
)

SUBDIVISIONS = {"england-and-wales": ("ENG", "WLS"), "scotland": ("SCT",), "northern-ireland": ("NIR",)}
WORLD_CUP = date(2026, 6, 15)

# Weekday bank holidays of Scotland (S) or Northern Ireland (N) alone: office days for an English or Welsh force.
HIDDEN = {
    2018: "S0102 N0319 N0712 S0806 S1130",
    2019: "S0102 N0318 N0712 S0805 S1202",
    2020: "S0102 N0317 N0713 S0803 S1130",
    2021: "S0104 N0317 N0712 S0802 S1130",
    2022: "S0104 N0317 N0712 S0801 S1130",
    2023: "S0103 N0317 N0712 S0807 S1130",
    2024: "S0102 N0318 N0712 S0805 S1202",
    2025: "S0102 N0317 N0714 S0804 S1201",
    2026: "S0102 N0317 S0615 N0713 S0803 S1130",
    2027: "S0104 N0317 N0712 S0802 S1130",
    2028: "S0104 N0317 N0712 S0807 S1130",
}


def ours(division: str) -> set[date]:
    return {holiday.date for holiday in HOLIDAYS if division in holiday.divisions}


def in_the_table(days: set[date]) -> set[date]:
    return {day for day in days if FIRST_DAY <= day <= LAST_DAY and day.weekday() < 5}


@pytest.mark.parametrize(("division", "subdivision"), [(d, s) for d in DIVISIONS for s in SUBDIVISIONS[d]])
def test_every_weekday_holiday_agrees_with_the_holidays_package(division: str, subdivision: str) -> None:
    theirs = holidays.country_holidays("GB", subdiv=subdivision, years=range(FIRST_DAY.year, LAST_DAY.year + 1))
    assert ours(division) == in_the_table(set(theirs))


@pytest.mark.parametrize("division", DIVISIONS)
def test_every_holiday_agrees_with_gov_uk_save_the_day_proclaimed_after_its_snapshot(division: str) -> None:
    theirs = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
    difference = ours(division) ^ in_the_table({holiday["date"] for holiday in theirs})
    # Proclaimed for Scotland on 3 February 2026; the package's snapshot of 25 February 2026 lacks it.
    assert difference == ({WORLD_CUP} if division == "scotland" else set())


@pytest.mark.parametrize("year", HIDDEN)
def test_the_holidays_that_only_scotland_or_northern_ireland_keep_are_all_there(year: int) -> None:
    everyday = ours("england-and-wales")
    found = {
        f"{'S' if holiday.divisions == ('scotland',) else 'N'}{holiday.date:%m%d}"
        for holiday in HOLIDAYS
        if holiday.date.year == year and holiday.date not in everyday
    }
    assert found == set(HIDDEN[year].split())


def test_a_holiday_belongs_to_known_parts_and_says_what_it_rests_on() -> None:
    for holiday in HOLIDAYS:
        assert set(holiday.divisions) <= DIVISIONS.keys()
        assert holiday.divisions
        assert holiday.title
        assert holiday.source
        assert holiday.legal_basis in {"schedule", "proclamation", "s10(6)", "unknown"}
    unknown = {holiday.date for holiday in HOLIDAYS if holiday.legal_basis == "unknown"}
    assert unknown == {date(year, 1, 4) for year in (2021, 2022, 2027, 2028)}


def test_no_part_of_the_country_has_two_holidays_on_one_day() -> None:
    kept = [(holiday.date, division) for holiday in HOLIDAYS for division in holiday.divisions]
    assert len(kept) == len(set(kept))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 7, 14), None),
        (date(2026, 7, 11), "Saturday"),
        (date(2026, 7, 12), "Sunday"),
        (
            date(2026, 7, 13),
            "Monday 13 July 2026 is a bank holiday in Northern Ireland "
            "(Battle of the Boyne, Orangemen’s Day, substitute day)",
        ),
        (date(2026, 6, 15), "Monday 15 June 2026 is a bank holiday in Scotland (World Cup bank holiday)"),
        (
            date(2026, 4, 6),
            "Monday 6 April 2026 is a bank holiday in England and Wales and in Northern Ireland (Easter Monday)",
        ),
        (date(2026, 4, 3), "Friday 3 April 2026 is Good Friday, which section 10(6) names"),
        (
            date(2017, 1, 2),
            "Monday 2 January 2017 is a bank holiday throughout the United Kingdom "
            "(New Year’s Day, substitute day; 2nd January)",
        ),
    ],
)
def test_a_day_that_does_not_count_says_why(day: date, reason: str | None) -> None:
    assert why_not(day) == reason
    assert is_working_day(day) == (reason is None)


def test_days_are_counted_after_the_first_and_up_to_the_last() -> None:
    assert working_days_between(date(2019, 5, 22), date(2019, 6, 17)) == 17
    assert working_days_between(date(2019, 6, 17), date(2019, 5, 22)) == -17
    assert working_days_between(date(2026, 9, 4), date(2026, 9, 6)) == 0


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date(1900, 1, 1)])
def test_a_day_beyond_the_table_is_refused_with_what_to_do(day: date) -> None:
    for question in (is_working_day, why_not, lambda day: nth_working_day_after(day, 1)):
        with pytest.raises(CalendarEnds, match=r"1 January 2017 to Sunday 31 December 2028.*Add the missing years"):
            question(day)


def test_a_count_that_runs_off_the_end_of_the_table_is_refused() -> None:
    last = nth_working_day_after(date(2028, 11, 28), 20)
    assert last <= LAST_DAY
    with pytest.raises(CalendarEnds, match="Working day 20 after Monday 11 December 2028"):
        nth_working_day_after(date(2028, 12, 11), 20)


def test_counting_starts_at_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        nth_working_day_after(date(2026, 1, 5), 0)


def test_a_moment_is_refused_because_its_day_depends_on_the_time_zone() -> None:
    with pytest.raises(TypeError, match="Europe/London"):
        is_working_day(datetime.fromisoformat("2026-06-12T23:30:00+00:00"))
