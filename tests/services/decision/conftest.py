from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.decision.service import service
from tests.services.decision import said
from tests.support import OtherService, new_case_id, release_checked, runtime_for, take_in


@pytest.fixture
def runtime(tmp_path: Path, clock, broker, database_settings):
    runtime = runtime_for(service, tmp_path, clock, broker, **database_settings)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def client_as(app, issuer) -> Callable[..., FlaskClient]:
    """A client that comes with a person's token of these roles."""

    def make(person: str, *roles: str, party: str | None = None) -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.token(person, roles, party=party)}"
        return client

    return make


@pytest.fixture
def decider(client_as):
    return client_as("d.maker", "decision-maker")


@pytest.fixture
def approver(client_as):
    return client_as("a.prover", "approver")


@pytest.fixture
def intake(broker, clock):
    return OtherService("intake", broker, clock)


@pytest.fixture
def consultation(broker, clock):
    return OtherService("consultation", broker, clock)


@pytest.fixture
def publishing(broker, clock):
    return OtherService("publishing", broker, clock)


@pytest.fixture
def checked(runtime, publishing) -> Callable[..., int]:
    """Have publishing answer for what waits for its release check: it passes, unless told otherwise."""

    def checked(verdict: str = "pass", **particulars: str) -> int:
        return release_checked(runtime, publishing, verdict, **particulars)

    return checked


@pytest.fixture
def accept(runtime, intake) -> Callable[..., str]:
    """Have intake accept a case; its id, once decision has heard of it."""

    def accept(event: Any = None) -> str:
        case_id = new_case_id()
        intake.says(event or said.accepted(), subject=case_id)
        take_in(runtime)
        return case_id

    return accept


@pytest.fixture
def consult(runtime, consultation) -> Callable[..., None]:
    """Have consultation say something about a case."""

    def consult(case_id: str, *events: Any) -> None:
        for event in events:
            consultation.says(event, subject=case_id)
        take_in(runtime)

    return consult


@pytest.fixture
def case_id(accept, consult) -> str:
    """A case of two questions that was put to a party, which objected; consulting on it is over."""
    case_id = accept()
    consult(case_id, said.opened(), said.answered(), said.concluded())
    return case_id


@pytest.fixture
def submitted(case_id, decider, checked) -> dict[str, Any]:
    """The same, decided, weighed and submitted, the letter checked in all its forms."""
    said.decided(decider, case_id)
    done = said.send(decider, "POST", f"/cases/{case_id}/submission")
    assert done.status_code == 200, done.text
    checked()
    return done.json
