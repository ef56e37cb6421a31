"""Whatever is done to a log, to the ledger or to the topic, verifying names service, position, event and culprit."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from services.audit.models import ledger
from services.operations import OperationFailed
from services.operations.comparing import MOST_FAULTS
from services.operations.verify import verify
from shared.chassis.events.broker import Message
from shared.chassis.events.envelope import Envelope
from shared.chassis.events.log import event_log, event_log_head
from shared.chassis.events.relay import relay_cursor
from tests.support import config_for, new_case_id, send_out, take_in
from tests.unit.operations import attacks


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("shared.chassis.events.consumer.PAUSES", (0, 0, 0, 0))


def attack(runtimes, name, what):
    with runtimes[name].engine.begin() as connection:
        what(connection)


def event_ids(runtimes):
    """Intake's events by position, as the ledger has them."""
    with runtimes["audit"].engine.connect() as connection:
        rows = connection.execute(select(ledger.c.position, ledger.c.event_id).where(ledger.c.source == "intake"))
        return {row.position: row.event_id for row in rows}


def told(report):
    return [(fault.service, fault.position, fault.disagreeing) for fault in report.faults]


def counts(report, name="intake"):
    (found,) = (one for one in report.checked if one.service == name)
    return found.unsent, found.waiting, found.parked


def test_what_nobody_touched_verifies(settled, check):
    report = check()
    assert report.faults == []
    assert [(one.service, one.log, one.ledger, one.topic) for one in report.checked] == [
        ("intake", 6, 6, 6),
        ("decision", 2, 2, 2),
        ("audit", 0, 0, 0),
    ]
    assert counts(report) == (0, 0, 0)
    assert report.in_words().endswith("Verified: nothing was edited, removed, swapped or cut off.")
    assert report.as_json()["intact"] is True


def test_an_empty_stack_verifies(runtimes, check):
    assert check().faults == []


