"""Which questions a text speaks of: "Questions 1c, 2 and 3", "Q4", "parts 1 to 3", "your second question"."""

import re
from collections.abc import Iterable

_NUMBERED = (
    r"(?:r\d{1,2}\.)?\d{1,2}(?:\.\d{1,2}|\s?\(?[a-z]\)?(?![a-z]))?(?:\s?\([ivx]{1,4}\)|\.[ivx]{1,4}|\.\d{1,2})?"
    r"(?![a-z0-9%£$]|[.,]\d|:\d\d)"
)
_LETTERED = r"\(?(?:[a-z]|[ivx]{2,4})\)?(?=\s*(?:[:.,;]|\band\b|\bis\b|\bare\b|$))"
_ONE = rf"(?:{_NUMBERED}|{_LETTERED})"
_JOIN = r"\s*(?:,\s*and|,|;|&|\band\b|\bor\b|\+|/)\s*"
_TO = r"\s*(?:-|\bto\b|\bthrough\b)\s*"
_CALLED = r"(?:questions?|qu?s?\.?|queries|query|parts?|points?|items?|requests?|no\.|number)"
_NAMED = re.compile(
    rf"\b{_CALLED}(?![a-z])\s*(?:nos?\.?|numbers?|numbered|#)?\s*"
    rf"({_ONE}(?:(?:{_TO}|{_JOIN}(?:(?:questions?|qu?\.?|parts?)\s*)?){_ONE})*)"
    r"(?!\s*(?:working|calendar)? ?(?:days?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
_ORDINALS = {word: str(n) for n, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)}
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)})(?: (?:and|,) ({'|'.join(_ORDINALS)}))? (?:questions?|parts?|points?)\b", re.I
)
_LEADING = re.compile(
    r"^[-*•·o]?\s*(?:(?:questions?|qu?|part|point|item|answer(?: to)?|a|response to (?:question|q))\.?\s*)?"
    rf"\(?({_NUMBERED})\)?\s*(?:[.):,;?-]|\s|$)",
    re.IGNORECASE,
)


def canonical(written: str) -> str:
    """One writing for one label: 5C(i), 5 c.i and 5c (i) are all 5c.i."""
    flat = re.sub(r"[\s()]+", "", written.lower()).strip(".")
    return re.sub(r"^(\d+)\.?([a-z])\.?(?=[ivx]+$)", r"\1\2.", flat)


def labels_in(text: str) -> tuple[str, ...]:
    """The labels that a text names after a word such as "question", each once; ranges are written out."""
    found: list[str] = []
    for match in _NAMED.finditer(text):
        found += _listed(match[1])
    for match in _ORDINAL.finditer(text):
        found += [_ORDINALS[each.lower()] for each in match.groups() if each]
    return tuple(dict.fromkeys(found))


def _listed(text: str) -> Iterable[str]:
    before = ""
    for match in re.finditer(rf"({_TO})?({_ONE})", text, re.IGNORECASE):
        label = canonical(match[2])
        if match[1] and before.isdigit() and label.isdigit() and 0 < int(label) - int(before) < 40:
            yield from (str(n) for n in range(int(before) + 1, int(label)))
        elif match[1] and (span := _letters(before, label)):
            yield from span
        yield label
        before = label


def _letters(first: str, last: str) -> list[str]:
    """1a to 1d: those between."""
    one, other = re.fullmatch(r"(\d+)([a-z])", first), re.fullmatch(r"(\d*)([a-z])", last)
    if not one or not other or other[1] not in ("", one[1]):
        return []
    return [f"{one[1]}{chr(n)}" for n in range(ord(one[2]) + 1, ord(other[2]))]


_NO_LABEL = re.compile(
    r"^[-*•·]?\s*\(?\d{1,2}\s*(?:st|nd|rd|th|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|working|calendar|days?|weeks?|months?|years?|hours?|per ?cent|officers?|of)\b",
    re.IGNORECASE,
)
"""A date or a quantity that a paragraph begins with."""


def leading_label(text: str) -> str | None:
    """The label that a paragraph begins with, as a question or an answer would."""
    match = _LEADING.match(text)
    return None if match is None or _NO_LABEL.match(text) else canonical(match[1])


def covers(one: str, other: str) -> bool:
    """Whether one label is the other, or stands above or below it: 1 and 1a, 5c and 5c.i."""
    short, long = sorted((one, other), key=len)
    return long == short or (long.startswith(short) and not (short[-1].isdigit() and long[len(short)].isdigit()))
