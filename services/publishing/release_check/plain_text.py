"""Plain text, tables of comma-separated values, and JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.coded_data import inspect_coded_data
from services.publishing.release_check.invisible_characters import inspect_invisible, seen
from services.publishing.release_check.looking import Look
from services.publishing.release_check.recognising import decoded, recognise
from services.publishing.release_check.separated_values import inspect_separated_values

_SECRETS = (
    re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    re.compile(r"(?i)\b(?:password|pwd)\s*=\s*[^;\s\"']{3,}\s*;"),
    re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
)
_FAR_DOWN = 50
"""Empty lines between a text and the rest, from which on nobody scrolls there."""
_FAR_RIGHT = re.compile(r"(?:^|\S)(?:\s{200,}|\t{30,})(?=\S)")
_SCALARS = (str, int, float, bool, type(None))


def inspect(look: Look) -> None:
    """Note what a text hides from who scrolls through it, and pass on what it says. Raises `Unreadable` for what is
    no text or no JSON."""
    text = decoded(look.data)
    if text is None:
        raise Unreadable("is no text in an encoding that can be told")
    inspect_invisible(look, "the text", text)
    for secret in _SECRETS:
        if found := secret.search(text):
            look.found("credential", f"line {text.count(chr(10), 0, found.start()) + 1}")
    inspect_coded_data(look, text)
    kind = recognise(look.data, look.name)
    if kind == "csv":
        inspect_separated_values(look, seen(text))
    elif kind == "json":
        _inspect_json(look, text)
    else:
        _inspect_lines(look, seen(text))


def _inspect_lines(look: Look, text: str) -> None:
    """Text that stands so far below or beside the rest that nobody scrolls there."""
    far_down, far_right, last = [], [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if not (written := line.rstrip()):
            continue
        if last and number - last > _FAR_DOWN:
            far_down.append(number)
        if _FAR_RIGHT.search(written):
            far_right.append(number)
        last = number
    if far_down:
        look.found("values_far_outside", f"line {far_down[0]}, far below the rest")
    if far_right:
        look.found("values_far_outside", f"line {far_right[0]}, far to the right of the rest")
    look.text("the text", text)


def _inspect_json(look: Look, text: str) -> None:
    try:
        told = json.loads(text, object_pairs_hook=lambda pairs: _members(look, pairs))
    except (ValueError, RecursionError):
        raise Unreadable("is no JSON that can be read") from None
    if _is_table(told):
        names = list(dict.fromkeys(name for row in told for name in row))
        look.table("the list", [names, *([_shown(row.get(name)) for name in names] for row in told)])
        return
    for path, value in _values(told):
        look.text(path or "the text", seen(value))


def _members(look: Look, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        look.found("parser_disagreement", "an object has two members of the same name")
    return members


def _is_table(told: Any) -> bool:
    """A list of objects without anything below them."""
    return (
        isinstance(told, list)
        and bool(told)
        and all(isinstance(row, dict) and all(isinstance(each, _SCALARS) for each in row.values()) for row in told)
    )


def _values(told: Any) -> Iterator[tuple[str, str]]:
    """Every value with its name before it, as a reader sees it, and the path to it."""
    waiting: list[tuple[str, str, Any]] = [("", "", told)]
    while waiting:
        path, name, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += ((f"{path}.{key}".lstrip("."), key, each) for key, each in reversed(list(value.items())))
        elif isinstance(value, list):
            waiting += ((f"{path}[{number}]", name, each) for number, each in reversed(list(enumerate(value))))
        else:
            yield path, f"{name}: {_shown(value)}" if name else _shown(value)
    # Names of objects without a value of their own say something as well.
    names = dict.fromkeys(_names(told))
    yield "the names of its members", "\n".join(names)


def _names(told: Any) -> Iterator[str]:
    waiting = [told]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            yield from value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _shown(value: Any) -> str:
    return "" if value is None else seen(value) if isinstance(value, str) else str(value)
