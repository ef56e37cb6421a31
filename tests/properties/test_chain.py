"""The hash chain of a log: whatever is done to it, the first row that is not as written is named."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, insert, select, update

from shared.chassis.database import chassis_metadata
from shared.chassis.events import log
from shared.chassis.events.log import Pending, event_log, event_log_head, first_broken_link, link
from shared.chassis.events.values import Code
from tests.support import new_case_id
from tests.unit.chassis.parcels import Greeted

LENGTH = 8
SUBJECTS = [new_case_id() for _ in range(3)]


def pending(place, subject):
    return Pending(
        event=Greeted(place=Code(place)),
        subject=subject,
        at=datetime(2026, 6, 15, 9, tzinfo=UTC),
        actor_id="a.person",
        actor_role="clerk",
        correlation_id=new_case_id(),
        causation_id=None,
        traceparent=None,
        subject_is_new=False,
    )


@pytest.fixture(scope="module")
def connection():
    """A log in memory, without the triggers that would refuse to change it; each attack is rolled back."""
    engine = create_engine("sqlite://")
    chassis_metadata.create_all(engine)
    with engine.connect() as connection:
        log.begin(connection, "parcels")
        log.append(connection, "parcels", [pending(f"place-{n}", SUBJECTS[n % 3]) for n in range(LENGTH)])
        connection.commit()
        yield connection
    engine.dispose()


def attacked(connection, attack):
    with connection.begin_nested() as savepoint:
        attack()
        found = first_broken_link(connection, "parcels")
        savepoint.rollback()
    connection.rollback()
    return found


def row_at(connection, position):
    return connection.execute(select(event_log).where(event_log.c.position == position)).one()


positions = st.integers(1, LENGTH)
on_one_log = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@on_one_log
@given(position=positions, data=st.data())
def test_any_changed_byte_is_found_where_it_is(connection, position, data):
    body = bytearray(row_at(connection, position).body)
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    found = attacked(connection, lambda: change(connection, position, body=bytes(body)))
    assert found.position == position


def change(connection, position, **values):
    connection.execute(update(event_log).where(event_log.c.position == position).values(**values))


@on_one_log
@given(position=positions, column=st.sampled_from(["event_id", "type", "number", "subject", "hash"]))
def test_any_changed_column_is_found_where_it_is(connection, position, column):
    value = {"number": 99, "hash": "0" * 64}.get(column, new_case_id())
    found = attacked(connection, lambda: change(connection, position, **{column: value}))
    assert found.position == position


@on_one_log
@given(gone=st.sets(positions, min_size=1))
def test_removed_rows_are_found_at_the_first_of_them(connection, gone):
    found = attacked(connection, lambda: connection.execute(delete(event_log).where(event_log.c.position.in_(gone))))
    assert found.position == min(gone)


@on_one_log
@given(one=positions, other=positions)
def test_swapped_rows_are_found_at_the_first_of_them(connection, one, other):
    bodies = {position: row_at(connection, position).body for position in (one, other)}

    def swap():
        change(connection, one, body=bodies[other])
        change(connection, other, body=bodies[one])

    found = attacked(connection, swap)
    assert (found.position if found else None) == (min(one, other) if one != other else None)


@on_one_log
@given(position=positions)
def test_a_changed_row_with_its_own_hash_made_anew_is_found_at_the_row_after_it(connection, position):
    def attack():
        row = row_at(connection, position)
        previous = row_at(connection, position - 1).hash if position > 1 else genesis(connection)
        body = row.body.replace(b"place-", b"other-")
        change(connection, position, body=body, hash=link(previous, body))

    assert attacked(connection, attack).position == position + 1


def genesis(connection):
    return log.genesis("parcels", connection.execute(select(event_log_head.c.log_id)).scalar_one())


@on_one_log
@given(position=positions)
def test_an_inserted_row_is_found(connection, position):
    row = row_at(connection, position)._mapping
    extra = {**row, "position": LENGTH + 1, "event_id": new_case_id(), "number": 50}
    found = attacked(connection, lambda: connection.execute(insert(event_log).values(**extra)))
    assert found.position == LENGTH + 1


def test_without_an_attack_nothing_is_found(connection):
    assert attacked(connection, lambda: None) is None
