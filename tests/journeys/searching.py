"""Looks for words in everything that a running stack has let out, in whatever way they may be written there."""

import base64
import html
import json
import quopri
import re
import subprocess
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, quote_plus

import sqlalchemy as sa

from shared.chassis.events.broker import Broker

Place = tuple[str, bytes]
"""Where something is, and what is there."""

PLANTED = b"planted-by-this-test"
"""Marks what the test itself has put on the topic, which is kept as it came wherever messages are kept."""


class Searcher:
    """Finds a set of words, each of them also encoded."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._plain = {word: _written(word) for word in wanted}
        self._base64 = {word: _in_base64(word) for word in self._plain}

    def found_in(self, data: bytes) -> set[str]:
        """Those of the words that the bytes hold."""
        lowered = data.lower()
        texts = (lowered, re.sub(rb"=\r?\n", b"", lowered))  # the second without quoted-printable's line ends
        unbroken = re.sub(rb"\s|\\[rn]", b"", data)
        return {
            word
            for word, forms in self._plain.items()
            if any(form in text for form in forms for text in texts)
            or any(form in unbroken for form in self._base64[word])
        }

    def places(self, places: Iterable[Place]) -> dict[str, set[str]]:
        """The places that hold any of the words, and which."""
        found = {place: self.found_in(data) for place, data in places}
        return {place: words for place, words in found.items() if words}


def messages(broker: Broker) -> Iterator[Place]:
    """Every message of the topic: key, value and headers."""
    for message in broker.read_all():
        if PLANTED not in message.value:
            headers = b"\n".join(name.encode() + b": " + value for name, value in message.headers)
            yield (
                f"message {message.partition}/{message.offset}",
                b"\n".join(((message.key or "").encode(), headers, message.value)),
            )


def tables(engine: sa.Engine) -> Iterator[Place]:
    """Every column of every table of a database."""
    inspector = sa.inspect(engine)
    quoted = engine.dialect.identifier_preparer.quote
    with engine.connect() as connection:
        for name in inspector.get_table_names():
            result = connection.execute(sa.text(f"SELECT * FROM {quoted(name)}"))
            columns: list[list[bytes]] = [[] for _ in result.keys()]  # noqa: SIM118 (a result is no mapping)
            for row in result:
                for held, value in zip(columns, row, strict=True):
                    data = _as_bytes(value)
                    if PLANTED not in data:
                        held.append(data)
            for column, held in zip(result.keys(), columns, strict=True):
                yield f"{name}.{column}", b"\n".join(held)


def files(folder: Path, without: Sequence[str] = ()) -> Iterator[Place]:
    """The names and contents of all files below a folder, but for those that match a pattern in `without`."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(inside.match(pattern) or _below(inside, pattern) for pattern in without):
            yield f"file {inside}", str(inside).encode() + b"\n" + path.read_bytes()


def answer(address: str, token: str = "") -> Place:
    """What stands at an address: headers and body, whatever the status."""
    asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(asked, timeout=20) as given:
            return f"address {address}", bytes(given.headers) + given.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return f"address {address}", bytes(refused.headers) + refused.read()


def output(command: Sequence[str], environment: dict[str, str]) -> Place:
    """What a command writes to both streams. It has to succeed."""
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return f"output of {' '.join(command[-3:])}", done.stdout + done.stderr


def _below(path: Path, pattern: str) -> bool:
    return any(str(parent) == pattern for parent in path.parents)


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)).encode()


def _spellings(word: str) -> set[str]:
    cased = {word, word.lower(), word.upper(), word.casefold()}
    return {unicodedata.normalize(form, text) for text in cased for form in ("NFC", "NFD")}


def _written(word: str) -> set[bytes]:
    """The word as bytes in lower case: as it is, and as JSON, URLs, HTML and mail write it."""
    found = set()
    for text in _spellings(word):
        whole = text.encode()
        printable = quopri.encodestring(whole, quotetabs=False)
        found |= {
            whole,
            whole.hex().encode(),
            text.encode("utf-16-le"),
            text.encode("latin-1") if _is_latin(text) else whole,
            text.encode("ascii", "xmlcharrefreplace"),
            html.escape(text).encode(),
            json.dumps(text)[1:-1].encode(),
            quote(text).encode(),
            quote(text, safe="").encode(),
            quote_plus(text).encode(),
            quote(quote(text)).encode(),
            printable,
            printable.replace(b" ", b"_"),
            printable.replace(b" ", b"=20"),
            quopri.encodestring(whole, header=True),
        }
    return {form.lower() for form in found}


def _is_latin(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _in_base64(word: str) -> set[bytes]:
    """What of its encoding does not depend on what stands around the word, for each of the three ways it can lie."""
    found = set()
    for data in (text.encode() for text in _spellings(word)):
        for before in range(3):
            encoded = base64.b64encode(b"\0" * before + data)
            whole = encoded[(0, 2, 3)[before] : (before + len(data)) * 8 // 6]
            found |= {whole, whole.replace(b"+", b"-").replace(b"/", b"_")}
    return found
