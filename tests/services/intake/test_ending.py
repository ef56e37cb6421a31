"""A case may end without a reply of its own: withdrawn, handed on, not valid, or dealt with by another law."""

from datetime import date

import pytest

from tests.services.intake.acts import act, on, texts, told, tried
from tests.services.intake.conftest import log, signed_off
from tests.support import take_in


def test_a_withdrawn_request_is_closed_and_the_withdrawal_confirmed(officer, accepted, runtime, clock, relay, tick):
    on(clock, date(2026, 6, 19))
    shown = act(officer, accepted, "withdraw_request", withdrawn_on="2026-06-18")
    assert (shown["state"], shown["clock"], shown["due_on"], shown["allowed"]) == ("withdrawn", "withdrawn", None, [])
    assert told(runtime, "case-closed") == [{"how": "withdrawn", "closed_on": "2026-06-18", "reason": None}]
    assert told(runtime, "due-date-changed") == []
    tick()
    assert told(runtime, "notice-sent")[0]["kind"] == "withdrawal"
    assert len(texts(relay)) == 1
    again = tried(officer, accepted, "withdraw_request")
    assert (again.status_code, again.json["next_step"]) == (409, "Allowed now: nothing: it is finished.")


@pytest.mark.parametrize("day", ["2026-06-11", "2026-06-16"])
def test_a_request_cannot_be_withdrawn_before_it_came_or_tomorrow(officer, received, day):
    answer = tried(officer, received, "withdraw_request", withdrawn_on=day)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "withdrawn_on")


def test_a_sign_off_that_comes_after_the_withdrawal_sends_nothing(officer, accepted, decision, runtime):
    act(officer, accepted, "withdraw_request")
    decision.says(signed_off(runtime), subject=accepted["id"])
    take_in(runtime)
    assert officer.get(accepted["links"]["self"]).json["state"] == "withdrawn"
    assert ("candour_parked_messages", {"service": "intake"}, 0.0) in runtime.gauges()


def test_a_transfer_that_holds_our_own_answer_closes_the_case(officer, received, runtime, relay, tick):
    shown = act(officer, received, "transfer_request")
    assert (shown["state"], shown["clock"]) == ("transferred", "answered")
    assert told(runtime, "case-transferred") == [
        {
            "parts": [],
            "to": "The Home Office",
            "permitted_on": "2026-06-15",
            "transferred_on": "2026-06-15",
            "answered": True,
        }
    ]
    assert told(runtime, "case-closed")[0]["how"] == "transferred"
    tick()
    assert "foirequests@home.example.invalid" in texts(relay)[0]
    assert "example.invalid" not in str(told(runtime, "case-transferred"))


def test_without_it_our_own_answer_stays_due(officer, received, runtime):
    shown = act(officer, received, "transfer_request", ours=None)
    assert (shown["state"], shown["clock"], shown["due_on"]) == ("received", "transferred_out", "2026-07-14")
    assert told(runtime, "case-closed") == []
    assert told(runtime, "due-date-changed")[0]["state"] == "transferred_out"
    flags = [part["flags"] for part in officer.get(received["links"]["deadline"]).json["parts"]]
    assert flags == [[]]


def test_a_transfer_of_some_parts_leaves_the_others(officer, confirmed, runtime):
    shown = act(officer, confirmed, "transfer_request", parts=["2"])
    assert (shown["state"], shown["clock"], shown["due_on"]) == ("parts confirmed", "running", "2026-07-14")


@pytest.mark.parametrize("day", ["2026-06-11", "2026-06-16"])
def test_permission_comes_after_the_request_and_before_the_transfer(officer, received, day):
    answer = tried(officer, received, "transfer_request", permitted_on=day)
    assert (answer.status_code, answer.json["errors"][0]["rule"]) == (422, "CLK-17")


def test_a_request_that_is_not_valid_is_closed_with_advice(officer, received, runtime, relay, tick):
    advice = "Please tell us your full name; we ask for no proof of it."
    shown = act(officer, received, "decide_validity", valid=False, rules=["VAL-02"], advice=advice)
    assert (shown["state"], shown["valid"], shown["clock"]) == ("not valid", False, "not_valid")
    assert told(runtime, "validity-decided") == [{"valid": False, "rules": ["val-02"], "reason": advice}]
    assert told(runtime, "case-closed")[0]["how"] == "not-valid"
    tick()
    assert advice in texts(relay)[0]


