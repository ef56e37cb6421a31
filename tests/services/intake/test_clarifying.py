"""Clarification resets the clock of the parts that it concerns, and lapses when it does not come (CLK-06 to CLK-10)."""

from datetime import date

import pytest

from tests.services.intake.acts import act, on, texts, told, tried
from tests.services.intake.bodies import NEEDED, UNCLEAR


def deadline(officer, case):
    return officer.get(case["links"]["deadline"]).json


def parts(officer, case):
    return {each["label"]: (each["state"], each["answer_by"]) for each in deadline(officer, case)["parts"]}


def test_while_clarification_is_awaited_nothing_is_due(officer, received, runtime, relay, tick):
    shown = act(officer, received, "seek_clarification")
    assert (shown["due_on"], shown["due_band"], shown["clock"]) == (None, None, "awaiting_clarification")
    assert shown["version"] == received["version"] + 1
    assert told(runtime, "clarification-sought") == [
        {"parts": [], "sought_on": "2026-06-15", "unclear": UNCLEAR, "needed": NEEDED, "lapse_on": "2026-08-15"}
    ]
    (change,) = told(runtime, "due-date-changed")
    assert (change["old_due_on"], change["due_on"]) == ("2026-07-14", None)
    assert (change["state"], change["cause"], change["parts"]) == (
        "awaiting_clarification",
        "clarification-sought",
        [],
    )
    assert change["explanation"].startswith("Clarification sought on Monday 15 June 2026: no clock runs")
    assert tick() == 1
    (text,) = texts(relay)
    assert text.startswith("Dear Ms Quilla Zephyrine,\n\nThis is about your request FOI 000001/26")
    assert NEEDED in text
    (sent,) = told(runtime, "notice-sent")
    assert {name: sent[name] for name in ("kind", "template", "method", "sent_on")} == {
        "kind": "clarification",
        "template": "en.clarification",
        "method": "email",
        "sent_on": "2026-06-15",
    }


def test_a_sufficient_answer_is_the_new_date_of_receipt(officer, received, runtime, clock):
    act(officer, received, "seek_clarification")
    on(clock, date(2026, 6, 29))
    shown = act(officer, received, "take_clarification", received_on="2026-06-26")
    assert (shown["due_on"], shown["clock"]) == ("2026-07-27", "running")
    change = told(runtime, "due-date-changed")[-1]
    assert (change["old_due_on"], change["due_on"], change["cause"]) == (None, "2026-07-27", "clarification-received")
    assert "that is the new date of receipt, day 0 (section 10(6)(b), CLK-06)" in change["explanation"]
    found = deadline(officer, received)
    assert found["parts"][0]["receipt_on"] == "2026-06-26"
    assert found["days"][-1] == {"date": "2026-07-27", "number": 20, "why": None}


def test_an_answer_that_is_not_sufficient_changes_nothing(officer, received, runtime):
    act(officer, received, "seek_clarification")
    shown = act(officer, received, "take_clarification", sufficient=False)
    assert (shown["due_on"], shown["clock"]) == (None, "awaiting_clarification")
    assert told(runtime, "clarification-received")[0]["sufficient"] is False
    assert len(told(runtime, "due-date-changed")) == 1


def test_the_parts_that_are_clear_keep_their_clock(officer, confirmed, runtime, clock):
    shown = act(officer, confirmed, "seek_clarification", parts=["2"])
    assert (shown["due_on"], shown["clock"]) == ("2026-07-14", "running")
    found = parts(officer, confirmed)
    assert found.pop("2") == ("awaiting_clarification", None)
    assert set(found.values()) == {("running", "2026-07-14")}
    change = told(runtime, "due-date-changed")[-1]
    assert (change["old_due_on"], change["due_on"]) == ("2026-07-14", "2026-07-14")
    assert {"label": "2", "state": "awaiting_clarification", "due_on": None} in change["parts"]
    on(clock, date(2026, 6, 29))
    act(officer, confirmed, "take_clarification", parts=["2"], received_on="2026-06-26")
    assert parts(officer, confirmed)["2"] == ("running", "2026-07-27")
    assert officer.get(confirmed["links"]["self"]).json["due_on"] == "2026-07-14"


def test_the_words_of_an_answer_are_kept_with_the_request_and_nowhere_else(officer, received, runtime):
    act(officer, received, "seek_clarification")
    act(officer, received, "take_clarification", text="I, Quilla Zephyrine, mean the records of 2024.")
    revealed = officer.post(f"{received['links']['self']}/requester/reveal", json={"reason": "To split it anew."}).json
    assert revealed["text"].endswith(
        "[Clarification of Monday 15 June 2026]\n\nI, Quilla Zephyrine, mean the records of 2024."
    )
    assert "ephyrine" not in str(told(runtime, "clarification-received"))


def test_clarification_that_was_not_sought_cannot_come(officer, received):
    refused = tried(officer, received, "take_clarification")
    assert (refused.status_code, refused.json["rule"]) == (409, "CLK-06")
    assert refused.json["next_step"]


@pytest.mark.parametrize(
    ("operation", "changes", "field", "rule"),
    [
        ("seek_clarification", {"parts": ["9z"]}, "parts.0", "CLK-08"),
        ("seek_clarification", {"unclear": "What Quilla Zephyrine calls it."}, "unclear", "CON-01/PUB-02"),
        ("seek_clarification", {"needed": "Write to foi@example.org."}, "needed", "CON-01/PUB-02"),
        ("seek_clarification", {"needed": " "}, "needed", "CLK-06"),
        ("seek_clarification", {"posted_on": "2026-06-15"}, "posted_on", ""),
        ("seek_clarification", {"method": "post", "posted_on": "2026-06-16"}, "posted_on", "CLK-01"),
        ("seek_clarification", {"method": "post", "posted_on": "2026-06-11"}, "posted_on", "CLK-01"),
        ("take_clarification", {"received_on": "2026-06-16"}, "received_on", "CLK-01"),
    ],
)
def test_what_cannot_be_is_refused_with_its_rule(officer, received, runtime, operation, changes, field, rule):
    before = told(runtime, "due-date-changed")
    answer = tried(officer, received, operation, **changes)
    assert answer.status_code == 422, answer.text
    assert (answer.json["errors"][0]["field"], answer.json["errors"][0]["rule"]) == (field, rule)
    assert "ephyrine" not in answer.text
    assert told(runtime, "due-date-changed") == before


