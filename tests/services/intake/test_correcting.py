"""What a reply said wrongly is put right by a letter; its record says that, and not what it was."""

from datetime import date

import pytest

from tests.services.intake.acts import act, on, texts, told, tried
from tests.services.intake.bodies import AFTERWARDS

CORRECTED = AFTERWARDS["correct_reply"]


def test_a_mistake_is_put_right_by_a_letter(officer, answered, runtime, clock, relay, tick):
    on(clock, date(2026, 6, 19))
    shown = act(officer, answered, "correct_reply")
    assert (shown["state"], shown["review"]) == ("answered", None)
    assert shown["version"] == answered["version"] + 1
    assert told(runtime, "correction-sent") == [{"parts": ["2"], "corrected_on": "2026-06-19"}]
    tick()
    text = " ".join(texts(relay)[0].split())
    assert "On Monday 15 June 2026 we responded" in text
    for name in ("wrong", "right", "effect"):
        assert CORRECTED[name] in text
    assert told(runtime, "notice-sent")[0]["kind"] == "correction"


def test_a_correction_is_recorded_as_posted_on_its_day(officer, answered, runtime, clock):
    on(clock, date(2026, 6, 19))
    act(officer, answered, "correct_reply", parts=[], method="post", posted_on="2026-06-18")
    assert told(runtime, "correction-sent") == [{"parts": [], "corrected_on": "2026-06-18"}]
    assert told(runtime, "notice-sent")[0]["sent_on"] == "2026-06-18"


def test_a_reply_can_be_corrected_while_it_is_reviewed_and_more_than_once(officer, answered, runtime):
    act(officer, answered, "take_review_request")
    act(officer, answered, "correct_reply")
    assert act(officer, answered, "correct_reply", parts=["1"])["review"]["state"] == "open"
    assert len(told(runtime, "correction-sent")) == 2


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"parts": ["9"]}, "parts.0", "CLK-08"),
        ({"wrong": " "}, "wrong", "RN-18"),
        ({"right": None}, "right", "RN-18"),
        ({"effect": "Ms Zephyrine may write to us."}, "effect", "CON-01/PUB-02"),
        ({"method": "post", "posted_on": "2026-06-14"}, "posted_on", "CLK-01"),
    ],
    ids=["no question", "nothing wrong", "nothing right", "who asked", "before the reply"],
)
def test_a_correction_that_says_too_little_or_too_much_is_refused(officer, answered, runtime, changes, field, rule):
    answer = tried(officer, answered, "correct_reply", **changes)
    found = [(error["field"], error["rule"]) for error in answer.json["errors"]]
    assert (answer.status_code, found) == (422, [(field, rule)])
    assert told(runtime, "correction-sent") == []


def test_a_correction_that_could_not_be_mailed_is_posted(officer, answered, runtime, relay, tick):
    relay.says["RCPT"] = "550 nobody"
    act(officer, answered, "correct_reply")
    tick()
    shown = officer.get(answered["links"]["self"]).json
    (kept,) = officer.get(answered["links"]["notices"]).json["items"]
    posted = officer.post(f"{kept['links']['self']}/posting", json={}, headers={"If-Match": f'"{shown["version"]}"'})
    assert posted.status_code == 200, posted.text
    assert [event["method"] for event in told(runtime, "notice-sent")] == ["post"]
