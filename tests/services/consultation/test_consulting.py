"""A case is put to the parties, they answer, and what they said stands in events and in the list for release."""

from datetime import timedelta

import pytest

from services.consultation.domain import STANDARD_QUESTION
from tests.services.consultation.conftest import accepted, send
from tests.support import log_of, new_case_id, send_out, take_in

ASK = {"party": "home-office", "parts": ["2", "1a"], "question": "Is the guidance yours, and may it be released?"}
OBJECTION = {
    "position": "objects",
    "citations": ["s.24(1)", "31(1)(a)(b)"],
    "advice": "Naming the systems would show which checks are not made.",
}


def test_an_accepted_case_is_put_to_the_parties_of_its_topics_on_every_question(accept, officer, runtime):
    case_id = accept("counter-terrorism", "prevent", "a-topic-without-a-rule")
    items = officer.get(f"/cases/{case_id}/consultations").json["items"]
    assert [item["office"]["party"] for item in items] == ["ctc", "ctphq"]
    assert [part["label"] for part in items[0]["parts"]] == ["1", "1a", "2"]
    first, second = log_of(runtime)
    assert (first.type, first.subject, first.number) == ("foi.consultation.opened.v1", case_id, 1)
    assert second.data == {
        "consultation_id": items[1]["id"],
        "office": {
            "party": "ctphq",
            "organisation": "Counter Terrorism Policing Headquarters",
            "position": "Information Rights Lead",
        },
        "parts": ["1", "1a", "2"],
        "reply_by": "2026-06-24",
        "question": STANDARD_QUESTION,
    }


def test_an_acceptance_that_is_delivered_twice_asks_once(runtime, intake, officer):
    case_id = new_case_id()
    envelope = intake.says(accepted("prevent"), subject=case_id)
    intake.sends(envelope)
    take_in(runtime)
    intake.sends(envelope)
    take_in(runtime)
    assert len(officer.get(f"/cases/{case_id}/consultations").json["items"]) == len(log_of(runtime)) == 1


def test_a_party_sees_what_it_needs_to_reply_and_nothing_of_who_asked(opened, ctphq):
    shown = ctphq.get(f"/consultations/{opened['id']}").json
    assert shown["reference"] == "01.FOI.26.000123"
    assert shown["reply_by"] == "2026-06-24"
    assert shown["parts"][2] == {"label": "2", "wording": "Please release the guidance on retention."}
    assert shown["links"] == {"self": f"/consultations/{opened['id']}"}
    assert set(shown) == {
        *("id", "version", "state", "case_id", "reference", "office", "parts", "question", "opened_on", "reply_by"),
        *("overdue", "reminders", "finished", "answer", "links"),
    }


def test_an_officer_asks_another_party_about_chosen_parts(accept, officer, home_office, runtime):
    case_id = accept("prevent")
    answer = send(officer, f"/cases/{case_id}/consultations", ASK)
    assert answer.status_code == 201
    assert answer.headers["Location"] == answer.json["links"]["self"]
    assert answer.headers["ETag"] == '"1"'
    assert [part["label"] for part in answer.json["parts"]] == ["1a", "2"]
    assert home_office.get(answer.headers["Location"]).json["question"] == ASK["question"]
    assert log_of(runtime)[-1].data["parts"] == ["1a", "2"]


def test_opening_with_the_same_key_twice_asks_once(accept, officer, runtime):
    path = f"/cases/{accept()}/consultations"
    first, second = (officer.post(path, json=ASK, headers={"Idempotency-Key": "one"}) for _ in range(2))
    assert (first.status_code, first.json) == (second.status_code, second.json)
    assert len(log_of(runtime)) == 1


def test_a_party_answers_with_its_provisions_in_the_acts_own_writing(opened, ctphq, officer, runtime):
    answer = send(ctphq, f"/consultations/{opened['id']}/answer", OBJECTION, opened["version"])
    assert answer.status_code == 200
    assert answer.json["state"] == "answered"
    assert answer.headers["ETag"] == '"2"'
    assert officer.get(f"/consultations/{opened['id']}").json["answer"] == {
        "position": "objects",
        "citations": ["24(1)", "31(1)(a)", "31(1)(b)"],
        "advice": OBJECTION["advice"],
        "answered_at": "2026-06-15T09:00:00+00:00",
    }
    recorded = log_of(runtime)[-1]
    assert (recorded.type, recorded.actor_role) == ("foi.consultation.answered.v1", "party")
    assert recorded.data["citations"] == ["24(1)", "31(1)(a)", "31(1)(b)"]


def test_an_answered_consultation_is_neither_reminded_nor_overdue(opened, ctphq, clock, tick, runtime):
    send(ctphq, f"/consultations/{opened['id']}/answer", {"position": "no_objection"}, opened["version"])
    recorded = log_of(runtime)
    clock.move(days=60)
    assert tick() == 2
    assert log_of(runtime) == recorded
    assert ctphq.get("/consultations?overdue=true").json["items"] == []


def test_a_party_is_reminded_two_working_days_before_and_overdue_on_the_day_after(
    opened, officer, clock, tick, runtime
):
    def after(instant):
        clock.instant = instant
        tick()
        found = officer.get(f"/consultations/{opened['id']}").json
        return found["state"], found["reminders"], found["overdue"]

    midnight = clock.instant.replace(day=24, hour=23, minute=0)  # the end of 24 June in London
    assert after(clock.instant.replace(day=22, hour=7, minute=59)) == ("open", 0, False)
    assert after(clock.instant.replace(day=22, hour=8, minute=0)) == ("open", 1, False)
    assert after(midnight - timedelta(seconds=1)) == ("open", 1, False)
    assert after(midnight) == ("overdue", 1, True)
    assert after(midnight + timedelta(days=9)) == ("overdue", 1, True)
    assert [envelope.type for envelope in log_of(runtime)[1:]] == [
        "foi.consultation.reminded.v1",
        "foi.consultation.overdue.v1",
    ]
    assert log_of(runtime)[-1].data["reply_by"] == "2026-06-24"


