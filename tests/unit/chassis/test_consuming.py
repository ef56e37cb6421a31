"""Every event takes effect exactly once, in order within its subject; what cannot be handled waits with its subject."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from shared.chassis.errors import Refused
from shared.chassis.events import parking
from shared.chassis.events.broker import BrokerUnavailable, Message
from shared.chassis.events.consumer import Consumer
from shared.chassis.events.inbox import inbox
from shared.chassis.events.values import BlindText, Code
from shared.chassis.identity import Actor
from tests.support import log_of, new_case_id, send_out, take_in
from tests.unit.chassis import parcels
from tests.unit.chassis.parcels import Arrived, arrival

OPERATOR = Actor(id="on.call", roles=frozenset({"ops"}), role="ops")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("shared.chassis.events.consumer.PAUSES", (0, 0, 0, 0))


def arrived(place="depot"):
    return Arrived(place=Code(place), note=BlindText("on time"))


def rows(runtime, table):
    with runtime.engine.connect() as connection:
        return connection.execute(select(table)).all()


def places(runtime):
    return [row.place for row in sorted(rows(runtime, arrival), key=lambda row: row.event_id)]


def parked(runtime):
    with runtime.engine.connect() as connection:
        return [(row.reason, row.type) for row in parking.waiting(connection)]


def retry(runtime):
    with runtime.engine.begin() as connection:
        parking.ask_for_retry(connection, None)
    drive_parked(runtime)


def drive_parked(runtime):
    subscription = runtime.broker.subscribe(runtime.group, "1")
    consumer = Consumer(runtime, subscription)
    while consumer.retry_parked():
        pass
    subscription.close()


def test_an_event_is_projected_and_answered_with_its_cause(runtime, sorting_office):
    cause = sorting_office.says(arrived(), subject=new_case_id())
    take_in(runtime)
    (answer,) = log_of(runtime)
    assert places(runtime) == ["depot"]
    assert (answer.causation_id, answer.correlation_id) == (cause.id, cause.correlation_id)
    assert (answer.actor_id, answer.actor_role) == ("parcels", "system")


def test_an_event_that_is_delivered_five_times_takes_effect_once(runtime, sorting_office):
    envelope = sorting_office.says(arrived(), subject=new_case_id())
    for _ in range(4):
        sorting_office.sends(envelope)
    take_in(runtime)
    assert len(log_of(runtime)) == len(rows(runtime, arrival)) == len(rows(runtime, inbox)) == 1


def test_events_that_stand_for_nobodys_act_of_ours_are_passed_over(runtime, sorting_office):
    sorting_office.says(parcels.Greeted(place=Code("door")), subject=new_case_id())
    take_in(runtime)
    assert rows(runtime, inbox) == []


def test_our_own_events_coming_back_are_not_taken_in(runtime, sorting_office):
    sorting_office.says(arrived(), subject=new_case_id())
    take_in(runtime)
    send_out(runtime)
    take_in(runtime)
    assert len(rows(runtime, inbox)) == 1


def test_what_cannot_be_handled_is_parked_with_its_subject_and_the_others_go_on(runtime, sorting_office):
    unlucky, lucky = new_case_id(), new_case_id()
    parcels.trouble["swamp"] = RuntimeError("with something private in its words")
    sorting_office.says(arrived("swamp"), subject=unlucky)
    sorting_office.says(arrived("later"), subject=unlucky)
    sorting_office.says(arrived("depot"), subject=lucky)
    take_in(runtime)
    assert places(runtime) == ["depot"]
    assert [reason for reason, _ in parked(runtime)] == ["failed", "behind"]
    with runtime.engine.connect() as connection:
        assert "private" not in parking.waiting(connection)[0].detail


def test_a_retry_after_the_mend_handles_all_that_waited_in_order(runtime, sorting_office):
    subject = new_case_id()
    parcels.trouble["swamp"] = RuntimeError()
    for place in ("swamp", "later", "last"):
        sorting_office.says(arrived(place), subject=subject)
    take_in(runtime)
    retry(runtime)
    assert len(parked(runtime)) == 3  # not mended yet: nothing is lost by trying
    parcels.trouble.clear()
    retry(runtime)
    assert (places(runtime), parked(runtime)) == (["swamp", "later", "last"], [])
    assert dict(runtime_gauges(runtime))["candour_parked_messages"] == 0


def runtime_gauges(runtime):
    return [(name, value) for name, _, value in runtime.gauges()]


def test_a_skipped_message_leaves_an_event_with_the_reason_and_the_rest_follows(runtime, sorting_office):
    subject = new_case_id()
    parcels.trouble["swamp"] = RuntimeError()
    sorting_office.says(arrived("swamp"), subject=subject)
    sorting_office.says(arrived("later"), subject=subject)
    take_in(runtime)
    with runtime.engine.connect() as connection:
        first, behind = parking.waiting(connection)
    with pytest.raises(Refused), runtime.unit_of_work(OPERATOR) as uow:
        parking.skip(uow, behind.partition, behind.offset, BlindText("wrong one"))
    with runtime.unit_of_work(OPERATOR) as uow:
        parking.skip(uow, first.partition, first.offset, BlindText("the swamp has no depot"))
    drive_parked(runtime)
    assert (places(runtime), parked(runtime)) == (["later"], [])
    assert log_of(runtime)[0].data == {
        "skipped_type": "test.parcels.arrived.v1",
        "reason": "the swamp has no depot",
    }


@pytest.mark.parametrize(
    "raw",
    [b"{not json", b"[]", b'{"specversion":"0.3"}', b'{"specversion":"1.0","data":[]}', b"\xff\xfe", b""],
)
def test_an_unreadable_message_is_parked_as_raw_bytes(runtime, broker, raw):
    subject = new_case_id()
    broker.publisher("vandal").publish([Message(key=subject, value=raw)])
    take_in(runtime)
    with runtime.engine.connect() as connection:
        (row,) = parking.waiting(connection)
    assert (row.reason, row.value, row.subject) == ("unreadable", raw, subject)


def test_a_message_under_another_subjects_key_is_parked(runtime, broker, sorting_office):
    envelope = sorting_office.says(arrived(), subject=new_case_id())
    broker.publisher("vandal").publish([Message(key=new_case_id(), value=envelope.to_bytes())])
    take_in(runtime)
    assert [reason for reason, _ in parked(runtime)] == ["unreadable"]


def test_an_event_that_does_not_fit_its_contract_is_parked(runtime, sorting_office):
    envelope = sorting_office.says(arrived(), subject=new_case_id())
    sorting_office.sends(replace(envelope, id=new_case_id(), number=2, data={"place": "not a code!"}))
    take_in(runtime)
    assert [reason for reason, _ in parked(runtime)] == ["unknown shape"]


def test_a_gap_is_seen_and_nothing_is_applied_out_of_order(runtime, sorting_office):
    envelope = sorting_office.says(arrived("first"), subject=new_case_id())
    sorting_office.sends(replace(envelope, id=new_case_id(), number=3, data={"place": "third", "note": "x"}))
    take_in(runtime)
    assert (places(runtime), parked(runtime)[0][0]) == (["first"], "gap")
    with runtime.engine.begin() as connection:
        parking.ask_for_retry(connection, envelope.subject, despite_gap=True)
    drive_parked(runtime)
    assert (len(places(runtime)), parked(runtime)) == (2, [])


def test_nothing_is_lost_when_the_broker_goes_away_between_log_and_topic(runtime, broker, sorting_office):
    sorting_office.says(arrived(), subject=new_case_id())
    take_in(runtime)
    broker.unavailable = True
    with pytest.raises(BrokerUnavailable):
        send_out(runtime)
    broker.unavailable = False
    assert send_out(runtime) == 1
    assert send_out(runtime) == 0


def test_an_event_larger_than_the_topic_takes_is_refused_when_it_is_recorded(runtime):
    with pytest.raises(ValueError, match="longer than"):
        BlindText("x" * 20_001)
