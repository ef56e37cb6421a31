"""A PNG picture read chunk by chunk (REL-14)."""

import re
import zlib
from collections.abc import Iterator, Mapping

from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.exif import inspect_exif
from services.publishing.release_check.looking import Look
from services.publishing.release_check.picture_notes import inspect_photoshop, inspect_xmp

_SIGNATURE = 8
_STEP = 1 << 22
_LONGEST_NOTE = 16 * 1024 * 1024
_TEXTS = ("tEXt", "zTXt", "iTXt")
_HOW_IT_IS_SHOWN = frozenset(
    (
        *("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "hIST"),
        *("sPLT", "cICP", "mDCV", "cLLI", "mDCv", "cLLi", "sTER", "oFFs", "pCAL", "sCAL", "vpAg", "caNv", "orNT"),
        *("iDOT", "gIFg"),
    )
)
_TOLD: Mapping[str, str] = {
    "tIME": "picture_details",
    "dSIG": "picture_details",
    "caBX": "picture_details",
    "acTL": "layered_image",
    "fcTL": "layered_image",
    "fdAT": "layered_image",
    "mkBF": "layered_image",
    "mkBS": "layered_image",
    "mkBT": "layered_image",
    "mkTS": "layered_image",
    "msOG": "layered_image",
    "prVW": "thumbnail",
    "cpIp": "embedded_object",
}
"""Chunks of animations, of Fireworks, which keeps all layers, and of Office, which keeps whole objects."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row, and the steps, of the seven passes of an interlaced picture."""
_RAW_PROFILE = re.compile(rb"Raw profile type (\w+)\x00", re.I)


def inspect_png(look: Look) -> tuple[int, int]:
    """Note what its chunks hold, and what comes after the end or after the picture inside its coded data. The width
    and height in pixels. Raises `Unreadable` for a broken chunk, `TooLarge` for more pixels than allowed."""
    pixels: list[bytes] = []
    header, end = b"", 0
    for kind, content, after in _chunks(look.data):
        end = after
        if kind == "IHDR":
            header = header or content
        elif kind == "IDAT":
            pixels.append(content)
        elif kind == "eXIf":
            inspect_exif(look, content, "the picture")
        elif kind in _TEXTS:
            _inspect_text(look, kind, content)
        elif kind in _TOLD:
            look.found(_TOLD[kind], f"the picture, chunk {kind}")
        elif kind not in _HOW_IT_IS_SHOWN:
            look.found("unknown_part", f"the picture, chunk {kind}", f"{len(content)} bytes")
    if look.data[end:].strip(b"\x00\r\n "):
        look.found("trailing_data", f"{len(look.data) - end} bytes after the end of the picture")
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    if len(header) != 13 or not width or not height:
        raise Unreadable("is a picture with a broken structure")
    if width * height > look.bounds.limits.pixels:
        raise TooLarge(f"{width} × {height} pixels")
    _inspect_pixels(look, b"".join(pixels), _expected(header, width, height))
    return width, height


def _chunks(data: bytes) -> Iterator[tuple[str, bytes, int]]:
    at = _SIGNATURE
    while True:
        length = int.from_bytes(data[at : at + 4], "big")
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        end = at + 12 + length
        if end > len(data):
            raise Unreadable("is a picture that breaks off")
        if zlib.crc32(kind + content) != int.from_bytes(data[end - 4 : end], "big"):
            raise Unreadable("is a picture with a damaged chunk")
        yield kind.decode("latin-1"), content, end
        if kind == b"IEND":
            return
        at = end


def _expected(header: bytes, width: int, height: int) -> int:
    """Bytes of all rows before they are packed, each with the byte that names its filter."""
    bits = header[8] * _CHANNELS.get(header[9], 4)
    if not header[12]:
        return height * (1 + (width * bits + 7) // 8)
    total = 0
    for column, row, across, down in _PASSES:
        wide, high = -(-(width - column) // across), -(-(height - row) // down)
        if wide > 0 and high > 0:
            total += high * (1 + (wide * bits + 7) // 8)
    return total


def _inspect_pixels(look: Look, packed: bytes, expected: int) -> None:
    unpacking = zlib.decompressobj()
    size, waiting = 0, packed
    try:
        while waiting and not unpacking.eof and size <= expected:
            size += len(unpacking.decompress(waiting, _STEP))
            waiting = unpacking.unconsumed_tail
        # Of the last step some bytes may still be held back.
        size += len(unpacking.flush()) if not waiting else 0
    except zlib.error:
        raise Unreadable("is a picture that cannot be unpacked") from None
    if size < expected:
        raise Unreadable("is a picture that breaks off")
    if size > expected:
        look.found("cropped_image", "the picture has more rows than it shows")
    elif unpacking.unused_data:
        look.found("trailing_data", f"{len(unpacking.unused_data)} bytes after the rows of the picture")


def _inspect_text(look: Look, kind: str, content: bytes) -> None:
    keyword, _, text = content.partition(b"\x00")
    if kind == "zTXt":
        text = _inflated(text[1:])
    elif kind == "iTXt" and text[:1] == b"\x01":
        text = _inflated(text[2:].split(b"\x00", 2)[-1])
    if keyword == b"XML:com.adobe.xmp":
        inspect_xmp(look, text, "the picture")
        return
    if profile := _RAW_PROFILE.match(keyword + b"\x00"):
        _inspect_profile(look, profile[1].lower(), text)
    look.found("picture_details", "the picture, text", keyword.decode("latin-1")[:40])


def _inspect_profile(look: Look, name: bytes, text: bytes) -> None:
    """Exif and the like written as hexadecimal digits, after a line with their length, as ImageMagick does."""
    digits = re.sub(
        rb"\s", b"", b"".join(text.strip().split(b"\n")[2:] if name in text[:40] else text.split(b"\n")[1:])
    )
    try:
        told = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        look.found("unknown_part", "the picture, text")
        return
    if told.startswith(b"Exif\x00\x00"):
        inspect_exif(look, told[6:], "the picture")
    elif name == b"xmp" or told.startswith(b"http://ns.adobe.com/xap"):
        inspect_xmp(look, told, "the picture")
    elif told.startswith(b"8BIM"):
        inspect_photoshop(look, told, "the picture")


def _inflated(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, _LONGEST_NOTE)
    except zlib.error:
        raise Unreadable("has a text that cannot be unpacked") from None
    if unpacking.unconsumed_tail:
        raise TooLarge("a text inside a picture")
    return text
