"""Compound files (OLE), the wrapping of embedded objects, byte for byte."""

import struct
from collections.abc import Mapping

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams, all in its root; together at most 40 kB."""
    table: list[int] = [_TABLE]
    sectors: list[bytes] = []
    small, small_table = b"", list[int]()
    entries: list[tuple[str, int, int, int]] = []
    for name, content in streams.items():
        if len(content) >= _CUTOFF:
            start = _chained(content, table, sectors, _SECTOR)
        else:
            pieces: list[bytes] = []
            start = _chained(content, small_table, pieces, _SMALL)
            small += b"".join(pieces)
        entries.append((name, 2, start, len(content)))
    start_of_small = _chained(small, table, sectors, _SECTOR)
    packed = struct.pack(f"<{len(small_table)}I", *small_table)
    start_of_small_table = _chained(packed, table, sectors, _SECTOR, fill=b"\xff")
    listed = [("Root Entry", 5, start_of_small, len(small)), *entries]
    directory = b"".join(_entry(number, len(listed), *each) for number, each in enumerate(listed))
    start_of_directory = _chained(directory, table, sectors, _SECTOR)
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    ) + struct.pack("<9I", 0, 1, start_of_directory, 0, _CUTOFF, start_of_small_table, 1, _END, 0)
    first_table = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    return header + struct.pack("<109I", 0, *[_FREE] * 108) + first_table + b"".join(sectors)


def packaged(name: str, content: bytes, *, source: str = "") -> bytes:
    """The packager's stream `\\x01Ole10Native` of a file that was put into a document."""
    names = [each.encode("cp1252") + b"\x00" for each in (name, source or name, source or name)]
    inside = b"\x02\x00" + names[0] + names[1] + b"\x00\x00\x03\x00" + struct.pack("<I", len(names[2])) + names[2]
    inside += struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(inside)) + inside


def _chained(content: bytes, table: list[int], sectors: list[bytes], size: int, fill: bytes = b"\x00") -> int:
    """Put the content into sectors that follow each other; the number of the first, by which the chain is found."""
    first = len(table)
    pieces = [content[at : at + size].ljust(size, fill) for at in range(0, len(content), size)]
    if not pieces:
        return _END
    sectors += pieces
    table += [*range(first + 1, first + len(pieces)), _END]
    return first


def _entry(number: int, of: int, name: str, kind: int, start: int, size: int) -> bytes:
    written = (name + "\x00").encode("utf-16-le")
    follower = number + 1 if 0 < number < of - 1 else _NONE
    child = 1 if number == 0 and of > 1 else _NONE
    return (
        written.ljust(64, b"\x00")
        + struct.pack("<HBB3I", len(written), kind, 1, _NONE, follower, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
