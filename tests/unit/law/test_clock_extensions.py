"""More time: the public interest extension, and forty working days for environmental information."""

import pytest

from shared.law.clock import ClockEvent, ClockRefused
from shared.law.extensions import check_extension, is_qualified
from tests.unit.law.clocks import DUE, case, day, event, one

ASKED = event("clarification_sought", "2026-10-14")
EXTENDED = event("time_extended", "2026-10-30", citations=("31(1)(a)",), estimate=day("2026-11-20"))


def test_clk_13_an_extension_leaves_the_notice_where_it_was_and_moves_the_answer() -> None:
    clock = one(EXTENDED)
    assert (clock.state, clock.due, clock.s17_notice_due) == ("extended_pit", DUE, DUE)
    assert (clock.answer_by, clock.ceiling) == (day("2026-11-20"), day("2026-12-01"))
    assert "the notice that names the exemption was due on Monday 2 November 2026" in clock.working()[-1]


@pytest.mark.parametrize(
    ("estimate", "exceptional", "answer_by", "flags"),
    [
        ("2026-12-01", False, "2026-12-01", ()),
        ("2026-12-18", False, "2026-12-01", ("estimate_beyond_40_working_days",)),
        ("2026-12-18", True, "2026-12-18", ("estimate_beyond_40_working_days",)),
        ("2026-10-31", False, "2026-11-02", ()),
    ],
)
def test_clk_13_the_estimate_counts_up_to_working_day_40(
    estimate: str, exceptional: bool, answer_by: str, flags: tuple[str, ...]
) -> None:
    notice = event("time_extended", "2026-10-30", citations=("24(1)",), estimate=day(estimate), exceptional=exceptional)
    clock = one(notice)
    assert (clock.answer_by, clock.flags) == (day(answer_by), flags)


def test_clk_13_a_second_notice_revises_the_estimate_even_after_day_20() -> None:
    again = event("time_extended", "2026-11-10", citations=("31(1)(a)",), estimate=day("2026-11-27"))
    assert one(EXTENDED, again).answer_by == day("2026-11-27")


def test_clk_13_a_refused_notice_followed_by_a_good_one_leaves_no_flag() -> None:
    bad = event("time_extended", "2026-10-20", citations=("40(2)",))
    assert one(bad).flags == ("extension_refused",)
    assert (one(bad, EXTENDED).flags, one(bad, EXTENDED).extended) == ((), True)


def test_clk_06_a_new_date_of_receipt_takes_the_extension_with_it() -> None:
    clock = one(EXTENDED, event("clarification_sought", "2026-11-02"), event("clarification_received", "2026-11-05"))
    assert (clock.extension, clock.answer_by) == (None, day("2026-12-04"))


@pytest.mark.parametrize(
    ("rule", "field", "notice"),
    [
        ("CLK-13", "on", event("time_extended", "2026-11-03", citations=("24(1)",), estimate=day("2026-11-20"))),
        ("CLK-13", "estimate", event("time_extended", "2026-10-30", citations=("24(1)",), estimate=day("2026-10-29"))),
        ("CLK-13", "estimate", event("time_extended", "2026-10-30", citations=("24(1)",))),
        ("CLK-13", "estimate", event("time_extended", "2026-10-30", citations=("24(1)",), estimate=day("2027-01-29"))),
        ("CLK-14", "citations", event("time_extended", "2026-10-30", citations=(), estimate=day("2026-11-20"))),
        ("CLK-14", "citations", event("time_extended", "2026-10-30", citations=("44(1)(a)",))),
        ("CLK-14", "citations", event("time_extended", "2026-10-30", estimate=day("2026-11-20"))),
        (
            "CLK-14",
            "reason",
            event("time_extended", "2026-10-30", citations=("24(1)",), reason="awaiting sign-off by the ACC"),
        ),
    ],
)
def test_clk_14_a_notice_that_may_not_go_out_is_refused_before_it_does(
    rule: str, field: str, notice: ClockEvent
) -> None:
    with pytest.raises(ClockRefused) as refusal:
        check_extension(notice, one())
    assert (refusal.value.rule, refusal.value.field) == (rule, field)


def test_clk_14_no_extension_while_no_clock_runs() -> None:
    with pytest.raises(ClockRefused, match="No clock is running"):
        check_extension(EXTENDED, one(ASKED))
    assert check_extension(EXTENDED, one()) is None


@pytest.mark.parametrize(
    ("reason", "accepted"),
    [
        ("", True),
        ("the public interest in policing methods needs weighing", True),
        ("we are still consulting and weighing the public interest", True),
        ("consultation with counter terrorism policing", False),
        ("Workload", False),
        ("redaction of the footage", False),
        ("pressure on the department", False),
    ],
)
def test_clk_14_only_the_public_interest_test_is_a_reason(reason: str, accepted: bool) -> None:
    notice = event("time_extended", "2026-10-30", citations=("24(1)",), estimate=day("2026-11-20"), reason=reason)
    clock = one(notice)
    assert clock.extended is accepted
    assert clock.extension is not None
    assert (clock.extension.why_not is None) is accepted


@pytest.mark.parametrize(
    ("citation", "qualified"),
    [
        ("31(1)(a)", True),
        ("s.31", True),
        ("section 24(2)", True),
        ("31(3)", True),
        ("40(2) and 40(3A)(a)", False),
        ("40(2)", False),
        ("s40", False),
        ("40(2) and 40(4A)(a)", True),
        ("23(1)", False),
        ("12(1)", False),
        ("14", False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_clk_14_which_provisions_have_a_public_interest_test(citation: str, qualified: bool) -> None:
    assert is_qualified(citation) is qualified


def test_clk_15_only_the_parts_named_are_extended() -> None:
    found = case(event("time_extended", "2026-10-30", "2", citations=("24(1)",), estimate=day("2026-11-20")))
    assert [part.answer_by for part in found.parts] == [DUE, day("2026-11-20"), DUE]
    assert (found.state, found.answer_by) == ("running", DUE)


def test_clk_23_environmental_information_moves_the_due_date_itself() -> None:
    notice = event("time_extended", "2026-10-30", complex_and_voluminous=True)
    clock = one(notice, regime="eir")
    assert (clock.state, clock.due, clock.s17_notice_due) == ("running", day("2026-12-01"), DUE)
    assert clock.working()[-1] == "Due by the end of Tuesday 1 December 2026, working day 40."
    assert one(event("time_extended", "2026-11-03", complex_and_voluminous=True), regime="eir").due == DUE
    with pytest.raises(ClockRefused, match="both complex and voluminous"):
        check_extension(event("time_extended", "2026-10-30"), one(regime="eir"))


def test_tri_11_the_scottish_act_has_its_own_calendar_and_no_extension() -> None:
    clock = one(EXTENDED, received=day("2026-03-27"), regime="foisa")
    assert clock.due == day("2026-04-27")
    assert clock.extension is not None
    assert (clock.extension.accepted, clock.extension.rule) == (False, "TRI-11")
