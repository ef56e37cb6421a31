"""The streams of a PDF, inflated piece by piece before any library opens it: a bomb is refused by what it really holds
(R-U1, R-U2).

Nothing is kept and nothing is trusted: where a stream ends, its own packing says, not the length that the file gives.
What is encrypted does not inflate, and is no matter here: such a file blocks as it is.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.packed_runs import lzw_pieces, run_length_pieces

_PIECE = 16 * 1024
_MOST_AT_ONCE = 256 * 1024
_STREAM = re.compile(rb"(?<!end)stream[ \t\f\0]*(?:\r\n|\n|\r)?")
_HEAD = 4096
"""Bytes before a stream in which its dictionary is looked for."""
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+)")
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_SHORT = {b"Fl": b"FlateDecode", b"LZW": b"LZWDecode", b"RL": b"RunLengthDecode"}
_SHORT |= {b"A85": b"ASCII85Decode", b"AHx": b"ASCIIHexDecode"}
_OF_LETTERS = (b"ASCII85Decode", b"ASCIIHexDecode")
_OF_RUNS = (b"LZWDecode", b"RunLengthDecode")
_GROWING = (b"FlateDecode", *_OF_RUNS)
_MOST_LAYERS = 3
_SIZE = re.compile(rb"/(Width|Height|BitsPerComponent)\s+(\d{1,9})")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)")
_KIDS_PER_PAGE = 10
"""Forms and name trees have kids as well, and earlier versions of a file their own."""


def refuse_bombs(look: Look, data: bytes) -> None:
    """Go over all streams of a PDF. Raises `TooLarge` for a stream that grows too much, all of them together, or a
    page tree of far too many pages; `Unreadable` for filters in an order that no ordinary program leaves."""
    kids = _kids(look, data, 0)
    for match in _STREAM.finditer(data):
        stream = _stream(data, match)
        size = 0
        held = bytearray()
        for piece in _unpacked(data, stream):
            size += len(piece)
            _refuse(look, stream, size, len(piece))
            if stream.holds_objects:
                held += piece
        kids = _kids(look, held, kids)


@dataclass
class _Stream:
    """A stream from `start` on, with what its dictionary says; `taken` are the packed bytes that were needed so far,
    `pixels` the bytes of the picture that it says it is."""

    start: int
    filters: tuple[bytes, ...]
    pixels: int
    holds_objects: bool
    early: bool
    taken: int = 0


def _stream(data: bytes, match: re.Match[bytes]) -> _Stream:
    head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b"obj")[2]
    head = _ESCAPED.sub(lambda each: bytes((int(each[1], 16),)), head)
    told = _FILTERS.search(head)
    names = [_SHORT.get(each, each) for each in _NAME.findall(told[1])] if told else []
    size = {name: int(number) for name, number in _SIZE.findall(head)}
    pixels = size.get(b"Width", 0) * 4 * size.get(b"BitsPerComponent", 8) // 8 + 2
    return _Stream(
        start=match.end(),
        filters=tuple(names),
        pixels=pixels * size.get(b"Height", 0) if b"/Image" in head else 0,
        holds_objects=b"/ObjStm" in head,
        early=re.search(rb"/EarlyChange\s+0", head) is None,
    )


def _refuse(look: Look, stream: _Stream, size: int, more: int) -> None:
    """A picture may be as large as it says, within reason, for an empty one packs well; what is decoded of pictures is
    bounded by their pixels. Everything else is counted as in an archive."""
    limits = look.bounds.limits
    if stream.holds_objects and size > limits.small_part:
        raise TooLarge(f"a stream of objects of more than {limits.small_part // 1_000_000} MB")
    if size <= min(stream.pixels, limits.inflated // 4):
        return
    look.bounds.inflate(more)
    if size > max(limits.small_part, limits.ratio * stream.taken):
        raise TooLarge(f"a stream that grows more than {limits.ratio} times")


def _unpacked(data: bytes, stream: _Stream) -> Iterator[bytes]:
    letters = 0
    while letters < len(stream.filters) and stream.filters[letters] in _OF_LETTERS:
        letters += 1
    rest = stream.filters[letters:]
    growing = [each for each in rest if each in _GROWING]
    mixed = len(growing) > 1 and any(each in _OF_RUNS for each in growing)
    if mixed or len(growing) > _MOST_LAYERS or (growing and any(each in _OF_LETTERS for each in rest)):
        raise Unreadable("has a stream that is packed several times over")
    pieces = _letters(data, stream, letters) if letters else _pieces(data, stream)
    if growing[:1] == [b"LZWDecode"]:
        return lzw_pieces(pieces, early=stream.early)
    if growing[:1] == [b"RunLengthDecode"]:
        return run_length_pieces(pieces)
    pieces = _inflated(pieces)
    for _ in range(_MOST_LAYERS - 1):
        pieces = _inflated(pieces, or_as_they_are=True)
    return pieces


def _pieces(data: bytes, stream: _Stream) -> Iterator[bytes]:
    for at in range(stream.start, len(data), _PIECE):
        piece = data[at : at + _PIECE]
        stream.taken += len(piece)
        yield piece


def _letters(data: bytes, stream: _Stream, layers: int) -> Iterator[bytes]:
    """What is written in letters, which never grows, as the bytes it stands for."""
    end = data.find(b"endstream", stream.start)
    written = data[stream.start : end if end >= 0 else None]
    stream.taken += len(written)
    for each in stream.filters[:layers]:
        written = b"".join(written.split())
        try:
            if each == b"ASCII85Decode":
                written = base64.a85decode(written.removeprefix(b"<~").partition(b"~")[0])
            else:
                digits = written.partition(b">")[0]
                written = binascii.unhexlify(digits + b"0" * (len(digits) % 2))
        except ValueError:
            raise Unreadable("has a stream that cannot be read") from None
    for at in range(0, len(written), _PIECE):
        yield written[at : at + _PIECE]


def _inflated(pieces: Iterator[bytes], *, or_as_they_are: bool = False) -> Iterator[bytes]:
    """Up to the end of what was packed, or as far as it can be inflated. It is tried whatever the dictionary says,
    which may say it elsewhere: what is not packed so fails at its first bytes. Further layers give the pieces `as they
    are` from there on."""
    inflating = zlib.decompressobj()
    for piece in pieces:
        waiting = piece
        try:
            while waiting and not inflating.eof:
                yield inflating.decompress(waiting, _MOST_AT_ONCE)
                waiting = inflating.unconsumed_tail
        except zlib.error:
            if or_as_they_are:
                yield piece
                yield from pieces
            return
        if inflating.eof:
            if or_as_they_are:
                yield from pieces
            return


def _kids(look: Look, text: bytes | bytearray, before: int) -> int:
    """Those of the text and those before it together."""
    kids = before + sum(each[1].count(b"R") for each in _KIDS.finditer(text))
    if kids > _KIDS_PER_PAGE * look.bounds.limits.pages:
        raise TooLarge(f"more than {look.bounds.limits.pages} pages")
    return kids