def test_clarification_sought_late_is_flagged_and_the_reply_counts_as_late(officer, ready, runtime, clock):
    on(clock, date(2026, 7, 15))
    act(officer, ready, "seek_clarification", method="post")
    act(officer, ready, "take_clarification", received_on="2026-07-15", text=None)
    found = deadline(officer, ready)
    assert {flag for part in found["parts"] for flag in part["flags"]} == {"clarification_sought_late"}
    version = officer.get(ready["links"]["self"]).json["version"]
    officer.post(f"{ready['links']['self']}/dispatch", json={"method": "post"}, headers={"If-Match": f'"{version}"'})
    (sent,) = told(runtime, "response-dispatched")
    assert (sent["in_time"], sent["due_on"]) == (False, "2026-08-13")


def test_a_clarification_that_does_not_come_lapses_and_closes_the_case(officer, received, runtime, clock, relay, tick):
    act(officer, received, "seek_clarification")
    assert tick() == 1
    on(clock, date(2026, 8, 15))
    assert tick() == 0
    on(clock, date(2026, 8, 16))
    assert tick() == 1  # it lapses, and a notice of that is to be sent
    shown = officer.get(received["links"]["self"]).json
    assert (shown["state"], shown["clock"], shown["due_on"], shown["allowed"]) == ("lapsed", "lapsed", None, [])
    assert told(runtime, "case-closed") == [{"how": "lapsed", "closed_on": "2026-08-16", "reason": None}]
    assert tick() == 1
    assert [notice["kind"] for notice in told(runtime, "notice-sent")] == ["clarification", "lapse"]
    assert tried(officer, received, "take_clarification", received_on="2026-08-16").status_code == 409


def test_an_answer_in_time_stops_the_lapse(officer, received, clock, relay, tick):
    act(officer, received, "seek_clarification")
    act(officer, received, "take_clarification")
    on(clock, date(2026, 8, 16))
    assert tick() == 2
    assert officer.get(received["links"]["self"]).json["state"] == "received"


def test_only_what_was_unclear_lapses(officer, confirmed, clock, relay, tick, runtime):
    act(officer, confirmed, "seek_clarification", parts=["2"])
    tick()
    on(clock, date(2026, 8, 16))
    tick()
    shown = officer.get(confirmed["links"]["self"]).json
    assert (shown["state"], shown["due_on"]) == ("parts confirmed", "2026-07-14")
    assert parts(officer, confirmed)["2"] == ("lapsed", None)
    assert told(runtime, "due-date-changed")[-1]["cause"] == "lapsed"
    tick()
    assert told(runtime, "notice-sent")[-1]["kind"] == "lapse"


@pytest.mark.parametrize(
    ("fixture", "path", "body"),
    [("confirmed", "acceptance", {"title": "Dogs", "topics": []}), ("ready", "dispatch", {"method": "post"})],
)
def test_a_case_is_not_accepted_or_answered_while_all_of_it_is_unclear(officer, request, fixture, path, body):
    case = request.getfixturevalue(fixture)
    version = act(officer, case, "seek_clarification")["version"]
    refused = officer.post(f"{case['links']['self']}/{path}", json=body, headers={"If-Match": f'"{version}"'})
    assert (refused.status_code, refused.json["rule"]) == (409, "CLK-07")


def test_a_question_whose_clock_has_a_history_keeps_its_label(officer, confirmed):
    version = act(officer, confirmed, "seek_clarification", parts=["2"])["version"]
    one = {"parts": [{"label": "1", "kind": "question", "wording": "How many dogs?"}]}
    refused = officer.put(confirmed["links"]["parts"], json=one, headers={"If-Match": f'"{version}"'})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["rule"] == "CLK-08"


def test_a_question_that_has_lapsed_is_only_context_for_those_who_decide(officer, confirmed, clock, runtime, tick):
    act(officer, confirmed, "seek_clarification", parts=["2"], method="post")
    on(clock, date(2026, 8, 16))
    tick()
    version = officer.get(confirmed["links"]["self"]).json["version"]
    path = f"{confirmed['links']['self']}/acceptance"
    officer.post(path, json={"title": "Dogs", "topics": []}, headers={"If-Match": f'"{version}"'})
    (accepted,) = told(runtime, "case-accepted")
    kinds = {part["label"]: part["kind"] for part in accepted["parts"]}
    assert kinds.pop("2") == "context"
    assert "question" in kinds.values()


def test_clarification_of_the_whole_passes_over_a_question_that_has_lapsed(officer, confirmed, clock, runtime, tick):
    first = confirmed["parts"][[part["kind"] for part in confirmed["parts"]].index("question")]["label"]
    act(officer, confirmed, "seek_clarification", parts=[first], method="post")
    on(clock, date(2026, 8, 17))
    tick()
    act(officer, confirmed, "seek_clarification", method="post")
    assert told(runtime, "clarification-sought")[-1]["lapse_on"] == "2026-10-17"
    states = {label: state for label, (state, _) in parts(officer, confirmed).items()}
    assert states.pop(first) == "lapsed"
    assert set(states.values()) == {"awaiting_clarification"}
