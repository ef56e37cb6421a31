"""A JPEG picture read segment by segment (REL-14)."""

import re
from collections.abc import Iterator

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.exif import inspect_exif
from services.publishing.release_check.looking import Look
from services.publishing.release_check.picture_notes import inspect_photoshop, inspect_xmp

_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_SOI, _EOI, _SOS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_APPLICATIONS = range(0xE0, 0xF0)
_ADOBE_DUCKY = 15
"""Length of the segment that holds nothing but Photoshop's quality setting."""


def inspect_jpeg(look: Look) -> tuple[int, int]:
    """Note what its segments hold, and what comes after the end. The width and height in pixels."""
    size, end = (0, 0), 0
    for marker, content, after in _segments(look.data):
        end = after
        if marker in _FRAMES:
            height, width = int.from_bytes(content[1:3], "big"), int.from_bytes(content[3:5], "big")
            size = max(size, (width, height), key=lambda each: each[0] * each[1])
        elif marker in _APPLICATIONS:
            _inspect_application(look, marker, content)
        elif marker == _COMMENT and content.strip(b"\x00 "):
            look.found("picture_details", "the picture, comment")
    if look.data[end:].strip(b"\x00\r\n "):
        look.found("trailing_data", f"{len(look.data) - end} bytes after the end of the picture")
    return size


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, content and where it ends, up to the picture's end; the coded picture itself is passed over."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise Unreadable("is a picture with a broken structure")
        marker = data[at + 1]
        if marker == _EOI:
            yield marker, b"", at + 2
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(data):
            raise Unreadable("is a picture that breaks off")
        yield marker, data[at + 4 : at + 2 + length], at + 2 + length
        at += 2 + length
        if marker == _SOS:
            following = _MARKER.search(data, at)
            if following is None:
                raise Unreadable("is a picture that breaks off")
            at = following.start()


def _inspect_application(look: Look, marker: int, content: bytes) -> None:
    where = "the picture"
    number = marker - 0xE0
    if number == 0 and content.startswith(b"JFIF\x00"):
        if content[12:14].strip(b"\x00"):
            look.found("thumbnail", f"{where}, JFIF")
    elif content.startswith((b"JFXX\x00", b"FPXR\x00")):
        look.found("thumbnail", f"{where}, {content[:4].decode('ascii')}")
    elif content.startswith(b"Exif\x00"):
        inspect_exif(look, content[6:], where)
    elif content.startswith((b"http://ns.adobe.com/xap/1.0/", b"http://ns.adobe.com/xmp/extension/")):
        inspect_xmp(look, content, where)
    elif content.startswith(b"Photoshop 3.0\x00"):
        inspect_photoshop(look, content[14:], where)
    elif content.startswith(b"MPF\x00"):
        look.found("picture_details", f"{where}, list of several pictures")
    elif content.startswith(b"JP") and b"jumb" in content[:40]:
        look.found("thumbnail" if b"thumbnail" in content else "picture_details", f"{where}, signed history")
    elif not _is_harmless(number, content):
        look.found("unknown_part", f"{where}, application data {number}", f"{len(content)} bytes")


def _is_harmless(number: int, content: bytes) -> bool:
    """Colour profile, colour transform, quality."""
    return (
        (number == 2 and content.startswith(b"ICC_PROFILE\x00"))
        or (number == 14 and content.startswith(b"Adobe") and len(content) == 12)
        or (number == 12 and content.startswith(b"Ducky") and len(content) <= _ADOBE_DUCKY)
        or not content.strip(b"\x00")
    )