def test_a_valid_request_goes_on(officer, received, runtime):
    shown = act(officer, received, "decide_validity")
    assert (shown["state"], shown["valid"], shown["due_on"]) == ("received", True, "2026-07-14")
    assert told(runtime, "validity-decided") == [{"valid": True, "rules": [], "reason": None}]
    assert told(runtime, "notice-sent") == []


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"rules": [], "advice": "Say more."}, "rules", "VAL-07"),
        ({"rules": ["VAL-02"]}, "advice", "VAL-07"),
        ({"rules": ["VAL-05"], "advice": "Say more."}, "rules", "VAL-05"),
        ({"rules": ["VAL-99"], "advice": "Say more."}, "rules", "VAL-07"),
        ({"rules": ["VAL-02"], "advice": "Write as Quilla Zephyrine."}, "advice", "CON-01/PUB-02"),
    ],
)
def test_a_request_is_not_turned_away_without_ground_and_advice(officer, received, runtime, changes, field, rule):
    answer = tried(officer, received, "decide_validity", valid=False, **changes)
    assert answer.status_code == 422
    found = [(error["field"], error["rule"]) for error in answer.json["errors"]]
    assert (field, rule) in found
    assert told(runtime, "validity-decided") == []


def test_the_words_of_a_request_suggest_where_it_belongs(officer):
    case = log(officer, text="How much diesel did the fleet burn, and what were its carbon emissions in 2025?")
    found = officer.get(f"{case['links']['self']}/triage").json
    assert found["route"] is None
    assert {each["route"]: each["rule"] for each in found["suggestions"]} == {
        "environmental": "TRI-03",
        "freedom-of-information": "TRI-04",
    }
    assert "diesel" not in str(found["suggestions"])
    assert len(found["routes"]) == 11


@pytest.mark.parametrize(
    ("route", "state", "how", "due_on"),
    [
        ("environmental", "other regime", "other-regime", "14 July 2026"),
        ("subject-access", "other regime", "other-regime", "13 July 2026"),
        ("scotland", "other regime", "other-regime", None),
        ("re-use", "other regime", "other-regime", None),
        ("business-as-usual", "business as usual", "business-as-usual", None),
    ],
)
def test_what_comes_under_another_law_is_closed_and_the_requester_told(
    officer, received, runtime, relay, tick, route, state, how, due_on
):
    shown = act(
        officer,
        received,
        "decide_route",
        route=route,
        why="The request asks for what another procedure provides.",
        contact="Write to the office of the body that holds it.",
    )
    assert (shown["state"], shown["route"], shown["clock"], shown["due_on"]) == (state, route, "closed", None)
    assert told(runtime, "case-triaged")[0]["route"] == route
    assert told(runtime, "case-closed")[0]["how"] == how
    tick()
    (text,) = texts(relay)
    assert due_on is None or due_on in " ".join(text.split())
    deadline = officer.get(received["links"]["deadline"]).json
    assert (deadline["state"], deadline["due_on"], deadline["days"]) == ("closed", None, [])


@pytest.mark.parametrize("route", ["freedom-of-information", "mixed"])
def test_what_comes_under_the_act_stays(officer, received, runtime, route):
    shown = act(officer, received, "decide_route", route=route)
    assert (shown["state"], shown["route"], shown["due_on"]) == ("received", route, "2026-07-14")
    assert told(runtime, "case-closed") == told(runtime, "notice-sent") == []


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"route": "post-office"}, "route", "TRI-04"),
        ({"route": "environmental", "why": None}, "why", "RN-18"),
        ({"route": "scotland"}, "contact", "RN-18"),
    ],
)
def test_a_route_needs_its_reason_and_its_signpost(officer, received, runtime, changes, field, rule):
    answer = tried(officer, received, "decide_route", **changes)
    assert answer.status_code == 422, answer.text
    assert (answer.json["errors"][0]["field"], answer.json["errors"][0]["rule"]) == (field, rule)
    assert told(runtime, "case-triaged") == []
