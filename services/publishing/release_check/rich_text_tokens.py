"""RTF as a stream of groups, control words and text, read from bytes without looking back (RTF 1.9.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.publishing.release_check.bounds import Unreadable

OPEN, CLOSE, WORD, TEXT, BYTE, DATA = "{", "}", "word", "text", "byte", "data"

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,64})(-?[0-9]{1,10})? ?"  # a control word, its number, and the space that ends it
    rb"|\\'([0-9a-fA-F]{2})"  # a byte of the code page
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)"
    rb"|[\r\n]+",
    re.S,
)
_SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is one of the names above. `word` is a control word, a symbol or text; `number` its number, or the value
    of a byte; `data` the raw bytes that `\\bin` announces."""

    kind: str
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens up to the end of the outermost group, whose `CLOSE` comes last with what stands behind it as `data`.

    Raises `Unreadable` for what ends before its groups do, or is no RTF at some place.
    """
    at, depth = 0, 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            raise Unreadable("has a place that is no RTF")
        at = match.end()
        word, number, byte, symbol, brace, text = match.groups()
        if brace == b"{":
            depth += 1
            yield Token(OPEN)
        elif brace == b"}":
            depth -= 1
            yield Token(CLOSE, data=data[at:] if depth == 0 else b"")
            if depth == 0:
                return
        elif word == b"bin":
            size = int(number or 0)
            if size < 0 or at + size > len(data):
                raise Unreadable("is cut off")
            yield Token(DATA, data=data[at : at + size])
            at += size
        elif word is not None:
            yield Token(WORD, word.decode("ascii"), None if number is None else int(number))
        elif byte is not None:
            yield Token(BYTE, number=int(byte, 16))
        elif symbol is not None:
            mark = symbol.decode("latin-1")
            yield Token(TEXT, _SYMBOLS[mark]) if mark in _SYMBOLS else Token(WORD, mark)
        elif text is not None:
            yield Token(TEXT, text.decode("latin-1"))
    raise Unreadable("is cut off")
