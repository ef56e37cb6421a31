"""Parties and rules are data that an information manager changes."""

import pytest
from sqlalchemy import select

from services.consultation.models import party, rule
from tests.services.consultation.conftest import send

COLLEGE = {"party": "college", "organisation": "College of Policing", "position": "Standards Desk", "reply_within": 6}
OFFICE = {name: COLLEGE[name] for name in ("organisation", "position", "reply_within")}


@pytest.fixture
def manager(client_as):
    return client_as("information-manager")


def test_a_new_installation_has_the_parties_and_rules_of_the_file(manager):
    codes = [item["id"] for item in manager.get("/parties").json["items"]]
    assert codes == ["ctc", "ctphq", "home-office", "npcc-cru", "prevent-team"]
    rules = {item["id"]: item["parties"] for item in manager.get("/rules").json["items"]}
    assert rules["prevent"] == ["ctphq"]
    assert rules["national-statistics"] == ["home-office"]


def test_migrating_again_leaves_a_changed_register_alone(runtime, manager):
    send(manager, "/parties/ctc", OFFICE, 1, "PUT")
    send(manager, "/rules/prevent", {"parties": []}, 1, "PUT")
    runtime.migrate()
    assert manager.get("/parties/ctc").json["organisation"] == "College of Policing"
    assert manager.get("/rules/prevent").json["parties"] == []


def test_a_party_that_is_added_is_asked_when_a_rule_names_it(manager, accept, officer):
    added = send(manager, "/parties", COLLEGE)
    assert (added.status_code, added.headers["Location"]) == (201, "/parties/college")
    assert manager.get("/rules/standards").json["version"] == 0
    ruled = send(manager, "/rules/standards", {"parties": ["ctc", "college", "ctc"]}, 0, "PUT")
    assert (ruled.json["parties"], ruled.headers["ETag"]) == (["college", "ctc"], '"1"')
    case_id = accept("standards")
    items = officer.get(f"/cases/{case_id}/consultations").json["items"]
    assert [(item["office"]["party"], item["reply_by"]) for item in items] == [
        ("college", "2026-06-23"),
        ("ctc", "2026-06-22"),
    ]


def test_a_consultation_keeps_the_office_that_was_asked(opened, manager, officer):
    changed = send(manager, "/parties/ctphq", OFFICE, 1, "PUT")
    assert (changed.json["version"], changed.json["organisation"]) == (2, "College of Policing")
    kept = officer.get(f"/consultations/{opened['id']}").json["office"]
    assert kept["organisation"] == "Counter Terrorism Policing Headquarters"


@pytest.mark.parametrize(
    ("method", "path", "body", "version", "status"),
    [
        ("POST", "/parties", {**COLLEGE, "party": "ctc"}, None, 409),
        ("POST", "/parties", {**COLLEGE, "party": "Not A Code"}, None, 422),
        ("POST", "/parties", {**COLLEGE, "reply_within": 0}, None, 422),
        ("POST", "/parties", {**COLLEGE, "reply_within": 21}, None, 422),
        ("POST", "/parties", {**COLLEGE, "reply_within": "6"}, None, 422),
        ("POST", "/parties", {**COLLEGE, "position": "jo@example.org"}, None, 422),
        ("POST", "/parties", {**COLLEGE, "organisation": " "}, None, 422),
        ("PUT", "/parties/nobody", OFFICE, 1, 404),
        ("PUT", "/parties/ctc", OFFICE, 2, 412),
        ("PUT", "/parties/ctc", OFFICE, None, 428),
        ("PUT", "/parties/ctc", COLLEGE, 1, 422),
        ("PUT", "/rules/prevent", {"parties": ["nobody"]}, 1, 422),
        ("PUT", "/rules/prevent", {"parties": []}, 0, 412),
        ("PUT", "/rules/prevent", {"parties": []}, None, 428),
        ("PUT", "/rules/Not A Topic", {"parties": []}, 0, 404),
        ("GET", "/rules/Not A Topic", None, None, 404),
        ("GET", "/parties/nobody", None, None, 404),
    ],
)
def test_a_wrong_change_of_the_register_is_refused(manager, runtime, method, path, body, version, status):
    before = register(runtime)
    assert send(manager, path, body, version, method).status_code == status
    assert register(runtime) == before


def register(runtime):
    with runtime.engine.connect() as connection:
        return [connection.execute(select(table)).all() for table in (party, rule)]
