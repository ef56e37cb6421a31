"""An internal review is asked for, acknowledged, carried out by somebody with clean hands, and answered (CLK-18)."""

from datetime import date

import pytest
from sqlalchemy import select

from services.intake.models import review
from tests.services.audit.happenings import ALSO_DECIDED, SUBMITTED, WEIGHED
from tests.services.intake.acts import act, on, texts, told, tried
from tests.services.intake.bodies import AFTERWARDS
from tests.services.intake.conftest import signed_off, take_sign_off

ASKED, LAST_DAY, TOO_LATE = date(2026, 6, 22), date(2026, 8, 12), date(2026, 8, 13)
REASON = "The reply had gone to an address that is no longer in use."
REVIEWED = AFTERWARDS["answer_review"]["reviewed"]


@pytest.fixture
def asked(officer, answered, clock):
    """The case a week later, when a review has been asked for."""
    on(clock, ASKED)
    return act(officer, answered, "take_review_request", asked_on=str(ASKED))


def results(*given):
    """What is sent about each question, with what is decided now wherever that is called for."""
    pairs = zip(REVIEWED, given, strict=True)
    return [{**each, "result": result, "now": "" if result == "upheld" else "Yes."} for each, result in pairs]


def test_a_review_is_taken_in_and_acknowledged_with_its_two_dates(officer, asked, runtime, relay, tick):
    assert asked["state"] == "answered"
    assert asked["review"] == {
        "asked_on": "2026-06-22",
        "due_on": "2026-07-21",
        "latest_on": "2026-08-19",
        "in_time": True,
        "state": "open",
        "answered_on": None,
        "outcome": None,
    }
    assert told(runtime, "review-requested") == [
        {"asked_on": "2026-06-22", "due_on": "2026-07-21", "latest_on": "2026-08-19", "in_time": True, "reason": None}
    ]
    tick()
    text = " ".join(texts(relay)[0].split())
    assert "by Tuesday 21 July 2026" in text
    assert "by Wednesday 19 August 2026" in text
    assert "discretion" not in text
    assert told(runtime, "notice-sent")[0]["kind"] == "review-acknowledgement"


def test_what_can_be_done_is_shown_and_differs_while_a_review_is_open(officer, reviewer, ready, answered, clock):
    assert ready["review"] is None
    assert not {"take review request", "answer review", "correct reply"} & set(ready["allowed"])
    assert answered["allowed"] == ["take review request", "correct reply"]
    open_one = act(officer, answered, "take_review_request")
    assert open_one["allowed"] == ["answer review", "correct reply"]
    assert act(reviewer, answered, "answer_review")["allowed"] == ["take review request", "correct reply"]


def test_a_review_asked_for_on_the_last_day_is_in_time(officer, answered, clock, runtime):
    on(clock, TOO_LATE)
    assert act(officer, answered, "take_review_request", asked_on=str(LAST_DAY))["review"]["in_time"]


def test_a_later_one_is_at_our_discretion_which_is_used_with_a_reason_and_told(
    officer, answered, clock, runtime, relay, tick
):
    on(clock, TOO_LATE)
    refused = tried(officer, answered, "take_review_request", asked_on=str(TOO_LATE))
    (error,) = refused.json["errors"]
    assert (refused.status_code, error["field"], error["rule"]) == (422, "accept_late_because", "CLK-18")
    assert "Wednesday 12 August 2026" in error["message"]
    assert "discretion" in error["message"]
    assert told(runtime, "review-requested") == []
    shown = act(officer, answered, "take_review_request", asked_on=str(TOO_LATE), accept_late_because=REASON)
    assert not shown["review"]["in_time"]
    (event,) = told(runtime, "review-requested")
    assert (event["in_time"], event["reason"]) == (False, REASON)
    tick()
    text = " ".join(texts(relay)[0].split())
    assert "within 40 working days of our response. That time ended on Wednesday 12 August 2026" in text
    assert "our discretion to carry out this review" in text


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"asked_on": "2026-06-14"}, "asked_on", "CLK-18"),
        ({"asked_on": "2026-06-23"}, "asked_on", "CLK-18"),
        ({"asked_on": "2026-06-22", "method": "post", "posted_on": "2026-06-19"}, "asked_on", "CLK-18"),
        ({"asked_on": "2026-06-22", "accept_late_because": REASON}, "accept_late_because", "CLK-18"),
        ({"asked_on": "next week"}, "asked_on", "CLK-18"),
    ],
    ids=["before the reply", "tomorrow", "after the letter", "a reason where none is needed", "no day"],
)
def test_a_request_for_a_review_that_cannot_be_is_refused(officer, answered, clock, runtime, changes, field, rule):
    on(clock, ASKED)
    answer = tried(officer, answered, "take_review_request", **changes)
    found = [(error["field"], error["rule"]) for error in answer.json["errors"]]
    assert (answer.status_code, found) == (422, [(field, rule)])
    assert told(runtime, "review-requested") == []


