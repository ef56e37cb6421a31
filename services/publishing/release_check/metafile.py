"""Drawings in the metafile formats of Windows (EMF, WMF), which office programs write for pasted charts and objects.

They are lists of drawing commands. Their words are read here; that the rest shows what it should, and nothing drawn
over or outside, only a person can tell."""

import struct
from collections.abc import Iterator

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_WIDE, _NARROW, _SMALL, _COMMENT, _LAST = 84, 83, 108, 70, 14
"""Records of EMF with text, the ones that carry records of EMF+, and the last of all."""
_NO_FRAME, _EIGHT_BIT, _GLYPHS = 0x100, 0x200, 0x10
_DRAW_STRING = 0x401C
_TEXT_OUT, _EXTENDED_TEXT_OUT = 0x0521, 0x0A32
_FRAMED = 0x6


def inspect(look: Look) -> None:
    """One metafile. Raises `Unreadable` for what is none."""
    data = look.data
    try:
        if data[40:44] == b" EMF":
            words = list(_of_emf(data))
        elif data.startswith(_PLACEABLE):
            words = list(_of_wmf(data, 40))
        else:
            words = list(_of_wmf(data, 18))
    except (struct.error, IndexError):
        raise Unreadable("is a drawing that ends in the middle of a command") from None
    look.text("the drawing", " ".join(filter(None, words)))
    look.found("unknown_part", "a drawing made of commands, to be looked at", severity="review")


def _of_emf(data: bytes) -> Iterator[str]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<2I", data, at)
        if size < 8 or at + size > len(data):
            raise struct.error
        record = data[at : at + size]
        if kind in (_WIDE, _NARROW):
            count, start, options = struct.unpack_from("<3I", record, 44)
            if not options & _GLYPHS:
                yield _decoded(record, start, count, wide=kind == _WIDE)
        elif kind == _SMALL:
            count, options = struct.unpack_from("<2I", record, 16)
            if not options & _GLYPHS:
                yield _decoded(record, 36 if options & _NO_FRAME else 52, count, wide=not options & _EIGHT_BIT)
        elif kind == _COMMENT and record[12:16] == b"EMF+":
            yield from _of_emf_plus(record[16:])
        at += size
        if kind == _LAST:
            break
    _refuse_more(data, at)


def _of_emf_plus(data: bytes) -> Iterator[str]:
    at = 0
    while at + 12 <= len(data):
        kind, _, size = struct.unpack_from("<2HI", data, at)
        if size < 12:
            return
        if kind == _DRAW_STRING:
            count = struct.unpack_from("<I", data, at + 20)[0]
            yield _decoded(data[at : at + size], 40, count, wide=True)
        at += size


def _of_wmf(data: bytes, at: int) -> Iterator[str]:
    while at + 6 <= len(data):
        size, kind = struct.unpack_from("<IH", data, at)
        if size < 3 or at + 2 * size > len(data):
            raise struct.error
        record = data[at : at + 2 * size]
        if kind == _TEXT_OUT:
            yield _decoded(record, 8, struct.unpack_from("<H", record, 6)[0], wide=False)
        elif kind == _EXTENDED_TEXT_OUT:
            count, options = struct.unpack_from("<2H", record, 10)
            if not options & _GLYPHS:
                yield _decoded(record, 22 if options & _FRAMED else 14, count, wide=False)
        at += 2 * size
        if kind == 0:
            break
    _refuse_more(data, at)


def _refuse_more(data: bytes, end: int) -> None:
    """Behind the last command there may be padding and no more."""
    if data[end:].strip(b"\x00"):
        raise Unreadable("is a drawing with data after its end")


def _decoded(record: bytes, start: int, count: int, *, wide: bool) -> str:
    piece = record[start : start + count * (2 if wide else 1)]
    return piece.decode("utf-16-le" if wide else "cp1252", "replace").replace("\x00", "").strip()
