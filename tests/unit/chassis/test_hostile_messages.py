"""Whatever somebody puts on the topic, it is parked or passed over: nothing stops the others from being handled."""

import json
from datetime import UTC, datetime

import pytest

from shared.chassis.events import parking
from shared.chassis.events.broker import Message
from shared.chassis.events.envelope import Envelope
from shared.chassis.events.values import BlindText, Code
from tests.support import new_case_id, take_in
from tests.unit.chassis.parcels import Arrived
from tests.unit.chassis.test_consuming import places


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("shared.chassis.events.consumer.PAUSES", (0, 0, 0, 0))


def sound(**changes) -> dict:
    envelope = Envelope(
        id=new_case_id(),
        source="vandal",
        type="test.parcels.arrived.v1",
        subject=new_case_id(),
        time=datetime(2026, 6, 15, 9, tzinfo=UTC),
        sequence=1,
        number=1,
        actor_id="a.person",
        actor_role="clerk",
        correlation_id=new_case_id(),
        causation_id=None,
        traceparent=None,
        data={"place": "depot", "note": "on time"},
    )
    return json.loads(envelope.to_bytes()) | changes


HOSTILE = {
    "an id that is longer than any": {"id": "x" * 5_000},
    "an id with a null character": {"id": "a\x00b"},
    "a subject that is longer than any": {"subject": "x" * 5_000},
    "a subject with a null character": {"subject": "a\x00b"},
    "an empty subject": {"subject": ""},
    "a type that is longer than any": {"type": "x" * 5_000},
    "a source that is longer than any": {"source": "x" * 5_000},
    "a source with a null character": {"source": "/candour/a\x00b"},
    "a number that no column holds": {"subjectnumber": 2**63},
    "a number that is nothing": {"subjectnumber": 0},
    "a position that no column holds": {"sequence": "9" * 30},
    "a cause that is an object": {"causationid": {"a": 1}},
    "a cause that is longer than any": {"causationid": "x" * 5_000},
    "a trace that is a list": {"traceparent": ["x"]},
    "a correlation that is longer than any": {"correlationid": "x" * 5_000},
    "a time that has no zone": {"time": "2026-06-15T09:00:00"},
    "a time before all times": {"time": "0001-01-01T00:00:00+23:59"},
    "a text with a null character": {"data": {"place": "depot", "note": "a\x00b"}},
    "data of another kind": {"data": {"place": {"deep": [[[[[]]]]]}, "note": 7}},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_it_is_parked_or_passed_over_and_the_others_are_handled(runtime, broker, sorting_office, changes):
    spoiled = sound(**changes)
    key = spoiled["subject"]
    broker.publisher("vandal").publish([Message(key=key, value=json.dumps(spoiled).encode())])
    sorting_office.says(Arrived(place=Code("harbour"), note=BlindText("fine")), subject=new_case_id())
    for _ in range(2):
        take_in(runtime)
    assert "harbour" in places(runtime)
    with runtime.engine.connect() as connection:
        parked = len(parking.waiting(connection))
    assert parked + len(places(runtime)) <= 2


@pytest.mark.parametrize("key", [None, "", "x" * 5_000, "a\x00b", "\U0001f600" * 50])
def test_bytes_that_are_no_envelope_are_parked_under_whatever_key(runtime, broker, sorting_office, key):
    broker.publisher("vandal").publish([Message(key=key, value=b"\x00\xff")])
    sorting_office.says(Arrived(place=Code("harbour"), note=BlindText("fine")), subject=new_case_id())
    take_in(runtime)
    with runtime.engine.connect() as connection:
        (row,) = parking.waiting(connection)
    assert (row.reason, row.value, places(runtime)) == ("unreadable", b"\x00\xff", ["harbour"])
