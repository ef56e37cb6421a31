"""A signed-off reply leaves once, in covering words addressed to one person, and the case is answered."""

from email import message_from_bytes, policy

import pytest

from services.intake.covering import ReplyCovering
from shared.chassis.private import Private
from tests.services.intake.conftest import (
    LETTER,
    LETTER_PDF,
    LETTER_TEXT,
    RECEIVED,
    TABLE,
    confirm,
    log,
    send,
    signed_off,
    take_sign_off,
)
from tests.support import log_of, take_in

TYPE = "foi.intake.response-dispatched.v1"


def dispatch(client, case, **body):
    return send(client, f"{case['links']['self']}/dispatch", body, case["version"])


def sent(relay):
    return [message_from_bytes(raw, policy=policy.default) for raw in relay.messages]


def told(runtime):
    return [envelope.data for envelope in log_of(runtime) if envelope.type == TYPE]


def prepared(officer, decision, publishing, runtime, letter=LETTER, **changes):
    """A case made ready to send, everything checked, and its view."""
    case = confirm(officer, log(officer, **changes))
    send(officer, f"{case['links']['self']}/acceptance", {"title": "Dogs", "topics": []}, case["version"])
    take_sign_off(runtime, decision, publishing, case["id"], signed_off(runtime, letter))
    return officer.get(case["links"]["self"]).json


def test_the_reply_goes_to_the_person_who_asked_and_the_case_is_answered(officer, ready, relay, tick, runtime):
    answer = dispatch(officer, ready)
    assert (answer.status_code, answer.json["state"]) == (200, "sending")
    assert answer.json["dispatch"] == {"method": "email", "state": "waiting", "attempts": 0, "last_error_kind": None}
    assert told(runtime) == []
    assert tick() == 1
    (message,) = sent(relay)
    assert message["To"] == "Ms Quilla Zephyrine <quilla.z@example.org>"
    assert message["From"] == runtime.config.smtp_sender
    assert message["Message-ID"] == f"<{ready['id']}.2@candour.invalid>"
    assert message["Date"].datetime == runtime.clock.now()
    assert message["Subject"] == "Your request FOI 000001/26 under the Freedom of Information Act 2000"
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("Dear Ms Quilla Zephyrine,\n\nThis is the reply to your request FOI 000001/26")
    assert "We received it on Friday 12 June 2026. It was to be answered by Tuesday 14 July 2026." in text
    assert text.strip().endswith(LETTER_TEXT)
    page = message.get_body(("html",)).get_content()
    assert page.index("<body class='x'>") < page.index("Dear Ms Quilla") < page.index("<h1>Your request</h1>")
    assert "Attached: letter.pdf, referrals.csv." in text
    pdf, table = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("letter.pdf", "application/pdf")
    assert pdf.get_payload(decode=True) == LETTER_PDF
    assert (table.get_filename(), table.get_content_type()) == ("referrals.csv", "text/csv")
    assert table.get_payload(decode=True).replace(b"\r\n", b"\n") == TABLE
    shown = officer.get(ready["links"]["self"]).json
    assert (shown["state"], shown["answered_on"], shown["dispatch"]["state"]) == ("answered", "2026-06-15", "sent")
    assert told(runtime) == [
        {
            "letter": signed_off(runtime).letter,
            "dispatched_on": "2026-06-15",
            "due_on": "2026-07-14",
            "working_day": 0,
            "in_time": True,
            "answers": ["1", "2"],
        }
    ]
    assert tick() == 0
    assert dispatch(officer, shown).status_code == 409


def test_a_late_reply_says_so_and_the_record_too(officer, ready, relay, tick, clock, runtime):
    clock.move(days=30)
    dispatch(officer, ready)
    tick()
    (message,) = sent(relay)
    assert "The reply is late and we are sorry. Section 10(1)" in message.get_body(("plain",)).get_content()
    assert (told(runtime)[0]["working_day"], told(runtime)[0]["in_time"]) == (21, False)


def test_covering_words_break_no_page():
    covering = ReplyCovering(
        name=Private("<b>O'Neil</b> & Co"), reference="1/26", received_on=RECEIVED, due_on=RECEIVED, sent_on=RECEIVED
    )
    assert "Dear &lt;b&gt;O&#x27;Neil&lt;/b&gt; &amp; Co," in covering.html("<p>letter</p>")
    assert covering.html("<p>letter</p>").endswith("<p>letter</p>")
    nameless = ReplyCovering(name=None, reference="1/26", received_on=RECEIVED, due_on=RECEIVED, sent_on=RECEIVED)
    assert nameless.text("letter").startswith("Dear requester,")


def test_a_relay_that_is_away_is_tried_again_after_a_growing_pause(officer, ready, tick, clock, runtime, request):
    dispatch(officer, ready)
    for attempt in (1, 2, 3):
        assert tick() == 1
        shown = officer.get(ready["links"]["self"]).json
        assert shown["state"] == "sending"
        assert shown["dispatch"] == {
            "method": "email",
            "state": "waiting",
            "attempts": attempt,
            "last_error_kind": "relay unreachable",
        }
        clock.move(seconds=2**attempt - 1)
        assert tick() == 0
        clock.move(seconds=1)
    relay = request.getfixturevalue("relay")  # now it is there
    assert tick() == 1
    assert len(relay.messages) == len(told(runtime)) == 1
    assert officer.get(ready["links"]["self"]).json["dispatch"]["last_error_kind"] is None


