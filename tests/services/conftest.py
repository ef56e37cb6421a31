"""What the tests of every service stand on: a clock that stands still, a broker in memory, tokens, its application."""

from pathlib import Path

import pytest

from shared.chassis.clock import FixedClock
from shared.chassis.events.memory import MemoryBroker
from shared.chassis.local_issuer import LocalIssuer
from shared.chassis.runtime import Runtime
from shared.contracts import TOPIC
from tests.support import MORNING


@pytest.fixture
def clock():
    return FixedClock(MORNING)


@pytest.fixture
def broker():
    return MemoryBroker(TOPIC)


@pytest.fixture(scope="session")
def issuer(tmp_path_factory):
    return LocalIssuer(tmp_path_factory.mktemp("identity"), env="test")


@pytest.fixture
def app(runtime: Runtime, issuer):
    """The service's own `runtime` as an application, with the issuer's keys in place."""
    folder = Path(runtime.config.state) / "identity"
    folder.mkdir()
    (folder / "jwks.json").write_bytes(issuer.public_keys)
    return runtime.app()
