"""A GIF picture read block by block (REL-14)."""

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.picture_notes import inspect_photoshop, inspect_xmp

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
_COLOUR_PROFILE = b"ICCRGBG1012"
_SETTINGS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ImageMagick")
"""Names under which programs keep the number of rounds and the gamma."""
_LONGEST_SETTING = 40
_XMP, _PHOTOSHOP = b"XMP DataXMP", b"MGK8BIM0000"


def inspect_gif(look: Look) -> tuple[int, int]:
    """Note what its blocks hold, and what comes after the end. The width and height in pixels."""
    data = look.data
    size = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    at = 13 + _palette(data, 10)
    frames = 0
    try:
        while data[at] != _TRAILER:
            if data[at] == _IMAGE:
                frames += 1
                _inspect_frame(look, at, size)
                _, at = _blocks(data, at + 10 + _palette(data, at + 9) + 1)
            elif data[at] == _EXTENSION:
                kind = data[at + 1]
                content, after = _blocks(data, at + 2)
                _inspect_extension(look, kind, data[at + 3 : at + 14], content)
                at = after
            else:
                raise Unreadable("is a picture with a broken structure")
    except IndexError:
        raise Unreadable("is a picture that breaks off") from None
    if frames != 1:
        look.found("layered_image", f"the picture has {frames} frames")
    if data[at + 1 :].strip(b"\x00\r\n "):
        look.found("trailing_data", f"{len(data) - at - 1} bytes after the end of the picture")
    return size


def _palette(data: bytes, flags_at: int) -> int:
    """Bytes of a table of colours, by the flags that announce it."""
    flags = data[flags_at]
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """The content of the sub-blocks from here on, joined, and where they end."""
    content = []
    while length := data[at]:
        content.append(data[at + 1 : at + 1 + length])
        at += 1 + length
    return b"".join(content), at + 1


def _inspect_frame(look: Look, at: int, size: tuple[int, int]) -> None:
    left, top, width, height = (int.from_bytes(look.data[at + each : at + each + 2], "little") for each in (1, 3, 5, 7))
    if left + width > size[0] or top + height > size[1]:
        look.found("cropped_image", "a frame is larger than the picture shows")
    if width * height > look.bounds.limits.pixels:
        raise Unreadable("is a picture with a frame that is too large")


def _inspect_extension(look: Look, kind: int, name: bytes, content: bytes) -> None:
    where = "the picture"
    if kind == _COMMENT:
        look.found("picture_details", f"{where}, comment")
    elif kind == _APPLICATION and name == _XMP:
        inspect_xmp(look, content, where)
    elif kind == _APPLICATION and name == _PHOTOSHOP:
        inspect_photoshop(look, content[11:], where)
    elif kind != _CONTROL and not (kind == _APPLICATION and _is_harmless(name, content)):
        look.found("unknown_part", f"{where}, extension {kind:#04x}", f"{len(content)} bytes")


def _is_harmless(name: bytes, content: bytes) -> bool:
    return name == _COLOUR_PROFILE or (name in _SETTINGS and len(content) <= _LONGEST_SETTING)
