"""The plan runs back from the day of the answer, and names what each delay eats."""

from datetime import date

from services.intake.models import progress
from shared.contracts.consultation import ConsultationsConcluded
from tests.services.intake.acts import act, on
from tests.support import OtherService, take_in


def plan(officer, case):
    answer = officer.get(case["links"]["plan"])
    assert answer.status_code == 200, answer.text
    return answer.json


def test_each_step_is_counted_back_from_the_day_of_the_answer(officer, received):
    found = plan(officer, received)
    assert (found["answer_by"], found["target_on"], found["late"]) == ("2026-07-14", "2026-07-06", False)
    names = [each["milestone"] for each in found["milestones"]]
    assert names == ["acceptance", "consultation_replies", "draft", "release_check", "sign_off", "dispatch"]
    days = [each["by"] for each in found["milestones"]]
    assert days == sorted(days)
    assert days[-1] == "2026-07-14"
    assert found["slips"] == []


def test_what_has_happened_is_known_from_the_others_and_a_delay_is_named(officer, accepted, broker, clock, runtime):
    on(clock, date(2026, 7, 6))
    OtherService("consultation", broker, clock).says(ConsultationsConcluded(consulted=()), subject=accepted["id"])
    take_in(runtime)
    found = plan(officer, accepted)
    done = {each["milestone"]: each["done_on"] for each in found["milestones"]}
    assert (done["acceptance"], done["consultation_replies"], done["draft"]) == ("2026-06-15", "2026-07-06", None)
    (slip,) = found["slips"]
    assert slip["work"] == "consultation"
    assert slip["words"].startswith("Consultation is ")
    assert slip["eaten"][0]["work"] == "drafting"
    assert found["milestones"][-1]["by"] == "2026-07-14"


def test_while_nothing_is_due_there_is_no_plan(officer, received):
    act(officer, received, "seek_clarification", method="post")
    assert (plan(officer, received)["answer_by"], plan(officer, received)["milestones"]) == (None, [])


def test_a_closed_case_has_no_plan(officer, received):
    act(officer, received, "withdraw_request", method="post")
    assert plan(officer, received)["milestones"] == []


def test_the_plan_of_an_answered_case_ends_with_the_answer(officer, ready, clock, runtime):
    on(clock, date(2026, 6, 30))
    version = ready["version"]
    officer.post(f"{ready['links']['self']}/dispatch", json={"method": "post"}, headers={"If-Match": f'"{version}"'})
    found = plan(officer, ready)
    done = {each["milestone"]: each["done_on"] for each in found["milestones"]}
    assert (done["sign_off"], done["dispatch"]) == ("2026-06-15", "2026-06-30")
    with runtime.engine.connect() as connection:
        assert connection.execute(progress.select()).one().signed_off_on == date(2026, 6, 15)


def test_a_reply_that_was_signed_off_and_lies_unsent_is_told(officer, ready, clock):
    assert plan(officer, ready)["promptness"] == []
    on(clock, date(2026, 6, 17))
    (told,) = plan(officer, ready)["promptness"]
    assert told["rule"] == "CLK-20"
    assert "has not been sent" in told["message"]
