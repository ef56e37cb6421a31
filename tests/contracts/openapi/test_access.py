"""Who may do what, over HTTP: every operation of every service with every role, and with everybody who has none.

The table is made from the operations and the permissions that the services declare, so a new operation is in it by
itself; what it needs to be asked with stands in `sound.SOUND`.
"""

import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from services import SERVICES
from shared.chassis.identity import SYSTEM_ROLE
from shared.chassis.local_issuer import LocalIssuer
from tests.contracts.openapi.furnished import PARTIES, Furnished, furnish, operations
from tests.contracts.openapi.sound import SOUND, sound
from tests.support import new_case_id

ROLES = (
    "foi-officer",
    "decision-maker",
    "approver",
    "reviewer",
    "publisher",
    "party",
    "auditor",
    "information-manager",
    "web-form",
    "ops",
    "nobody-knows-this-role",
)
OPERATIONS = [(name, operation.name) for name in SERVICES for operation in operations(name)]
NOT_OPERATIONS = {"/live", "/ready", "/metrics", "/openapi.json", "/docs", "/docs/<path:name>"}
each_operation = pytest.mark.parametrize(("name", "operation_name"), OPERATIONS)

SPOOFS = {
    "X-User": "a.prover",
    "X-Roles": "foi-officer,approver,publisher",
    "X-Role": "system",
    "X-Forwarded-User": "a.prover",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Prefix": "/live",
    "X-Original-URL": "/live",
    "X-Rewrite-URL": "/live",
    "X-HTTP-Method-Override": "GET",
    "X-Method-Override": "GET",
    "X-Party": "ctphq",
    "Cookie": "session=foi-officer; role=approver",
}


def one(name: str, operation_name: str) -> Any:
    return next(operation for operation in operations(name) if operation.name == operation_name)


def test_every_operation_has_a_sound_request_and_none_is_left_over():
    assert set(OPERATIONS) == set(SOUND)


@pytest.mark.parametrize("name", SERVICES)
def test_every_sound_request_is_done(tmp_path, name):
    """Without this, the tests that spoil them would prove little."""
    here = furnish(name, tmp_path)
    for operation in operations(name):
        answer = sound(here, operation).sent(here.client(here.permitted(operation)))
        assert answer.status_code == operation.status, (operation.name, answer.text)
    here.runtime.engine.dispose()


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_is_served_beside_the_declared_operations(furnished, name):
    served = {(method, rule.rule) for rule in furnished(name).app.url_map.iter_rules() for method in rule.methods}
    declared = {(operation.method, operation.rule) for operation in operations(name)}
    beside = {(method, rule) for method, rule in served - declared if method != "HEAD"}
    assert beside == {("GET", rule) for rule in NOT_OPERATIONS}


@each_operation
def test_each_role_may_do_what_the_permissions_say_and_nothing_else(furnished, name, operation_name):
    here, operation = furnished(name), one(name, operation_name)
    allowed = here.service.permissions[operation.action]
    wrong = {}
    for role in ROLES:
        request = sound(here, operation)
        before = here.events()
        answer = request.sent(here.client(role))
        if role not in allowed:
            told = answer.status_code == 403 and sorted(allowed)[0] in answer.json["rule"]
            if not told or here.events() != before:
                wrong[role] = (answer.status_code, answer.text)
        # A party is not told of what was put to another one.
        elif answer.status_code not in ((200, 201, 409) if role != "party" else (200, 201, 404, 409)):
            wrong[role] = (answer.status_code, answer.text)
    assert wrong == {}


@each_operation
def test_whoever_may_not_is_not_told_what_there_is(furnished, name, operation_name):
    """The refusal is the same for what is there and for what is not, and comes before the body is looked at."""
    here, operation = furnished(name), one(name, operation_name)
    stranger = here.client("nobody-knows-this-role")
    place = here.place(operation)
    nowhere = {key: new_case_id() for key in place}
    told = [sound(here, operation, where).sent(stranger) for where in (place, nowhere)]
    if operation.body is not None or operation.media_types:
        told.append(sound(here, operation, place).sent(stranger, b"{"))
    said = [{key: value for key, value in answer.json.items() if key != "correlation_id"} for answer in told]
    assert [answer.status_code for answer in told] == [403] * len(told)
    assert all(each == said[0] for each in said)


@each_operation
def test_no_header_makes_somebody_somebody_else(furnished, name, operation_name):
    here, operation = furnished(name), one(name, operation_name)
    request = sound(here, operation)
    before = here.events()
    assert request.sent(here.client("nobody-knows-this-role"), **SPOOFS).status_code == 403
    assert request.sent(here.app.test_client(), **SPOOFS).status_code == 401
    assert here.events() == before


