"""The working-day calendar, compared day by day with two independent sources."""

from datetime import date, datetime, timedelta

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from shared.law.calendar import (
    DIVISIONS,
    ENGLAND_AND_WALES,
    FIRST_DAY,
    HOLIDAYS,
    LAST_DAY,
    SCOTLAND,
    UNION,
    CalendarEnds,
    Holiday,
    is_working_day,
    nth_working_day_after,
    why_not,
    working_days_between,
)

SUBDIVISIONS = {"england-and-wales": ("ENG", "WLS"), "scotland": ("SCT",), "northern-ireland": ("NIR",)}
FEED_BEGINS = 2012

# Every weekday on which a source and the table differ, in Scotland alone, and why the table is right.
NOT_IN_THE_TABLE = {
    date(2006, 11, 30): "St Andrew's Day came into the Schedule by an Act of January 2007",
    date(2010, 1, 4): "2 January was a Saturday, which the Schedule does not move; no other day was proclaimed",
    date(2011, 1, 4): "1 January was a Saturday, which the Schedule does not move; no other day was proclaimed",
}
NOT_IN_THE_FEED = {date(2026, 6, 15): "proclaimed on 3 February 2026; the snapshot of 25 February lacks it"}

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


def explained(differences: dict[date, str], division: str, year: int) -> set[date]:
    return {day for day in differences if day.year == year} if division == "scotland" else set()


@pytest.mark.parametrize("year", range(FIRST_DAY.year, LAST_DAY.year + 1))
@pytest.mark.parametrize(("division", "subdivision"), [(d, s) for d in DIVISIONS for s in SUBDIVISIONS[d]])
def test_every_weekday_holiday_agrees_with_the_holidays_package_save_three_that_never_were(
    division: str, subdivision: str, year: int
) -> None:
    theirs = in_the_table(set(holidays.country_holidays("GB", subdiv=subdivision, years=year)))
    mine = {day for day in ours(division) if day.year == year}
    assert theirs - mine == explained(NOT_IN_THE_TABLE, division, year)
    assert mine <= theirs


@pytest.mark.parametrize("year", range(FEED_BEGINS, LAST_DAY.year + 1))
@pytest.mark.parametrize("division", DIVISIONS)
def test_every_holiday_agrees_with_gov_uk_save_the_day_proclaimed_too_late_for_its_snapshot(
    division: str, year: int
) -> None:
    feed = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
    theirs = in_the_table({holiday["date"] for holiday in feed if holiday["date"].year == year})
    mine = {day for day in ours(division) if day.year == year}
    assert mine - theirs == explained(NOT_IN_THE_FEED, division, year)
    assert theirs <= mine


def test_the_feed_does_not_reach_back_further_than_is_claimed() -> None:
    feed = BankHolidays(use_cached_holidays=True).get_holidays()
    assert min(holiday["date"].year for holiday in feed) == FEED_BEGINS


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
    assert unknown == {date(year, 1, 4) for year in (2016, 2021, 2022, 2027, 2028)}


def test_a_holiday_says_when_its_source_was_first_seen_and_when_it_was_announced_at_short_notice() -> None:
    assert all(date(2026, 2, 25) <= holiday.first_seen for holiday in HOLIDAYS)
    announced = {holiday.date: holiday.announced for holiday in HOLIDAYS if holiday.announced}
    assert announced == {
        date(2011, 4, 29): date(2010, 11, 23),
        date(2022, 9, 19): date(2022, 9, 10),
        date(2023, 5, 8): date(2022, 11, 6),
        date(2026, 6, 15): date(2026, 2, 3),
    }


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2005, 1, 4), False),  # proclaimed in 2004
        (date(2006, 11, 30), True),
        (date(2007, 11, 30), False),
        (date(2010, 1, 4), True),
        (date(2011, 1, 3), False),
        (date(2011, 1, 4), True),
        (date(2011, 4, 29), False),
        (date(2012, 5, 28), True),  # the spring holiday was moved
        (date(2012, 6, 4), False),
        (date(2012, 6, 5), False),
        (date(2020, 5, 4), True),
        (date(2022, 5, 30), True),
        (date(2026, 6, 15), False),
    ],
)
def test_the_days_that_a_calendar_made_by_rules_gets_wrong_are_right(day: date, works: bool) -> None:
    assert UNION.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "scotland", "england"),
    [
        (date(2026, 4, 3), False, False),  # Good Friday
        (date(2026, 4, 6), True, False),  # Easter Monday
        (date(2026, 8, 3), False, True),
        (date(2026, 8, 31), True, False),
        (date(2026, 1, 2), False, True),
        (date(2026, 7, 13), True, True),  # Northern Ireland alone
        (date(2026, 12, 25), False, False),
    ],
)
def test_scotland_and_england_and_wales_have_calendars_of_their_own(day: date, scotland: bool, england: bool) -> None:
    assert SCOTLAND.is_working_day(day) is scotland
    assert ENGLAND_AND_WALES.is_working_day(day) is england
    assert not UNION.is_working_day(day)


