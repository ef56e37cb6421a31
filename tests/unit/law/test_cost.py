"""The cost limit: what counts, how much it comes to, and what an estimate must hold, rule by rule."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.cost import (
    ACTIVITIES,
    Estimate,
    EstimateLine,
    NoLimit,
    check_estimate,
    in_hours,
    in_pounds,
    limit,
    why_not_countable,
)
from shared.law.fees import check_fee, largest_fee

DAY = date(2026, 9, 1)
LINE = EstimateLine(activity="extracting", system="custody records", records=1081, sample_records=20, sample_minutes=20)
LAWFUL = Estimate(
    lines=(LINE,),
    method="The field is free text, so each record must be read; twenty drawn at random were timed.",
    on=DAY,
    advice="One station for one month could be done within the limit.",
)
ONLY_WHETHER = replace(LAWFUL, lines=(replace(LINE, activity="determining"),), only_whether_held=True)


def one_line(**changes):
    return replace(LAWFUL, lines=(replace(LINE, **changes),))


@pytest.mark.parametrize("estimate", [LAWFUL, ONLY_WHETHER], ids=["12(1)", "12(2)"])
def test_a_lawful_estimate_raises_nothing(estimate):
    assert check_estimate(estimate) == ()


@pytest.mark.parametrize(
    ("rule", "estimate", "field", "severity"),
    [
        pytest.param(
            "CST-02", one_line(records=1080), "lines", "B", id="CST-02 to reach the limit is not to exceed it"
        ),
        pytest.param("CST-01", replace(LAWFUL, on=date(2004, 12, 31)), "on", "B", id="CST-01 before the regulations"),
        pytest.param("CST-04", one_line(activity="redaction"), "lines[0].activity", "B", id="CST-04 redaction"),
        pytest.param("CST-04", one_line(activity=""), "lines[0].activity", "B", id="CST-04 no activity"),
        pytest.param("CST-05", replace(LAWFUL, lines=()), "lines", "B", id="CST-05 nothing counted"),
        pytest.param("CST-05", one_line(system=" "), "lines[0].system", "B", id="CST-05 no system"),
        pytest.param("CST-05", one_line(records=0), "lines[0].records", "B", id="CST-05 no records"),
        pytest.param("CST-05", one_line(records=-5), "lines[0].records", "B", id="CST-05 fewer than no records"),
        pytest.param(
            "CST-05", one_line(sample_records=1082), "lines[0].sample_records", "B", id="CST-05 sample too big"
        ),
        pytest.param(
            "CST-05", one_line(sample_records=-1), "lines[0].sample_records", "B", id="CST-05 negative sample"
        ),
        pytest.param("CST-05", one_line(sample_minutes=0), "lines[0].sample_minutes", "B", id="CST-05 sample untimed"),
        pytest.param("CST-05", one_line(sample_records=0), "lines[0].minutes_per_record", "B", id="CST-05 no minutes"),
        pytest.param(
            "CST-05",
            one_line(minutes_per_record=2),
            "lines[0].minutes_per_record",
            "B",
            id="CST-05 measured and judged",
        ),
        pytest.param("CST-05", replace(LAWFUL, method=""), "method", "W", id="CST-05 no method"),
        pytest.param(
            "CST-05", one_line(sample_records=0, minutes_per_record=2), "lines", "W", id="CST-05 sampling missing"
        ),
        pytest.param("CST-06", replace(LAWFUL, parts=("1", "2")), "relation", "W", id="CST-06 unrelated parts"),
        pytest.param(
            "CST-09",
            replace(LAWFUL, only_whether_held=True),
            "lines[0].activity",
            "B",
            id="CST-09 extracting to confirm",
        ),
        pytest.param("CST-10", replace(LAWFUL, advice=" "), "advice", "W", id="CST-10 no advice"),
    ],
)
def test_what_is_wrong_with_an_estimate_is_named_with_its_rule(rule, estimate, field, severity):
    findings = check_estimate(estimate)
    assert (field, rule, severity) in {(each.field, each.rule, each.severity) for each in findings}
    assert all(each.message and each.next_step for each in findings)


@pytest.mark.parametrize(
    ("kind", "pence", "minutes"),
    [
        pytest.param("other", 45000, 1080, id="CST-01 a police force"),
        pytest.param("central_government", 60000, 1440, id="CST-01 central government"),
    ],
)
def test_the_limit_is_a_sum_and_buys_so_many_minutes(kind, pence, minutes):
    found = limit(DAY, kind)
    assert (found.pence, found.minutes, found.pence_per_hour) == (pence, minutes, 2500)


def test_there_is_no_limit_before_the_regulations():
    with pytest.raises(NoLimit, match=r"cost\.toml"):
        limit(date(2004, 12, 31))


def test_only_the_four_activities_of_the_regulations_can_be_counted():
    assert [each.provision[-3:] for each in ACTIVITIES.values()] == ["(a)", "(b)", "(c)", "(d)"]


@pytest.mark.parametrize(
    ("activity", "reason"),
    [
        ("redacting names", "South Yorkshire"),
        ("Considering exemptions", "exemption"),
        ("public interest test", "public interest"),
        ("consulting the national unit", "asking others"),
        ("sign-off by the head of department", "approving"),
        ("photocopying", "disbursements"),
        ("writing the letter", "writing the reply"),
        ("checking for hidden data", "released"),
        ("thinking about it", "four activities"),
    ],
    ids=lambda value: value,
)
def test_what_may_not_be_counted_is_refused_with_its_own_reason(activity, reason):
    assert reason in why_not_countable(activity)


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 50), st.integers(1, 600)), min_size=1, max_size=6))
def test_a_cost_is_exact_and_exceeds_the_limit_just_where_its_pence_do(samples):
    lines = tuple(
        EstimateLine(activity="locating", system="a", records=records, sample_records=size, sample_minutes=minutes)
        for records, size, minutes in samples
    )
    estimate = replace(LAWFUL, lines=lines)
    exact = sum((Fraction(records * minutes, size) for records, size, minutes in samples), start=Fraction(0))
    assert estimate.minutes == exact
    assert estimate.exceeds == (exact > 1080) == (estimate.pence > 45000)
    assert 0 <= estimate.pence - exact * 2500 / 60 < 1


@given(st.sampled_from(["redaction", "exemptions", "public interest test", ""]), st.integers(1, 10_000))
def test_time_that_may_not_be_counted_never_takes_an_estimate_over_the_limit(activity, minutes):
    counted = replace(LINE, records=1080)
    padding = replace(LINE, activity=activity, records=minutes)
    assert not replace(LAWFUL, lines=(counted, padding)).exceeds


def test_a_refusal_to_say_whether_it_is_held_rests_on_another_provision():
    assert (LAWFUL.provision, ONLY_WHETHER.provision) == ("12(1)", "12(2)")


@pytest.mark.parametrize(
    ("pence", "written"), [(45000, "£450"), (45042, "£450.42"), (128705, "£1,287.05"), (0, "£0")], ids=str
)
def test_a_sum_is_written_as_a_letter_writes_it(pence, written):
    assert in_pounds(pence) == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(1080, "18 hours"), (61, "1 hour 1 minute"), (Fraction(1, 3), "1 minute"), (45, "45 minutes"), (0, "no time")],
    ids=str,
)
def test_a_time_is_written_as_a_letter_writes_it(minutes, written):
    assert in_hours(minutes) == written


def test_below_the_limit_only_disbursements_may_be_charged():
    within = one_line(records=60)
    assert largest_fee(350, within) == largest_fee(350) == 350
    assert [each.rule for each in check_fee(351, 350, within)] == ["CST-13"]
    assert check_fee(350, 350, within) == ()


def test_above_the_limit_the_estimate_may_be_charged_as_well():
    assert check_fee(LAWFUL.pence + 350, 350, LAWFUL) == ()
    assert [each.field for each in check_fee(LAWFUL.pence + 351, 350, LAWFUL)] == ["amount_pence"]


def test_a_fee_of_nothing_is_no_fee_and_disbursements_are_never_negative():
    assert [each.rule for each in check_fee(0, 350)] == ["CST-13"]
    with pytest.raises(ValueError, match="CST-13"):
        largest_fee(-1)


@given(st.integers(0, 4000))
def test_the_limit_stands_on_every_day_since_the_regulations(days):
    assert limit(date(2005, 1, 1) + timedelta(days=days)).pence == 45000
