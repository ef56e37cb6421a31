"""How the service and its examiner speak: a header in JSON and named parts of raw bytes, each with its length before
it, so that a file goes there and a cleaned one comes back as they are."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

_LENGTH = 4
_LARGEST_HEADER = 32 * 1024 * 1024


class BrokenFrame(Exception):
    """What was read is no frame, or ends in the middle of one."""


class Source(Protocol):
    """Gives as many bytes as it is asked for; fewer only at its end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One message: `told` is what JSON can say, `parts` are bytes by name, in order."""

    told: Mapping[str, Any]
    parts: Mapping[str, bytes] = field(default_factory=dict)

    def pieces(self) -> Iterator[bytes]:
        """The frame as bytes to be written one after the other; parts are not copied."""
        sizes = [[name, len(part)] for name, part in self.parts.items()]
        header = json.dumps({"told": self.told, "parts": sizes}).encode()
        yield len(header).to_bytes(_LENGTH, "big") + header
        yield from self.parts.values()


def read_frame(source: Source) -> Frame | None:
    """The next frame; None where the source has come to its end. Raises `BrokenFrame`."""
    length = source.read(_LENGTH)
    if not length:
        return None
    header = _exactly(source, int.from_bytes(length, "big"), most=_LARGEST_HEADER)
    try:
        read = json.loads(header)
        return Frame(told=dict(read["told"]), parts={name: _exactly(source, size) for name, size in read["parts"]})
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BrokenFrame(f"a header that cannot be read: {type(error).__name__}") from None


def _exactly(source: Source, size: int, most: int | None = None) -> bytes:
    if not isinstance(size, int) or size < 0 or (most is not None and size > most):
        raise BrokenFrame("a part of an impossible size")
    read = source.read(size)
    if len(read) != size:
        raise BrokenFrame("an end in the middle")
    return read
