"""What intake refuses, and how it says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.intake.domain import CASE, PERMISSIONS
from services.intake.service import service
from tests.services.intake.bodies import AFTERWARDS, HANDLING
from tests.services.intake.conftest import form, proposed, send
from tests.support import log_of, new_case_id

ROLES = sorted({*(role for roles in PERMISSIONS.values() for role in roles), "ops", "party"})
OPERATIONS = [operation for routes in service.routes for operation in routes.operations]
PARTS = {"parts": [{"label": "1", "kind": "question", "wording": "How many dogs?"}]}
BODIES = {
    "log_request": form(),
    "log_web_form": {"authority": "gwent", "email": "q@example.org", "text": "How many dogs?"},
    "confirm_parts": PARTS,
    "accept_case": {"title": "Dogs", "topics": []},
    "reveal_requester": {"reason": "To write a letter."},
    **HANDLING,
    **AFTERWARDS,
}


def ask(client, operation, case_id=None, version=1):
    path = operation.rule.replace("<uuid:case_id>", case_id or new_case_id()).replace("<digest>", "a" * 64)
    if operation.media_types:
        data = b"From: q@example.org\n\nHow many dogs?"
        return client.post(path, query_string={"authority": "gwent"}, data=data, content_type=operation.media_types[0])
    if operation.method == "GET":
        return client.get(path)
    return send(client, path, BODIES.get(operation.name), version if operation.versioned else None, operation.method)


def named(*names):
    return [operation for operation in OPERATIONS if operation.name in names]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_operation_is_open_to_the_roles_of_its_action_and_to_no_other(client_as, operation):
    opened = 404 if "case_id" in operation.rule else 201 if operation.creates else 200
    found = {role: ask(client_as(role), operation).status_code for role in ROLES}
    assert found == {role: opened if role in PERMISSIONS[operation.action] else 403 for role in ROLES}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_nobody_comes_in_without_a_token(app, operation):
    assert ask(app.test_client(), operation).status_code == 401


def test_every_permission_is_used_by_an_operation():
    assert {operation.action for operation in OPERATIONS} == set(PERMISSIONS)


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.versioned], ids=lambda operation: operation.name
)
def test_a_stale_version_is_refused_with_412_and_a_missing_one_with_428(client_as, received, operation):
    client = client_as(*PERMISSIONS[operation.action])
    late = ask(client, operation, received["id"], version=7)
    assert (late.status_code, late.json["current_version"]) == (412, 1)
    assert ask(client, operation, received["id"], version=None).status_code == 428


@pytest.mark.parametrize(
    ("fixture", "name"),
    [
        ("received", "accept_case"),
        ("received", "dispatch_reply"),
        ("confirmed", "dispatch_reply"),
        ("accepted", "confirm_parts"),
        ("accepted", "accept_case"),
        ("accepted", "dispatch_reply"),
        ("ready", "confirm_parts"),
        ("ready", "take_review_request"),
        ("accepted", "correct_reply"),
    ],
)
def test_what_the_state_does_not_allow_is_409_with_what_it_does(officer, request, fixture, name):
    case = request.getfixturevalue(fixture)
    (operation,) = named(name)
    answer = ask(officer, operation, case["id"], case["version"])
    assert answer.status_code == 409
    assert answer.json["allowed"] == list(CASE.allowed(case["state"]))
    assert answer.json["next_step"]


def test_of_two_who_confirm_parts_at_the_same_moment_one_wins_and_the_other_is_told(client_as, received, runtime):
    clients = [client_as("foi-officer") for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda client: send(client, received["links"]["parts"], PARTS, 1, "PUT"), clients))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(log_of(runtime)) == 2


def test_a_body_that_cannot_be_read_is_told(officer, received):
    raw = officer.post("/cases", data=b'{"text": "a", "text": "b"}', content_type="application/json")
    assert raw.status_code == 400
    unknown = officer.post("/cases", json={**form(), "colour": "red"})
    assert unknown.json["errors"][0]["field"] == "colour"
    parts = {"parts": proposed(officer, received) * 40}
    assert send(officer, received["links"]["parts"], parts, 1, "PUT").status_code == 422
    large = {"parts": [{"label": str(n), "kind": "question", "wording": "€" * 20_000} for n in range(1, 18)]}
    assert send(officer, received["links"]["parts"], large, 1, "PUT").status_code == 413
