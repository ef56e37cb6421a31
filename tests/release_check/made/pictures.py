"""Small pictures, byte for byte, with places to put in what should not be there."""

import struct
import zlib
from collections.abc import Sequence

Field = tuple[int, int, int, bytes]
"""Tag, type, count, and the value's bytes."""


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(
    *chunks: bytes, width: int = 4, height: int = 4, rows: int = 0, behind: bytes = b"", after_rows: bytes = b""
) -> bytes:
    """A grey picture. `chunks` stand before the coded rows, of which there are `rows` if not as many as shown;
    `after_rows` are bytes inside the coded data after it ends."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    coded = zlib.compress(bytes(1 + width) * (rows or height)) + after_rows
    whole = [png_chunk(b"IHDR", header), *chunks, png_chunk(b"IDAT", coded), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole) + behind


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


JFIF = segment(0xE0, b"JFIF\x00\x01\x02\x01\x00\x60\x00\x60\x00\x00")


def jpeg(*segments: bytes, behind: bytes = b"", size: tuple[int, int] = (8, 8)) -> bytes:
    """A grey picture of one block. `segments` stand after the JFIF header."""
    frame = segment(0xC0, struct.pack(">BHHBBBB", 8, size[1], size[0], 1, 1, 0x11, 0))
    one_code = bytes((1, *[0] * 15, 0))
    tables = (
        segment(0xDB, b"\x00" + b"\x01" * 64)
        + frame
        + segment(0xC4, b"\x00" + one_code)
        + segment(0xC4, b"\x10" + one_code)
    )
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x3f"
    return b"\xff\xd8" + JFIF + b"".join(segments) + tables + scan + b"\xff\xd9" + behind


def exif_segment(told: bytes) -> bytes:
    return segment(0xE1, b"Exif\x00\x00" + told)


def text_field(tag: int, text: str) -> Field:
    return tag, 2, len(text) + 1, text.encode("ascii") + b"\x00"


def number_field(tag: int, number: int) -> Field:
    return tag, 4, 1, struct.pack("<I", number)


def directories(*pages: Sequence[Field], at: int = 8, behind: bytes = b"", chain: bool = True) -> bytes:
    """TIFF directories with their values, little-endian, to stand at the offset `at`; each leads to the next."""
    made = b""
    for number, page in enumerate(pages):
        start = at + len(made)
        values_at = start + 2 + 12 * len(page) + 4
        entries, values = b"", b""
        for tag, kind, count, value in sorted(page):
            if len(value) <= 4:
                entries += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\x00")
            else:
                entries += struct.pack("<HHII", tag, kind, count, values_at + len(values))
                values += value + b"\x00" * (len(value) % 2)
        following = values_at + len(values) if chain and number + 1 < len(pages) else 0
        made += struct.pack("<H", len(page)) + entries + struct.pack("<I", following) + values
    return made + behind


def exif(*pages: Sequence[Field]) -> bytes:
    """Exif data; the second directory is the preview's."""
    return b"II*\x00\x08\x00\x00\x00" + directories(*pages)


def exif_with_places(*places: Field) -> bytes:
    """Exif data whose main directory leads to one with places."""
    main = directories([number_field(34853, 26)])
    return b"II*\x00\x08\x00\x00\x00" + main + directories(places, at=26)


def exif_with_camera(*fields: Field) -> bytes:
    """Exif data whose main directory leads to the camera's."""
    main = directories([number_field(34665, 26)])
    return b"II*\x00\x08\x00\x00\x00" + main + directories(fields, at=26)


def tiff(*more: Field, pages: int = 1, behind: bytes = b"") -> bytes:
    """A grey picture of one strip for each page; `more` fields are the first page's."""
    rows = b"\x80" * 16
    strips = b"".join(rows for _ in range(pages))
    at = 8 + len(strips)
    made = []
    for number in range(pages):
        plain = {256: 4, 257: 4, 258: 8, 259: 1, 262: 1, 273: 8 + 16 * number, 277: 1, 278: 4, 279: 16}
        page = [number_field(tag, value) for tag, value in plain.items()]
        made.append(sorted(page + (list(more) if number == 0 else [])))
    return b"II*\x00" + struct.pack("<I", at) + strips + directories(*made, at=at) + behind


def gif(*extensions: bytes, frames: int = 1, frame_width: int = 1, behind: bytes = b"") -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, frame_width, 1, 0) + b"\x02\x02\x44\x01\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
    return head + b"".join(extensions) + frame * frames + b"\x3b" + behind


def gif_extension(kind: int, *blocks: bytes) -> bytes:
    return bytes((0x21, kind)) + b"".join(bytes((len(each),)) + each for each in blocks) + b"\x00"


def bitmap(*, between: bytes = b"", behind: bytes = b"") -> bytes:
    rows = b"\x80" * 12 * 4
    start = 54 + len(between)
    head = b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start)
    info = struct.pack("<IiiHHIIiiII", 40, 4, 4, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    return head + info + between + rows + behind


LOSSLESS = b"VP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"


def webp(*chunks: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    """A picture of one pixel, with further chunks."""
    body = b"WEBP"
    if chunks:
        body += b"VP8X" + struct.pack("<I", 10) + b"\x2c\x00\x00\x00" + bytes(6)
    body += LOSSLESS
    for kind, content in chunks:
        body += kind + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body + behind
