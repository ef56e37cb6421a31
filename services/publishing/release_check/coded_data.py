"""Files written as letters and digits (base64) into a text."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from services.publishing.release_check.looking import Look
from services.publishing.release_check.recognising import TEXTS, UNKNOWN, recognise

_RUN = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{200,}={0,2}|(?:[A-Za-z0-9+/]{60,76}\r?\n){3,}[A-Za-z0-9+/]*={0,2}")
_FONTS = (b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"OTTO", b"true")
_SMALLEST = 150
"""Bytes; a shorter run is a key or a digest rather than a file."""


def inspect_coded_data(look: Look, text: str) -> None:
    """Note runs of coded data, and inspect them where they are files of a known kind."""
    for number, run in enumerate(_RUN.finditer(text), 1):
        data = _unpacked(run[0])
        if len(data) < _SMALLEST or run[0].isalpha() or run[0].isdigit():
            continue
        kind = recognise(data, "")
        look.found("embedded_object", f"line {text.count(chr(10), 0, run.start()) + 1}", kind, severity="review")
        if kind not in (*TEXTS, UNKNOWN):
            look.inside(f"coded data {number}", data)


def inspect_data_address(look: Look, address: str, where: str) -> None:
    """Inspect what a `data:` address holds; a font is none of the reader's and nobody's data."""
    head, comma, content = address.strip().partition(",")
    if not comma:
        look.found("unknown_part", where, "an address with data that cannot be read")
        return
    data = unquote_to_bytes(content)
    if ";base64" in head.lower():
        data = _unpacked(data.decode("latin-1"))
    if data and not data.startswith(_FONTS):
        look.inside(where, data)


def _unpacked(coded: str) -> bytes:
    plain = re.sub(r"[\s=]", "", coded)
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""
