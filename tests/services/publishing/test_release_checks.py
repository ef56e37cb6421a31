"""The release check as the service does it: taken in from an event, told as an event, accepted by a second officer."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from services.publishing import checking, consumer
from services.publishing.domain import CHECK, PERMISSIONS
from services.publishing.models import release_check
from services.publishing.release_check.report import Finding, Report
from services.publishing.service import service
from shared.chassis.identity import Actor
from shared.chassis.timers import Ticker
from shared.contracts.ruleset import RULES
from tests.services.publishing.conftest import at
from tests.services.publishing.replies import ALL_DENIED, NINE_QUESTIONS
from tests.services.publishing.test_entries import ROLES
from tests.support import log_of, new_case_id, take_in

CSV = b"year,number\n2024,120\n"
DIGEST = sha256(CSV).hexdigest()


@pytest.fixture
def finds(monkeypatch):
    """Have every check come to this severity, or to whatever `found` holds later."""
    found: list[str] = []

    class Examiner:
        def inspect(self, data, name, earlier=()):
            findings = tuple(Finding(code="author", severity=each, where="properties") for each in found)
            return Report(file=name, sha256=sha256(data).hexdigest(), type="csv", findings=findings, ruleset=RULES)

    monkeypatch.setattr(checking, "examiners", lambda *_: Examiner())
    return found


@pytest.fixture
def case_id(others, runtime):
    """A case with a document that waits for its check."""
    case_id = new_case_id()
    others.wants_to_leave(case_id, CSV, "figures.csv", "text/csv")
    take_in(runtime)
    return case_id


@pytest.fixture
def approver(client_as):
    return client_as("approver", person="a.prover")


def told(runtime, kind):
    return [each.data for each in log_of(runtime) if each.type == f"foi.publishing.{kind}.v1"]


def only(client, case_id):
    (check,) = client.get(f"/checks?case={case_id}").json["items"]
    return client.get(check["links"]["self"])


def accept(client, check, version, reason="Only the authority's own address stands in it."):
    return client.post(f"{check['links']['self']}/acceptance", json={"reason": reason}, headers=at(version))


def test_a_document_is_checked_once_and_the_verdict_told_without_what_was_found(case_id, ticker, runtime, publisher):
    waiting = only(publisher, case_id).json
    assert (waiting["state"], waiting["verdict"], waiting["findings"]) == ("waiting", None, [])
    assert (waiting["sender"], waiting["submitted_by"], waiting["name"]) == ("decision", "d.maker", "figures.csv")
    assert (ticker.run_once(), ticker.run_once()) == (1, 0)
    (event,) = told(runtime, "document-checked")
    assert (event["digest"], event["ruleset"], event["verdict"], event["findings"]) == (DIGEST, RULES, "pass", [])
    checked = only(publisher, case_id).json
    assert (checked["state"], checked["verdict"], checked["malware"]) == ("passed", "pass", "not configured")


def test_the_real_check_finds_what_a_document_hides_and_the_event_says_only_what_kind(
    others, runtime, ticker, publisher
):
    case_id = new_case_id()
    row = "AB 12 34 56 C"
    others.wants_to_leave(case_id, f"name,national insurance number\nA,{row}\n".encode(), "list.csv", "text/csv")
    take_in(runtime)
    ticker.run_once()
    (event,) = told(runtime, "document-checked")
    assert event["verdict"] == "block"
    assert ("national_insurance_number", "block") in [(each["code"], each["severity"]) for each in event["findings"]]
    assert row not in str(event)
    shown = only(publisher, case_id)
    assert row not in shown.text
    assert shown.json["findings"][0]["mend"]


def test_bytes_that_are_not_those_that_were_submitted_do_not_pass(case_id, ticker, runtime, publisher):
    path = runtime.unchecked_blobs._folder / DIGEST[:2] / DIGEST
    path.write_bytes(CSV + b"!")
    ticker.run_once()
    shown = only(publisher, case_id).json
    assert (shown["state"], shown["findings"][0]["code"]) == ("blocked", "unreadable")


def test_a_second_officer_lets_go_what_asks_for_a_second_look(case_id, ticker, runtime, finds, approver, client_as):
    finds.append("review")
    ticker.run_once()
    shown = only(approver, case_id)
    check, version = shown.json, shown.json["version"]
    assert (check["state"], check["allowed"]) == ("to review", ["accept", "check again"])
    own = client_as("approver", person="d.maker")
    refused = accept(own, check, version)
    assert (refused.status_code, refused.json["rule"]) == (403, "REL-24")
    assert accept(approver, check, version, " ").status_code == 422
    assert accept(approver, check, version, "Ask 07700 900123.").status_code == 422
    assert accept(approver, check, version + 1).status_code == 412
    done = accept(approver, check, version)
    assert (done.status_code, done.json["state"], done.json["accepted_by"]) == (200, "accepted", "a.prover")
    (event,) = told(runtime, "findings-accepted")
    assert (event["digest"], event["ruleset"]) == (DIGEST, RULES)


def test_a_block_has_no_override(case_id, ticker, finds, approver, runtime):
    finds += ["review", "block"]
    ticker.run_once()
    shown = only(approver, case_id).json
    refused = accept(approver, shown, shown["version"])
    assert (refused.status_code, refused.json["rule"]) == (409, "REL-27")
    assert "clean copy" in refused.json["next_step"]
    assert told(runtime, "findings-accepted") == []


def test_new_rules_check_again_what_has_not_left_and_nothing_else(others, ticker, runtime, finds, publisher):
    gone = others.answered(ALL_DENIED)
    publisher.post(f"/entries/{gone}/release", headers=at(1))
    waits = others.answered(NINE_QUESTIONS)
    before = len(told(runtime, "document-checked"))
    with runtime.engine.begin() as connection:
        connection.execute(release_check.update().values(ruleset="0"))
    for _ in range(2):
        with runtime.unit_of_work(Actor.of_service("publishing")) as uow:
            service.upkeep(uow)
    ticker.run_once()
    again = told(runtime, "document-checked")[before:]
    assert len(again) == 1
    with runtime.engine.connect() as connection:
        rows = connection.execute(select(release_check.c.case_id, release_check.c.ruleset)).all()
    assert sorted(rows) == sorted([(gone, "0"), (waits, RULES)])


def test_an_acceptance_does_not_outlive_the_rules_it_was_given_under(case_id, ticker, runtime, finds, approver):
    finds.append("review")
    ticker.run_once()
    shown = only(approver, case_id).json
    accept(approver, shown, shown["version"])
    with runtime.engine.begin() as connection:
        connection.execute(release_check.update().values(ruleset="0"))
    with runtime.unit_of_work(Actor.of_service("publishing")) as uow:
        service.upkeep(uow)
    ticker.run_once()
    again = only(approver, case_id).json
    assert (again["state"], again["accepted_by"]) == ("to review", None)


@pytest.mark.parametrize("severity", ["review", "block"])
def test_an_entry_that_has_not_passed_is_not_released(others, ticker, runtime, finds, publisher, clock, severity):
    finds.append(severity)
    case_id = others.answered(ALL_DENIED)
    refused = publisher.post(f"/entries/{case_id}/release", headers=at(1))
    assert (refused.status_code, refused.json["rule"]) == (409, "REL-27")
    assert "response.json" in refused.json["detail"]
    clock.move(days=8)
    Ticker(runtime).run_once()
    held = publisher.get(f"/entries/{case_id}").json
    assert (held["state"], "(REL-27)" in held["hold_reason"]) == ("held", True)


def test_a_case_signed_off_before_there_were_checks_is_checked_before_its_day(others, runtime, ticker, publisher):
    case_id = new_case_id()
    others.accepted(ALL_DENIED, case_id)
    others.signed_off(ALL_DENIED, case_id)
    others.dispatched(ALL_DENIED, case_id)
    take_in(runtime)
    assert only(publisher, case_id).json["sender"] == "publishing"
    assert publisher.post(f"/entries/{case_id}/release", headers=at(1)).status_code == 409
    ticker.run_once()
    assert publisher.post(f"/entries/{case_id}/release", headers=at(1)).status_code == 200


def test_a_new_table_is_compared_with_those_that_were_published(others, with_guide, runtime, publisher, monkeypatch):
    seen = []

    class Examiner:
        def inspect(self, data, name, earlier=()):
            seen.append([each for each, _ in earlier])
            return Report(file=name, sha256=sha256(data).hexdigest(), type="csv", findings=(), ruleset=RULES)

    monkeypatch.setattr(checking, "examiners", lambda *_: Examiner())
    published = others.answered(with_guide)
    publisher.post(f"/entries/{published}/release", headers=at(1))
    seen.clear()
    others.wants_to_leave(new_case_id(), CSV, "figures.csv", "text/csv")
    others.wants_to_leave(new_case_id(), b"Dear requester", "letter.txt", "text/plain")
    take_in(runtime)
    Ticker(runtime).run_once()
    assert sorted(seen) == [[], [with_guide.attachments[0].name]]


def test_a_document_that_a_loaded_machine_could_not_read_is_checked_again_when_somebody_asks(
    case_id, ticker, finds, client_as, runtime
):
    finds.append("block")
    ticker.run_once()
    officer = client_as("foi-officer")
    shown = only(officer, case_id).json
    finds.clear()
    again = officer.post(f"{shown['links']['self']}/recheck", headers=at(shown["version"]))
    assert (again.status_code, again.json["state"]) == (200, "waiting")
    ticker.run_once()
    assert [each["verdict"] for each in told(runtime, "document-checked")] == ["block", "pass"]
    assert only(officer, case_id).json["state"] == "passed"


def test_a_document_waits_for_a_malware_scanner_that_gives_no_answer(case_id, runtime, publisher, monkeypatch, clock):
    answers = ["no answer", "clean"]

    class Examiner:
        def inspect(self, data, name, earlier=()):
            digest = sha256(data).hexdigest()
            return Report(file=name, sha256=digest, type="csv", findings=(), ruleset=RULES, malware=answers.pop(0))

    monkeypatch.setattr(checking, "examiners", lambda *_: Examiner())
    Ticker(runtime).run_once()
    assert only(publisher, case_id).json["state"] == "waiting"
    clock.move(seconds=2)
    Ticker(runtime).run_once()
    checked = only(publisher, case_id).json
    assert (checked["state"], checked["malware"]) == ("passed", "clean")


ACTS = {
    "read checks": lambda client, path: client.get(path),
    "check again": lambda client, path: client.post(f"{path}/recheck", headers=at(1)),
    "accept findings": lambda client, path: accept(client, {"links": {"self": path}}, 1),
}


@pytest.mark.parametrize("action", sorted(ACTS))
def test_each_act_on_checks_is_open_to_its_roles_alone(action, client_as, case_id):
    for role in ROLES:
        answer = ACTS[action](client_as(role), f"/checks/{new_case_id()}")
        assert answer.status_code == (404 if role in PERMISSIONS[action] else 403), role


def test_every_state_of_a_check_is_counted(case_id, runtime):
    counted = {labels["state"]: value for name, labels, value in runtime.gauges() if name == "candour_release_checks"}
    assert counted == {**dict.fromkeys(CHECK.states, 0.0), "waiting": 1.0}


def test_a_message_of_intake_is_checked_as_well():
    wanted = consumer.subscriptions.wants
    assert wanted("foi.intake.message-submitted.v1")
    assert wanted("foi.decision.document-submitted.v1")
