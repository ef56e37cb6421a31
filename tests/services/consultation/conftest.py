from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.consultation.service import service
from shared.chassis.events.values import BlindText, Code, Digest
from shared.chassis.timers import Ticker
from shared.contracts.intake import CaseAccepted, ResponseDispatched
from shared.contracts.values import Label, Part, Reference
from tests.support import OtherService, new_case_id, runtime_for, take_in

RECEIVED, DUE = date(2026, 6, 12), date(2026, 7, 13)


@pytest.fixture
def runtime(tmp_path: Path, clock, broker, database_settings):
    runtime = runtime_for(service, tmp_path, clock, broker, **database_settings)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def client_as(app, issuer) -> Callable[..., FlaskClient]:
    """A client that comes with a token of these roles."""

    def make(*roles: str, party: str | None = None) -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.token('a.patel', roles, party=party)}"
        return client

    return make


@pytest.fixture
def officer(client_as):
    return client_as("foi-officer")


@pytest.fixture
def ctphq(client_as):
    return client_as("party", party="ctphq")


@pytest.fixture
def home_office(client_as):
    return client_as("party", party="home-office")


@pytest.fixture
def intake(broker, clock):
    return OtherService("intake", broker, clock)


@pytest.fixture
def accept(runtime, intake) -> Callable[..., str]:
    """Have intake accept a case; its id, once consultation has heard of it."""

    def accept(*topics: str, due_on: date = DUE) -> str:
        case_id = new_case_id()
        intake.says(accepted(*topics, due_on=due_on), subject=case_id)
        take_in(runtime)
        return case_id

    return accept


@pytest.fixture
def dispatch(runtime, intake) -> Callable[[str], None]:
    """Have intake send the reply to a case."""

    def dispatch(case_id: str) -> None:
        intake.says(dispatched(), subject=case_id)
        take_in(runtime)

    return dispatch


@pytest.fixture
def tick(runtime) -> Callable[[], int]:
    """Do all timers that are due."""
    return Ticker(runtime).run_once


@pytest.fixture
def opened(accept, officer) -> dict[str, Any]:
    """The consultation that the rule for `prevent` opens: with ctphq, on every question."""
    case_id = accept("prevent")
    (found,) = officer.get(f"/cases/{case_id}/consultations").json["items"]
    return found


def accepted(*topics: str, due_on: date = DUE) -> CaseAccepted:
    return CaseAccepted(
        reference=Reference("01.FOI.26.000123"),
        title=BlindText("Prevent case management"),
        authorities=(Code("metropolitan"),),
        topics=tuple(Code(topic) for topic in topics),
        received_on=RECEIVED,
        due_on=due_on,
        parts=(
            part("0", "preamble", "Please answer the following."),
            part("1", "question", "Which databases are searched when a referral is made?"),
            part("1a", "sub_question", "Are referrals added to them?", parent="1"),
            part("2", "question", "Please release the guidance on retention."),
        ),
    )


def part(label: str, kind: str, wording: str, parent: str | None = None) -> Part:
    return Part(
        label=Label(label), parent=Label(parent) if parent else None, kind=Code(kind), wording=BlindText(wording)
    )


def dispatched() -> ResponseDispatched:
    return ResponseDispatched(
        letter=Digest("0" * 64), dispatched_on=date(2026, 6, 30), due_on=DUE, working_day=12, in_time=True, answers=()
    )


def etag(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


def send(client: FlaskClient, path: str, body: Any = None, version: int | None = None, method: str = "POST") -> Any:
    """Send a command, with the version where it changes something that is there."""
    headers = {} if version is None else etag(version)
    return client.open(path, method=method, json=body, headers=headers)
