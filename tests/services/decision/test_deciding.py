"""A decision maker decides every question, weighs the advice, and sees what is still missing."""

import pytest

from services.decision.models import brief, draft
from shared.chassis.events.contract import load
from tests.services.decision import said
from tests.services.decision.said import ADVICE, DISCLOSED, NOT_HELD, WITHHELD, send
from tests.support import log_of


def events(runtime):
    return [load(envelope.type, envelope.data) for envelope in log_of(runtime)]


def findings(answer):
    assert answer.status_code == 422, answer.text
    return {(found["field"], found["rule"]) for found in answer.json["errors"]}


def test_an_accepted_case_is_ready_to_be_decided(accept, decider):
    case = decider.get(f"/cases/{accept()}").json
    assert (case["state"], case["version"], case["reference"]) == ("deciding", 1, "01.FOI.26.000123")
    assert [(part["label"], part["kind"], part["parent"]) for part in case["parts"]] == [
        ("0", "preamble", None),
        ("1", "question", None),
        ("1.1", "sub_question", "1"),
        ("2", "question", None),
    ]
    assert [found["field"] for found in case["unready"]] == ["parts.1", "parts.2", "consulted"]
    assert "submit" in case["allowed"]


def test_a_decision_is_kept_with_its_citations_in_canonical_writing(case_id, decider, runtime):
    answer = send(decider, "PUT", f"/cases/{case_id}/parts/1", WITHHELD)
    (part,) = [part for part in answer.json["parts"] if part["label"] == "1"]
    assert part["decision"]["citations"] == ["31(1)(a)", "31(1)(b)", "24(1)"]
    assert part["decision"]["decided_by"] == "d.maker"
    assert answer.headers["ETag"] == '"2"'
    (event,) = events(runtime)
    assert (event.decided.label, event.decided.outcome) == ("1", "withheld")
    assert event.decided.citations == ("31(1)(a)", "31(1)(b)", "24(1)")


def test_deciding_again_replaces_the_decision(case_id, decider):
    send(decider, "PUT", f"/cases/{case_id}/parts/1", WITHHELD)
    again = send(decider, "PUT", f"/cases/{case_id}/parts/1", NOT_HELD).json["parts"][1]["decision"]
    assert (again["outcome"], again["citations"], again["balance"]) == ("not_held", [], "")


def test_what_is_shown_of_a_decision_can_be_sent_as_it_is(case_id, decider):
    body = {
        **WITHHELD,
        "outcome": "partly_disclosed",
        "answer": "Some of it.",
        "pointer": {"name": "National statistics", "contact": "", "url": "https://www.example.invalid/"},
        "other_information": {**NCND_GROUNDS},
    }
    first = send(decider, "PUT", f"/cases/{case_id}/parts/1", body).json["parts"][1]["decision"]
    sent = {name: value for name, value in first.items() if name != "decided_by"}
    assert send(decider, "PUT", f"/cases/{case_id}/parts/1", sent).json["parts"][1]["decision"] == first


NCND_GROUNDS = {
    "citations": ["31(3)"],
    "harm": {"text": "It would show where the police look.", "likelihood": "would"},
    "factors": [
        {"side": "favouring confirmation or denial", "text": "Openness."},
        {"side": "against confirmation or denial", "text": "Patterns would show."},
    ],
    "balance": "It lies against.",
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"citations": ["section 31"]}, {("citations.0", "EXM-01")}),
        ({"citations": ["40(2)", "40(3)"]}, {("citations.1", "EXM-09")}),
        ({"citations": ["31(3)"]}, {("citations", "EXM-02")}),
        ({"citations": ["30(1)(b)", "31(1)(a)"]}, {("citations", "EXM-05")}),
        ({"citations": ["35(1)(a)"]}, {("citations", "EXM-07")}),
        ({"citations": []}, {("citations", "RN-03")}),
        ({"harm": {"text": "", "likelihood": ""}}, {("harm.text", "EXM-04"), ("harm.likelihood", "EXM-04")}),
        ({"harm": {"text": "x", "likelihood": "might"}}, {("harm.likelihood", "RN-07")}),
        ({"balance": " "}, {("balance", "EXM-03")}),
        ({"factors": []}, {("factors", "EXM-03")}),
        ({"factors": [{"side": "both", "text": "x"}]}, {("factors.0.side", "RN-08")}),
        ({"answer": "Here is some of it."}, {("answer", "RN-01")}),
        ({"outcome": "refused"}, {("outcome", "RN-01")}),
        ({"outcome": "ncnd"}, {("citations", "EXM-02"), ("factors", "EXM-03")}),
        ({"outcome": "not_held"}, {("citations", "RN-11"), ("searches", "RN-11")}),
        ({"outcome": "disclosed"}, {("answer", "RN-01"), ("citations", "RN-03")}),
        ({"balance": "Write to jo@example.org about it."}, {("balance", "PUB-02")}),
        ({"harm": {"text": "Ring 020 7946 0991", "likelihood": "would"}}, {("harm.text", "PUB-02")}),
        ({"pointer": {"name": "", "url": "javascript:alert(1)"}}, {("pointer.url", "RN-17")}),
        ({"pointer": {"url": "https://x.invalid/"}}, {("pointer.name", "RN-11")}),
        ({"other_information": {"citations": ["24(1)"]}}, {("other_information.citations", "EXM-02")}),
        ({"other_information": {"citations": ["fish"]}}, {("other_information.citations.0", "EXM-01")}),
        ({"decided_by": "me"}, {("decided_by", "")}),
        ({"balance": "a\u0007b"}, {("balance", "")}),
    ],
)
def test_a_decision_that_would_not_stand_is_refused_with_field_rule_and_next_step(case_id, decider, change, expected):
    answer = send(decider, "PUT", f"/cases/{case_id}/parts/1", {**WITHHELD, **change})
    assert expected <= findings(answer)
    assert all(found["message"] and found["next_step"] for found in answer.json["errors"])
    assert decider.get(f"/cases/{case_id}").json["version"] == 1