@pytest.mark.parametrize(
    ("what", "positions"), attacks.LOG_ATTACKS.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_a_log_that_was_tampered_with_stands_alone_against_ledger_and_topic(settled, check, what, positions):
    events = event_ids(settled)
    attack(settled, "intake", what)
    found = {fault.position: fault for fault in check().faults}
    assert set(positions) <= set(found)
    for position in positions:
        assert (found[position].service, found[position].disagreeing) == ("intake", ("log",))
        assert found[position].event_id == events[position]
        assert found[position].event_type == "foi.intake.case-received.v1"
        assert "the log says" in found[position].what
        assert "the ledger and the topic say" in found[position].what


@pytest.mark.parametrize("what", attacks.LOG_ATTACKS)
def test_a_log_that_was_tampered_with_is_found_without_the_topic_too(settled, check, what):
    attack(settled, "intake", what)
    report = check(read_topic=False, broker=None)
    assert report.faults[0].position == attacks.LOG_ATTACKS[what][0]
    assert "The topic was not looked at." in report.in_words()


def test_an_event_put_at_the_end_as_if_it_had_been_sent_is_found(settled, check):
    attack(settled, "intake", attacks.insert_at_the_end_as_if_sent)
    (fault,) = check().faults
    assert (fault.position, fault.disagreeing) == (7, ("log", "topic"))
    assert "the topic says nothing" in fault.what


@pytest.mark.parametrize("what", attacks.LEDGER_ATTACKS)
def test_a_ledger_that_was_tampered_with_stands_alone_against_log_and_topic(settled, check, what):
    events = event_ids(settled)
    attack(settled, "audit", what)
    report = check()
    assert told(report) == [("intake", 3, ("ledger",))]
    assert report.faults[0].event_id == events[3]


def test_an_event_put_into_the_ledger_that_nobody_recorded_is_found(settled, check):
    def insert_one(connection):
        row = dict(connection.execute(select(ledger).where(attacks.in_ledger(1))).one()._mapping)
        made = replace(Envelope.from_bytes(row["body"]), id=new_case_id(), sequence=7)
        connection.execute(
            ledger.insert().values({**row, "position": 7, "event_id": made.id, "body": made.to_bytes(), "offset": 99})
        )

    attack(settled, "audit", insert_one)
    assert told(check()) == [("intake", 7, ("log", "ledger"))]


def test_an_event_that_is_gone_from_the_topic_is_found(settled, check, broker, monkeypatch):
    third = event_ids(settled)[3]
    left = [message for message in broker.read_all() if third.encode() not in message.value]
    monkeypatch.setattr(broker, "read_all", lambda: iter(left))
    report = check()
    assert told(report) == [("intake", 3, ("topic",))]
    assert "the topic says nothing, the log and the ledger say" in report.faults[0].what


def test_an_event_that_was_changed_on_the_topic_is_found(settled, check, broker, monkeypatch):
    third = event_ids(settled)[3].encode()
    changed = [
        replace(message, value=attacks.doctored(message.value)) if third in message.value else message
        for message in broker.read_all()
    ]
    monkeypatch.setattr(broker, "read_all", lambda: iter(changed))
    assert told(check()) == [("intake", 3, ("topic",))]


def forge(broker, of, **changes):
    first = next(message for message in broker.read_all() if f'"/candour/{of}"'.encode() in message.value)
    made = replace(Envelope.from_bytes(first.value), id=new_case_id(), **changes)
    broker.publisher("forger").publish([Message(key=made.subject, value=made.to_bytes(), headers=first.headers)])


def test_an_event_on_the_topic_that_nobody_recorded_is_found(settled, check, broker):
    forge(broker, "intake", sequence=7, number=9)
    assert told(check()) == [("intake", 7, ("log", "topic"))]


def test_a_second_event_on_the_topic_for_the_same_place_is_found(settled, check, broker):
    forge(broker, "intake", sequence=3)
    report = check()
    assert told(report) == [("intake", 3, ("topic",))]
    assert "the log and the ledger and the topic say" in report.faults[0].what


def test_events_of_a_service_that_does_not_exist_are_found(settled, check, broker):
    forge(broker, "intake", source="shadow", sequence=1, number=1)
    take_in(settled["audit"])
    report = check()
    assert told(report) == [("shadow", 0, ("topic",)), ("shadow", 0, ("ledger",))]
    assert "1 event of a service that does not exist" in report.faults[0].what


def test_duplicates_on_the_topic_are_no_fault(settled, check, broker):
    again = [Message(key=one.key, value=one.value, headers=one.headers) for one in broker.read_all()]
    broker.publisher("relay").publish(again)
    report = check()
    assert (report.faults, report.checked[0].topic) == ([], 6)


def test_what_nobody_can_read_on_the_topic_is_counted(settled, check, broker):
    broker.publisher("vandal").publish([Message(key=new_case_id(), value=b"{"), Message(key=None, value=b"x")])
    report = check()
    assert (report.faults, report.unreadable) == ([], 2)
    assert "2 messages on the topic can be read by nobody" in report.in_words()


def test_an_old_copy_that_goes_on_recording_is_found(settled, check, record, deliver):
    attack(settled, "intake", attacks.put_an_old_copy_back)
    record()
    record()
    deliver()
    found = {fault.position: fault for fault in check().faults}
    assert list(found) == [5, 6]
    assert "the topic" in found[5].what


def test_events_that_are_still_on_their_way_are_counted_and_no_fault(runtimes, check, record):
    for _ in range(3):
        record()
    assert counts(check()) == (3, 0, 0)
    send_out(runtimes["intake"])
    assert counts(check()) == (0, 3, 0)
    record()
    report = check()
    assert (report.faults, counts(report)) == ([], (1, 3, 0))
    assert "1 not sent yet, 3 not in the ledger yet" in report.in_words()
    assert counts(check(read_topic=False)) == (1, 3, 0)


def test_events_that_have_arrived_before_the_relay_noted_it_are_compared(settled, check):
    attack(settled, "intake", lambda connection: connection.execute(update(relay_cursor).values(position=2)))
    assert check().faults == []
    attack(settled, "intake", attacks.edit_and_chain_again)
    assert told(check()) == [("intake", 3, ("log",))]


def test_events_that_audit_has_parked_are_counted(runtimes, check, record, deliver, broker):
    subject = record()
    deliver()
    broker.publisher("vandal").publish([Message(key=subject, value=b"{")])
    record(case_id=subject)
    deliver()
    report = check()
    assert (report.faults, counts(report)) == ([], (0, 0, 1))
    assert "candour parked list audit" in report.in_words()


def test_it_waits_for_events_that_are_on_their_way(runtimes, check, record, deliver, monkeypatch):
    record()
    monkeypatch.setattr("services.operations.verify.time.sleep", lambda _seconds: deliver())
    report = check(patience=20)
    assert (report.faults, counts(report), report.checked[0].ledger) == ([], (0, 0, 0), 1)


def test_what_differs_is_named_and_its_contents_are_not(settled, check):
    attack(settled, "intake", attacks.edit_and_chain_again)
    (fault,) = check().faults
    assert fault.what.endswith("what differs is data.channel")
    assert "phone" not in check().in_words()


def test_a_rewritten_tail_is_told_once_where_it_begins(settled, check):
    attack(settled, "intake", attacks.edit_and_chain_again)
    report = check()
    assert told(report) == [("intake", 3, ("log",))]
    text = report.in_words()
    assert f"FAULT  intake, position 3, event {report.faults[0].event_id} (foi.intake.case-received.v1)" in text
    assert report.as_json()["faults"][0]["position"] == 3


def test_the_broken_link_of_an_edited_log_is_told_with_its_event(settled, check):
    attack(settled, "intake", attacks.edit)
    (fault,) = check().faults
    assert "in the log its bytes, or the link to the event before it, were changed" in fault.what


def test_a_log_without_a_head_is_told(settled, check):
    attack(settled, "intake", lambda connection: connection.execute(event_log_head.delete()))
    (fault,) = check().faults
    assert (fault.position, fault.what) == (0, "in the log the head of the log is gone")


def test_a_log_of_which_nothing_is_left_is_told_event_by_event(settled, check):
    attack(settled, "intake", lambda connection: connection.execute(event_log.delete()))
    assert [fault.position for fault in check().faults] == [1, 2, 3, 4, 5, 6]


def test_many_faults_are_counted(runtimes, check, record, deliver, settled):
    for _ in range(MOST_FAULTS):
        record()
    deliver()
    attack(settled, "intake", lambda connection: connection.execute(event_log.delete()))
    report = check()
    assert (len(report.faults), report.checked[0].more_faults) == (MOST_FAULTS, 6)
    assert "FAULT  intake: and 6 more." in report.in_words()


def test_the_topic_that_cannot_be_read_is_a_failure_with_a_way_out(settled, check, broker):
    broker.unavailable = True
    with pytest.raises(OperationFailed, match="--without-topic"):
        check()
    assert check(read_topic=False).faults == []


def test_a_database_that_is_not_there_is_a_failure_and_is_not_made(tmp_path):
    with pytest.raises(OperationFailed, match="intake has no database"):
        verify(config_for(tmp_path), ("intake",), read_topic=False)
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_was_dropped_is_a_failure(settled, check):
    attack(settled, "intake", attacks.drop_the_log)
    with pytest.raises(OperationFailed, match="event_log"):
        check()
