"""SQLite and PostgreSQL behave alike where it matters: instants, locks, inserts of what may be there, migrations."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, StatementError

from shared.chassis.database import Slot, insert_new, insert_or_update, is_database_trouble, open_engine
from shared.chassis.events.inbox import inbox
from shared.chassis.events.log import event_log_head
from shared.chassis.timers import timer
from tests.support import MORNING


def test_an_instant_comes_back_aware_and_in_utc_however_it_was_written(runtime):
    instants = [
        datetime(2026, 6, 15, 9, 0, 0, 120, tzinfo=UTC),
        datetime(2026, 6, 15, 10, tzinfo=timezone(timedelta(hours=1))),
    ]
    with runtime.engine.begin() as connection:
        insert_or_update(connection, timer, [row(f"{n}", at) for n, at in enumerate(instants)])
        found = connection.execute(select(timer.c.due_at).order_by(timer.c.key)).scalars().all()
    assert found == instants
    assert {at.tzinfo for at in found} == {UTC}


def row(key, at=MORNING):
    return {"name": "deliver", "key": key, "due_at": at, "attempts": 0, "correlation_id": "x"}


def test_an_instant_without_a_time_zone_is_refused(runtime):
    with runtime.engine.begin() as connection, pytest.raises(StatementError, match="needs a time zone"):
        insert_or_update(connection, timer, [row("x", MORNING.replace(tzinfo=None))])


def test_instants_are_compared_as_instants(runtime):
    with runtime.engine.begin() as connection:
        insert_or_update(connection, timer, [row("x", datetime(2026, 6, 15, 9, 30, tzinfo=UTC))])
        bound = datetime(2026, 6, 15, 10, 0, tzinfo=timezone(timedelta(hours=1)))
        assert connection.execute(select(timer).where(timer.c.due_at < bound)).all() == []


def test_of_rows_that_may_be_there_only_the_new_ones_are_put_in(runtime):
    def rows(*keys):
        return [{"event_id": key, "type": "t", "taken_at": MORNING} for key in keys]

    with runtime.engine.begin() as connection:
        assert insert_new(connection, inbox, rows("a", "b"), inbox.c.event_id) == {"a", "b"}
        assert insert_new(connection, inbox, rows("b", "c", "c"), inbox.c.event_id) == {"c"}


def test_a_row_that_is_there_is_overwritten(runtime):
    later = MORNING + timedelta(days=1)
    with runtime.engine.begin() as connection:
        insert_or_update(connection, timer, [row("a"), row("b")])
        insert_or_update(connection, timer, [row("b", later), row("c", later)])
        found = connection.execute(select(timer.c.key, timer.c.due_at).order_by(timer.c.key)).all()
    assert [tuple(item) for item in found] == [("a", MORNING), ("b", later), ("c", later)]


def test_only_one_at_a_time_holds_a_slot_and_another_takes_over(runtime):
    first, second = Slot(runtime.engine, "relay"), Slot(runtime.engine, "relay")
    other = Slot(runtime.engine, "timers")
    assert first.take()
    assert first.take()  # still ours
    assert not second.take()
    assert other.take()
    first.release()
    assert second.take()
    assert not first.take()
    second.release()
    other.release()


def test_a_database_that_cannot_be_reached_is_trouble_and_not_a_no():
    engine = open_engine("postgresql+psycopg://candour@127.0.0.1:1/nowhere")
    with pytest.raises(OperationalError) as failed:
        engine.connect()
    assert is_database_trouble(failed.value)
    assert not is_database_trouble(ValueError())


def test_a_slot_in_an_unreachable_database_is_trouble_too():
    with pytest.raises(OperationalError):
        Slot(open_engine("postgresql+psycopg://candour@127.0.0.1:1/nowhere"), "relay").take()


def test_migrating_again_changes_nothing_and_the_log_stays_the_same(runtime):
    before = head(runtime)
    runtime.migrate()
    assert head(runtime) == before
    assert runtime.migrations_pending() == []


def head(runtime):
    with runtime.engine.connect() as connection:
        return connection.execute(select(event_log_head)).one()


def test_several_processes_may_migrate_at_once(runtime):
    failures = []

    def migrate():
        try:
            runtime.migrate()
        except Exception as error:
            failures.append(error)

    together = [threading.Thread(target=migrate) for _ in range(3)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert failures == []
