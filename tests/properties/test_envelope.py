"""Whatever an event holds, its envelope has one writing, is read back the same, and half of one is none."""

import json
from datetime import UTC

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.chassis.events.envelope import Envelope, Unreadable, canonical

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(alphabet=st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=20,
)
names = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,63}", fullmatch=True)
traces = st.from_regex(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", fullmatch=True)
envelopes = st.builds(
    Envelope,
    id=st.uuids().map(str),
    source=st.sampled_from(["intake", "audit"]),
    type=st.from_regex(r"[a-z0-9][a-z0-9.-]{0,98}", fullmatch=True),
    subject=st.uuids().map(str),
    time=st.datetimes(timezones=st.just(UTC)),
    sequence=st.integers(1, 10**18),
    number=st.integers(1, 2**31 - 1),
    actor_id=names,
    actor_role=names,
    correlation_id=st.uuids().map(str),
    causation_id=st.none() | st.uuids().map(str),
    traceparent=st.none() | traces,
    data=st.dictionaries(st.text(st.characters(codec="utf-8")), plain, max_size=5),
)


def shuffled(value, random):
    if isinstance(value, dict):
        items = [(key, shuffled(item, random)) for key, item in value.items()]
        random.shuffle(items)
        return dict(items)
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


@given(envelopes)
def test_an_envelope_is_read_back_as_it_was_written(envelope):
    raw = envelope.to_bytes()
    assert Envelope.from_bytes(raw) == envelope
    assert Envelope.from_bytes(raw).to_bytes() == raw


@given(plain, st.randoms())
def test_one_meaning_has_one_writing_in_whatever_order_it_was_put_together(value, random):
    raw = canonical(value)
    assert canonical(shuffled(value, random)) == raw
    assert json.loads(raw) == value
    assert canonical(json.loads(raw)) == raw


@given(plain, plain)
def test_two_meanings_never_have_the_same_writing(one, other):
    assume(json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))
    assert canonical(one) != canonical(other)


@given(
    st.binary(max_size=400)
    | st.text(st.characters(codec="utf-8")).map(str.encode)
    | plain.map(lambda value: json.dumps(value).encode())
)
def test_no_bytes_at_all_do_anything_but_be_refused(raw):
    with pytest.raises(Unreadable):
        Envelope.from_bytes(raw)


@given(envelopes, st.data())
def test_bytes_that_were_cut_short_are_refused(envelope, data):
    raw = envelope.to_bytes()
    with pytest.raises(Unreadable):
        Envelope.from_bytes(raw[: data.draw(st.integers(0, len(raw) - 1))])