def test_the_reason_for_a_late_review_tells_nothing_of_who_asked(officer, answered, clock, runtime):
    on(clock, TOO_LATE)
    changes = {"asked_on": str(TOO_LATE), "accept_late_because": "Ms Zephyrine was away."}
    answer = tried(officer, answered, "take_review_request", **changes)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "accept_late_because")
    assert told(runtime, "review-requested") == []


@pytest.mark.parametrize("operation", ["take_review_request", "correct_reply"])
@pytest.mark.parametrize("fixture", ["received", "accepted", "ready"])
def test_there_is_nothing_to_review_or_correct_before_the_reply(officer, request, fixture, operation):
    case = request.getfixturevalue(fixture)
    answer = tried(officer, case, operation)
    assert (answer.status_code, answer.json["rule"]) == (409, "CLK-18")


def test_one_review_is_open_at_a_time_and_a_second_may_follow(officer, reviewer, asked, runtime):
    again = tried(officer, asked, "take_review_request", asked_on=str(ASKED))
    assert (again.status_code, again.json["allowed"]) == (409, ["answer review"])
    act(reviewer, asked, "answer_review")
    assert act(officer, asked, "take_review_request", asked_on=str(ASKED))["review"]["state"] == "open"
    assert len(told(runtime, "review-requested")) == 2


def test_a_review_that_was_not_answered_by_its_day_is_overdue(officer, asked, clock):
    on(clock, date(2026, 7, 21))
    assert officer.get(asked["links"]["self"]).json["review"]["state"] == "open"
    on(clock, date(2026, 7, 22))
    assert officer.get(asked["links"]["self"]).json["review"]["state"] == "overdue"


def test_the_outcome_is_told_question_by_question_with_the_right_to_complain(
    officer, reviewer, asked, runtime, clock, relay, tick
):
    on(clock, date(2026, 7, 21))
    shown = act(reviewer, asked, "answer_review")
    assert shown["state"] == "answered"
    assert (shown["review"]["state"], shown["review"]["answered_on"], shown["review"]["outcome"]) == (
        "answered",
        "2026-07-21",
        "partly_upheld",
    )
    assert told(runtime, "review-answered") == [
        {
            "answered_on": "2026-07-21",
            "due_on": "2026-07-21",
            "working_day": 20,
            "in_time": True,
            "outcome": "partly_upheld",
            "parts": [{"label": "1", "result": "upheld"}, {"label": "2", "result": "overturned"}],
        }
    ]
    tick()
    text = " ".join(texts(relay)[1].split())
    assert "Question 2 of your request: we replace our decision" in text
    assert REVIEWED[1]["now"] in text
    assert "section 50" in text
    assert "It is late" not in text
    assert REVIEWED[0]["reasons"] not in str(told(runtime, "review-answered"))


def test_an_outcome_that_comes_late_says_so_and_the_record_too(reviewer, asked, runtime, clock, relay, tick):
    on(clock, date(2026, 7, 22))
    act(reviewer, asked, "answer_review")
    (event,) = told(runtime, "review-answered")
    assert (event["working_day"], event["in_time"]) == (21, False)
    tick()
    assert "It is late, and we apologise." in " ".join(texts(relay)[1].split())


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (("upheld", "upheld"), "upheld"),
        (("overturned", "overturned"), "overturned"),
        (("partly_upheld", "partly_upheld"), "partly_upheld"),
        (("overturned", "upheld"), "partly_upheld"),
        (("partly_upheld", "upheld"), "partly_upheld"),
        (("partly_upheld", "overturned"), "partly_upheld"),
    ],
)
def test_the_whole_outcome_follows_from_the_questions(reviewer, asked, given, outcome):
    shown = act(reviewer, asked, "answer_review", reviewed=results(*given), method="post")
    assert shown["review"]["outcome"] == outcome


