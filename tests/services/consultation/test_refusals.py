"""What consultation refuses, and how it says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.consultation.domain import PERMISSIONS
from services.consultation.service import service
from tests.services.consultation.conftest import etag, send
from tests.services.consultation.test_consulting import ASK, OBJECTION
from tests.support import log_of, new_case_id

ROLES = sorted({*(role for roles in PERMISSIONS.values() for role in roles), "ops", "web-form"})
OPERATIONS = [operation for routes in service.routes for operation in routes.operations]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_operation_is_open_to_the_roles_of_its_action_and_to_no_other(client_as, operation):
    path = operation.rule
    for name in ("case_id", "consultation_id"):
        path = path.replace(f"<uuid:{name}>", new_case_id())
    path = path.replace("<party_code>", "nobody").replace("<topic_code>", "nothing")
    for role in ROLES:
        client = client_as(role, party="ctphq" if role == "party" else None)
        status = client.open(path, method=operation.method, json={}, headers=etag(1)).status_code
        open_to = role in PERMISSIONS[operation.action]
        assert status in ((200, 404, 409, 412, 422) if open_to else (403,)), role


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_nobody_comes_in_without_a_token(app, operation):
    path = operation.rule.replace("<uuid:case_id>", new_case_id()).replace("<uuid:consultation_id>", new_case_id())
    assert app.test_client().open(path, method=operation.method).status_code == 401


def test_every_permission_is_used_by_an_operation():
    assert {operation.action for operation in OPERATIONS} == set(PERMISSIONS)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/cases/{id}/consultations", None),
        ("GET", "/cases/{id}/consulted", None),
        ("GET", "/cases/{id}/conclusion", None),
        ("POST", "/cases/{id}/consultations", ASK),
        ("POST", "/cases/{id}/conclusion", {}),
        ("GET", "/consultations/{id}", None),
        ("POST", "/consultations/{id}/reminder", None),
    ],
)
def test_what_is_not_known_is_404(officer, method, path, body):
    assert send(officer, path.format(id=new_case_id()), body, 1, method).status_code == 404


def test_a_conclusion_that_has_not_been_drawn_is_404(opened, officer):
    assert officer.get(f"/cases/{opened['case_id']}/conclusion").status_code == 404


def test_another_partys_consultation_does_not_exist_for_a_party(opened, home_office, client_as):
    path = f"/consultations/{opened['id']}"
    for other in (home_office, client_as("party", "foi-officer", party="home-office")):
        assert send(other, f"{path}/answer", OBJECTION, 1).status_code == 404
    assert home_office.get(path).status_code == 404


def test_a_stale_version_is_refused_with_412_and_a_missing_one_with_428(opened, officer, ctphq):
    path = f"/consultations/{opened['id']}"
    send(officer, f"{path}/reminder", version=1)
    late = send(ctphq, f"{path}/answer", OBJECTION, 1)
    assert (late.status_code, late.json["current_version"]) == (412, 2)
    assert send(ctphq, f"{path}/answer", OBJECTION).status_code == 428
    assert send(officer, f"{path}/reminder").status_code == 428


def test_of_an_answer_and_a_reminder_on_the_same_version_one_wins(opened, officer, ctphq, runtime):
    path = f"/consultations/{opened['id']}"
    answers = [send(ctphq, f"{path}/answer", OBJECTION, 1), send(officer, f"{path}/reminder", version=1)]
    assert [answer.status_code for answer in answers] == [200, 412]
    assert len(log_of(runtime)) == 2


def test_of_two_who_answer_at_the_same_moment_one_wins_and_the_other_is_told(opened, client_as, runtime):
    clients = [client_as("party", party="ctphq") for _ in range(2)]
    path = f"/consultations/{opened['id']}/answer"
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda client: send(client, path, OBJECTION, 1), clients))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(log_of(runtime)) == 2


def test_nobody_is_left_waiting_when_one_asks_while_another_concludes(accept, client_as, officer):
    case_id = accept("prevent")
    bodies = {"consultations": ASK, "conclusion": {"reason": "The last safe day has come."}}
    clients = {name: client_as("decision-maker") for name in bodies}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: send(clients[name], f"/cases/{case_id}/{name}", bodies[name]), bodies))
    assert answers[0].status_code in (201, 409)
    assert answers[1].status_code == 201
    states = [item["state"] for item in officer.get(f"/cases/{case_id}/consultations").json["items"]]
    assert set(states) == {"no reply"}
    assert len(answers[1].json["consulted"]) == len(states)


def test_an_answer_is_given_once_and_the_refusal_says_what_is_allowed(opened, ctphq, officer):
    path = f"/consultations/{opened['id']}"
    send(ctphq, f"{path}/answer", OBJECTION, 1)
    again = send(ctphq, f"{path}/answer", OBJECTION, 2)
    assert again.status_code == 409
    assert "'answered' does not allow 'answer'" in again.json["detail"]
    assert send(officer, f"{path}/reminder", version=2).status_code == 409


def test_a_party_is_not_asked_twice_at_once_about_the_same_part(opened, officer):
    path = f"/cases/{opened['case_id']}/consultations"
    refused = send(officer, path, {**ASK, "party": "ctphq"})
    assert (refused.status_code, refused.json["next_step"][:9]) == (409, "Remind it")


def test_after_the_conclusion_nobody_is_asked_and_it_is_not_drawn_twice(accept, officer):
    case_id = accept()
    assert send(officer, f"/cases/{case_id}/conclusion", {}).status_code == 201
    assert send(officer, f"/cases/{case_id}/conclusion", {}).status_code == 409
    assert send(officer, f"/cases/{case_id}/consultations", ASK).status_code == 409


@pytest.mark.parametrize("reason", [{}, {"reason": ""}, {"reason": "  \n"}])
def test_proceeding_without_a_reply_needs_a_reason(opened, officer, runtime, reason):
    refused = send(officer, f"/cases/{opened['case_id']}/conclusion", reason)
    (finding,) = refused.json["errors"]
    assert (refused.status_code, finding["field"], finding["rule"]) == (422, "reason", "CON-03")
    assert "Counter Terrorism Policing Headquarters" in finding["message"]
    assert len(log_of(runtime)) == 1


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"party": "nobody"}, "party", ""),
        ({"party": ""}, "party", ""),
        ({"parts": []}, "parts", ""),
        ({"parts": ["1", "9z"]}, "parts.1", ""),
        ({"parts": ["0"]}, "parts.0", ""),
        ({"question": "   "}, "question", ""),
        ({"question": "Reply to jo.bloggs@example.org"}, "question", "CON-01"),
        ({"question": "Dear Jo, is this yours?"}, "question", "CON-01"),
        ({"question": "The paper is marked TOP SECRET."}, "question", "CON-06"),
        ({"question": "x" * 5_001}, "question", "CON-01"),
        ({"urgent": True}, "urgent", ""),
    ],
)
def test_a_question_that_cannot_be_put_is_told_with_its_field(accept, officer, runtime, change, field, rule):
    refused = send(officer, f"/cases/{accept()}/consultations", {**ASK, **change})
    assert refused.status_code == 422
    (finding,) = refused.json["errors"]
    assert (finding["field"], finding["rule"]) == (field, rule)
    assert finding["next_step"]
    assert log_of(runtime) == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"position": "veto"}, ["position"]),
        ({"position": "objects", "citations": []}, ["citations"]),
        ({"position": "objects", "citations": [], "advice": " "}, ["citations", "advice"]),
        ({"position": "objects", "citations": ["24(2)"]}, ["citations"]),
        ({"position": "wants_ncnd", "citations": ["24(1)"]}, ["citations"]),
        ({"position": "wants_ncnd", "citations": ["24(2)", "31(3)"], "advice": ""}, ["advice"]),
        ({"position": "no_objection"}, ["citations"]),
        ({"position": "no_information"}, ["citations"]),
        ({"citations": ["31(1)(a)", "section 31", "40(3)"]}, ["citations.1", "citations.2"]),
        ({"advice": "Ring me on 020 7946 0018."}, ["advice"]),
        ({"advice": "Held as SECRET: the following."}, ["advice"]),
        ({"citations": "24(1)"}, ["citations"]),
    ],
)
def test_advice_that_cannot_stand_is_told_with_every_field_and_the_mend(opened, ctphq, runtime, change, fields):
    refused = send(ctphq, f"/consultations/{opened['id']}/answer", {**OBJECTION, **change}, 1)
    assert refused.status_code == 422
    assert [finding["field"] for finding in refused.json["errors"]] == fields
    assert all(finding["rule"] and finding["next_step"] for finding in refused.json["errors"])
    assert len(log_of(runtime)) == 1
