"""What holds of every due date the table of holidays reaches."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.law.calendar import HOLIDAYS, is_working_day, nth_working_day_after, why_not, working_days_between
from shared.law.clock import due_date, in_time, response_due, working_day_number

CLOSED = {holiday.date for holiday in HOLIDAYS}
days = st.dates(date(2005, 1, 1), date(2028, 10, 31))
counts = st.integers(1, 40)


def counted(day: date, n: int) -> date:
    """The nth working day after `day` as the Act words it, one day after another."""
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < 5 and day not in CLOSED
    return day


@given(days, counts)
def test_a_count_of_working_days_equals_counting_them_one_by_one(day: date, n: int) -> None:
    assert nth_working_day_after(day, n) == counted(day, n)


@given(days)
def test_a_due_date_is_a_working_day_after_receipt_and_its_number_is_twenty(received: date) -> None:
    due = due_date(received)
    assert is_working_day(due)
    assert working_day_number(received, due) == 20
    assert in_time(received, due)
    assert not in_time(received, due + timedelta(days=1))


@given(days, days)
def test_what_comes_in_later_is_never_due_earlier(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert due_date(earlier) <= due_date(later)


@given(days, days, days)
def test_counts_of_working_days_add_up(one: date, two: date, three: date) -> None:
    assert working_days_between(one, two) + working_days_between(two, three) == working_days_between(one, three)


@given(days)
def test_a_day_counts_exactly_when_nothing_speaks_against_it(day: date) -> None:
    assert is_working_day(day) == (why_not(day) is None) == (day.weekday() < 5 and day not in CLOSED)


@given(days)
def test_the_working_names_every_holiday_that_was_skipped_and_ends_on_the_due_date(received: date) -> None:
    deadline = response_due(received)
    working = "\n".join(deadline.working())
    assert all(str(day.why) in working for day in deadline.skipped)
    assert deadline.days[-1].number == 20