def proclaimed(day: date, *divisions: str) -> Holiday:
    return Holiday(day, divisions or tuple(DIVISIONS), "A day of joy", "proclamation", "a test", date(2026, 3, 1))


def test_a_newly_proclaimed_day_makes_a_new_calendar_and_leaves_the_old_one_alone() -> None:
    day = date(2026, 9, 14)
    extended = UNION.with_added([proclaimed(day, "northern-ireland")])
    assert not extended.is_working_day(day)
    assert extended.why_not(day) == "Monday 14 September 2026 is a bank holiday in Northern Ireland (A day of joy)"
    assert extended.nth_working_day_after(date(2026, 9, 11), 1) == date(2026, 9, 15)
    assert UNION.is_working_day(day)
    assert SCOTLAND.with_added([proclaimed(day, "northern-ireland")]).is_working_day(day)


def test_a_day_that_is_a_holiday_already_changes_nothing() -> None:
    assert UNION.with_added([]) is UNION
    assert UNION.with_added([proclaimed(date(2026, 6, 15), "scotland")]) is UNION
    assert UNION.with_added([proclaimed(date(2026, 6, 15))]) is not UNION


def test_a_day_beyond_the_table_cannot_be_added() -> None:
    with pytest.raises(CalendarEnds):
        UNION.with_added([proclaimed(date(2030, 6, 3))])


def test_the_calendar_of_an_earlier_day_does_not_know_what_was_announced_later() -> None:
    funeral = date(2022, 9, 19)
    assert UNION.as_known_on(date(2022, 9, 9)).is_working_day(funeral)
    assert not UNION.as_known_on(date(2022, 9, 10)).is_working_day(funeral)
    assert UNION.as_known_on(date(2026, 2, 3)) is UNION


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
        with pytest.raises(CalendarEnds, match=r"1 January 2005 to Sunday 31 December 2028.*Add the missing years"):
            question(day)


def test_a_count_that_runs_off_the_end_of_the_table_is_refused() -> None:
    last = nth_working_day_after(date(2028, 11, 28), 20)
    assert last <= LAST_DAY
    with pytest.raises(CalendarEnds, match="Working day 20 after Monday 11 December 2028"):
        nth_working_day_after(date(2028, 12, 11), 20)


def test_counting_starts_at_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        nth_working_day_after(date(2026, 1, 5), 0)
    with pytest.raises(ValueError, match="from 1"):
        UNION.nth_working_day_before(date(2026, 1, 5), 0)


@pytest.mark.parametrize(
    ("day", "n", "before"),
    [
        (date(2026, 7, 14), 1, date(2026, 7, 10)),
        (date(2026, 7, 13), 1, date(2026, 7, 10)),
        (date(2026, 7, 11), 1, date(2026, 7, 10)),
        (date(2026, 7, 14), 20, date(2026, 6, 12)),
    ],
)
def test_working_days_are_counted_back_as_well(day: date, n: int, before: date) -> None:
    assert UNION.nth_working_day_before(day, n) == before


def test_a_count_that_runs_off_the_beginning_of_the_table_is_refused() -> None:
    with pytest.raises(CalendarEnds, match="Working day 9 before"):
        UNION.nth_working_day_before(date(2005, 1, 10), 9)


def test_a_moment_is_refused_because_its_day_depends_on_the_time_zone() -> None:
    with pytest.raises(TypeError, match="Europe/London"):
        is_working_day(datetime.fromisoformat("2026-06-12T23:30:00+00:00"))
