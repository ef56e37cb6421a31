"""Somebody with details like nobody else's, who asks, and whose details are put wherever somebody may put them."""

import copy
import json
import socket
import uuid
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote, urlsplit

from services.operations.golden_case import GoldenCase, golden_cases
from services.operations.stack import addresses
from services.registry import runtime_of
from shared.chassis.events import parking
from shared.chassis.events.broker import Message
from tests.journeys.searching import PLANTED, Searcher
from tests.journeys.stacks import Journeys, until

NAME = "Zebedina Wyrmqüill"
EMAIL = "zeb.wq7f@no-one.example.invalid"
ADDRESS = "17 Quibblethorpe Mews\nNether Wobbling\nZX97 9QJ"
HANDLE = "@wyrmq_7f"
REQUESTER = {"name": NAME, "email": EMAIL, "postal_address": ADDRESS, "handle": HANDLE, "category": "individual"}
CANARIES = (NAME, "Zebedina", "Wyrmqüill", EMAIL, "zeb.wq7f", "Quibblethorpe Mews", "ZX97 9QJ", "wyrmq_7f")
SEARCHER = Searcher(CANARIES)

TEXT = f"""Dear Ms Officer,

How many referrals to Prevent were made in North Yorkshire in 2024?

How long are the records of them kept? Write to {EMAIL} or to 17 Quibblethorpe Mews,
ZX97 9QJ, or tell {HANDLE}.

Yours sincerely,
{NAME}
"""


def case_of_a_canary() -> GoldenCase:
    """A short life with every kind of step, for somebody whose every detail is known."""
    table = copy.deepcopy(next(case.table for case in golden_cases() if case.key == "cleveland"))
    table |= {"key": "canary", "reference": "none yet", "authorities": ["north-yorkshire"]}
    table["received"] |= {"channel": "post", "requester": REQUESTER, "text": TEXT}
    table["expected"] |= {"sites": ["north-yorkshire"]}
    return GoldenCase("canary", "none yet", table)


def whole_life(journeys: Journeys) -> str:
    """The id of a case that was taken through everything, and whose requester's details were sent everywhere."""
    case_id = journeys.play(case_of_a_canary())
    journeys.clock.set(datetime.now(UTC))
    look_at_who_asked(journeys, case_id)
    for other in (log_by_email(journeys), log_with_everything(journeys)):
        confirm_what_is_proposed(journeys, other)
    log_by_web_form(journeys)
    send_what_is_refused(journeys, case_id)
    send_to_wrong_places(journeys)
    send_what_is_no_http(journeys)
    have_messages_parked(journeys)
    return case_id


def look_at_who_asked(journeys: Journeys, case_id: str) -> None:
    """With a reason on record, and first with one that would itself tell."""
    manager, path = journeys.caller("i.swift", "information-manager"), f"/cases/{case_id}/requester/reveal"
    assert manager.send("intake", "POST", path, {"reason": f"To write to {NAME} by post."}).status == 422
    shown = manager.ask("intake", "POST", path, {"reason": "To write by post, as was asked on the telephone."}).body
    assert (shown["name"], shown["email"], shown["handle"]) == (NAME, EMAIL, HANDLE)


def log_by_email(journeys: Journeys) -> str:
    """The id of a case of which the e-mail itself is kept."""
    message = EmailMessage()
    message["From"] = f"{NAME} <{EMAIL}>"
    message["To"] = "foi@police.example.invalid"
    message["Subject"] = "A request about Prevent"
    message.set_content(f"Dear officer,\n\n1. How many referrals were there in 2024?\n\nTell {HANDLE}.\n\n{NAME}\n")
    officer = journeys.caller("o.finch", "foi-officer")
    path = "/cases/from-email?authority=north-yorkshire"
    logged = officer.ask("intake", "POST", path, message.as_bytes(), media_type="message/rfc822")
    return str(logged.body["id"])


