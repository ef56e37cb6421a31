"""One transaction, one instant, one actor: state and events together or not at all, and one of two people wins."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from shared.chassis.errors import StaleVersion
from shared.chassis.events.values import Code
from shared.chassis.identity import Actor
from tests.support import MORNING, log_of, new_case_id
from tests.unit.chassis.parcels import Greeted, parcel

SOMEBODY = Actor(id="a.person", roles=frozenset({"clerk"}), role="clerk")


@pytest.fixture
def parcel_id(runtime):
    """A parcel that exists, at version 1."""
    with runtime.unit_of_work(SOMEBODY) as uow:
        key = uow.new_id()
        uow.add(parcel, id=key, version=1, state="packed")
    return key


def read(uow, parcel_id):
    return uow.once(select(parcel).where(parcel.c.id == parcel_id))


def send(runtime, parcel_id, expected_version=None):
    with runtime.unit_of_work(SOMEBODY, expected_version=expected_version) as uow:
        row = read(uow, parcel_id)
        uow.require_version(row)
        uow.record(Greeted(place=Code("road")), subject=parcel_id)
        return uow.advance(parcel, row, state="travelling")


def test_state_and_event_are_committed_together_with_the_actor_and_the_instant(runtime, parcel_id):
    assert send(runtime, parcel_id).version == 2
    (event,) = log_of(runtime)
    assert (event.actor_id, event.actor_role, event.time, event.causation_id) == ("a.person", "clerk", MORNING, None)


def test_the_caller_s_correlation_id_runs_through_every_event(runtime):
    correlation = new_case_id()
    with runtime.unit_of_work(SOMEBODY, correlation_id=correlation) as uow:
        for place in ("here", "there"):
            uow.record(Greeted(place=Code(place)), subject=new_case_id())
    assert {event.correlation_id for event in log_of(runtime)} == {correlation}


def test_events_keep_the_order_of_recording(runtime):
    places = [f"place-{number}" for number in range(20)]
    with runtime.unit_of_work(SOMEBODY) as uow:
        for place in places:
            uow.record(Greeted(place=Code(place)), subject=new_case_id())
    assert [event.data["place"] for event in log_of(runtime)] == places


def test_an_error_undoes_state_and_events(runtime, parcel_id):
    def fails():
        with runtime.unit_of_work(SOMEBODY) as uow:
            uow.advance(parcel, read(uow, parcel_id), state="travelling")
            uow.record(Greeted(place=Code("road")), subject=parcel_id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with runtime.reading(SOMEBODY) as uow:
        assert read(uow, parcel_id).version == 1
    assert log_of(runtime) == []


def test_an_event_that_cannot_be_written_undoes_the_state(runtime, parcel_id):
    def fails():
        with runtime.unit_of_work(SOMEBODY) as uow:
            uow.advance(parcel, read(uow, parcel_id), state="travelling")
            uow.record(Greeted(place=Code("road")), subject="x" * 900_001)

    with pytest.raises(ValueError):
        fails()
    with runtime.reading(SOMEBODY) as uow:
        assert read(uow, parcel_id).state == "packed"


@pytest.mark.parametrize("expected", [None, 1])
def test_who_has_read_the_current_version_may_change_it(runtime, parcel_id, expected):
    assert send(runtime, parcel_id, expected).state == "travelling"


def test_who_has_read_an_older_version_is_told_the_current_one(runtime, parcel_id):
    send(runtime, parcel_id)
    with pytest.raises(StaleVersion) as refused:
        send(runtime, parcel_id, expected_version=1)
    assert refused.value.current == 2


def test_a_row_that_somebody_else_changed_meanwhile_is_not_overwritten(runtime, parcel_id):
    with runtime.reading(SOMEBODY) as uow:
        as_read_before = read(uow, parcel_id)
    send(runtime, parcel_id)

    def too_late():
        with runtime.unit_of_work(SOMEBODY) as uow:
            uow.advance(parcel, as_read_before, state="delivered")

    with pytest.raises(StaleVersion) as refused:
        too_late()
    assert refused.value.current == 2


def test_of_many_people_at_once_one_wins_and_the_others_are_told(runtime, parcel_id):
    outcomes = []
    together = threading.Barrier(6)

    def person():
        together.wait()
        try:
            send(runtime, parcel_id, expected_version=1)
            outcomes.append("won")
        except StaleVersion:
            outcomes.append("told")

    people = [threading.Thread(target=person) for _ in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(outcomes) == ["told"] * 5 + ["won"]
    assert len(log_of(runtime)) == 1


def test_many_writers_at_once_leave_a_log_without_a_gap(runtime):
    def writer():
        for _ in range(10):
            with runtime.unit_of_work(SOMEBODY) as uow:
                uow.record(Greeted(place=Code("road")), subject=subject)

    subject = new_case_id()
    writers = [threading.Thread(target=writer) for _ in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    events = log_of(runtime)
    assert [event.sequence for event in events] == [event.number for event in events] == list(range(1, 41))


def test_one_that_only_reads_keeps_nothing(runtime, parcel_id):
    with runtime.reading(SOMEBODY) as uow:
        uow.advance(parcel, read(uow, parcel_id), state="travelling")
    with runtime.reading(SOMEBODY) as uow:
        assert read(uow, parcel_id).state == "packed"


def test_reading_does_not_wait_for_a_writer(runtime, parcel_id):
    with runtime.unit_of_work(SOMEBODY) as writing, runtime.reading(SOMEBODY) as uow:
        writing.advance(parcel, read(writing, parcel_id), state="travelling")
        assert read(uow, parcel_id).state == "packed"


def test_today_is_london_s_day(runtime, clock):
    clock.instant = MORNING.replace(hour=23, minute=30)
    with runtime.reading(SOMEBODY) as uow:
        assert uow.today == date(2026, 6, 16)
        assert uow.now - MORNING == timedelta(hours=14, minutes=30)


def test_new_ids_sort_by_the_time_they_were_made(runtime):
    with runtime.reading(SOMEBODY) as uow:
        made = [uow.new_id() for _ in range(1_000)]
    assert made == sorted(set(made))


def test_several_rows_are_added_at_once_and_none_is_fine(runtime):
    with runtime.unit_of_work(SOMEBODY) as uow:
        uow.add(parcel)
        uow.add(parcel, *({"id": uow.new_id(), "version": 1, "state": "packed"} for _ in range(3)))
        assert len(uow.all(select(parcel))) == 3


def test_an_error_of_the_database_does_not_quote_what_was_to_be_stored(runtime, parcel_id):
    with pytest.raises(DBAPIError) as failed, runtime.unit_of_work(SOMEBODY) as uow:
        uow.add(parcel, id=parcel_id, version=1, state="jane.doe@example.org"[:20])
    assert "jane.doe" not in str(failed.value)
