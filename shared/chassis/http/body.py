"""The body of a request, read strictly: JSON that means one thing only, or a document as it is.

Every reader of the same bytes must read the same (RFC 8259 leaves much open), so whatever parsers differ on is
refused: duplicate names, NaN and Infinity, whole numbers beyond 64 bits, lone surrogates, NUL, a byte order mark.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

import marshmallow as ma
from flask import request
from werkzeug.exceptions import HTTPException

from shared.chassis.http.fields import LARGEST_WHOLE_NUMBER, loaded
from shared.chassis.http.problems import Trouble

JSON = "application/json"
MAX_BODY = 1_048_576
"""Bytes."""
DEEPEST = 50


_UNSAFE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it was sent."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file to answer with instead of JSON. `name` makes it a download."""

    content: bytes
    media_type: str
    name: str = ""


def read_json(schema: ma.Schema, *, required: bool, limit: int = MAX_BODY) -> dict[str, Any]:
    """The request's JSON object as the schema loads it. Raises `Trouble` 400, 413, 415 or 422."""
    if not required and not request.content_length and "Transfer-Encoding" not in request.headers:
        return {}
    _expect((JSON,))
    raw = _received(limit)
    if not raw:
        raise _malformed("empty", "The body is empty; a JSON object is needed.")
    return loaded(schema, parse(raw))


def read_upload(media_types: Iterable[str], limit: int) -> Upload:
    """The request's body as it is. Raises `Trouble` 400, 413 or 415."""
    _expect(tuple(media_types))
    raw = _received(limit)
    if not raw:
        raise _malformed("empty", "The body is empty; send the document.")
    return Upload(raw, request.mimetype)


def parse(raw: bytes) -> Any:
    """The value of one JSON text. Raises `Trouble` 400 with what is wrong and where."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed("encoding", f"The body is not UTF-8: see byte {error.start}.") from None
    if text.startswith("\ufeff"):
        raise _malformed("byte-order-mark", "The body begins with a byte order mark. Send it without.")
    try:
        value = _decoder.decode(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _malformed("syntax", f"The body is not JSON: see {where}.") from None
    except RecursionError:
        raise _too_deep() from None
    if text.count("[") + text.count("{") > DEEPEST or "\\u" in text:
        _walk(value)
    return value


def _received(limit: int) -> bytes:
    """The whole body, or `Trouble`. What comes in chunks is cut by the framework at its limit without a word, and
    so is what a sender breaks off: neither may pass for the whole."""
    request.max_content_length = limit + 1
    try:
        raw = request.get_data()
    except HTTPException:
        raise
    except Exception:  # each server has errors of its own for chunks that it cannot put together
        raise _malformed("broken-off", "The content did not come whole: its chunks are not in order.") from None
    if len(raw) > limit:
        raise Trouble("too-large", f"The content is longer than {limit:,} bytes.")
    if request.content_length is not None and len(raw) < request.content_length:
        raise _malformed("broken-off", "The content ended before its Content-Length.")
    return raw


def _expect(media_types: tuple[str, ...]) -> None:
    encoding = request.headers.get("Content-Encoding", "identity")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype in media_types and encoding == "identity":
        if media_types == (JSON,) and charset not in ("utf-8", "utf8"):
            raise Trouble("unsupported-media-type", "JSON is taken in UTF-8 only.")
        return
    taken = " or ".join(media_types)
    raise Trouble("unsupported-media-type", f"Send {taken}, not compressed, and say so in Content-Type.")


def _malformed(code: str, detail: str) -> Trouble:
    return Trouble("malformed", detail, {"rule": f"json-{code}"})


def _too_deep() -> Trouble:
    return _malformed("nesting", f"Lists and objects are nested more than {DEEPEST} deep.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _malformed("duplicate-name", f"The name {_quoted(twice)} stands twice in one object.")
    return value


def _whole_number(text: str) -> int:
    if len(text) > 20 or abs(value := int(text)) > LARGEST_WHOLE_NUMBER:
        raise _malformed("number", f"A whole number lies beyond {LARGEST_WHOLE_NUMBER}.")
    return value


def _fraction(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise _malformed("number", "A number is too large.")
    return value


def _constant(name: str) -> NoReturn:
    raise _malformed("number", f"{name} is not JSON.")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole_number, parse_float=_fraction, parse_constant=_constant
)


def _walk(value: Any) -> None:
    """Refuse what only shows in the finished value: depth, NUL and lone surrogates."""
    level: list[Any] = [value]
    depth = 0
    while level:
        inner: list[Any] = []
        for item in level:
            if isinstance(item, str):
                _refuse_unsafe(item)
            elif isinstance(item, dict):
                for name in item:
                    _refuse_unsafe(name)
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        depth += any(isinstance(item, list | dict) for item in level)
        if depth > DEEPEST:
            raise _too_deep()
        level = inner


def _refuse_unsafe(text: str) -> None:
    if unsafe := _UNSAFE.search(text):
        what = "the character U+0000" if unsafe[0] == "\x00" else "half of a surrogate pair"
        raise _malformed("character", f"A text holds {what} at its place {unsafe.start()}.")


def _quoted(name: str) -> str:
    return json.dumps(name if len(name) <= 60 else name[:60] + "...")
