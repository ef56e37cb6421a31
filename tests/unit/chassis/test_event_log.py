"""The event log keeps what happened, gapless and chained, and shows every kind of tampering."""

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from shared.chassis.events import log
from shared.chassis.events.log import event_log, event_log_head, first_broken_link
from shared.chassis.events.values import BlindText, Code
from shared.chassis.identity import Actor
from tests.support import log_of, new_case_id
from tests.unit.chassis.parcels import Arrived, Greeted

SOMEBODY = Actor(id="a.person", roles=frozenset({"clerk"}), role="clerk")


def record(runtime, count=5, subject=None):
    for number in range(count):
        with runtime.unit_of_work(SOMEBODY) as uow:
            uow.record(Greeted(place=Code(f"place-{number}")), subject=subject or new_case_id())


@pytest.fixture
def unguarded(runtime):
    """A connection of somebody who has taken the append-only triggers away."""
    record(runtime, 6)
    with runtime.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER event_log_no_update"))
            connection.execute(text("DROP TRIGGER event_log_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER event_log_append_only ON event_log"))
    return runtime


def test_events_are_numbered_without_a_gap_in_the_log_and_within_their_subject(runtime):
    subject = new_case_id()
    record(runtime, 2)
    record(runtime, 3, subject)
    envelopes = log_of(runtime)
    assert [envelope.sequence for envelope in envelopes] == [1, 2, 3, 4, 5]
    assert [envelope.number for envelope in envelopes if envelope.subject == subject] == [1, 2, 3]


def test_a_unit_of_work_that_fails_leaves_neither_state_nor_event(runtime):
    def record_and_fail():
        with runtime.unit_of_work(SOMEBODY) as uow:
            uow.record(Greeted(place=Code("nowhere")), subject=new_case_id())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        record_and_fail()
    assert log_of(runtime) == []


@pytest.mark.parametrize("change", [update(event_log).values(type="x"), delete(event_log)])
def test_the_database_refuses_to_change_the_log(runtime, change):
    record(runtime, 1)
    with pytest.raises(DatabaseError, match="append-only"), runtime.engine.begin() as connection:
        connection.execute(change)


def test_an_untouched_log_verifies(runtime):
    record(runtime, 6)
    assert broken(runtime) is None


def broken(runtime):
    with runtime.engine.connect() as connection:
        return first_broken_link(connection, "parcels")


def flip_a_bit(connection):
    body = bytearray(connection.execute(select(event_log.c.body).where(event_log.c.position == 3)).scalar_one())
    body[len(body) // 2] ^= 1
    connection.execute(update(event_log).where(event_log.c.position == 3).values(body=bytes(body)))


def remove_one(connection):
    connection.execute(delete(event_log).where(event_log.c.position == 3))


def swap_two(connection):
    bodies = {row.position: row.body for row in log.walk(connection)}
    for position, other in ((3, 4), (4, 3)):
        connection.execute(update(event_log).where(event_log.c.position == position).values(body=bodies[other]))


def change_a_column(connection):
    connection.execute(update(event_log).where(event_log.c.position == 3).values(type="test.other.v1"))


@pytest.mark.parametrize("attack", [flip_a_bit, remove_one, swap_two, change_a_column])
def test_tampering_is_found_and_the_position_named(unguarded, attack):
    with unguarded.engine.begin() as connection:
        attack(connection)
    found = broken(unguarded)
    assert found is not None
    assert (found.service, found.position) == ("parcels", 3)


def test_a_truncated_log_is_found_by_its_head(unguarded):
    with unguarded.engine.begin() as connection:
        connection.execute(delete(event_log).where(event_log.c.position > 4))
    assert broken(unguarded).position == 5


def test_another_services_log_in_its_place_is_found(unguarded):
    with unguarded.engine.connect() as connection:
        assert first_broken_link(connection, "letters").position == 1


def test_a_second_head_cannot_be_made(runtime):
    with pytest.raises(DatabaseError), runtime.engine.begin() as connection:
        connection.execute(insert(event_log_head).values(id=2, log_id="x", position=0, hash="y"))


def test_an_event_cannot_hold_a_plain_text():
    with pytest.raises(TypeError, match="must be"):
        Arrived(place="somewhere", note=BlindText("fine"))  # type: ignore[arg-type]
