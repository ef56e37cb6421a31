"""What intake makes of what the others tell, however often and in whatever state it is told."""

from datetime import date

import pytest

from shared.chassis.events.values import BlindText, Code, Digest, Identifier
from shared.contracts.consultation import ConsultationAnswered, ConsultationOpened, ConsultationsConcluded
from shared.contracts.decision import DraftReturned, DraftSubmitted
from shared.contracts.publishing import EntryReleased, EntryWithdrawn
from shared.contracts.values import Label, Office, SitePath
from tests.services.intake.conftest import send, signed_off
from tests.support import OtherService, log_of, new_case_id, take_in

OFFICE = Office(party=Code("ctphq"), organisation=BlindText("Headquarters"), position=BlindText("Officer"))
OPENED = ConsultationOpened(
    consultation_id=Identifier(new_case_id()), office=OFFICE, parts=(Label("1"),), reply_by=date(2026, 7, 1)
)
ANSWERED = ConsultationAnswered(
    consultation_id=OPENED.consultation_id,
    office=OFFICE,
    parts=(Label("1"),),
    position=Code("objects"),
    citations=(),
    advice=BlindText("No."),
)
SUBMITTED = DraftSubmitted(draft=1, letter=Digest("a" * 64), response=Digest("b" * 64))


def released(site):
    return EntryReleased(site=Code(site), path=SitePath(f"/{site}/disclosures/dogs"))


@pytest.fixture
def others(broker, clock, decision):
    """The other services by name."""
    named = {name: OtherService(name, broker, clock) for name in ("consultation", "publishing")}
    return {**named, "decision": decision}


def shown(officer, case):
    return officer.get(case["links"]["self"]).json


def test_a_case_shows_how_far_the_others_are(officer, accepted, others, runtime):
    told = [
        ("consultation", OPENED, {"consultations": 1}),
        ("consultation", OPENED, {"consultations": 2}),
        ("consultation", ANSWERED, {"answered": 1}),
        ("consultation", ConsultationsConcluded(consulted=()), {"concluded": True}),
        ("decision", SUBMITTED, {"draft_state": "submitted"}),
        ("decision", DraftReturned(draft=1, reason=BlindText("Too long.")), {"draft_state": "returned"}),
        ("decision", signed_off(runtime), {"draft_state": "signed off"}),
    ]
    for name, event, expected in told:
        others[name].says(event, subject=accepted["id"])
        take_in(runtime)
        assert shown(officer, accepted)["progress"].items() >= expected.items()


def test_a_case_shows_where_its_reply_can_be_read(officer, accepted, others, runtime):
    publishing = others["publishing"]
    for site in ("norfolk", "suffolk"):
        publishing.says(released(site), subject=accepted["id"])
    take_in(runtime)
    published = [{"site": s, "path": f"/{s}/disclosures/dogs", "withdrawn": False} for s in ("norfolk", "suffolk")]
    assert shown(officer, accepted)["progress"]["published"] == published
    publishing.says(EntryWithdrawn(sites=(Code("norfolk"),), reason=Code("inaccurate")), subject=accepted["id"])
    take_in(runtime)
    withdrawn = [each["withdrawn"] for each in shown(officer, accepted)["progress"]["published"]]
    assert withdrawn == [True, False]


def test_a_sign_off_makes_the_reply_ready_to_send(officer, accepted, decision, runtime):
    decision.says(signed_off(runtime), subject=accepted["id"])
    take_in(runtime)
    case = shown(officer, accepted)
    assert (case["state"], case["overall"], "dispatch" in case["allowed"]) == ("ready to send", "ncnd", True)
    assert case["outcomes"] == [
        {"label": "1", "outcome": "ncnd", "citations": ["31(3)"]},
        {"label": "2", "outcome": "not_held", "citations": []},
    ]
    assert [document["name"] for document in case["documents"]] == ["referrals.csv"]
    assert case["version"] == accepted["version"] + 1


def test_an_event_delivered_twice_takes_effect_once(officer, accepted, others, runtime):
    for name, event in (("consultation", OPENED), ("decision", signed_off(runtime))):
        envelope = others[name].says(event, subject=accepted["id"])
        others[name].sends(envelope)
    take_in(runtime)
    others["decision"].sends(envelope)
    take_in(runtime)
    case = shown(officer, accepted)
    assert (case["progress"]["consultations"], case["version"]) == (1, accepted["version"] + 1)


def test_a_sign_off_of_a_case_that_is_not_accepted_is_parked_and_others_go_on(
    officer, received, accepted, decision, runtime
):
    stranger = new_case_id()
    for case_id in (stranger, accepted["id"]):
        decision.says(signed_off(runtime), subject=case_id)
    take_in(runtime)
    assert shown(officer, accepted)["state"] == "ready to send"
    assert ("candour_parked_messages", {"service": "intake"}, 1.0) in runtime.gauges()


def test_a_dispatch_on_a_version_from_before_the_sign_off_is_stale(officer, accepted, decision, runtime):
    decision.says(signed_off(runtime), subject=accepted["id"])
    take_in(runtime)
    answer = send(officer, f"{accepted['links']['self']}/dispatch", {}, accepted["version"])
    assert (answer.status_code, answer.json["current_version"]) == (412, accepted["version"] + 1)


def test_what_is_told_names_who_did_it_and_what_caused_it(officer, ready, runtime):
    numbers = [envelope.number for envelope in log_of(runtime)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {envelope.subject for envelope in log_of(runtime)} == {ready["id"]}
    assert {(envelope.actor_id, envelope.actor_role) for envelope in log_of(runtime)} == {("a.patel", "foi-officer")}


def test_open_cases_and_waiting_replies_are_measured(officer, ready, tick, runtime):
    send(officer, f"{ready['links']['self']}/dispatch", {}, ready["version"])
    tick()  # no relay
    gauges = runtime.gauges()
    assert ("candour_open_cases", {"state": "sending"}, 1.0) in gauges
    assert ("candour_replies_refused_by_relay", {}, 1.0) in gauges