def log_with_everything(journeys: Journeys) -> str:
    """The id of a case that was logged with details also where they do not belong."""
    officer = journeys.caller("o.finch", "foi-officer")
    body = {
        "authorities": ["north-yorkshire"],
        "received_on": datetime.now(UTC).date().isoformat(),
        "channel": "post",
        "requester": REQUESTER,
        "text": TEXT,
    }
    headers = {
        "X_Correlation_ID": "zeb.wq7f",
        "traceparent": "00-zeb.wq7f-wyrmq_7f-01",
        "tracestate": "who=wyrmq_7f",
        "User_Agent": as_header(NAME),
        "Idempotency_Key": "zeb.wq7f/wyrmq_7f",
        "Referer": f"http://127.0.0.1/?who={quote(NAME)}",
        "Baggage": f"who={quote(EMAIL)}",
    }
    return str(officer.ask("intake", "POST", "/cases", body, **headers).body["id"])


def log_by_web_form(journeys: Journeys) -> None:
    form = {**REQUESTER, "authority": "north-yorkshire", "text": TEXT}
    journeys.caller("web-form", "web-form").ask("intake", "POST", "/cases/from-web-form", form)


def confirm_what_is_proposed(journeys: Journeys, case_id: str) -> None:
    """The proposed wording is taken as it is, and goes to every service."""
    officer, path = journeys.caller("o.finch", "foi-officer"), f"/cases/{case_id}"
    proposal = officer.ask("intake", "POST", f"{path}/parts/proposal").body["parts"]
    assert SEARCHER.found_in(json.dumps(proposal).encode()) == set()
    wanted = ("label", "parent", "kind", "visible_label", "wording")
    parts = [{name: part[name] for name in wanted} for part in proposal]
    version = officer.ask("intake", "GET", path).version
    version = officer.ask("intake", "PUT", f"{path}/parts", {"parts": parts}, If_Match=version).version
    acceptance = {"title": "Referrals to Prevent", "topics": ["prevent"]}
    officer.ask("intake", "POST", f"{path}/acceptance", acceptance, If_Match=version)
    until("others have the case", lambda: officer.send("decision", "GET", path).status == 200)


def send_what_is_refused(journeys: Journeys, case_id: str) -> None:
    """Wrong bodies. Every one of them tells who asked, and none has an effect."""
    officer = journeys.caller("o.finch", "foi-officer")
    today = datetime.now(UTC).date().isoformat()
    good = {
        "authorities": ["north-yorkshire"],
        "received_on": today,
        "channel": "post",
        "requester": REQUESTER,
        "text": TEXT,
    }
    fresh = str(officer.ask("intake", "POST", "/cases", good).body["id"])
    version = officer.ask("intake", "GET", f"/cases/{fresh}").version
    part = {"label": "1", "kind": "question", "wording": f"What is held about Dr {NAME.upper()}?"}
    refused: list[tuple[str, str, Any, int]] = [
        ("POST", "/cases", {**good, "requester": {**REQUESTER, "email": f"{NAME} at home"}}, 422),
        ("POST", "/cases", {**good, "received_on": NAME, "channel": HANDLE}, 422),
        ("POST", "/cases", {**good, "authorities": [EMAIL]}, 422),
        ("POST", "/cases", {**good, "title": f"The request of {NAME}"}, 422),
        ("POST", "/cases", {**good, NAME: EMAIL}, 422),
        ("POST", "/cases", f'{{"requester": "{NAME}", "text": "{EMAIL}'.encode(), 400),
        ("POST", "/cases", b'{"text": "' + NAME.encode("latin-1") + b'"}', 400),
        ("PUT", f"/cases/{fresh}/parts", {"parts": [part]}, 422),
        ("PUT", f"/cases/{case_id}/parts", {"parts": [part]}, 412),
    ]
    for method, path, body, status in refused:
        answered = officer.send("intake", method, path, body, If_Match=version)
        assert answered.status == status, (method, path, body, answered)
    proper = {"label": "1", "kind": "question", "wording": "What is held?"}
    version = officer.ask("intake", "PUT", f"/cases/{fresh}/parts", {"parts": [proper]}, If_Match=version).version
    titled = {"title": f"Prevent ({NAME})", "topics": []}
    assert officer.send("intake", "POST", f"/cases/{fresh}/acceptance", titled, If_Match=version).status == 422


