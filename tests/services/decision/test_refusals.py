"""What decision refuses to whom, and how it says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.decision.domain import PERMISSIONS
from services.decision.service import service
from tests.services.decision import said
from tests.services.decision.said import ADVICE, DISCLOSED, send
from tests.support import log_of, new_case_id

ROLES = sorted({*(role for roles in PERMISSIONS.values() for role in roles), "ops", "web-form", "publisher", "party"})
OPERATIONS = [operation for routes in service.routes for operation in routes.operations]
SIGN_OFF = {"letter": "0" * 64}
WEIGHING = {"followed": True, "reason": "Sound."}
CHANGES = [
    ("PUT", "parts/1", DISCLOSED),
    ("POST", f"advice/{ADVICE}/weighing", WEIGHING),
    ("POST", "submission", None),
    ("DELETE", f"attachments/{'0' * 64}", None),
    ("POST", "return", {"reason": "No."}),
    ("POST", "sign-off", SIGN_OFF),
]


def path_of(operation):
    path = operation.rule.replace("<label>", "1").replace("<digest>", "0" * 64)
    for name in ("case_id", "consultation_id"):
        path = path.replace(f"<uuid:{name}>", new_case_id())
    return path


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_operation_is_open_to_the_roles_of_its_action_and_to_no_other(client_as, operation):
    sent = {"json": {}} if operation.body else {}
    for role in ROLES:
        client = client_as("a.patel", role, party="ctphq" if role == "party" else None)
        answer = client.open(path_of(operation), method=operation.method, headers=said.at(1), **sent)
        open_to = role in PERMISSIONS[operation.action]
        assert answer.status_code in ((200, 404, 415, 422) if open_to else (403,)), role


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_nobody_comes_in_without_a_token(app, operation):
    assert app.test_client().open(path_of(operation), method=operation.method).status_code == 401


def test_every_permission_is_used_by_an_operation():
    assert {operation.action for operation in OPERATIONS} == set(PERMISSIONS)


@pytest.mark.parametrize(("method", "rest", "body"), [("GET", "", None), ("GET", "letter", None), *CHANGES])
def test_an_unknown_case_is_404(client_as, method, rest, body):
    client = client_as("b.oth", "decision-maker", "approver")
    answer = send(client, method, f"/cases/{new_case_id()}/{rest}".rstrip("/"), body, 1)
    assert answer.status_code == 404


@pytest.mark.parametrize(("method", "rest", "body"), CHANGES)
def test_a_stale_version_is_refused_with_412_and_a_missing_one_with_428(client_as, case_id, method, rest, body):
    client = client_as("b.oth", "decision-maker", "approver")
    stale = send(client, method, f"/cases/{case_id}/{rest}", body, 99)
    assert (stale.status_code, stale.json["current_version"]) == (412, 1)
    assert send(client, method, f"/cases/{case_id}/{rest}", body, None).status_code == 428


@pytest.mark.parametrize(("method", "rest", "body"), CHANGES[:4])
def test_a_submitted_draft_is_not_worked_on(submitted, decider, method, rest, body):
    answer = send(decider, method, f"/cases/{submitted['id']}/{rest}", body)
    assert (answer.status_code, answer.json["allowed"]) == (409, ["return", "sign off"])


def test_a_submitted_draft_takes_no_more_documents(submitted, decider):
    path = f"/cases/{submitted['id']}/attachments?name=a.csv&parts=2"
    headers = {**said.at(submitted["version"]), "Content-Type": "text/csv"}
    assert decider.post(path, data=b"a,b\n", headers=headers).status_code == 409


@pytest.mark.parametrize(("method", "rest", "body"), CHANGES[4:])
def test_what_is_not_submitted_is_neither_returned_nor_signed_off(case_id, approver, method, rest, body):
    answer = send(approver, method, f"/cases/{case_id}/{rest}", body)
    assert answer.status_code == 409
    assert "submit" in answer.json["allowed"]


def test_a_part_that_does_not_exist_is_404(case_id, decider):
    assert send(decider, "PUT", f"/cases/{case_id}/parts/9", DISCLOSED).status_code == 404


def test_of_two_who_decide_at_the_same_moment_one_wins_and_the_other_is_told(case_id, client_as, runtime):
    clients = [client_as(person, "decision-maker") for person in ("o.ne", "t.wo")]
    path = f"/cases/{case_id}/parts/2"
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda client: send(client, "PUT", path, DISCLOSED, 1), clients))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(log_of(runtime)) == 1


def test_of_a_return_and_a_sign_off_on_the_same_version_one_wins(submitted, client_as):
    path, version = f"/cases/{submitted['id']}", submitted["version"]
    one, other = client_as("o.ne", "approver"), client_as("t.wo", "approver")
    assert send(one, "POST", f"{path}/return", {"reason": "No."}, version).status_code == 200
    body = {"letter": submitted["draft"]["letter"]}
    assert send(other, "POST", f"{path}/sign-off", body, version).status_code == 412


@pytest.mark.parametrize(
    "body",
    [{}, [], {"outcome": 7}, {"outcome": "disclosed", "answer": "x" * 20_001}, {**DISCLOSED, "factors": [{}] * 41}],
)
def test_a_body_of_another_shape_is_422(case_id, decider, body):
    assert send(decider, "PUT", f"/cases/{case_id}/parts/1", body).status_code == 422
