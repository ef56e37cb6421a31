"""Five real cases, each from request to published answer over HTTP and Kafka, on both kinds of database."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest

from services import SERVICES
from services.operations.golden_case import GoldenCase, golden_cases
from services.operations.stack import addresses
from services.operations.verify import verify
from shared.contracts import consultation, decision, intake, publishing
from tests.journeys.letters import body, mailed_to, plain, words
from tests.journeys.stacks import Journeys

pytestmark = [pytest.mark.broker, pytest.mark.slow]
each_case = pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.key)

ATOM = {"": "http://www.w3.org/2005/Atom"}


@each_case
def test_a_case_is_answered_as_it_had_to_be(journeys: Journeys, case: GoldenCase) -> None:
    case_id = journeys.play(case)
    expected, officer = case["expected"], journeys.caller("o.finch", "foi-officer")
    shown = officer.get("intake", f"/cases/{case_id}")
    assert {
        "reference": case.reference,
        "title": case["title"],
        "authorities": case["authorities"],
        "state": "answered",
        "allowed": ["take review request", "correct reply"],
        "received_on": case["received"]["at"].date().isoformat(),
        "due_on": expected["due_on"].isoformat(),
        "answered_on": case["dispatch"]["at"].date().isoformat(),
        "overall": expected["overall"],
    }.items() <= shown.items()
    assert {each["label"]: each["outcome"] for each in shown["outcomes"]} == expected["outcomes"]
    assert {each["label"]: each["citations"] for each in shown["outcomes"]} == {
        label: [*last["citations"], *last.get("other_information", {}).get("citations", [])]
        for label, last in decided(case).items()
    }
    assert [part["wording"] for part in shown["parts"]] == [part["wording"].strip() for part in case["parts"]]
    assert shown["progress"]["concluded"]
    assert shown["progress"]["draft_state"] == "signed off"
    deadline = officer.get("intake", f"/cases/{case_id}/deadline")
    assert {name: deadline[name] for name in ("working_day", "in_time")} == {
        name: expected[name] for name in ("working_day", "in_time")
    }
    assert [day["date"] for day in deadline["days"] if day["number"] == 20] == [expected["due_on"].isoformat()]


@each_case
def test_the_parties_were_consulted_and_are_listed_by_office_alone(journeys: Journeys, case: GoldenCase) -> None:
    case_id = journeys.play(case)
    officer = journeys.caller("o.finch", "foi-officer")
    asked = officer.get("consultation", f"/cases/{case_id}/consultations")["items"]
    assert sorted(each["office"]["party"] for each in asked) == sorted(case["expected"]["consulted"])
    assert {each["office"]["party"]: each["answer"]["position"] for each in asked} == {
        each["party"]: each["position"] for each in case["answers"]
    }
    listed = officer.get("consultation", f"/cases/{case_id}/consulted")
    assert listed["concluded"]
    assert len(listed["consulted"]) == len(asked)
    for line in listed["consulted"]:
        assert line.keys() == {"organisation", "position", "asked_on", "replied"}
        assert line["replied"]
    advice = journeys.caller("d.marsh", "decision-maker").get("decision", f"/cases/{case_id}")["advice"]
    assert {each["party"]: each["weighing"]["followed"] for each in advice} == {
        each["party"]: each["followed"] for each in case["answers"]
    }


@each_case
def test_every_notice_of_the_case_was_sent_to_the_requester_and_is_on_record(
    journeys: Journeys, case: GoldenCase
) -> None:
    case_id = journeys.play(case)
    requester, officer = case["received"]["requester"], journeys.caller("o.finch", "foi-officer")
    wanted = [(table["kind"], table["at"].date().isoformat()) for table in case["notices"]]
    kept = officer.get("intake", f"/cases/{case_id}/notices")["items"]
    assert [(each["kind"], each["sent_on"]) for each in kept] == wanted
    assert all((each["template"], each["template_version"]) == (f"en.{each['kind']}", 1) for each in kept)
    sent = {each["Message-ID"]: each for each in mailed_to(journeys.config.state / "mail", requester["email"])}
    for number, (kind, _) in enumerate(wanted, start=1):
        message = sent[f"<{case_id}.n{number}@candour.invalid>"]
        assert f"Dear {requester['name']}," in body(message, "plain"), kind
        assert case.reference in message["Subject"]


@each_case
def test_the_requester_was_sent_one_message_with_the_letter(journeys: Journeys, case: GoldenCase) -> None:
    case_id = journeys.play(case)
    requester, expected = case["received"]["requester"], case["expected"]
    sent = mailed_to(journeys.config.state / "mail", requester["email"])
    draft = 2 if "returned" in case.table else 1
    (message,) = (each for each in sent if each["Message-ID"] == f"<{case_id}.{draft}@candour.invalid>")
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == (requester["name"], requester["email"])
    assert case.reference in message["Subject"]
    assert message["Date"].datetime.date() == case["dispatch"]["at"].date()
    kept = [attachment.get_filename() for attachment in message.iter_attachments()]
    assert kept == ["letter.pdf", *(attachment["copy"] for attachment in case.table.get("attachments", []))]
    answered_on = case["dispatch"]["at"].date()
    for kind in ("plain", "html"):
        said = body(message, kind)
        covering, _, letter = said.partition("Public authorit")
        assert f"Dear {requester['name']}," in covering
        for day in (case["received"]["at"].date(), expected["due_on"], answered_on):
            assert in_words(day) in covering
        assert ("we are sorry" in covering) == (not expected["in_time"])
        assert ("Section 10(1)" in covering) == (not expected["in_time"])
        assert requester["name"] not in letter
        assert requester["email"] not in letter
        assert case.reference in letter
        check_the_reasons(case, letter)
        for right in ("internal review", "within 40 working days", "section 50", "Information Commissioner"):
            assert right in letter
    signed = journeys.caller("d.marsh", "decision-maker").get("decision", f"/cases/{case_id}/letter", format="text")
    assert plain(signed) in body(message, "plain")


def test_only_the_late_reply_is_late() -> None:
    assert [case.key for case in golden_cases() if not case["expected"]["in_time"]] == ["cleveland"]


@each_case
def test_everybody_can_read_the_answer_on_each_site_and_in_each_format(journeys: Journeys, case: GoldenCase) -> None:
    case_id = journeys.play(case)
    expected, requester = case["expected"], case["received"]["requester"]
    entry = journeys.caller("p.wren", "publisher").get("publishing", f"/entries/{case_id}")
    paths = {each["site"]: each["path"] for each in entry["sites"]}
    assert sorted(paths) == sorted(expected["sites"])
    root = addresses(journeys.config)["site"]
    for site, path in paths.items():
        page, kind = fetch(f"{root}{path}")
        said = words(page)
        assert kind.startswith("text/html")
        for shown in (case["title"], case.reference, *(plain(part["wording"]) for part in questions(case))):
            assert shown in said
        assert ("This answer was late." in said) == (not expected["in_time"])
        for last in decided(case).values():
            for citation in last["citations"]:
                assert f"Section {citation}" in said
        as_data, kind = fetch(f"{root}{path}.json")
        told = json.loads(as_data)
        assert kind == "application/json"
        assert told["overall"]["code"] == expected["overall"]
        assert (told["in_time"], told["working_day"]) == (expected["in_time"], expected["working_day"])
        assert {part["label"]: part["outcome"]["code"] for part in told["parts"] if part["outcome"]} == (
            expected["outcomes"]
        )
        log, _ = fetch(f"{root}/{site}/disclosures.json")
        assert [each["links"]["page"] for each in json.loads(log)["disclosures"]].count(path) == 1
        atom, kind = fetch(f"{root}/{site}/feed.atom")
        assert kind.startswith("application/atom+xml")
        links = [link.get("href", "") for link in ElementTree.fromstring(atom).iterfind("entry/link", ATOM)]
        assert f"{root}{path}" in links
        for text in (page, as_data, log, atom):
            assert requester["name"].split()[-1] not in text
            assert requester["email"] not in text
        listing, _ = fetch(f"{root}/{site}/")
        assert case["title"] in words(listing)
    for document in json.loads(as_data)["documents"]:
        assert fetch(f"{root}{document['url']}")[0]


@each_case
def test_the_ledger_tells_the_whole_story(journeys: Journeys, case: GoldenCase) -> None:
    case_id = journeys.play(case)
    expected, auditor = case["expected"], journeys.caller("r.crane", "auditor")
    items = auditor.get("audit", f"/cases/{case_id}/timeline")["items"]
    types = [each["type"] for each in items]
    answers, returned = len(case["answers"]), int("returned" in case.table)
    counts = {
        intake.CaseReceived: 1,
        intake.PartsConfirmed: 1,
        intake.CaseAccepted: 1,
        intake.RequesterRevealed: 0,
        consultation.ConsultationOpened: len(expected["consulted"]),
        consultation.ConsultationAnswered: answers,
        consultation.ConsultationsConcluded: 1,
        decision.AdviceWeighed: answers,
        decision.PartDecided: len(expected["outcomes"]) + (len(case["returned"]["then"]["labels"]) if returned else 0),
        decision.DraftSubmitted: 1 + returned,
        decision.DraftReturned: returned,
        decision.SignedOff: 1,
        intake.ResponseDispatched: 1,
        publishing.EntryPrepared: 1,
        publishing.EntryHeld: int(case["publication"]["mode"] == "held first"),
        publishing.EntryResumed: int(case["publication"]["mode"] == "held first"),
        publishing.EntryReleased: len(expected["sites"]),
        publishing.EntryWithdrawn: 0,
    }
    found = Counter(types)
    assert {kind.event_type: found[kind.event_type] for kind in counts} == {
        kind.event_type: count for kind, count in counts.items()
    }
    milestones = (
        intake.CaseReceived,
        intake.CaseAccepted,
        consultation.ConsultationsConcluded,
        decision.SignedOff,
        intake.ResponseDispatched,
        publishing.EntryPrepared,
        publishing.EntryReleased,
    )
    places = [types.index(kind.event_type) for kind in milestones]
    assert places == sorted(places)
    assert all(each["words"] and "no words for" not in each["words"] for each in items)
    dispatched = next(each for each in items if each["type"] == intake.ResponseDispatched.event_type)
    assert ("late" in dispatched["words"]) == (not expected["in_time"])
    submitter = next(each for each in items if each["type"] == decision.DraftSubmitted.event_type)
    signer = next(each for each in items if each["type"] == decision.SignedOff.event_type)
    assert submitter["actor_id"] != signer["actor_id"]
    eve = auditor.get("audit", f"/cases/{case_id}/timeline", as_at=str(case["sign_off"]["at"].date()))["items"]
    assert decision.SignedOff.event_type in {each["type"] for each in eve}
    if case["dispatch"]["at"].date() > case["sign_off"]["at"].date():
        assert intake.ResponseDispatched.event_type not in {each["type"] for each in eve}


def test_logs_ledger_and_topic_agree_when_all_is_done(journeys: Journeys) -> None:
    for case in golden_cases():
        journeys.play(case)
    report = verify(journeys.config, SERVICES, patience=30)
    assert report.faults == []
    assert report.unreadable == 0
    assert {each.service for each in report.checked if each.log} == {*SERVICES} - {"audit"}
    for each in report.checked:
        assert (each.unsent, each.waiting, each.parked) == (0, 0, 0)
        assert each.topic == each.log
        assert each.service == "audit" or each.ledger == each.log
    found = journeys.caller("r.crane", "auditor").get("audit", "/verification")
    assert all(each["fault"] is None for each in found["sources"])


def check_the_reasons(case: GoldenCase, letter: str) -> None:
    """All that section 17 wants of a refusal notice, and no such notice where nothing is refused."""
    refusing = [last for last in decided(case).values() if last["citations"]]
    assert bool(re.search("refusal notice under section 17", letter)) == bool(refusing)
    for last in refusing:
        for citation in last["citations"]:
            assert f"section {citation}" in letter
        for reasons in filter(None, (last, last.get("other_information"))):
            for text in reasons_of(reasons):
                assert text in letter


def reasons_of(decision: dict[str, Any]) -> Iterator[str]:
    """The first paragraph of each reason. Later ones may be lists, which look different in each format."""
    if harm := decision.get("harm"):
        yield harm.get("likelihood", "")
        yield first_paragraph(harm["text"])
    for factor in decision.get("factors", []):
        yield first_paragraph(factor["text"])
    if decision.get("balance"):
        yield first_paragraph(decision["balance"])
    yield from map(first_paragraph, decision.get("personal_data", {}).values())


def first_paragraph(text: str) -> str:
    return plain(text.strip().split("\n\n")[0])


def decided(case: GoldenCase) -> dict[str, dict[str, Any]]:
    """The decision on each part that stood at the end."""
    found = {label: each for each in case["decisions"] for label in each["labels"]}
    again = case.table.get("returned", {}).get("then", {"labels": []})
    found |= dict.fromkeys(again["labels"], again)
    return {label: {"citations": [], **found[label]} for label in case["expected"]["outcomes"]}


def questions(case: GoldenCase) -> list[dict[str, Any]]:
    return [part for part in case["parts"] if part["kind"] == "question" and "\n\n" not in part["wording"]]


def in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def fetch(address: str) -> tuple[str, str]:
    try:
        with urlopen(address, timeout=20) as answer:
            return answer.read().decode(), answer.headers["Content-Type"]
    except HTTPError as refusal:
        raise AssertionError(f"{address}: {refusal.code}") from None