def send_to_wrong_places(journeys: Journeys) -> None:
    """Addresses that do not exist, searches and headers with details in them, at every service."""
    officer = journeys.caller("o.finch", "foi-officer", "publisher", "auditor", "ops")
    who = quote(NAME)
    headers = {
        "X_Correlation_ID": as_header(NAME),
        "traceparent": as_header(EMAIL),
        "User_Agent": as_header(NAME),
        "Idempotency_Key": as_header(NAME),
        "If_Match": as_header(EMAIL),
        "Referer": f"http://127.0.0.1/{who}",
        "Cookie": f"who={who}",
    }
    for service in addresses(journeys.config):
        for path in (
            f"/{who}",
            f"/cases/{who}",
            f"/cases?q={who}&after={quote(EMAIL)}",
            f"/north-yorkshire/{who}?{who}",
        ):
            for method in ("GET", "POST", "WYRMQ_7F"):
                assert officer.send(service, method, path, **headers).status < 500
    listed = officer.get("intake", "/cases", q="Wyrmqüill")
    assert listed["items"] == []
    for path in (f"/{who}/", f"/north-yorkshire/disclosures/{who}", f"/north-yorkshire/disclosures.json?after={who}"):
        assert officer.send("site", "GET", path).status in (404, 422)


def send_what_is_no_http(journeys: Journeys) -> None:
    """Requests that the web server refuses before the application sees them."""
    name = NAME.encode()
    lines = (
        b"GET /cases?q=%s HTTP/1.1\r\nHost: x\r\n\r\n" % name,
        b"%s\r\n\r\n" % name,
        b"GET /cases HTTP/9.%s\r\nHost: x\r\n\r\n" % name,
        b"GET /cases HTTP/1.1\r\nHost: x\r\n%s: 1\r\n\r\n" % name,
        b"GET /cases HTTP/1.1\r\nHost: x\r\nX-Who: a\r\n %s\r\n\r\n" % name,
        b"GET /cases?q=%s%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"x" * 9_000, name),
        b"POST /cases HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: %s\r\n\r\n" % name,
        b"POST /cases HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n" % name,
        b"POST /cases HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n" % name,
    )
    for address in addresses(journeys.config).values():
        for line in lines:
            parts = urlsplit(address)
            with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
                connection.sendall(line)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(4_096):
                    pass


def have_messages_parked(journeys: Journeys) -> None:
    """Messages that no service can handle, and that tell who asked wherever one may look into them."""
    mark = PLANTED.decode()
    subjects = [str(uuid.uuid4()) for _ in range(5)]
    event = {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": "/candour/intake",
        "type": "foi.intake.case-accepted.v1",
        "subject": subjects[0],
        "time": "2026-01-01T00:00:00Z",
        "sequence": "00000000000000900000",
        "subjectnumber": 1,
        "datacontenttype": "application/json",
        "actorid": "o.finch",
        "actorrole": "foi-officer",
        "correlationid": str(uuid.uuid4()),
        "data": {"reference": "1/26", "topics": [HANDLE], NAME: EMAIL, "authorities": [NAME], "parts": mark},
    }
    values: list[Any] = [
        event,
        {**event, "specversion": NAME, "subject": subjects[1]},
        {**event, "time": NAME, "subject": subjects[2]},
        {**event, "sequence": EMAIL, "subject": subjects[3]},
        f"{mark}: {NAME}, {EMAIL}",
    ]
    publisher = runtime_of("intake", journeys.config).broker.publisher("somebody")
    headers = (("who", f"{mark}: {NAME}".encode()), ("chain", b"0" * 64))
    for subject, value in zip(subjects, values, strict=True):
        publisher.publish([Message(key=subject, value=json.dumps(value).encode(), headers=headers)])
    publisher.close()
    for name in ("consultation", "decision", "publishing"):
        until(f"{name} has parked them", lambda name=name: parked_in(journeys, name) >= {*subjects})


def parked_in(journeys: Journeys, name: str) -> set[str]:
    engine = runtime_of(name, journeys.config).engine
    try:
        with engine.connect().execution_options(reading=True) as connection:
            return {row.subject for row in parking.waiting(connection)}
    finally:
        engine.dispose()


def as_header(text: str) -> str:
    """As a header can carry it: its UTF-8 bytes."""
    return text.encode().decode("latin-1")
