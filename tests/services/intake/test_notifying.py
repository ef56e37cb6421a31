"""Every notice is kept with its template, version and digest, is blind, and leaves once: by e-mail or by post."""

from datetime import date
from email import message_from_bytes, policy
from hashlib import sha256

import pytest

from tests.services.intake.acts import act, on, texts, told, tried
from tests.services.intake.conftest import log


def notices(client, case):
    answer = client.get(case["links"]["notices"])
    assert answer.status_code == 200, answer.text
    return answer.json["items"]


def test_an_acknowledgement_tells_the_due_date_and_the_days_not_counted(officer, received, runtime, relay, tick):
    shown = act(officer, received, "acknowledge_request")
    assert (shown["due_on"], told(runtime, "due-date-changed")) == ("2026-07-14", [])
    tick()
    text = " ".join(texts(relay)[0].split())
    assert "Tuesday 14 July 2026" in text
    assert "13 July 2026" in text
    (kept,) = notices(officer, received)
    assert (kept["kind"], kept["state"], kept["sent_on"], kept["method"]) == (
        "acknowledgement",
        "sent",
        "2026-06-15",
        "email",
    )
    assert (kept["template"], kept["template_version"]) == (
        "en.acknowledgement",
        told(runtime, "notice-sent")[0]["version"],
    )


def test_a_notice_is_kept_as_it_left_and_its_digest_is_on_record(officer, received, runtime, relay, tick):
    act(officer, received, "acknowledge_request")
    tick()
    (kept,) = notices(officer, received)
    page = officer.get(kept["links"]["self"])
    assert page.mimetype == "text/html"
    assert sha256(page.data).hexdigest() == kept["letter"] == told(runtime, "notice-sent")[0]["letter"]
    text = officer.get(f"{kept['links']['self']}?format=text")
    assert (text.mimetype, text.text.strip() in texts(relay)[0]) == ("text/plain", True)
    assert officer.get(f"{kept['links']['self']}?format=pdf").data.startswith(b"%PDF-")
    for read in (page.text, text.text):
        assert "ephyrine" not in read
        assert "Dear " not in read


def test_a_notice_goes_out_once_under_a_message_id_of_its_own(officer, received, relay, tick, runtime):
    act(officer, received, "acknowledge_request")
    act(officer, received, "acknowledge_request")
    assert (tick(), tick()) == (2, 0)
    found = [message_from_bytes(raw, policy=policy.default) for raw in relay.messages]
    assert [message["Message-ID"] for message in found] == [
        f"<{received['id']}.n1@candour.invalid>",
        f"<{received['id']}.n2@candour.invalid>",
    ]
    assert found[0]["To"] == "Ms Quilla Zephyrine <quilla.z@example.org>"
    assert found[0].get_body(("html",)).get_content().count("Dear Ms Quilla Zephyrine,") == 1


def test_a_posted_notice_is_recorded_on_its_day(officer, received, runtime, clock):
    on(clock, date(2026, 6, 18))
    shown = act(officer, received, "seek_clarification", method="post", posted_on="2026-06-17")
    assert shown["clock"] == "awaiting_clarification"
    assert told(runtime, "clarification-sought")[0]["sought_on"] == "2026-06-17"
    (sent,) = told(runtime, "notice-sent")
    assert (sent["method"], sent["sent_on"]) == ("post", "2026-06-17")
    (kept,) = notices(officer, received)
    assert (kept["state"], kept["dated"]) == ("sent", "2026-06-17")


def test_a_notice_to_somebody_without_email_is_posted(officer):
    case = log(officer, requester={"email": None, "postal_address": "1 High Street"})
    refused = tried(officer, case, "acknowledge_request")
    assert (refused.status_code, refused.json["rule"]) == (409, "VAL-03")
    assert notices(officer, case) == []
    act(officer, case, "acknowledge_request", method="post")


def test_a_relay_that_is_away_is_tried_again(officer, received, tick, clock, request, runtime):
    act(officer, received, "acknowledge_request")
    assert tick() == 1
    (kept,) = notices(officer, received)
    assert (kept["state"], kept["attempts"], kept["last_error_kind"]) == ("waiting", 1, "relay unreachable")
    assert ("candour_notices_refused_by_relay", {}, 1.0) in runtime.gauges()
    relay = request.getfixturevalue("relay")
    clock.move(seconds=2)
    assert tick() == 1
    assert (len(relay.messages), notices(officer, received)[0]["state"]) == (1, "sent")


