"""Which requests' costs may be added up."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.aggregation import OtherRequest, aggregate, within_one_period
from shared.law.calendar import is_working_day

RECEIVED = date(2026, 6, 12)
EARLIER = OtherRequest(
    reference="earlier", received_on=date(2026, 6, 1), relation="same_person", similar=True, minutes=600
)


def day_of_period(first: date, number: int) -> date:
    """The `number`th working day counting `first` itself as 1 where it is one, day by day."""
    day = first
    count = 1 if is_working_day(first) else 0
    while count < number:
        day += timedelta(days=1)
        count += is_working_day(day)
    return day


def test_related_requests_are_added_up_and_may_exceed_the_limit_together():
    found = aggregate(RECEIVED, 481, [EARLIER])
    assert (found.minutes, found.exceeds, found.counted) == (1081, True, ("earlier",))
    assert not aggregate(RECEIVED, 480, [EARLIER]).exceeds


@pytest.mark.parametrize(
    ("rule", "changes", "why"),
    [
        pytest.param("CST-07", {"relation": "unconnected"}, "same person", id="CST-07 somebody else"),
        pytest.param("CST-07", {"similar": False}, "similar information", id="CST-07 another subject"),
        pytest.param("CST-07", {"received_on": date(2026, 3, 12)}, "60 working days", id="CST-07 too long ago"),
        pytest.param("CST-08", {"received_on": date(2026, 7, 15)}, "20 working days", id="CST-08 too late to wait for"),
    ],
)
def test_a_request_that_may_not_be_added_is_named_with_the_rule(rule, changes, why):
    found = aggregate(RECEIVED, 900, [replace(EARLIER, **changes)])
    assert (found.minutes, found.counted) == (900, ())
    assert [(each.reference, each.rule) for each in found.not_counted] == [("earlier", rule)]
    assert why in found.not_counted[0].why


@pytest.mark.parametrize("relation", ["same_person", "in_concert", "campaign"])
def test_people_who_act_together_count_as_one(relation):
    assert aggregate(RECEIVED, 0, [replace(EARLIER, relation=relation)]).counted == ("earlier",)


def test_a_request_that_was_answered_counts_but_cannot_be_refused_any_more():
    answered = replace(EARLIER, reference="answered", answered_on=date(2026, 6, 10))
    found = aggregate(RECEIVED, 0, [EARLIER, answered])
    assert (found.counted, found.refusable) == (("earlier", "answered"), ("earlier",))


def test_all_must_lie_within_one_period_and_the_dearest_is_taken():
    old = replace(EARLIER, reference="old", received_on=date(2026, 3, 18), minutes=100)
    new = replace(EARLIER, reference="new", received_on=date(2026, 7, 10), minutes=200)
    found = aggregate(RECEIVED, 0, [old, new])
    assert (found.counted, found.minutes) == (("new",), 200)
    assert [each.reference for each in found.not_counted] == ["old"]
    assert aggregate(RECEIVED, 0, [replace(old, minutes=300), new]).counted == ("old",)


@given(st.dates(date(2019, 1, 1), date(2027, 6, 30)))
def test_a_period_is_sixty_working_days_counting_the_first(first):
    last = day_of_period(first, 60)
    assert within_one_period(first, last)
    assert not within_one_period(first, day_of_period(first, 61))


@given(st.lists(st.tuples(st.integers(-120, 40), st.integers(0, 2000)), max_size=8))
def test_minutes_are_those_of_the_request_and_of_what_is_counted(others):
    requests = [
        replace(EARLIER, reference=str(n), received_on=RECEIVED + timedelta(days=days), minutes=Fraction(minutes, 7))
        for n, (days, minutes) in enumerate(others)
    ]
    found = aggregate(RECEIVED, 10, requests)
    counted = [each for each in requests if each.reference in found.counted]
    assert found.minutes == 10 + sum(Fraction(each.minutes) for each in counted)
    assert len(counted) + len(found.not_counted) == len(requests)
    days = [RECEIVED, *(each.received_on for each in counted)]
    assert within_one_period(min(days), max(days))
