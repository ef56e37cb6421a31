from datetime import date

import pytest
from sqlalchemy import text

from services.operations.verify import verify
from services.registry import service_named
from shared.chassis.clock import FixedClock
from shared.chassis.events.memory import MemoryBroker
from shared.chassis.events.values import Code
from shared.chassis.identity import Actor
from shared.contracts import TOPIC
from shared.contracts.intake import CaseReceived
from shared.contracts.values import Reference
from tests.support import MORNING, new_case_id, runtime_for, send_out, take_in

SOMEBODY = Actor(id="a.person", roles=frozenset({"foi-officer"}), role="foi-officer")


@pytest.fixture
def broker():
    return MemoryBroker(TOPIC)


@pytest.fixture
def runtimes(tmp_path, broker, database_settings):
    """Two services that record, and audit."""
    clock = FixedClock(MORNING)
    runtimes = {
        name: runtime_for(service_named(name), tmp_path, clock, broker, **database_settings)
        for name in ("intake", "decision", "audit")
    }
    yield runtimes
    for runtime in runtimes.values():
        runtime.engine.dispose()


@pytest.fixture
def record(runtimes):
    """Have a service record that a case came in; its id."""

    def record(name="intake", case_id=None, channel="post"):
        subject = case_id or new_case_id()
        with runtimes[name].unit_of_work(SOMEBODY) as uow:
            uow.record(
                CaseReceived(
                    reference=Reference("01.FOI.26.000017"),
                    authorities=(Code("metropolitan"),),
                    channel=Code(channel),
                    received_on=date(2026, 6, 12),
                    due_on=date(2026, 7, 10),
                ),
                subject=subject,
            )
        return subject

    return record


@pytest.fixture
def deliver(runtimes):
    """Bring every event to the topic and into the ledger."""

    def deliver():
        for name in ("intake", "decision"):
            send_out(runtimes[name])
        take_in(runtimes["audit"])

    return deliver


@pytest.fixture
def settled(runtimes, record, deliver):
    """Six events of intake and two of decision, everywhere; nothing guards the tables any more."""
    case_id = record()
    for _ in range(5):
        record(case_id=case_id if _ == 2 else None)
    record("decision", case_id)
    record("decision", case_id)
    deliver()
    for name, table in (("intake", "event_log"), ("audit", "ledger")):
        with runtimes[name].engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text(f"DROP TRIGGER {table}_no_update"))
                connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
            else:
                connection.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))
    return runtimes


@pytest.fixture
def check(runtimes, broker):
    """Verify intake, decision and audit."""

    def check(**options):
        options = {"broker": broker, **options}
        return verify(runtimes["audit"].config, ("intake", "decision", "audit"), **options)

    return check