def test_a_notice_that_never_arrives_was_not_given_and_moves_no_clock(officer, received, relay, tick, runtime):
    relay.says["RCPT"] = "550 nobody"
    act(officer, received, "seek_clarification")
    tick()
    shown = officer.get(received["links"]["self"]).json
    assert (shown["due_on"], shown["clock"]) == ("2026-07-14", "running")
    (kept,) = notices(officer, received)
    assert (kept["state"], kept["last_error_kind"]) == ("refused", "address refused")
    assert told(runtime, "notice-not-taken") == [{"kind": "clarification", "letter": kept["letter"]}]
    change = told(runtime, "due-date-changed")[-1]
    assert (change["old_due_on"], change["due_on"], change["cause"]) == (None, "2026-07-14", "notice-not-given")
    assert told(runtime, "notice-sent") == []
    posted = tried(officer, received, "post_notice")
    assert posted.status_code == 404
    anew = act(officer, received, "seek_clarification", method="post")
    assert anew["clock"] == "awaiting_clarification"


def test_a_notice_that_was_answered_before_it_could_be_delivered_stands(officer, received, tick, clock, request):
    act(officer, received, "seek_clarification")
    tick()  # the relay is away
    act(officer, received, "take_clarification")
    request.getfixturevalue("relay").says["RCPT"] = "550 nobody"
    clock.move(seconds=2)
    tick()
    (kept,) = notices(officer, received)
    assert kept["state"] == "refused"
    shown = officer.get(received["links"]["self"]).json
    assert (shown["clock"], shown["due_on"]) == ("running", "2026-07-14")


def post(officer, case, notice, **body):
    version = officer.get(case["links"]["self"]).json["version"]
    return officer.post(f"{notice['links']['self']}/posting", json=body, headers={"If-Match": f'"{version}"'})


def test_a_confirmation_that_could_not_be_mailed_is_posted(officer, received, relay, tick, runtime):
    relay.says["RCPT"] = "550 nobody"
    act(officer, received, "withdraw_request")
    tick()
    (kept,) = notices(officer, received)
    answer = post(officer, received, kept, posted_on="2026-06-15")
    assert (answer.status_code, answer.json["state"]) == (200, "withdrawn")
    (sent,) = told(runtime, "notice-sent")
    assert (sent["kind"], sent["method"], sent["sent_on"]) == ("withdrawal", "post", "2026-06-15")
    assert post(officer, received, kept).status_code == 409


def test_a_notice_that_would_move_the_clock_is_given_anew_and_not_posted_later(officer, received, relay, tick):
    relay.says["RCPT"] = "550 nobody"
    act(officer, received, "give_fees_notice")
    tick()
    (kept,) = notices(officer, received)
    answer = post(officer, received, kept)
    assert (answer.status_code, answer.json["rule"]) == (409, "CLK-06")
    assert "anew" in answer.json["next_step"]


def test_a_lapse_that_nobody_can_be_mailed_about_waits_to_be_posted(officer, clock, tick, runtime):
    case = log(officer, requester={"email": None, "postal_address": "1 High Street"})
    act(officer, case, "seek_clarification", method="post")
    on(clock, date(2026, 8, 16))
    assert tick() == 1
    lapse = notices(officer, case)[-1]
    assert (lapse["kind"], lapse["state"], lapse["last_error_kind"]) == ("lapse", "refused", "no address")
    assert post(officer, case, lapse).status_code == 200
    assert told(runtime, "notice-sent")[-1]["kind"] == "lapse"


@pytest.mark.parametrize(
    ("operation", "field"),
    [("give_fees_notice", "purpose"), ("send_holding_letter", "reason"), ("transfer_request", "ours")],
)
def test_no_notice_tells_who_asked(officer, received, runtime, operation, field):
    answer = tried(officer, received, operation, **{field: "As Quilla Zephyrine knows."})
    assert answer.status_code in (409, 422)
    assert "ephyrine" not in answer.text
    assert notices(officer, received) == []
    assert told(runtime, "notice-sent") == []


def test_a_holding_letter_owns_the_delay_and_stops_no_clock(officer, accepted, clock, relay, tick, runtime):
    on(clock, date(2026, 7, 15))
    shown = act(officer, accepted, "send_holding_letter")
    assert (shown["due_on"], shown["due_band"], shown["clock"]) == ("2026-07-14", "overdue", "running")
    tick()
    assert "31 July 2026" in " ".join(texts(relay)[0].split())
    assert told(runtime, "due-date-changed") == []


def test_while_nothing_is_due_no_due_date_is_promised(officer, received):
    act(officer, received, "seek_clarification")
    for operation in ("acknowledge_request", "send_holding_letter"):
        refused = tried(officer, received, operation)
        assert (refused.status_code, refused.json["rule"]) == (409, "CLK-07")


def test_a_notice_that_is_not_there_is_not_found(officer, received):
    assert officer.get(f"{received['links']['notices']}/{'0' * 64}").status_code == 404
