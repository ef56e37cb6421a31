"""The days and the words of consulting, by themselves."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.consultation import domain
from shared.chassis.clock import CIVIL
from shared.chassis.errors import Refused
from shared.law.calendar import is_working_day, working_days_between

DAYS = st.dates(date(2018, 1, 1), date(2028, 9, 30))


@given(asked_on=DAYS, within=st.integers(1, domain.LONGEST_REPLY), days_left=st.integers(-30, 60))
def test_a_party_has_its_working_days_but_never_longer_than_the_case(asked_on, within, days_left):
    due_on = asked_on + timedelta(days=days_left)
    last = domain.reply_by(asked_on, within, due_on)
    assert asked_on <= last <= max(asked_on, due_on)
    assert working_days_between(asked_on, last) <= within
    if last < due_on:
        assert working_days_between(asked_on, last) == within


@given(asked_on=DAYS, within=st.integers(1, domain.LONGEST_REPLY))
def test_the_reminder_lies_between_asking_and_the_day_to_reply_by(asked_on, within):
    last = domain.reply_by(asked_on, within, date(2028, 12, 1))
    at = domain.remind_at(asked_on, last)
    if at is None:
        assert working_days_between(asked_on, last) <= domain.REMINDER_LEAD
    else:
        day = at.astimezone(CIVIL).date()
        assert asked_on < day
        assert is_working_day(day)
        assert working_days_between(day, last) == domain.REMINDER_LEAD


@pytest.mark.parametrize(
    ("asked_on", "within", "due_on", "expected"),
    [
        (date(2026, 6, 12), 1, date(2026, 7, 13), date(2026, 6, 16)),  # Monday 15 June: a holiday in Scotland
        (date(2026, 6, 15), 5, date(2026, 7, 13), date(2026, 6, 22)),
        (date(2026, 7, 9), 5, date(2026, 7, 10), date(2026, 7, 10)),
        (date(2026, 7, 20), 5, date(2026, 7, 10), date(2026, 7, 20)),
    ],
)
def test_the_day_to_reply_by(asked_on, within, due_on, expected):
    assert domain.reply_by(asked_on, within, due_on) == expected


def test_a_day_beyond_the_table_of_holidays_is_refused_with_the_mend():
    with pytest.raises(Refused, match="bank holiday table"):
        domain.reply_by(date(2028, 12, 20), 20, date(2029, 1, 10))


@pytest.mark.parametrize(
    ("last", "instant"),
    [
        (date(2026, 6, 24), datetime(2026, 6, 24, 23, tzinfo=UTC)),
        (date(2026, 12, 1), datetime(2026, 12, 2, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 23, tzinfo=UTC)),  # the clocks go back on the 25th
    ],
)
def test_a_consultation_is_overdue_from_the_first_instant_of_the_next_day_in_london(last, instant):
    assert domain.overdue_at(last) == instant


def test_those_consulted_stand_in_the_order_of_asking():
    def asked(party, day, state):
        return SimpleNamespace(
            party=party, organisation=party.upper(), position="Desk", opened_on=date(2026, 6, day), state=state
        )

    rows = [asked("ctc", 3, "no reply"), asked("npcc", 2, "open"), asked("ctc", 1, "answered")]
    lines = domain.consulted(rows)
    assert [(line.office.organisation, line.asked_on.day, line.replied) for line in lines] == [
        ("CTC", 1, True),
        ("NPCC", 2, False),
    ]
