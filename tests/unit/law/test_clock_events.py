"""What happens to a request and what it does to its clock, rule by rule."""

from datetime import datetime

import pytest

from shared.law.clock import ClockEvent, ClockPolicy, ClockRefused, part_clock
from shared.law.clock_events import TOUCHES_NOTHING
from tests.unit.law.clocks import DUE, RECEIVED, case, day, event, one

ASKED, ANSWERED = event("clarification_sought", "2026-10-14"), event("clarification_received", "2026-11-03")
EXTENDED = event("time_extended", "2026-10-30", citations=("31(1)(a)",), estimate=day("2026-11-20"))


@pytest.mark.parametrize("kind", TOUCHES_NOTHING)
def test_what_touches_nothing_leaves_the_date_and_is_told_with_its_rule(kind: str) -> None:
    clock = one(event(kind, "2026-10-14"))
    assert (clock.due, clock.state, clock.receipt) == (DUE, "running", RECEIVED)
    assert any("Wednesday 14 October 2026" in line and "CLK-" in line for line in clock.working())


def test_the_working_names_what_happened_in_order_and_then_counts() -> None:
    working = one(ASKED, ANSWERED).working()
    assert working[0] == "Received on Monday 5 October 2026: the date of receipt is day 0 (section 10(1))."
    assert working[1].startswith("Clarification sought on Wednesday 14 October 2026: no clock runs")
    assert working[2].startswith("Clarification received on Tuesday 3 November 2026: that is the new date of receipt")
    assert working[-1] == "Due by the end of Wednesday 2 December 2026, working day 20."


@pytest.mark.parametrize(
    ("rule", "field", "events"),
    [
        ("CLK-01", "events.0.on", [event("responded", "2026-10-02")]),
        ("CLK-05", "events.0.on", [event("responded", "2029-10-02")]),
        ("CLK-06", "events.0.kind", [event("clarification_received", "2026-10-14")]),
        ("CLK-06", "events.1.kind", [ASKED, event("clarification_received", "2026-10-13")]),
        ("CLK-10", "events.1.on", [ASKED, event("lapsed", "2026-12-13")]),
        ("CLK-11", "events.0.kind", [event("fee_received", "2026-10-14")]),
        ("CLK-11", "events.0.on", [event("fees_notice_given", "2026-11-03")]),
        ("CLK-11", "events.1.kind", [event("fees_notice_given", f"2026-10-{n}") for n in (12, 13)]),
        ("CLK-12", "events.1.on", [event("fees_notice_given", "2026-10-12"), event("lapsed", "2027-01-11")]),
        ("CLK-21", "events.1.kind", [event("responded", "2026-10-12"), ASKED]),
        ("CLK-21", "events.1.kind", [event("withdrawn", "2026-10-12"), event("responded", "2026-10-13")]),
    ],
)
def test_what_cannot_have_happened_so_is_refused_by_rule_and_field(
    rule: str, field: str, events: list[ClockEvent]
) -> None:
    with pytest.raises(ClockRefused) as refusal:
        one(*events)
    assert (refusal.value.rule, refusal.value.field) == (rule, field)
    assert refusal.value.problem.endswith(".")
    assert refusal.value.next_step.endswith(".")
    with pytest.raises(ClockRefused) as of_the_case:
        case(*events)
    assert of_the_case.value.rule == rule


def test_a_kind_that_is_none_and_a_moment_are_refused() -> None:
    with pytest.raises(ClockRefused, match="“paused” is no event of a clock") as refusal:
        event("paused", "2026-10-12")
    assert refusal.value.field == "kind"
    with pytest.raises(TypeError, match="Europe/London"):
        ClockEvent(kind="responded", on=datetime(2026, 10, 12))  # noqa: DTZ001


def test_clk_07_late_asking_keeps_the_original_date_and_counts_as_late() -> None:
    late = event("clarification_sought", "2026-11-03")
    waiting = one(late)
    assert (waiting.due, waiting.state) == (None, "awaiting_clarification")
    answered = one(late, event("clarification_received", "2026-11-05"), event("responded", "2026-11-06"))
    for clock in (waiting, answered):
        assert clock.flags == ("clarification_sought_late",)
        assert clock.original_due == DUE
    assert answered.in_time is False


def test_clk_07_while_waiting_nothing_is_due_and_nothing_counted() -> None:
    clock = one(ASKED)
    assert clock.due is clock.answer_by is clock.s17_notice_due is clock.ceiling is clock.target is None
    assert clock.days == clock.skipped == ()
    assert clock.working()[-1].startswith("Clarification sought")