def test_an_overdue_party_can_be_reminded_and_can_still_answer(opened, officer, ctphq, clock, tick):
    clock.move(days=20)
    tick()
    path = f"/consultations/{opened['id']}"
    version = officer.get(path).json["version"]
    reminded = send(officer, f"{path}/reminder", version=version)
    assert (reminded.json["state"], reminded.json["reminders"]) == ("overdue", 2)
    answered = send(ctphq, f"{path}/answer", {"position": "no_information"}, reminded.json["version"])
    assert (answered.json["state"], answered.json["overdue"]) == ("answered", False)


def test_the_list_of_those_consulted_names_offices_and_says_who_replied(opened, officer, ctphq, home_office, runtime):
    case_id = opened["case_id"]
    other = send(officer, f"/cases/{case_id}/consultations", ASK).json
    send(ctphq, f"/consultations/{opened['id']}/answer", OBJECTION, opened["version"])
    lines = [
        {
            "organisation": "Counter Terrorism Policing Headquarters",
            "position": "Information Rights Lead",
            "asked_on": "2026-06-15",
            "replied": True,
        },
        {
            "organisation": "Home Office",
            "position": "Information Rights Team",
            "asked_on": "2026-06-15",
            "replied": False,
        },
    ]
    before = officer.get(f"/cases/{case_id}/consulted").json
    assert (before["consulted"], before["concluded"]) == (lines, False)
    concluded = send(officer, f"/cases/{case_id}/conclusion", {"reason": "The last safe day has come."})
    assert (concluded.status_code, concluded.json["consulted"]) == (201, lines)
    assert officer.get(concluded.headers["Location"]).json == concluded.json
    after = officer.get(f"/cases/{case_id}/consulted").json
    assert (after["consulted"], after["concluded"]) == (lines, True)
    assert home_office.get(f"/consultations/{other['id']}").json["state"] == "no reply"
    recorded = log_of(runtime)[-1]
    assert recorded.type == "foi.consultation.concluded.v1"
    assert [line["replied"] for line in recorded.data["consulted"]] == [True, False]


def test_an_office_that_was_asked_twice_stands_once_in_the_list(opened, officer, ctphq):
    send(ctphq, f"/consultations/{opened['id']}/answer", {"position": "no_objection"}, opened["version"])
    again = send(officer, f"/cases/{opened['case_id']}/consultations", {**ASK, "party": "ctphq"})
    assert again.status_code == 201
    (line,) = officer.get(f"/cases/{opened['case_id']}/consulted").json["consulted"]
    assert line["replied"] is True


def test_a_case_on_which_nobody_was_asked_is_concluded_with_an_empty_list(accept, officer, runtime):
    case_id = accept()
    assert send(officer, f"/cases/{case_id}/conclusion", {}).json["consulted"] == []
    assert log_of(runtime)[-1].data == {"consulted": [], "reason": None}


def test_when_the_reply_has_gone_nothing_is_opened_answered_or_waited_for(
    opened, officer, ctphq, dispatch, clock, tick, runtime
):
    dispatch(opened["case_id"])
    found = ctphq.get(f"/consultations/{opened['id']}").json
    assert (found["state"], found["finished"]) == ("no reply", True)
    answers = (
        send(officer, f"/cases/{opened['case_id']}/consultations", ASK),
        send(officer, f"/cases/{opened['case_id']}/conclusion", {}),
        send(officer, f"/consultations/{opened['id']}/reminder", version=found["version"]),
        send(ctphq, f"/consultations/{opened['id']}/answer", {"position": "no_objection"}, found["version"]),
    )
    assert [answer.status_code for answer in answers] == [409] * 4
    clock.move(days=60)
    tick()
    assert len(log_of(runtime)) == 1


@pytest.mark.parametrize(
    ("query", "parties"),
    [
        ("", ["ctphq", "home-office"]),
        ("?party=home-office", ["home-office"]),
        ("?state=answered", []),
        ("?state=open&state=overdue", ["ctphq", "home-office"]),
        ("?overdue=false", ["home-office"]),
        ("?overdue=true", ["ctphq"]),
    ],
)
def test_consultations_are_listed_by_the_day_to_reply_by(opened, officer, clock, query, parties):
    send(officer, f"/cases/{opened['case_id']}/consultations", ASK)
    clock.move(days=10)  # ctphq had 7 working days, the Home Office has 8
    items = officer.get(f"/consultations{query}").json["items"]
    assert [item["office"]["party"] for item in items] == parties


def test_a_party_lists_its_own_consultations_alone_page_by_page(accept, client_as, officer):
    for _ in range(3):
        accept("counter-terrorism")
    ctc = client_as("party", party="ctc")
    seen, after = [], ""
    for _ in range(3):
        page = ctc.get(f"/consultations?limit=1{after}").json
        seen += [item["office"]["party"] for item in page["items"]]
        after = f"&after={page['next']}"
    assert (seen, page["next"]) == (["ctc"] * 3, None)
    assert ctc.get("/consultations?party=ctphq").json["items"] == []
    assert len(officer.get("/consultations").json["items"]) == 6


def test_what_is_recorded_reaches_the_topic(opened, runtime):
    assert send_out(runtime) == 1
