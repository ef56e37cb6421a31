"""Only a qualified exemption's public interest test extends the time, and only for its parts (CLK-13 to CLK-15)."""

from datetime import date

import pytest

from tests.services.intake.acts import act, on, texts, told, tried


def test_an_extension_moves_the_answer_and_not_the_day_of_its_notice(officer, received, runtime, relay, tick):
    shown = act(officer, received, "extend_time")
    assert (shown["due_on"], shown["clock"]) == ("2026-08-05", "extended_pit")
    (extended,) = told(runtime, "time-extended")
    assert (extended["citations"], extended["estimated_on"]) == (["31(1)(a)"], "2026-08-05")
    (change,) = told(runtime, "due-date-changed")
    assert (change["old_due_on"], change["due_on"], change["cause"]) == ("2026-07-14", "2026-08-05", "time-extended")
    (part,) = officer.get(received["links"]["deadline"]).json["parts"]
    assert (part["due_on"], part["s17_notice_due"], part["answer_by"]) == ("2026-07-14", "2026-07-14", "2026-08-05")
    tick()
    assert "31(1)(a)" in texts(relay)[0]


def test_the_other_parts_stay_due(officer, confirmed, runtime):
    shown = act(officer, confirmed, "extend_time", parts=["2"])
    assert (shown["due_on"], shown["clock"]) == ("2026-07-14", "running")
    days = {part["label"]: part["due_on"] for part in told(runtime, "due-date-changed")[-1]["parts"]}
    assert days.pop("2") == "2026-08-05"
    assert set(days.values()) == {"2026-07-14"}


def test_an_answer_within_the_extension_is_in_time(officer, ready, runtime, clock):
    act(officer, ready, "extend_time", method="post")
    on(clock, date(2026, 8, 5))
    version = officer.get(ready["links"]["self"]).json["version"]
    path = f"{ready['links']['self']}/dispatch"
    sent = officer.post(path, json={"method": "post"}, headers={"If-Match": f'"{version}"'})
    assert sent.status_code == 200, sent.text
    (dispatched,) = told(runtime, "response-dispatched")
    assert (dispatched["in_time"], dispatched["due_on"], dispatched["working_day"]) == (True, "2026-08-05", 35)
    assert officer.get(ready["links"]["deadline"]).json["in_time"] is True


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"citations": ["44(1)(a)"]}, "citations", "CLK-14"),
        ({"citations": ["12(1)"]}, "citations.0", "CST-11"),
        ({"citations": ["31(1)(z)"]}, "citations.0", "EXM-01"),
        ({"citations": []}, "citations", "CLK-14"),
        ({"reason": "We are waiting for the advice of the NPCC."}, "reason", "CLK-14"),
        ({"reason": "Workload has been heavy."}, "reason", "CLK-14"),
        ({"estimated_on": "2026-09-30"}, "estimated_on", "CLK-13"),
        ({"estimated_on": "2026-06-01"}, "estimated_on", "CLK-13"),
        ({"parts": ["77"]}, "parts.0", "CLK-08"),
    ],
)
def test_what_does_not_extend_is_refused_with_its_rule(officer, received, runtime, changes, field, rule):
    answer = tried(officer, received, "extend_time", **changes)
    assert answer.status_code == 422, answer.text
    assert (answer.json["errors"][0]["field"], answer.json["errors"][0]["rule"]) == (field, rule)
    assert told(runtime, "time-extended") == []


def test_a_notice_of_extension_after_day_20_is_refused(officer, received, clock):
    on(clock, date(2026, 7, 15))
    answer = tried(officer, received, "extend_time")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["rule"] == "CLK-13"


def test_beyond_forty_working_days_only_an_exceptional_case_is_extended(officer, received):
    shown = act(officer, received, "extend_time", estimated_on="2026-09-30", exceptional=True)
    assert shown["due_on"] == "2026-09-30"


def test_while_clarification_is_awaited_there_is_nothing_to_extend(officer, received):
    act(officer, received, "seek_clarification")
    answer = tried(officer, received, "extend_time")
    assert answer.status_code in (409, 422)
