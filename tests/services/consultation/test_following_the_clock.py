"""Consultation follows the clock of a case and waits for nobody once the case is closed. It moves no clock itself."""

from datetime import date

import pytest

from services.consultation.models import brief
from shared.chassis.database import NEVER
from shared.chassis.events.values import BlindText, Code
from shared.contracts.intake import CaseClosed, DueDateChanged
from tests.services.consultation.conftest import etag
from tests.support import new_case_id, take_in


def changed(due_on, cause="clarification-received"):
    return DueDateChanged(
        due_on=due_on,
        state=Code("running" if due_on else "awaiting_clarification"),
        cause=Code(cause),
        explanation=BlindText("Clarification moved it."),
        parts=(),
    )


@pytest.fixture
def says(intake, runtime):
    def says(event, case_id):
        intake.says(event, subject=case_id)
        take_in(runtime)

    return says


def ask(officer, case_id):
    body = {"party": "npcc-cru", "parts": ["2"], "question": "Would the guidance tell anything?"}
    return officer.post(f"/cases/{case_id}/consultations", json=body)


def test_a_party_has_until_the_new_due_date_at_most(accept, officer, says):
    case_id = accept("local-prevent")
    says(changed(date(2026, 6, 17)), case_id)
    assert ask(officer, case_id).json["reply_by"] == "2026-06-17"


def test_while_nothing_is_due_a_party_has_its_usual_time(accept, officer, says, runtime):
    case_id = accept("local-prevent")
    usual = ask(officer, accept("local-prevent")).json["reply_by"]
    says(changed(None, "clarification-sought"), case_id)
    with runtime.engine.connect() as connection:
        query = brief.select().where(brief.c.case_id == case_id)
        assert connection.execute(query).one().due_on == NEVER
    assert ask(officer, case_id).json["reply_by"] == usual


def test_a_closed_case_waits_for_nobody_and_asks_nobody(opened, officer, ctphq, says):
    says(CaseClosed(how=Code("withdrawn"), closed_on=date(2026, 6, 16)), opened["case_id"])
    shown = officer.get(f"/consultations/{opened['id']}").json
    assert (shown["state"], shown["finished"]) == ("no reply", True)
    body = {"position": "no_objection", "citations": [], "advice": "None."}
    answer = ctphq.post(f"/consultations/{opened['id']}/answer", json=body, headers=etag(shown["version"]))
    assert answer.status_code == 409
    assert "closed" in ask(officer, opened["case_id"]).json["detail"]


def test_what_is_told_of_a_case_that_was_never_accepted_is_passed_over(officer, says):
    case_id = new_case_id()
    says(changed(date(2026, 7, 1)), case_id)
    says(CaseClosed(how=Code("not-valid"), closed_on=date(2026, 6, 16)), case_id)
    assert officer.get(f"/cases/{case_id}/consultations").status_code == 404
