"""The ledger takes in every event of every other service, byte for byte, once, and never changes it."""

from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from services.audit.models import case_summary, ledger, metadata
from shared.chassis.events import parking
from shared.chassis.events.broker import Message
from shared.chassis.events.replay import differences, replay
from tests.services.audit.happenings import ACCEPTED, CAME, DUE, LIFE, RECEIVED
from tests.support import new_case_id, take_in


def parked(runtime):
    with runtime.engine.connect() as connection:
        return [row.reason for row in parking.waiting(connection)]


def test_every_event_of_a_case_is_in_the_ledger_as_it_came(whole_case, rows, broker):
    messages = {message.value: message for message in broker.read_all()}
    entered = rows(ledger)
    assert {row.body for row in entered} == set(messages)
    assert len(entered) == len(LIFE)
    for row in entered:
        message = messages[row.body]
        assert (row.partition, row.offset, row.chain) == (
            message.partition,
            message.offset,
            dict(message.headers)["chain"].decode(),
        )


def test_an_event_that_is_delivered_again_is_entered_once(runtime, intake, rows):
    envelope = intake.says(CAME, subject=new_case_id())
    for _ in range(3):
        intake.sends(envelope)
    take_in(runtime)
    assert [row.offset for row in rows(ledger)] == [0]
    assert [row.events for row in rows(case_summary)] == [1]


def test_an_event_of_a_type_from_the_future_is_entered(runtime, intake, rows):
    envelope = intake.says(CAME, subject=new_case_id())
    intake.sends(replace(envelope, id=new_case_id(), number=2, sequence=2, type="foi.intake.fee-paid.v7"))
    take_in(runtime)
    assert [row.type for row in rows(ledger)] == [CAME.event_type, "foi.intake.fee-paid.v7"]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"reference": 7, "received_on": [], "due_on": None},
        {"reference": "x" * 5_000, "received_on": "soon", "due_on": "2026-13-01"},
    ],
)
def test_an_event_that_breaks_its_contract_is_entered_as_evidence_and_tells_nothing(runtime, intake, rows, data):
    envelope = intake.says(CAME, subject=new_case_id())
    intake.sends(replace(envelope, id=new_case_id(), number=2, sequence=2, data=data))
    take_in(runtime)
    assert len(rows(ledger)) == 2
    (summary,) = rows(case_summary)
    assert (summary.reference, summary.received_on, summary.events) == (CAME.reference, RECEIVED, 2)


def test_a_message_that_carries_no_hash_is_entered_without_one(runtime, intake, rows, broker):
    envelope = intake.says(CAME, subject=new_case_id())
    later = replace(envelope, id=new_case_id(), number=2, sequence=2)
    headers = (("chain", b"not a hash"),)
    broker.publisher("x").publish([Message(key=later.subject, value=later.to_bytes(), headers=headers)])
    take_in(runtime)
    assert [bool(row.chain) for row in rows(ledger)] == [True, False]


def test_a_second_event_for_a_place_in_a_log_is_parked_and_the_first_one_stays(runtime, intake, rows):
    envelope = intake.says(CAME, subject=new_case_id())
    take_in(runtime)
    intake.sends(replace(envelope, id=new_case_id(), subject=new_case_id()))
    take_in(runtime)
    assert parked(runtime) == ["failed"]
    assert [row.event_id for row in rows(ledger)] == [envelope.id]


@pytest.mark.parametrize("change", [update(ledger).values(type="x"), delete(ledger)])
def test_the_database_refuses_to_change_the_ledger(runtime, whole_case, change):
    with pytest.raises(DatabaseError, match="append-only"), runtime.engine.begin() as connection:
        connection.execute(change)


def test_the_summary_tells_what_the_events_have_told_so_far(runtime, intake, rows):
    case_id = new_case_id()
    intake.says(CAME, subject=case_id)
    take_in(runtime)
    (first,) = rows(case_summary)
    intake.says(ACCEPTED, subject=case_id)
    take_in(runtime)
    (second,) = rows(case_summary)
    assert (first.reference, first.title, first.due_on, first.events) == (CAME.reference, None, DUE, 1)
    assert (second.title, second.last_type, second.dispatched_on) == (ACCEPTED.title, ACCEPTED.event_type, None)


def test_the_ledger_built_again_from_the_topic_is_byte_for_byte_the_same(runtime, whole_case, intake, broker, tmp_path):
    intake.sends(intake.says(CAME, subject=new_case_id()))
    take_in(runtime)
    rebuilt = replay(runtime.service, runtime.config, broker, tmp_path / "scratch.db")
    assert differences(runtime.engine, rebuilt.engine, runtime.service.projections) == []
    rebuilt.engine.dispose()


def test_the_migrated_tables_are_those_that_the_code_declares(runtime):
    with runtime.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables},
        )
        assert compare_metadata(context, metadata) == []
