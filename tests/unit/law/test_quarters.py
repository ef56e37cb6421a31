"""The quarters of the calendar year."""

from datetime import date

import pytest

from shared.law.quarters import Quarter


@pytest.mark.parametrize(("text", "first", "last"), [("2026-Q1", (1, 1), (3, 31)), ("2026-Q2", (4, 1), (6, 30))])
def test_a_quarter_is_three_months_of_the_calendar_year(text, first, last):
    quarter = Quarter.read(text)
    assert (quarter.first_day, quarter.last_day, str(quarter)) == (date(2026, *first), date(2026, *last), text)


@pytest.mark.parametrize("text", ["2026-Q5", "2026-Q0", "2026Q1", "26-Q1", "0000-Q1", "2026-Q1 ", ""])
def test_what_is_no_quarter_is_refused_with_how_one_is_written(text):
    with pytest.raises(ValueError, match="2026-Q3"):
        Quarter.read(text)