def forged(issuer: LocalIssuer, roles: list[str] | str, headers: dict[str, Any] | None = None, **claims: Any) -> str:
    """A token that differs from a good one in the claims and headers given."""
    whole = {
        "sub": "a.patel",
        "roles": roles,
        "party": PARTIES[0],
        "iss": "candour-local",
        "aud": "candour",
        "exp": int(time.time()) + 600,
        **claims,
    }
    told = {"kid": issuer._kid, **(headers or {})}
    return jwt.encode({key: value for key, value in whole.items() if value is not None}, issuer._key, "RS256", told)


def _unsigned(issuer: LocalIssuer, roles: list[str]) -> str:
    claims = {"sub": "a", "roles": roles, "iss": "candour-local", "aud": "candour", "exp": int(time.time()) + 600}
    return jwt.encode(claims, None, "none", {"kid": issuer._kid})


def _signed_with_the_public_key(issuer: LocalIssuer, roles: list[str]) -> str:
    claims = {"sub": "a", "roles": roles, "iss": "candour-local", "aud": "candour", "exp": int(time.time()) + 600}
    return jwt.encode(claims, issuer.public_keys.hex(), "HS256", {"kid": issuer._kid})


BAD_TOKENS: dict[str, Callable[[LocalIssuer, list[str]], str]] = {
    "expired": lambda issuer, roles: forged(issuer, roles, exp=int(time.time()) - 1),
    "without an end": lambda issuer, roles: forged(issuer, roles, exp=None),
    "not yet good": lambda issuer, roles: forged(issuer, roles, nbf=int(time.time()) + 600),
    "for another audience": lambda issuer, roles: forged(issuer, roles, aud="elsewhere"),
    "for no audience": lambda issuer, roles: forged(issuer, roles, aud=None),
    "from another issuer": lambda issuer, roles: forged(issuer, roles, iss="https://issuer.example"),
    "of nobody": lambda issuer, roles: forged(issuer, roles, sub=None),
    "of an e-mail address": lambda issuer, roles: forged(issuer, roles, sub="a.patel@example.org"),
    "of the machine itself": lambda issuer, roles: forged(issuer, [*roles, SYSTEM_ROLE]),
    "with roles as one text": lambda issuer, roles: forged(issuer, " ".join(roles)),
    "a key by its path": lambda issuer, roles: forged(issuer, roles, {"kid": "../../../../dev/null"}),
    "a key of its own": lambda issuer, roles: forged(issuer, roles, {"kid": "x", "jku": "http://127.0.0.1:9/"}),
    "no algorithm": _unsigned,
    "the public key as a password": _signed_with_the_public_key,
    "cut short": lambda issuer, roles: forged(issuer, roles)[:-20],
    "very long": lambda issuer, roles: forged(issuer, roles, more="x" * 10_000),
}


@each_operation
def test_nobody_comes_in_with_a_token_that_is_not_good(furnished, name, operation_name):
    here, operation = furnished(name), one(name, operation_name)
    request = sound(here, operation)
    roles = sorted(here.service.permissions[operation.action])
    before = here.events()
    statuses = {"none": request.sent(here.app.test_client()).status_code}
    for kind, made in BAD_TOKENS.items():
        answer = request.sent(here.app.test_client(), Authorization=f"Bearer {made(here.issuer, roles)}")
        statuses[kind] = answer.status_code
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert {kind: status for kind, status in statuses.items() if status != 401} == {}
    assert here.events() == before


def test_a_party_is_told_nothing_of_what_was_put_to_another(furnished):
    here: Furnished = furnished("consultation")
    other = here.client("party", party=PARTIES[1])
    theirs = here.places["answer_consultation"][-1]
    for operation in operations("consultation"):
        if "party" not in here.service.permissions[operation.action] or "consultation_id" not in operation.rule:
            continue
        refused = sound(here, operation, theirs).sent(other)
        unknown = sound(here, operation, {**theirs, "consultation_id": (nobodys := new_case_id())}).sent(other)
        assert (refused.status_code, unknown.status_code) == (404, 404)
        told, as_unknown = refused.json["detail"], unknown.json["detail"]
        assert told.replace(theirs["consultation_id"], "") == as_unknown.replace(nobodys, "")
    for query in ("", f"?party={PARTIES[0]}", "?overdue=false", "?state=open&state=overdue"):
        listed = other.get(f"/consultations{query}").json["items"]
        assert {item["office"]["party"] for item in listed} <= {PARTIES[1]}
    assert other.get(f"/consultations?party={PARTIES[0]}").json == {"items": [], "next": None}
    assert other.get("/consultations").json["items"] != []
