"""Decision follows the clock of a case, and nothing is decided in one that was closed at the front desk."""

from datetime import date

import pytest

from shared.chassis.events.values import BlindText, Code
from shared.contracts.intake import CaseClosed, DueDateChanged, PartDue
from shared.contracts.values import Label
from tests.services.decision import said
from tests.support import take_in


@pytest.fixture
def says(intake, runtime):
    def says(event, case_id):
        intake.says(event, subject=case_id)
        take_in(runtime)

    return says


def lapsed(state):
    due = date(2026, 7, 13) if state == "running" else None
    return DueDateChanged(
        old_due_on=date(2026, 7, 13),
        due_on=date(2026, 7, 13),
        state=Code("running"),
        cause=Code("lapsed"),
        explanation=BlindText("It was never made clear."),
        parts=(
            PartDue(label=Label("1"), state=Code("running"), due_on=date(2026, 7, 13)),
            PartDue(label=Label("2"), state=Code(state), due_on=due),
        ),
    )


def changed(due_on):
    return DueDateChanged(
        due_on=due_on,
        state=Code("running" if due_on else "awaiting_fee"),
        cause=Code("fees-notice-given"),
        explanation=BlindText("A fee was asked for."),
        parts=(),
    )


def due_on(client, case_id):
    (listed,) = client.get("/cases").json["items"]
    shown = client.get(f"/cases/{case_id}").json["due_on"]
    assert listed["due_on"] == shown
    return shown


def test_the_due_date_is_the_one_that_was_told_last(accept, decider, says):
    case_id = accept()
    assert due_on(decider, case_id) == "2026-07-13"
    says(changed(date(2026, 8, 5)), case_id)
    assert due_on(decider, case_id) == "2026-08-05"


def test_while_nothing_is_due_none_is_shown_and_the_case_comes_last(accept, decider, says):
    case_id = accept()
    says(changed(None), case_id)
    assert due_on(decider, case_id) is None
    other = accept()
    assert [item["id"] for item in decider.get("/cases").json["items"]] == [other, case_id]


def test_nothing_is_decided_in_a_closed_case(accept, decider, says):
    case_id = accept()
    says(CaseClosed(how=Code("withdrawn"), closed_on=date(2026, 6, 16)), case_id)
    shown = decider.get(f"/cases/{case_id}").json
    assert shown["finished"] is True
    refused = said.send(decider, "PUT", f"/cases/{case_id}/parts/1", said.WITHHELD)
    assert refused.status_code == 409
    assert "is closed" in refused.json["detail"]


def test_a_question_that_lapsed_is_not_decided_until_it_is_asked_again(accept, decider, says):
    case_id = accept()
    says(lapsed("lapsed"), case_id)
    assert decider.get(f"/cases/{case_id}").json["questions"] == 1
    assert said.send(decider, "PUT", f"/cases/{case_id}/parts/2", said.DISCLOSED).status_code == 409
    says(lapsed("running"), case_id)
    assert decider.get(f"/cases/{case_id}").json["questions"] == 2
