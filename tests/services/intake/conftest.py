import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask.testing import FlaskClient

from services.intake.service import service
from shared.chassis.events.values import Code, Digest, MediaType
from shared.chassis.runtime import Runtime
from shared.chassis.timers import Ticker
from shared.contracts.decision import SignedOff
from shared.contracts.values import CitationText, Document, FileName, Label, PartOutcome
from tests.services.intake.requests_in_own_words import JOINT
from tests.support import OtherService, check_of, release_checked, runtime_for, take_in

LETTER = "<!doctype html>\n<html lang='en-GB'><body class='x'>\n<h1>Your request</h1><p>No: §31(3).</p></body></html>"
LETTER_TEXT = "Your request\n\nNo: §31(3)."
LETTER_PDF = b"%PDF-1.7\nthe same letter\n"
TABLE = b"year,number\n2018,4\n"


class Mailbox:
    """What the mail relay has been given. Put an SMTP answer in `says` to have the relay say no."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.says: dict[str, str] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if "RCPT" in self.says:
            return self.says["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if "DATA" in self.says:
            return self.says["DATA"]
        self.messages.append(envelope.content)
        return "250 OK"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def relay(free_port) -> Iterator[Mailbox]:
    """A mail relay that is up."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port)
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def runtime(tmp_path: Path, clock, broker, database_settings, free_port):
    mail = f"smtp://127.0.0.1:{free_port}"
    runtime = runtime_for(service, tmp_path, clock, broker, SMTP_URL=mail, **database_settings)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def client_as(app, issuer) -> Callable[..., FlaskClient]:
    """A client that comes with a token of these roles."""

    def make(*roles: str, person: str = "a.patel") -> FlaskClient:
        client = app.test_client()
        party = "ctphq" if "party" in roles else None
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.token(person, roles, party=party)}"
        return client

    return make


@pytest.fixture
def officer(client_as) -> FlaskClient:
    return client_as("foi-officer")


@pytest.fixture
def decision(broker, clock):
    return OtherService("decision", broker, clock)


@pytest.fixture
def publishing(broker, clock):
    return OtherService("publishing", broker, clock)


@pytest.fixture
def tick(runtime, publishing) -> Callable[[], int]:
    """Have publishing pass whatever waits for its release check, then do all timers that are due."""

    def tick() -> int:
        release_checked(runtime, publishing)
        return Ticker(runtime).run_once()

    return tick


@pytest.fixture
def received(officer) -> dict[str, Any]:
    """A case just logged."""
    return log(officer)


@pytest.fixture
def confirmed(officer, received) -> dict[str, Any]:
    """A case with its parts confirmed as proposed."""
    return confirm(officer, received)


@pytest.fixture
def accepted(officer, confirmed) -> dict[str, Any]:
    body = {"title": "Access to databases of referrals", "topics": ["prevent"]}
    answer = send(officer, f"{confirmed['links']['self']}/acceptance", body, confirmed["version"])
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.fixture
def ready(officer, accepted, decision, publishing, runtime) -> dict[str, Any]:
    """A case whose reply is signed off, every document of it checked."""
    take_sign_off(runtime, decision, publishing, accepted["id"], signed_off(runtime))
    return officer.get(accepted["links"]["self"]).json


@pytest.fixture
def answered(officer, ready) -> dict[str, Any]:
    """A case whose reply was posted on Monday 15 June 2026."""
    answer = send(officer, f"{ready['links']['self']}/dispatch", {"method": "post"}, ready["version"])
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.fixture
def reviewer(client_as) -> FlaskClient:
    return client_as("reviewer", person="r.view")


def form(**changes: Any) -> dict[str, Any]:
    """A staff form; `requester` is changed inside."""
    asker = {"name": "Ms Quilla Zephyrine", "email": "quilla.z@example.org", **changes.pop("requester", {})}
    whole = {
        "authorities": ["norfolk", "suffolk"],
        "received_on": "2026-06-12",
        "channel": "email",
        "requester": {name: value for name, value in asker.items() if value is not None},
        "text": f"Dear FOI team,\n\n{JOINT}\n\nKind regards,\nQuilla Zephyrine",
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def log(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    answer = client.post("/cases", json=form(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json


def proposed(client: FlaskClient, case: dict[str, Any]) -> list[dict[str, Any]]:
    """The proposed parts as they can be sent back to be confirmed."""
    answer = client.post(case["links"]["proposal"])
    assert answer.status_code == 200, answer.text
    return [{name: value for name, value in part.items() if name != "removed"} for part in answer.json["parts"]]


def confirm(client: FlaskClient, case: dict[str, Any]) -> dict[str, Any]:
    answer = send(client, case["links"]["parts"], {"parts": proposed(client, case)}, case["version"], "PUT")
    assert answer.status_code == 200, answer.text
    return answer.json


def send(client: FlaskClient, path: str, body: Any = None, version: int | None = None, method: str = "POST") -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.open(path, method=method, json={} if body is None else body, headers=headers)


def signed_off(runtime: Runtime, letter: str = LETTER, letter_text: str = LETTER_TEXT) -> SignedOff:
    """A sign-off whose documents are in the store."""
    put = runtime.blobs.put
    table = put(TABLE, media_type="text/csv", name="referrals.csv")
    return SignedOff(
        draft=2,
        letter=Digest(put(letter.encode(), media_type="text/html", name="letter.html").digest),
        letter_text=Digest(put(letter_text.encode(), media_type="text/plain", name="letter.txt").digest),
        letter_pdf=Digest(put(LETTER_PDF, media_type="application/pdf", name="letter.pdf").digest),
        response=Digest("d" * 64),
        overall=Code("ncnd"),
        outcomes=(
            PartOutcome(label=Label("1"), outcome=Code("ncnd"), citations=(CitationText("31(3)"),)),
            PartOutcome(label=Label("2"), outcome=Code("not_held"), citations=()),
        ),
        documents=(
            Document(
                digest=Digest(table.digest),
                media_type=MediaType("text/csv"),
                size=table.size,
                name=FileName(table.name),
            ),
        ),
    )


def take_sign_off(
    runtime: Runtime,
    decision: OtherService,
    publishing: OtherService,
    case_id: str,
    event: SignedOff,
    by: str = "somebody",
) -> None:
    """Have intake hear of a sign-off, and of the release checks that stood before it."""
    digests = [event.letter, event.letter_text, event.letter_pdf, *(each.digest for each in event.documents)]
    for digest in digests:
        publishing.says(check_of(str(digest)), subject=case_id)
    decision.says(event, subject=case_id, by=by)
    take_in(runtime)


RECEIVED = date(2026, 6, 12)
