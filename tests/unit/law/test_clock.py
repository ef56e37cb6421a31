"""The clock of section 10 against a table of worked dates."""

from datetime import date, timedelta
from timeit import timeit

import pytest

from shared.law.calendar import HOLIDAYS, CalendarEnds
from shared.law.clock import (
    due_band,
    due_date,
    in_time,
    response_due,
    review_answer_due,
    review_request_deadline,
    working_day_number,
)

# id, received, due, what a calendar of England and Wales alone would say, why the date is worth a test
VECTORS = [
    ("CV-001", "2019-05-22", "2019-06-20", "2019-06-20", "27 May is a holiday everywhere"),
    ("CV-003", "2026-09-04", "2026-10-02", "2026-10-02", "at 23:55 on a Friday, which is still that Friday"),
    ("CV-004", "2026-09-05", "2026-10-02", "2026-10-02", "a Saturday is a day of receipt"),
    ("CV-005", "2026-09-06", "2026-10-02", "2026-10-02", "so is a Sunday"),
    ("CV-006", "2026-08-31", "2026-09-28", "2026-09-28", "so is a bank holiday"),
    ("CV-008", "2017-12-11", "2018-01-12", "2018-01-11", "2 January in Scotland"),
    ("CV-011", "2022-12-12", "2023-01-13", "2023-01-12", "3 January 2023 in Scotland"),
    ("CV-012", "2025-12-02", "2026-01-05", "2026-01-02", "the naive date is itself 2 January"),
    ("CV-013", "2026-12-04", "2027-01-07", "2027-01-06", "4 January 2027 in Scotland"),
    ("CV-014", "2026-12-04", "2027-01-07", "2027-01-06", "an office closed between the years changes nothing (CLK-04)"),
    ("CV-016", "2018-03-12", "2018-04-12", "2018-04-11", "19 March in Northern Ireland, and Easter"),
    ("CV-018", "2026-03-09", "2026-04-09", "2026-04-08", "17 March in Northern Ireland, and Easter"),
    ("CV-019", "2027-03-10", "2027-04-12", "2027-04-09", "17 March in Northern Ireland, and Easter"),
    ("CV-022", "2020-06-29", "2020-07-28", "2020-07-27", "12 July is a Sunday, so Monday 13"),
    ("CV-023", "2026-07-10", "2026-08-11", "2026-08-07", "13 July and 3 August, two hidden days"),
    ("CV-025", "2018-11-12", "2018-12-11", "2018-12-10", "30 November in Scotland"),
    ("CV-027", "2025-11-17", "2025-12-16", "2025-12-15", "30 November is a Sunday, so Monday 1 December"),
    ("CV-028", "2026-11-09", "2026-12-08", "2026-12-07", "30 November in Scotland"),
    ("CV-030", "2020-04-20", "2020-05-19", "2020-05-19", "Early May moved to Friday 8 May; 4 May is a working day"),
    ("CV-031", "2022-05-16", "2022-06-15", "2022-06-15", "Spring moved to 2 June, 3 June added; 30 May works"),
    ("CV-032", "2022-09-01", "2022-09-30", "2022-09-30", "19 September proclaimed while cases were open"),
    ("CV-033", "2023-04-24", "2023-05-24", "2023-05-24", "1 and 8 May"),
    ("CV-034", "2026-06-05", "2026-07-06", "2026-07-03", "15 June in Scotland"),
    ("CV-035", "2026-06-12", "2026-07-14", "2026-07-10", "15 June in Scotland, 13 July in Northern Ireland"),
    ("CV-051", "2026-07-10", "2026-08-11", "2026-08-07", "answered 10 August, which the naive calendar calls late"),
    ("CV-065", "2026-03-27", "2026-04-28", "2026-04-28", "Good Friday and Easter Monday"),
]
ENGLAND_AND_WALES = {holiday.date for holiday in HOLIDAYS if "england-and-wales" in holiday.divisions}


@pytest.mark.parametrize(
    ("received", "due"), [vector[1:3] for vector in VECTORS], ids=[vector[0] for vector in VECTORS]
)
def test_the_due_date_is_the_twentieth_working_day_after_receipt(received: str, due: str) -> None:
    deadline = response_due(date.fromisoformat(received))
    assert deadline.due == due_date(date.fromisoformat(received)) == date.fromisoformat(due)
    assert [day.number for day in deadline.days if day.number] == list(range(1, 21))
    assert deadline.days[-1].date == deadline.due
    assert len(deadline.days) == (deadline.due - deadline.received_on).days == 20 + len(deadline.skipped)


@pytest.mark.parametrize(
    ("received", "naive"), [(vector[1], vector[3]) for vector in VECTORS], ids=[vector[0] for vector in VECTORS]
)
def test_the_table_knows_what_a_calendar_of_england_and_wales_alone_would_get_wrong(received: str, naive: str) -> None:
    day, left = date.fromisoformat(received), 20
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in ENGLAND_AND_WALES
    assert day == date.fromisoformat(naive)


