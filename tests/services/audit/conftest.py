from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from services.audit.service import service
from shared.chassis.clock import FixedClock
from shared.chassis.runtime import Runtime
from tests.services.audit.happenings import LIFE, ChainedService
from tests.support import new_case_id, runtime_for, take_in

FRIDAY = datetime(2026, 6, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return FixedClock(FRIDAY)


@pytest.fixture
def runtime(tmp_path: Path, clock, broker, database_settings):
    runtime = runtime_for(service, tmp_path, clock, broker, **database_settings)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def others(broker, clock) -> dict[str, ChainedService]:
    """The four other services by name."""
    return {name: ChainedService(name, broker, clock) for name in ("intake", "consultation", "decision", "publishing")}


@pytest.fixture
def intake(others):
    return others["intake"]


@pytest.fixture
def whole_case(runtime, others, clock) -> str:
    """The id of a case whose whole life audit has heard of."""
    case_id = new_case_id()
    begun = clock.instant
    for day, name, event in LIFE:
        clock.instant = begun
        clock.move(days=day)
        others[name].says(event, subject=case_id)
    take_in(runtime)
    return case_id


@pytest.fixture
def rows(runtime) -> Callable:
    """Everything in a table, in the order of its primary key."""

    def rows(table):
        with runtime.engine.connect() as connection:
            return connection.execute(select(table).order_by(*table.primary_key)).all()

    return rows


@pytest.fixture
def unguarded(runtime) -> Runtime:
    """The runtime after somebody has taken the ledger's guard away."""
    with runtime.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER ledger_no_update"))
            connection.execute(text("DROP TRIGGER ledger_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER ledger_append_only ON ledger"))
    return runtime


@pytest.fixture
def client_as(app, issuer) -> Callable[..., FlaskClient]:
    """A client that comes with a token of these roles."""

    def make(*roles: str) -> FlaskClient:
        client = app.test_client()
        party = "ctphq" if "party" in roles else None
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.token('a.patel', roles, party=party)}"
        return client

    return make


@pytest.fixture
def auditor(client_as) -> FlaskClient:
    return client_as("auditor")
