from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from shared.chassis.clock import FixedClock
from shared.chassis.events.memory import MemoryBroker
from shared.chassis.local_issuer import LocalIssuer
from shared.chassis.runtime import Runtime
from tests.support import MORNING, runtime_for
from tests.unit.http import notes


@pytest.fixture
def clock():
    return FixedClock(MORNING)


@pytest.fixture
def runtime(tmp_path: Path, clock, database_settings):
    notes.trouble.clear()
    runtime = runtime_for(notes.service, tmp_path, clock, MemoryBroker("test.notes"), **database_settings)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture(scope="session")
def issuer(tmp_path_factory):
    return LocalIssuer(tmp_path_factory.mktemp("identity"), env="test")


@pytest.fixture
def app(runtime: Runtime, issuer):
    folder = Path(runtime.config.state) / "identity"
    folder.mkdir()
    (folder / "jwks.json").write_bytes(issuer.public_keys)
    return runtime.app()


@pytest.fixture
def client_as(app, issuer) -> Callable[..., FlaskClient]:
    """A client that comes with a token of these roles."""

    def make(*roles: str, person: str = "a.patel") -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.token(person, roles)}"
        return client

    return make


@pytest.fixture
def writer(client_as) -> FlaskClient:
    return client_as("writer")


@pytest.fixture
def written(writer) -> dict:
    """A note that exists."""
    answer = writer.post("/notes", json={"text": "first"})
    assert answer.status_code == 201, answer.text
    return answer.json
