"""What goes between the service and its examiner arrives as it was sent, or not at all."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.frames import BrokenFrame, Frame, read_frame

NAMES = st.text(max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
FRAMES = st.builds(
    Frame,
    told=st.dictionaries(NAMES, JSON, max_size=4),
    parts=st.dictionaries(NAMES, st.binary(max_size=200), max_size=4),
)


@settings(max_examples=25)
@given(st.lists(FRAMES, max_size=3))
def test_frames_arrive_in_order_and_unchanged(frames):
    source = io.BytesIO(b"".join(piece for each in frames for piece in each.pieces()))
    assert [read_frame(source) for _ in frames] == frames
    assert read_frame(source) is None


@settings(max_examples=25)
@given(FRAMES, st.data())
def test_a_frame_that_is_cut_short_is_no_frame(frame, data):
    whole = b"".join(frame.pieces())
    short = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(whole[:short]))


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"no JSON",
        b"[]",
        b"{}",
        b'{"told": 1, "parts": []}',
        b'{"told": {}, "parts": [["data", -1]]}',
        b'{"told": {}, "parts": [["data", "many"]]}',
        b'{"told": {}, "parts": [1]}',
        b"[" * 100_000,
    ],
)
def test_a_header_of_another_shape_is_no_frame(header):
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(len(header).to_bytes(4, "big") + header))


def test_a_header_that_would_fill_the_memory_is_not_even_read():
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(b"\xff\xff\xff\xff"))
