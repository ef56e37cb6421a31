"""Reviews, the regulator, the tribunal, subject access and the window of aggregation."""

from datetime import date, timedelta

import pytest

from shared.law import periods
from shared.law.calendar import SCOTLAND, UNION, CalendarEnds
from shared.law.months import months_after, months_beginning_with
from shared.law.particulars import NoParticulars
from shared.law.periods import Period


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "corresponding", "last"),
    [
        ("2026-03-10", 3, "2026-06-10", "2026-06-09"),
        ("2026-11-30", 3, "2027-02-28", "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29", "2028-02-29"),
        ("2026-12-01", 3, "2027-03-01", "2027-02-28"),
        ("2026-12-31", 2, "2027-02-28", "2027-02-28"),
        ("2026-10-14", 2, "2026-12-14", "2026-12-13"),
        ("2026-05-31", 1, "2026-06-30", "2026-06-30"),
        ("2026-01-01", 12, "2027-01-01", "2026-12-31"),
    ],
)
def test_clk_12_months_end_on_the_corresponding_date_or_the_day_before_it(
    start: str, months: int, corresponding: str, last: str
) -> None:
    assert months_after(day(start), months) == day(corresponding)
    assert months_beginning_with(day(start), months) == day(last)


@pytest.mark.parametrize(
    ("rule", "period", "due"),
    [
        ("CLK-18", periods.review_window(day("2026-10-05")), "2026-12-01"),
        ("CLK-18", periods.review_period(day("2026-11-20")), "2026-12-21"),
        ("CLK-18", periods.review_period(day("2026-11-20"), exceptional=True), "2027-01-22"),
        ("CLK-23", periods.review_window(day("2026-10-05"), regime="eir"), "2026-12-01"),
        ("CLK-23", periods.review_period(day("2026-11-20"), regime="eir"), "2027-01-22"),
        ("TRI-11", periods.review_window(day("2026-03-02"), regime="foisa"), "2026-04-28"),
        (
            "TRI-11",
            periods.review_window(day("2026-03-02"), regime="foisa", answer_due=day("2026-03-10")),
            "2026-05-07",
        ),
        ("TRI-11", periods.review_period(day("2026-03-27"), regime="foisa"), "2026-04-27"),
        ("CLK-19", periods.notice_period(day("2026-10-12")), "2026-11-11"),
        ("CLK-19", periods.notice_period(day("2012-10-12"), 35), "2012-11-16"),
        ("CLK-19", periods.appeal_period(day("2026-10-12")), "2026-11-09"),
        ("CLK-19", periods.complaint_period(day("2026-10-12")), "2026-11-23"),
        ("TRI-02", periods.subject_access_period(day("2026-10-13")), "2026-11-13"),
        ("TRI-02", periods.subject_access_period(day("2026-10-14")), "2026-11-16"),
        ("TRI-02", periods.subject_access_period(day("2026-11-25")), "2026-12-29"),
        ("TRI-02", periods.subject_access_period(day("2026-10-30")), "2026-11-30"),
        ("TRI-02", periods.subject_access_period(day("2027-01-31")), "2027-03-01"),
        ("TRI-02", periods.subject_access_period(day("2026-10-14"), extended=True), "2027-01-14"),
        ("CST-07", periods.aggregation_window_end(day("2026-06-01")), "2026-08-26"),
        ("CST-07", periods.aggregation_window_end(day("2026-05-31")), "2026-08-26"),
        ("CST-07", periods.aggregation_window_end(day("2026-06-15")), "2026-09-10"),
        ("CST-07", periods.aggregation_window_start(day("2026-08-26")), "2026-06-01"),
    ],
)
def test_a_period_ends_on_its_day_by_its_rule_and_says_so(rule: str, period: Period, due: str) -> None:
    assert (period.rule, period.due) == (rule, day(due))
    working = period.working()
    assert rule in working[0]
    assert working[-1].startswith("The last day is ")


def test_a_period_of_working_days_can_be_counted_by_hand() -> None:
    period = periods.review_period(day("2026-11-20"))
    assert [each.number for each in period.days if each.number] == list(range(1, 21))
    assert day("2026-11-30") in [each.date for each in period.skipped]
    assert periods.appeal_period(day("2026-10-12")).days == ()


def test_the_window_looks_the_same_from_both_its_ends() -> None:
    for offset in range(400):
        end = periods.aggregation_window_end(day("2026-01-05") + timedelta(days=offset)).due
        start = periods.aggregation_window_start(end).due
        assert UNION.working_days_between(start, end) == 59
        assert UNION.is_working_day(start)


def test_another_calendar_may_be_given() -> None:
    assert periods.review_period(day("2026-03-27"), calendar=SCOTLAND).due == day("2026-04-27")


def test_no_period_is_guessed_before_the_code_or_beyond_the_table() -> None:
    with pytest.raises(NoParticulars):
        periods.review_period(day("2018-07-03"))
    with pytest.raises(CalendarEnds):
        periods.review_window(day("2028-12-01"))
    with pytest.raises(CalendarEnds):
        periods.subject_access_period(day("2028-12-31"))
