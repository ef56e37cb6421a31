"""How much the older packings of PDF unpack to, LZW and run lengths: sizes only, as pieces of noughts, since it is the
growth that is asked for."""

from collections.abc import Iterable, Iterator

_CLEAR, _END = 256, 257
_ENTRIES = 4096
_AT_ONCE = 256 * 1024


def lzw_pieces(packed: Iterable[bytes], *, early: bool) -> Iterator[bytes]:
    """What LZW unpacks to, by size; `early` is whether codes grow one entry early, as they do unless a file says
    otherwise. Ends at what cannot be read."""
    waiting = 0
    for length in _lzw_lengths(packed, early=early):
        waiting += length
        if waiting > _AT_ONCE:
            yield bytes(waiting)
            waiting = 0
    yield bytes(waiting)


def _lzw_lengths(packed: Iterable[bytes], *, early: bool) -> Iterator[int]:
    lengths = [1] * 258
    width, before, held, bits = 9, 0, 0, 0
    for byte in (each for piece in packed for each in piece):
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & (1 << width) - 1
        if code == _END or code > len(lengths) or (code == len(lengths) and not before):
            return
        if code == _CLEAR:
            del lengths[258:]
            width, before = 9, 0
            continue
        if before and len(lengths) < _ENTRIES:
            lengths.append(before + 1)
        if code >= len(lengths):
            return
        before = lengths[code]
        width = max(9, min(12, (len(lengths) + early).bit_length()))
        yield before


def run_length_pieces(packed: Iterable[bytes]) -> Iterator[bytes]:
    """What runs unpack to, by size."""
    skipped = 0
    for piece in packed:
        at, size = skipped, 0
        while at < len(piece):
            head = piece[at]
            if head == 128:
                yield bytes(size)
                return
            size += head + 1 if head < 128 else 257 - head
            at += head + 2 if head < 128 else 2
        skipped = at - len(piece)
        yield bytes(size)