@pytest.mark.parametrize(
    ("reviewed", "field", "rule"),
    [
        (REVIEWED[:1], "reviewed", "CLK-18"),
        ([*REVIEWED, {**REVIEWED[0], "label": "9"}], "reviewed.2.label", "CLK-18"),
        ([*REVIEWED, REVIEWED[1]], "reviewed.2.label", "CLK-18"),
        ([REVIEWED[0], {**REVIEWED[1], "result": "quashed"}], "reviewed.1.result", "CLK-18"),
        ([REVIEWED[0], {**REVIEWED[1], "now": ""}], "reviewed.1.now", "RN-01"),
        ([{**REVIEWED[0], "now": "We hold one."}, REVIEWED[1]], "reviewed.0.now", "RN-01"),
        ([REVIEWED[0], {**REVIEWED[1], "reasons": " "}], "reviewed.1.reasons", "RN-18"),
        ([REVIEWED[0], {**REVIEWED[1], "now": "Ms Zephyrine may have it."}], "reviewed.1.now", "CON-01/PUB-02"),
        ([], "reviewed", "CLK-18"),
    ],
    ids=[
        "a question is missing",
        "no question of the reply",
        "a question twice",
        "no such result",
        "nothing instead",
        "something instead of what stands",
        "no reasons",
        "who asked",
        "nothing at all",
    ],
)
def test_an_outcome_with_a_gap_or_too_much_in_it_is_refused(reviewer, asked, runtime, reviewed, field, rule):
    answer = tried(reviewer, asked, "answer_review", reviewed=reviewed)
    found = [(error["field"], error["rule"]) for error in answer.json["errors"]]
    assert (answer.status_code, found) == (422, [(field, rule)])
    assert told(runtime, "review-answered") == []


def test_an_outcome_is_not_dated_before_the_review_was_asked_for(reviewer, asked):
    answer = tried(reviewer, asked, "answer_review", method="post", posted_on="2026-06-19")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "posted_on")


def test_no_outcome_is_told_of_a_review_that_is_not_open(officer, reviewer, answered):
    none = tried(reviewer, answered, "answer_review")
    assert (none.status_code, none.json["rule"]) == (409, "CLK-18")
    act(officer, answered, "take_review_request")
    act(reviewer, answered, "answer_review")
    assert tried(reviewer, answered, "answer_review").status_code == 409


@pytest.mark.parametrize(
    "event", [ALSO_DECIDED, WEIGHED, SUBMITTED, None], ids=["decided", "weighed", "submitted", "signed off"]
)
def test_whoever_had_a_hand_in_the_reply_does_not_review_it(
    client_as, officer, accepted, decision, publishing, runtime, event
):
    if event is not None:
        decision.says(event, subject=accepted["id"], by="had.hand")
    by = "somebody" if event else "had.hand"
    take_sign_off(runtime, decision, publishing, accepted["id"], signed_off(runtime), by=by)
    ready = officer.get(accepted["links"]["self"]).json
    officer.post(
        f"{ready['links']['self']}/dispatch", json={"method": "post"}, headers={"If-Match": f'"{ready["version"]}"'}
    )
    act(officer, accepted, "take_review_request")
    refused = tried(client_as("reviewer", "foi-officer", person="had.hand"), accepted, "answer_review")
    assert (refused.status_code, refused.json["rule"]) == (403, "four eyes")
    assert told(runtime, "review-answered") == []
    act(client_as("reviewer", person="r.view"), accepted, "answer_review")


def test_an_outcome_that_cannot_be_delivered_was_not_given_and_is_given_anew(
    officer, reviewer, asked, runtime, relay, tick
):
    tick()
    relay.says["RCPT"] = "550 nobody"
    act(reviewer, asked, "answer_review")
    tick()
    shown = officer.get(asked["links"]["self"]).json
    assert (shown["review"]["state"], shown["review"]["answered_on"], shown["review"]["outcome"]) == (
        "open",
        None,
        None,
    )
    assert told(runtime, "notice-not-taken")[0]["kind"] == "review-outcome"
    kept = officer.get(asked["links"]["notices"]).json["items"][-1]
    posting = officer.post(f"{kept['links']['self']}/posting", json={}, headers={"If-Match": f'"{shown["version"]}"'})
    assert (posting.status_code, posting.json["next_step"]) == (409, "Give it anew, with the method 'post'.")
    anew = act(reviewer, asked, "answer_review", method="post")
    assert anew["review"]["state"] == "answered"
    assert len(told(runtime, "review-answered")) == 2


def test_an_outcome_that_was_followed_by_another_review_stands_though_it_could_not_be_delivered(
    officer, reviewer, asked, runtime, tick, clock, request
):
    act(reviewer, asked, "answer_review")
    tick()  # the relay is away
    act(officer, asked, "take_review_request", asked_on=str(ASKED), method="post")
    request.getfixturevalue("relay").says["RCPT"] = "550 nobody"
    clock.move(seconds=3)
    tick()
    assert "review-outcome" in {each["kind"] for each in told(runtime, "notice-not-taken")}
    with runtime.engine.connect() as connection:
        kept = connection.execute(select(review.c.number, review.c.state).order_by(review.c.number)).all()
    assert kept == [(1, "answered"), (2, "open")]