def test_what_only_warns_is_taken_and_shown(case_id, decider):
    body = {**said.NAMES, "balance": "It lies with privacy."}
    part = send(decider, "PUT", f"/cases/{case_id}/parts/1", body).json["parts"][1]
    assert [(found["severity"], found["rule"]) for found in part["findings"]] == [("W", "RN-09")]


def test_what_only_warns_stands_in_the_way_until_a_reason_is_given(case_id, decider):
    body = {**WITHHELD, "as_at": None}
    case = send(decider, "PUT", f"/cases/{case_id}/parts/1", body).json
    assert ("parts.1.as_at", "EXM-11") in {(each["field"], each["rule"]) for each in case["unready"]}
    reason = {"field": "as_at", "rule": "EXM-11", "reason": "It is the same at every day of the period."}
    case = send(decider, "PUT", f"/cases/{case_id}/parts/1", {**body, "reasons": [reason]}).json
    assert "parts.1.as_at" not in {each["field"] for each in case["unready"]}
    assert [each["reason"] for each in case["parts"][1]["findings"]] == [reason["reason"]]


def test_a_part_that_nobody_decides_says_which_questions_there_are(case_id, decider):
    for label in ("0", "1.1"):
        answer = send(decider, "PUT", f"/cases/{case_id}/parts/{label}", DISCLOSED)
        assert answer.status_code == 409
        assert "1, 2" in answer.json["next_step"]


def test_a_question_about_who_was_consulted_is_answered_from_the_record(accept, consult, decider):
    case_id = accept()
    body = {"outcome": "disclosed", "answer_with": "consulted parties"}
    early = send(decider, "PUT", f"/cases/{case_id}/parts/2", body)
    assert (early.status_code, early.json["rule"]) == (409, "CON-03")
    consult(case_id, said.opened(), said.answered(), said.concluded())
    done = send(decider, "PUT", f"/cases/{case_id}/parts/2", body)
    answer = done.json["parts"][3]["decision"]["answer"]
    assert answer.endswith("- Counter Terrorism Policing Headquarters: Freedom of information lead")
    both = send(decider, "PUT", f"/cases/{case_id}/parts/2", {**body, "answer": "Nobody."})
    assert findings(both) == {("answer_with", "")}


def test_advice_is_weighed_and_the_weighing_recorded(case_id, decider, runtime):
    path = f"/cases/{case_id}/advice/{ADVICE}/weighing"
    done = send(decider, "POST", path, {"followed": False, "reason": "The figures are public already."})
    (given,) = done.json["advice"]
    assert (given["position"], given["citations"], given["state"]) == ("objects", ["24(1)"], "answered")
    assert given["weighing"] == {
        "followed": False,
        "reason": "The figures are public already.",
        "weighed_by": "d.maker",
    }
    (event,) = events(runtime)
    assert (event.consultation_id, event.party, event.followed) == (ADVICE, "ctphq", False)
    again = send(decider, "POST", path, {"followed": True, "reason": "On reflection it holds."})
    assert again.json["advice"][0]["weighing"]["followed"] is True


def test_advice_that_has_not_come_cannot_be_weighed(accept, consult, decider):
    case_id = accept()
    consult(case_id, said.opened(), said.overdue())
    body = {"followed": True, "reason": "x"}
    waiting = send(decider, "POST", f"/cases/{case_id}/advice/{ADVICE}/weighing", body)
    assert (waiting.status_code, waiting.json["rule"]) == (409, "CON-02")
    (given,) = decider.get(f"/cases/{case_id}").json["advice"]
    assert (given["state"], given["reply_by"], given["advice"]) == ("overdue", "2026-06-26", None)


@pytest.mark.parametrize("reason", ["", "  ", "Ring Jo on 020 7946 0991", "Dear Ms Smith, no"])
def test_a_reason_that_says_nothing_or_tells_of_a_person_is_refused(case_id, decider, reason):
    body = {"followed": True, "reason": reason}
    answer = send(decider, "POST", f"/cases/{case_id}/advice/{ADVICE}/weighing", body)
    assert [field for field, _ in findings(answer)] == ["reason"]


def test_advice_on_another_case_is_not_there(case_id, accept, decider):
    path = f"/cases/{accept()}/advice/{ADVICE}/weighing"
    assert send(decider, "POST", path, {"followed": True, "reason": "x"}).status_code == 404


def test_the_cases_come_in_pages_those_due_first_first(accept, decider):
    last = accept(said.accepted("norfolk", "suffolk"))
    first = accept(said.accepted(due_on=said.RECEIVED))
    page = decider.get("/cases?limit=1").json
    assert [item["id"] for item in page["items"]] == [first]
    (item,) = decider.get("/cases", query_string={"after": page["next"]}).json["items"]
    assert (item["id"], item["questions"], item["decided"]) == (last, 2, 0)
    for query, expected in (
        ("authority=suffolk", [last]),
        ("authority=suffol", []),
        ("state=deciding", [first, last]),
        ("state=signed%20off", []),
    ):
        assert [item["id"] for item in decider.get(f"/cases?{query}").json["items"]] == expected
    assert decider.get("/cases?state=lost").status_code == 422


def test_the_tables_hold_what_the_events_said(case_id, runtime):
    with runtime.engine.connect() as connection:
        assert connection.execute(brief.select()).one().authorities == ["metropolitan"]
        assert connection.execute(draft.select()).one().number == 0
