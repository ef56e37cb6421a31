"""Who asked is known in two tables and in one answer, and nowhere else at all."""

import io
import logging
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from services.intake.domain import STAFF
from shared.chassis.observability.logging import JsonLines
from shared.chassis.private import Private
from tests.services.intake.acts import tried
from tests.services.intake.conftest import confirm, send, signed_off
from tests.support import log_of, send_out, take_in

CANARIES = ("zzquillazz", "zzephyrinezz", "zzmailzz", "zzstreetzz", "zzhandlezz")
FORM = {
    "authorities": ["gwent"],
    "received_on": "2026-06-12",
    "channel": "email",
    "requester": {
        "name": "Zzquillazz Zzephyrinezz",
        "email": "zzmailzz@example.org",
        "postal_address": "7 Zzstreetzz Road",
        "handle": "@zzhandlezz",
        "category": "media",
    },
    "text": "Dear Sir,\n\nI am Zzquillazz Zzephyrinezz of 7 Zzstreetzz Road, @zzhandlezz.\n\n1. How many dogs?\n"
    "2. Who, asks Zzephyrinezz, keeps them?\n\nRegards,\nZzquillazz Zzephyrinezz\nzzmailzz@example.org",
}


@pytest.fixture
def lines():
    """Everything that is logged, as it would be written, down to the smallest detail."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines("intake"))
    root = logging.getLogger()
    level = root.level
    handler.addFilter(lambda record: record.name != "mail.log")  # the relay of these tests, not ours
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def tells(found):
    return [canary for canary in CANARIES if canary in str(found).lower()]


def test_a_whole_life_tells_nowhere_who_asked(client_as, decision, relay, tick, runtime, broker, lines):
    officer, answers = client_as("foi-officer"), []

    def keep(answer):
        answers.append(answer)
        return answer

    relay.says["RCPT"] = "450 zzmailzz@example.org is busy"
    case = keep(officer.post("/cases", json=FORM, headers={"Idempotency-Key": "k"})).json
    keep(officer.post("/cases", json={**FORM, "requester": {**FORM["requester"], "name": "Zzquillazz\x00"}}))
    keep(officer.post("/cases", json={**FORM, "requester": {**FORM["requester"], "email": "zzmailzz"}}))
    keep(officer.post("/cases", json={**FORM, "channel": "Zzquillazz", "text": ["zzephyrinezz"]}))
    keep(officer.post("/cases", data=str(FORM), content_type="application/json"))
    mail = b"From: Zzquillazz <zzmailzz@example.org>\n\n" + FORM["text"].encode()
    keep(officer.post("/cases/from-email?authority=gwent", data=mail, content_type="message/rfc822"))
    keep(officer.post(case["links"]["proposal"]))
    parts = [{"label": "1", "kind": "question", "wording": "What of Zzephyrinezz?", "visible_label": "zzephyrinezz"}]
    keep(send(officer, case["links"]["parts"], {"parts": parts}, 1, "PUT"))
    case = confirm(officer, case)
    acceptance = f"{case['links']['self']}/acceptance"
    keep(send(officer, acceptance, {"title": "Of Zzephyrinezz", "topics": []}, 2))
    keep(send(officer, acceptance, {"title": "Dogs", "topics": []}, 2))
    decision.says(signed_off(runtime), subject=case["id"])
    take_in(runtime)
    version = keep(officer.get(case["links"]["self"])).json["version"]
    keep(send(officer, f"{case['links']['self']}/dispatch", {}, version))
    tick()
    keep(officer.get(case["links"]["self"]))
    relay.says.clear()
    runtime.clock.move(seconds=5)
    tick()
    assert len(relay.messages) == 1
    for role in sorted(STAFF):
        client = client_as(role)
        for path in ("/cases", case["links"]["self"], case["links"]["deadline"], "/cases?q=Zzephyrinezz"):
            keep(client.get(path))
    keep(client_as("ops").get("/metrics"))
    send_out(runtime)

    assert [(answer.request.path, tells(answer.text)) for answer in answers if tells(answer.text)] == []
    assert [tells(answer.headers) for answer in answers if tells(answer.headers)] == []
    assert tells([envelope.to_bytes() for envelope in log_of(runtime)]) == []
    assert tells([(message.key, message.value, message.headers) for message in broker.read_all()]) == []
    assert tells(lines.getvalue()) == []
    assert "The mail relay did not take a reply" in lines.getvalue()
    assert tables_that_tell(runtime) == {"requester", "request"}
    shared = Path(runtime.config.state) / "blobs" / "shared"
    assert tells([path.read_bytes() for path in shared.rglob("*") if path.is_file()]) == []


def test_notices_and_what_moves_the_clock_tell_nowhere_who_asked(client_as, relay, tick, runtime, broker, lines):
    officer, answers = client_as("foi-officer"), []
    relay.says["RCPT"] = "450 zzmailzz@example.org is busy"
    case = officer.post("/cases", json=FORM).json
    for name, fields in TELLING.items():
        for field in fields:
            answers.append(tried(officer, case, name, **{field: "As Zzquillazz Zzephyrinezz knows, it is needed."}))
            assert answers[-1].status_code in (409, 422), (name, field, answers[-1].text)
    for name in ("acknowledge_request", "give_fees_notice", "take_payment", "seek_clarification"):
        answers.append(tried(officer, case, name))
    words = "I am Zzquillazz Zzephyrinezz, zzmailzz@example.org, and mean the dogs of 2025."
    answers.append(tried(officer, case, "take_clarification", text=words))
    answers.append(tried(officer, case, "extend_time"))
    tick()
    relay.says.clear()
    runtime.clock.move(seconds=5)
    tick()
    answers.append(tried(officer, case, "withdraw_request"))
    tick()
    assert len(relay.messages) == 5
    for role in sorted(STAFF):
        client = client_as(role)
        paths = ["deadline", "plan", "notices", "self"]
        answers += [client.get(case["links"][path]) for path in paths]
        for kept in client.get(case["links"]["notices"]).json["items"]:
            answers += [client.get(f"{kept['links']['self']}?format={form}") for form in ("html", "text")]
    answers.append(officer.get(f"{case['links']['self']}/triage"))
    send_out(runtime)
    assert [(answer.request.path, tells(answer.text)) for answer in answers if tells(answer.text)] == []
    assert tells([envelope.to_bytes() for envelope in log_of(runtime)]) == []
    assert tells(lines.getvalue()) == []
    assert "The mail relay did not take a notice" in lines.getvalue()
    assert tables_that_tell(runtime) == {"requester", "request"}
    blobs = Path(runtime.config.state) / "blobs"
    assert tells([path.read_bytes() for path in blobs.rglob("*") if path.is_file()]) == []


TELLING = {
    "seek_clarification": ("unclear", "needed"),
    "give_fees_notice": ("purpose", "how_to_pay"),
    "extend_time": ("reason",),
    "transfer_request": ("to", "contact", "ours"),
    "send_holding_letter": ("reason",),
    "decide_route": ("why",),
    "decide_validity": ("advice",),
}
"""The texts that go into letters and events."""


def tables_that_tell(runtime):
    with runtime.engine.connect() as connection:
        return {
            name
            for name in inspect(connection).get_table_names()
            if tells(
                [
                    [value.tobytes() if isinstance(value, memoryview) else value for value in row]
                    for row in connection.execute(text(f'select * from "{name}"'))
                ]
            )
        }


def test_who_asked_does_not_print():
    assert tells([Private("zzquillazz"), f"{Private('zzquillazz')}", {"name": Private("zzquillazz")}]) == []


def test_only_a_reveal_tells_who_asked(officer):
    case = officer.post("/cases", json=FORM).json
    answer = send(officer, f"{case['links']['self']}/requester/reveal", {"reason": "To reply by post."})
    assert tells(answer.text) == list(CANARIES)