def test_the_working_of_a_date_can_be_read_and_checked_by_hand() -> None:
    assert response_due(date(2026, 6, 12)).working() == (
        "Received on Friday 12 June 2026: the date of receipt is day 0 (section 10(1)).",
        "Not counted: Saturdays, Sundays, Christmas Day, Good Friday and every bank holiday in any part of the"
        " United Kingdom (section 10(6)).",
        "Week of Monday 15 June 2026: Tue 16 Jun = 1, Wed 17 Jun = 2, Thu 18 Jun = 3, Fri 19 Jun = 4."
        " Not counted: Monday 15 June 2026 is a bank holiday in Scotland (World Cup bank holiday).",
        "Week of Monday 22 June 2026: Mon 22 Jun = 5, Tue 23 Jun = 6, Wed 24 Jun = 7, Thu 25 Jun = 8, Fri 26 Jun = 9.",
        "Week of Monday 29 June 2026: Mon 29 Jun = 10, Tue 30 Jun = 11, Wed 1 Jul = 12, Thu 2 Jul = 13,"
        " Fri 3 Jul = 14.",
        "Week of Monday 6 July 2026: Mon 6 Jul = 15, Tue 7 Jul = 16, Wed 8 Jul = 17, Thu 9 Jul = 18, Fri 10 Jul = 19.",
        "Week of Monday 13 July 2026: Tue 14 Jul = 20. Not counted: Monday 13 July 2026 is a bank holiday in"
        " Northern Ireland (Battle of the Boyne, Orangemen’s Day, substitute day).",
        "Due by the end of Tuesday 14 July 2026, working day 20.",
    )


def test_the_days_skipped_carry_their_reasons() -> None:
    skipped = {day.date: day.why for day in response_due(date(2026, 12, 4)).skipped if day.date.weekday() < 5}
    assert list(skipped) == [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 4)]
    assert (
        skipped[date(2027, 1, 4)] == "Monday 4 January 2027 is a bank holiday in Scotland (2nd January, substitute day)"
    )


@pytest.mark.parametrize(
    ("received", "answered", "number", "timely"),
    [
        ("2019-05-22", "2019-06-17", 17, True),
        ("2026-07-10", "2026-08-10", 19, True),
        ("2026-07-10", "2026-08-11", 20, True),
        ("2026-07-10", "2026-08-12", 21, False),
        ("2026-09-04", "2026-09-04", 0, True),
        ("2026-09-04", "2026-09-06", 0, True),
        ("2026-09-04", "2026-10-03", 20, False),
    ],
)
def test_an_answer_has_a_working_day_number_and_is_in_time_or_not(
    received: str, answered: str, number: int, timely: bool
) -> None:
    assert working_day_number(date.fromisoformat(received), date.fromisoformat(answered)) == number
    assert in_time(date.fromisoformat(received), date.fromisoformat(answered)) is timely


@pytest.mark.parametrize("question", [working_day_number, in_time])
def test_nothing_is_answered_before_it_is_received(question: object) -> None:
    assert callable(question)
    with pytest.raises(ValueError, match="before the date of receipt"):
        question(date(2026, 9, 4), date(2026, 9, 3))


@pytest.mark.parametrize(
    ("today", "band"),
    [
        ("2026-07-15", "overdue"),
        ("2026-07-14", "0-5"),
        ("2026-07-11", "0-5"),
        ("2026-07-06", "0-5"),
        ("2026-07-03", "6-10"),
        ("2026-06-29", "6-10"),
        ("2026-06-26", "11-15"),
        ("2026-06-19", "16-20"),
        ("2026-06-12", "16-20"),
        ("2026-06-11", "over 20"),
    ],
)
def test_a_due_date_falls_into_a_band_of_working_days_left(today: str, band: str) -> None:
    assert due_band(date(2026, 7, 14), date.fromisoformat(today)) == band


def test_a_due_date_last_friday_is_overdue_on_saturday_although_no_working_day_has_passed() -> None:
    assert due_band(date(2026, 7, 10), date(2026, 7, 11)) == "overdue"


def test_a_review_may_be_asked_for_within_forty_working_days_and_is_answered_in_twenty() -> None:
    assert review_request_deadline(date(2026, 10, 5)) == date(2026, 12, 1)
    assert review_answer_due(date(2026, 11, 20)) == date(2026, 12, 21)


def test_a_due_date_beyond_the_holiday_table_is_refused() -> None:
    with pytest.raises(CalendarEnds):
        response_due(date(2028, 12, 20))


def test_a_due_date_is_looked_up_and_not_counted_day_by_day() -> None:
    received, closed = date(2026, 6, 12), {holiday.date for holiday in HOLIDAYS}

    def counted() -> date:
        day, left = received, 20
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in closed
        return day

    assert counted() == due_date(received)
    looked_up = min(timeit(lambda: due_date(received), number=500) for _ in range(5))
    assert looked_up * 2 < min(timeit(counted, number=500) for _ in range(5))
