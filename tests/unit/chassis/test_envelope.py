"""The envelope has one canonical writing, is CloudEvents 1.0, and unreadable bytes are said to be so."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.chassis.events.envelope import LARGEST, Envelope, TooLarge, Unreadable, canonical

ID = "018c6f5e-2b1a-7c3d-9e4f-5a6b7c8d9e0f"


def envelope(**changes: Any) -> Envelope:
    return Envelope(
        **{
            "id": ID,
            "source": "intake",
            "type": "test.posted.v1",
            "subject": ID,
            "time": datetime(2026, 6, 15, 9, 0, 0, 120, tzinfo=UTC),
            "sequence": 42,
            "number": 3,
            "actor_id": "a.patel",
            "actor_role": "clerk",
            "correlation_id": ID,
            "causation_id": None,
            "traceparent": None,
            "data": {"b": 1, "a": "é"},
            **changes,
        }
    )


def test_the_bytes_are_canonical_cloud_events():
    raw = envelope().to_bytes()
    found = json.loads(raw)
    assert raw == json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert found["specversion"] == "1.0"
    assert (found["source"], found["sequence"]) == ("/candour/intake", "00000000000000000042")
    assert found["time"] == "2026-06-15T09:00:00.000120Z"
    assert "causationid" not in found
    assert "traceparent" not in found


@pytest.mark.parametrize(
    "more", [{}, {"causation_id": ID, "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}]
)
def test_an_envelope_is_read_back_as_it_was_written(more):
    written = envelope(**more)
    assert Envelope.from_bytes(written.to_bytes()) == written


def test_the_order_in_which_data_was_put_together_does_not_show():
    assert envelope(data={"a": "é", "b": 1}).to_bytes() == envelope().to_bytes()


def spoiled(**changes: Any) -> bytes:
    found = json.loads(envelope().to_bytes()) | changes
    return json.dumps({name: value for name, value in found.items() if value != "-"}).encode()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "malformed"),
        (b"null", "malformed"),
        (b"{}", "'specversion' is missing"),
        (spoiled(specversion="0.3"), "specversion is not '1.0'"),
        (spoiled(data=[1]), "data is not an object"),
        (spoiled(id="-"), "'id' is missing"),
        (spoiled(id=7), "malformed"),
        (spoiled(time="yesterday"), "malformed"),
        (spoiled(sequence="x"), "malformed"),
        (spoiled(sequence=42), "malformed"),
        (spoiled(subjectnumber="3"), "subjectnumber does not have its shape"),
        (spoiled(subjectnumber=True), "subjectnumber does not have its shape"),
        (spoiled(actorrole=None), "malformed"),
    ],
)
def test_unreadable_bytes_are_refused_with_the_reason(raw, why):
    with pytest.raises(Unreadable, match=why):
        Envelope.from_bytes(raw)


@pytest.mark.parametrize("value", [1.0, {"a": [0.5]}, [{"b": float("nan")}]])
def test_fractions_have_no_canonical_writing(value):
    with pytest.raises(TypeError, match="fraction"):
        canonical(value)


@pytest.mark.parametrize("value", [object(), {1: "a"}, {"a": {1, 2}}])
def test_nothing_but_plain_data_has_a_canonical_writing(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_an_event_that_the_topic_would_not_take_is_refused_when_it_is_written():
    with pytest.raises(TooLarge, match="at most 900,000"):
        envelope(data={"text": "x" * LARGEST}).to_bytes()
    envelope(data={"text": "x" * (LARGEST - 1_000)}).to_bytes()
