"""The backward plan, and what a slip eats."""

from datetime import date

import pytest

from shared.law.calendar import UNION, Holiday
from shared.law.clock import due_date
from shared.law.plan import STEPS, Plan, Step, plan

RECEIVED = date(2026, 6, 12)
DUE = date(2026, 7, 14)


def by(found: Plan) -> dict[str, date]:
    return {each.milestone: each.by for each in found.milestones}


def later(day: date, n: int) -> date:
    return UNION.nth_working_day_after(day, n)


def test_the_steps_fill_the_twenty_working_days() -> None:
    assert due_date(RECEIVED) == DUE
    assert sum(step.days for step in STEPS) == 20
    days = by(plan(DUE))
    assert days == {
        "acceptance": date(2026, 6, 19),
        "consultation_replies": date(2026, 7, 1),
        "draft": date(2026, 7, 7),
        "release_check": date(2026, 7, 8),
        "sign_off": date(2026, 7, 10),
        "dispatch": DUE,
    }
    assert UNION.working_days_between(RECEIVED, days["acceptance"]) == STEPS[0].days


def test_a_step_that_is_over_eats_the_time_of_the_next_ones_down_to_their_least() -> None:
    first = by(plan(DUE))
    found = plan(DUE, done={"acceptance": first["acceptance"]}, today=later(first["consultation_replies"], 3))
    (slip,) = found.slips
    assert slip.in_words() == "Consultation is 3 working days over; it eats 2 of drafting’s 4 and 1 of sign-off’s 2."
    assert not found.late
    assert by(found) == {
        **first,
        "consultation_replies": date(2026, 7, 6),
        "draft": date(2026, 7, 8),
        "release_check": date(2026, 7, 9),
    }
    assert found.milestones[1].first == first["consultation_replies"]
    assert found.working()[-1] == slip.in_words()


def test_what_cannot_be_found_makes_the_answer_late_and_is_said() -> None:
    first = by(plan(DUE))
    found = plan(DUE, done={"acceptance": first["acceptance"]}, today=later(first["consultation_replies"], 7))
    assert found.late
    assert found.milestones[-1].by == later(DUE, 3)
    assert (
        found.slips[0].in_words().endswith("3 working days cannot be found, and the answer would be late by as many.")
    )


def test_what_was_done_late_is_told_with_what_it_ate_and_a_second_slip_eats_what_is_left() -> None:
    first = by(plan(DUE))
    done = {"acceptance": first["acceptance"], "consultation_replies": later(first["consultation_replies"], 1)}
    found = plan(DUE, done={**done, "draft": later(first["draft"], 1)})
    assert [slip.in_words() for slip in found.slips] == [
        "Consultation is 1 working day over; it eats 1 of drafting’s 4.",
        "Drafting is 1 working day over; it eats 1 of sign-off’s 2.",
    ]
    assert by(found)["dispatch"] == DUE


def test_what_is_in_time_moves_nothing() -> None:
    first = by(plan(DUE))
    found = plan(DUE, done={"acceptance": RECEIVED}, today=first["consultation_replies"])
    assert by(found) == first
    assert found.slips == ()
    assert found.milestones[0].done_on == RECEIVED


def test_a_weekend_between_the_planned_day_and_today_is_no_slip() -> None:
    first = by(plan(DUE))
    assert first["sign_off"].weekday() == 4
    done = dict.fromkeys(("acceptance", "consultation_replies", "draft", "release_check"), RECEIVED)
    assert plan(DUE, done=done, today=date(2026, 7, 11)).slips == ()


def test_a_milestone_that_a_later_one_has_overtaken_is_not_waited_for() -> None:
    found = plan(DUE, done={"draft": date(2026, 7, 6)}, today=date(2026, 7, 6))
    assert found.slips == ()


def test_only_the_step_under_way_can_slip() -> None:
    found = plan(DUE, today=date(2026, 7, 6))
    assert [slip.work for slip in found.slips] == ["acceptance"]


def test_steps_and_calendar_are_the_authoritys_own() -> None:
    assert list(by(plan(DUE, steps=[step for step in STEPS if step.work != "consultation"]))) == [
        "acceptance",
        "draft",
        "release_check",
        "sign_off",
        "dispatch",
    ]
    short = plan(DUE, steps=(Step("draft", "drafting", 2, 1), Step("dispatch", "dispatch", 3, 1)))
    assert by(short)["draft"] == date(2026, 7, 8)
    joy = Holiday(date(2026, 7, 9), ("scotland",), "A day of joy", "proclamation", "a test", date(2026, 7, 1))
    assert by(plan(DUE, calendar=UNION.with_added([joy])))["sign_off"] == date(2026, 7, 10)
    assert by(plan(DUE, calendar=UNION.with_added([joy])))["release_check"] == date(2026, 7, 7)


def test_a_milestone_that_no_step_has_is_refused() -> None:
    with pytest.raises(ValueError, match=r"There is no milestone lunch\. Use one of: acceptance, consultation_replies"):
        plan(DUE, done={"lunch": DUE})