def test_clk_08_the_case_shows_the_earliest_of_its_parts() -> None:
    asked_of_two = event("clarification_sought", "2026-10-14", "2", "3")
    found = case(asked_of_two)
    assert (found.state, found.due) == ("running", DUE)
    assert [part.state for part in found.parts] == ["running", "awaiting_clarification", "awaiting_clarification"]
    found = case(asked_of_two, event("responded", "2026-10-20", "1"))
    assert (found.state, found.due, found.answered_on) == ("awaiting_clarification", None, None)
    found = case(
        asked_of_two, event("responded", "2026-10-20", "1"), event("clarification_received", "2026-11-03", "3")
    )
    assert (found.state, found.due) == ("running", day("2026-12-02"))
    assert any(line.startswith("Part 3: ") for line in found.working())


def test_clk_08_an_event_for_the_whole_request_moves_the_parts_that_it_can() -> None:
    found = case(event("clarification_sought", "2026-10-14", "2"), event("clarification_received", "2026-11-03"))
    assert [part.due for part in found.parts] == [DUE, day("2026-12-02"), DUE]
    clear = part_clock(
        RECEIVED, [event("clarification_sought", "2026-10-14", "2"), event("clarification_received", "2026-11-03")], "1"
    )
    assert clear.due == DUE


def test_clk_08_a_part_that_is_none_is_refused() -> None:
    with pytest.raises(ClockRefused, match=r"There is no part 4\. The parts are 1, 2, 3\."):
        case(event("clarification_sought", "2026-10-14", "4"))
    with pytest.raises(KeyError):
        case().part("4")


def test_clk_09_narrowing_before_the_answer_does_nothing_and_after_it_begins_a_new_request() -> None:
    narrowed = event("narrowed", "2026-10-26")
    assert one(narrowed).due == DUE
    again = one(event("responded", "2026-10-20"), narrowed)
    assert (again.due, again.flags) == (day("2026-11-23"), ("new_request",))


def test_clk_10_a_policy_says_when_an_unanswered_clarification_lapses() -> None:
    assert one(ASKED).lapse_on == day("2026-12-14")
    assert one(ASKED, policy=ClockPolicy(clarification_lapses_after_months=3)).lapse_on == day("2027-01-14")
    assert one(ASKED, event("clarification_received", "2026-12-14")).flags == ()
    assert one(ASKED, event("clarification_received", "2026-12-15")).flags == ("new_request",)


def test_clk_11_and_12_a_fee_that_is_paid_in_time_leaves_no_last_day_to_pay() -> None:
    notice = event("fees_notice_given", "2026-10-12")
    assert one(notice).last_day_to_pay == day("2027-01-11")
    paid = one(notice, event("fee_received", "2026-10-20"))
    assert (paid.state, paid.last_day_to_pay) == ("running", None)
    unpaid = one(notice, event("lapsed", "2027-01-12"))
    assert (unpaid.state, unpaid.due) == ("lapsed", None)


def test_clk_17_after_a_transfer_our_own_answer_stays_due() -> None:
    clock = one(event("transfer_agreed", "2026-10-08"), event("transferred", "2026-10-09"))
    assert (clock.state, clock.due, clock.flags) == ("transferred_out", DUE, ())
    assert one(event("transferred", "2026-10-09")).flags == ("transferred_without_permission",)
    answered = one(event("transferred", "2026-10-09"), event("responded", "2026-10-12"))
    assert (answered.state, answered.in_time) == ("answered", True)


def test_clk_21_a_case_is_answered_when_its_last_part_is() -> None:
    first, rest = event("responded", "2026-10-20", "1"), event("responded", "2026-11-03")
    assert case(first).answered_on is None
    found = case(first, rest)
    assert (found.state, found.answered_on) == ("answered", day("2026-11-03"))
    assert (found.working_day_of_response, found.in_time) == (21, False)
    assert found.part("1").in_time is True


def test_clk_21_what_is_sent_after_the_answer_does_not_change_its_day() -> None:
    assert one(event("responded", "2026-10-20"), event("responded", "2026-11-20")).answered_on == day("2026-10-20")


def test_clk_22_the_internal_target_is_a_date_of_its_own() -> None:
    assert one().target == day("2026-10-26")
    assert one(policy=ClockPolicy(target_working_day=10)).target == day("2026-10-19")


def test_val_07_what_is_no_valid_request_has_no_clock() -> None:
    assert (one(event("found_not_valid", "2026-10-06")).state, one(event("found_not_valid", "2026-10-06")).due) == (
        "not_valid",
        None,
    )
