"""A Windows bitmap read by its header (REL-14)."""

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look

_FILE_HEADER = 14
_SMALLEST_INFO = 40
_UNCOMPRESSED, _BIT_FIELDS, _RUN_LENGTHS = (0,), (3, 6), (1, 2)
_LINKED_PROFILE, _EMBEDDED_PROFILE = b"KNIL", b"DEBM"


def inspect_bitmap(look: Look) -> tuple[int, int]:
    """Note bytes that belong neither to the header nor to the picture, and a colour profile kept as a path. The width
    and height in pixels."""
    data = look.data
    info = _number(data, 14)
    if info < _SMALLEST_INFO:
        raise Unreadable("is a picture of an old kind")
    width, height = _signed(data, 18), abs(_signed(data, 22))
    bits, packing = int.from_bytes(data[28:30], "little"), _number(data, 30)
    start = _number(data, 10)
    if packing in _UNCOMPRESSED + _BIT_FIELDS:
        length = (width * bits + 31) // 32 * 4 * height
    elif packing in _RUN_LENGTHS:
        length = _number(data, 34)
    else:
        raise Unreadable("is a picture that holds another picture")
    if width <= 0 or height <= 0 or start + length > len(data):
        raise Unreadable("is a picture that breaks off")
    colours = _number(data, 46) or (1 << bits if bits <= 8 else 0)
    masks = 12 if packing == 3 and info == _SMALLEST_INFO else 16 if packing == 6 and info == _SMALLEST_INFO else 0
    spans = [(0, _FILE_HEADER + info + masks + 4 * colours), (start, start + length), *_profile(look, info)]
    _inspect_gaps(look, spans)
    return width, height


def _profile(look: Look, info: int) -> list[tuple[int, int]]:
    data = look.data
    if info < 124 or data[70:74] not in (_LINKED_PROFILE, _EMBEDDED_PROFILE):
        return []
    if data[70:74] == _LINKED_PROFILE:
        look.found("local_path", "the picture, colour profile")
    start = _FILE_HEADER + _number(data, 126)
    return [(start, start + _number(data, 130))]


def _inspect_gaps(look: Look, spans: list[tuple[int, int]]) -> None:
    end, lost = 0, 0
    for start, stop in sorted((*spans, (len(look.data), len(look.data)))):
        if look.data[end:start].strip(b"\x00"):
            lost += start - end
        end = max(end, stop)
    if lost:
        look.found("trailing_data", f"{lost} bytes outside the picture")


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _signed(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little", signed=True)