@pytest.mark.parametrize(
    ("says", "kind"),
    [({"RCPT": "450 later"}, "address refused"), ({"DATA": "451 later"}, "message refused")],
)
def test_a_relay_that_says_later_is_tried_again(officer, ready, relay, tick, clock, says, kind):
    relay.says.update(says)
    dispatch(officer, ready)
    tick()
    shown = officer.get(ready["links"]["self"]).json
    assert (shown["state"], shown["dispatch"]["last_error_kind"]) == ("sending", kind)
    relay.says.clear()
    clock.move(seconds=2)
    tick()
    assert len(relay.messages) == 1


@pytest.mark.parametrize(
    ("says", "kind"),
    [({"RCPT": "550 nobody"}, "address refused"), ({"DATA": "552 too big"}, "message refused")],
)
def test_a_reply_that_the_relay_will_never_take_can_be_posted(officer, ready, relay, tick, runtime, says, kind):
    relay.says.update(says)
    dispatch(officer, ready)
    tick()
    shown = officer.get(ready["links"]["self"]).json
    assert (shown["state"], "dispatch" in shown["allowed"]) == ("ready to send", True)
    assert shown["dispatch"] == {"method": "email", "state": "refused", "attempts": 1, "last_error_kind": kind}
    assert tick() == 0
    posted = dispatch(officer, shown, method="post")
    assert (posted.status_code, posted.json["state"]) == (200, "answered")
    assert len(told(runtime)) == 1


def test_a_crash_after_sending_sends_the_same_message_id_again(officer, ready, relay, tick, runtime, monkeypatch):
    def crash(*_):
        raise RuntimeError

    dispatch(officer, ready)
    with monkeypatch.context() as patched:
        patched.setattr("services.intake.dispatching._record", crash)
        assert tick() == 0
    runtime.clock.move(seconds=1)
    assert tick() == 1
    first, second = sent(relay)
    assert first["Message-ID"] == second["Message-ID"]
    assert len(told(runtime)) == 1


def test_a_case_whose_reply_has_left_is_not_sent_again_by_a_late_timer(officer, ready, relay, tick, runtime):
    dispatch(officer, ready)
    tick()
    with runtime.unit_of_work(None) as uow:
        uow.schedule("send", ready["id"], uow.now)
    assert tick() == 1
    assert len(relay.messages) == 1


def test_a_reply_to_somebody_without_email_is_posted(officer, decision, publishing, runtime, tick):
    ready = prepared(
        officer, decision, publishing, runtime, requester={"email": None, "postal_address": "1 High Street"}
    )
    refused = dispatch(officer, ready)
    assert (refused.status_code, refused.json["rule"]) == (409, "VAL-03")
    assert "post" in refused.json["next_step"]
    answer = dispatch(officer, ready, method="post")
    assert (answer.json["state"], answer.json["dispatch"]["state"]) == ("answered", "sent")
    assert len(told(runtime)) == 1
    assert tick() == 0


@pytest.mark.parametrize(
    "letter",
    ["<p>Dear Ms Zephyrine</p>", "<p>to <b>quilla.z&#64;example.org</b></p>", "<p>Quilla&nbsp;Zephyrine</p>"],
)
def test_a_letter_that_names_its_reader_does_not_leave(officer, decision, publishing, runtime, letter):
    ready = prepared(officer, decision, publishing, runtime, letter)
    for method in ("email", "post"):
        answer = dispatch(officer, ready, method=method)
        assert (answer.status_code, answer.json["rule"]) == (409, "PUB-02")
        assert "ephyrine" not in answer.text
    assert officer.get(ready["links"]["self"]).json["state"] == "ready to send"
    assert told(runtime) == []


@pytest.mark.parametrize("name", ['Quilla "Q" Zephyrine', "Zéphyrine, Quilla", "Quilla <q@x.org>", "Q" * 200, None])
def test_any_name_can_be_written_to(officer, decision, publishing, runtime, relay, tick, name):
    dispatch(officer, prepared(officer, decision, publishing, runtime, requester={"name": name}))
    assert tick() == 1
    (message,) = sent(relay)
    assert message["To"].addresses[0].display_name == (name or "")
    assert message["To"].addresses[0].addr_spec == "quilla.z@example.org"


@pytest.mark.parametrize("address", ["quïlla@example.org", '"q q"@example.org', "q@[127.0.0.1]"])
def test_an_unusual_address_is_sent_to_or_refused_and_never_breaks(officer, decision, runtime, relay, tick, address):
    body = f"From: {address}\nSubject: Dogs\n\n1. How many?\n2. Who?".encode()
    answer = officer.post("/cases/from-email?authority=gwent", data=body, content_type="message/rfc822")
    if answer.status_code == 422:
        assert answer.json["errors"][0]["rule"] == "VAL-03"
        return
    case = confirm(officer, answer.json)
    send(officer, f"{case['links']['self']}/acceptance", {"title": "Dogs", "topics": []}, case["version"])
    decision.says(signed_off(runtime), subject=case["id"])
    take_in(runtime)
    answer = dispatch(officer, officer.get(case["links"]["self"]).json)
    assert answer.status_code in (200, 409)
    assert tick() == (answer.status_code == 200)
