"""A WebP picture read chunk by chunk (REL-14)."""

from collections.abc import Iterator

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.exif import inspect_exif
from services.publishing.release_check.looking import Look
from services.publishing.release_check.picture_notes import inspect_xmp

_HOW_IT_IS_SHOWN = ("VP8X", "VP8 ", "VP8L", "ALPH", "ICCP")
_ANIMATION = ("ANIM", "ANMF")


def inspect_webp(look: Look) -> tuple[int, int]:
    """Note what its chunks hold, and what comes after the end. The width and height in pixels."""
    data = look.data
    end = 8 + int.from_bytes(data[4:8], "little")
    size = (0, 0)
    for kind, content in _chunks(data, end):
        if kind in _HOW_IT_IS_SHOWN:
            size = max(size, _size(kind, content))
        elif kind in _ANIMATION:
            look.found("layered_image", "the picture is an animation")
        elif kind == "EXIF":
            inspect_exif(look, content.removeprefix(b"Exif\x00\x00"), "the picture")
        elif kind == "XMP ":
            inspect_xmp(look, content, "the picture")
        else:
            look.found("unknown_part", f"the picture, chunk {kind}", f"{len(content)} bytes")
    if data[end:].strip(b"\x00\r\n "):
        look.found("trailing_data", f"{len(data) - end} bytes after the end of the picture")
    return size


def _chunks(data: bytes, end: int) -> Iterator[tuple[str, bytes]]:
    at = 12
    if end > len(data):
        raise Unreadable("is a picture that breaks off")
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > end:
            raise Unreadable("is a picture that breaks off")
        yield data[at : at + 4].decode("latin-1"), data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _size(kind: str, content: bytes) -> tuple[int, int]:
    if kind == "VP8X":
        return int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1
    if kind == "VP8 ":
        return int.from_bytes(content[6:8], "little") & 0x3FFF, int.from_bytes(content[8:10], "little") & 0x3FFF
    if kind == "VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0
