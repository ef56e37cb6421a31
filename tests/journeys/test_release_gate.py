"""Nothing leaves unchecked, over real Kafka: a spreadsheet that hides people is stopped, cleaned, passed and sent."""

from typing import Any

import pytest

from services import SERVICES
from services.operations.client import Answer, Caller
from services.operations.golden_case import golden_cases
from services.operations.stack import addresses
from services.registry import runtime_of
from tests.journeys.letters import mailed_to
from tests.journeys.searching import Searcher, answer, files, messages, tables
from tests.journeys.stacks import Journeys, until

pytestmark = [pytest.mark.broker, pytest.mark.slow]

NORFOLK = next(case for case in golden_cases() if case.table.get("attachments"))
(POISONED,) = NORFOLK["attachments"]
HIDDEN = [row[0] for row in POISONED["hides"]["rows"][1:]]
"""Surnames that stand in the hidden sheet and in the pivot cache alone."""


def checks_of(journeys: Journeys, case_id: str) -> dict[str, dict]:
    officer = journeys.caller("o.finch", "foi-officer")
    found = officer.get("publishing", "/checks", case=case_id, limit="100")["items"]
    return {each["name"]: officer.get("publishing", each["links"]["self"]) for each in found}


def test_the_spreadsheet_was_stopped_and_its_clean_copy_let_through(journeys: Journeys) -> None:
    checks = checks_of(journeys, journeys.play(NORFOLK))
    stopped = checks[POISONED["name"]]
    assert stopped["state"] == "blocked"
    assert {each["code"] for each in stopped["findings"]} >= {"hidden_sheet", "pivot_cache_records"}
    assert {name: each["state"] for name, each in checks.items() if name != POISONED["name"]} == dict.fromkeys(
        (
            POISONED["copy"],
            *("letter.html", "letter.txt", "letter.pdf", "response.json"),
            *("notice.html", "notice.txt", "covering.txt"),
        ),
        "passed",
    )


def test_what_was_mailed_and_published_is_the_copy_alone(journeys: Journeys) -> None:
    case_id = journeys.play(NORFOLK)
    reply = mailed_to(journeys.config.state / "mail", NORFOLK["received"]["requester"]["email"])[-1]
    assert [each.get_filename() for each in reply.iter_attachments()] == ["letter.pdf", POISONED["copy"]]
    (copy,) = (each for each in reply.iter_attachments() if each.get_filename().endswith(".csv"))
    lines = copy.get_payload(decode=True).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in (lines[0], lines[-1])] == ["Kind of user", "Anybody else"]
    entry = journeys.caller("p.wren", "publisher").get("publishing", f"/entries/{case_id}")
    (shown,) = entry["content"]["attachments"]
    site = addresses(journeys.config)["site"]
    address = f"{site}{entry['sites'][0]['path']}/documents/{shown['digest']}/access%20by%20role.csv"
    assert answer(address)[1].endswith(copy.get_payload(decode=True))


def test_no_hidden_name_is_told_anywhere(journeys: Journeys) -> None:
    """The excerpts of the report are unreadable; no event, table, log, mail or page holds the names."""
    journeys.play(NORFOLK)
    searcher = Searcher(HIDDEN)
    assert searcher.places(messages(runtime_of("audit", journeys.config).broker)) == {}
    for service in SERVICES:
        engine = runtime_of(service, journeys.config).engine
        assert searcher.places(tables(engine)) == {}
        engine.dispose()
    assert searcher.places(files(journeys.config.state, without=("*.db", "*.db-wal", "*.db-shm", "kafka/data"))) == {}


def test_a_byte_changed_after_the_check_is_refused_until_it_is_put_back(journeys: Journeys) -> None:
    journeys.play(NORFOLK)
    officer, decider = journeys.caller("o.finch", "foi-officer"), journeys.caller("d.marsh", "decision-maker")
    approver = journeys.caller("a.heron", "approver")
    at, letter = signed_off(journeys, officer, decider, approver)
    path = journeys.config.state / "blobs" / "shared" / letter[:2] / letter
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Dogs", b"Cats", 1) if b"Dogs" in content else content + b" ")
    refused = changed(officer, "intake", at, "POST", f"{at}/dispatch", {})
    assert (refused.status, refused.body.get("rule")) == (409, "REL-27"), refused.body
    path.write_bytes(content)
    assert changed(officer, "intake", at, "POST", f"{at}/dispatch", {}).status == 200
    until("the reply has left", lambda: officer.get("intake", at)["state"] == "answered")


def signed_off(journeys: Journeys, officer: Caller, decider: Caller, approver: Caller) -> tuple[str, str]:
    """A small case that is ready to send: its path, the same in every service, and the digest of its letter."""
    logged = {
        "authorities": ["gwent"],
        "received_on": journeys.clock.now().date().isoformat(),
        "channel": "post",
        "requester": {"name": "Rowena Thistlewick", "email": "gate@requester.example.invalid", "category": "media"},
        "text": "How many police dogs were on duty in 2018?",
    }
    case_id = officer.ask("intake", "POST", "/cases", logged, Idempotency_Key="release-gate").body["id"]
    at = f"/cases/{case_id}"
    part = {"label": "1", "kind": "question", "wording": "How many police dogs were on duty in 2018?"}
    changed(officer, "intake", at, "PUT", f"{at}/parts", {"parts": [part]})
    changed(officer, "intake", at, "POST", f"{at}/acceptance", {"title": "Dogs on duty", "topics": []})
    until("consultation has the case", lambda: officer.send("consultation", "GET", f"{at}/consultations").status == 200)
    officer.ask(
        "consultation", "POST", f"{at}/conclusion", {"reason": "Nobody has to be asked."}, Idempotency_Key="end"
    )
    until("decision has the case", lambda: decider.send("decision", "GET", at).status == 200)
    until("it is concluded", lambda: decider.get("decision", at)["consulted"] is not None)
    changed(decider, "decision", at, "PUT", f"{at}/parts/1", {"outcome": "disclosed", "answer": "There were 41."})
    changed(decider, "decision", at, "POST", f"{at}/submission")
    until("all has passed", lambda: all(each["standing"] == "passed" for each in decider.get("decision", at)["checks"]))
    letter = str(decider.get("decision", at)["draft"]["letter"])
    changed(approver, "decision", at, "POST", f"{at}/sign-off", {"letter": letter})
    until("it is ready to send", lambda: officer.get("intake", at)["state"] == "ready to send")
    return at, letter


def changed(who: Caller, service: str, at: str, method: str, path: str, body: Any = None) -> Answer:
    """What a change is answered with that is made on what was read a moment before."""
    return who.send(service, method, path, body, If_Match=who.ask(service, "GET", at).version)
