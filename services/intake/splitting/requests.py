"""Finds where one letter makes a second request, below a heading such as "Request 2"."""

import re
from collections.abc import Collection, Sequence

from services.intake.asking import asks
from services.intake.splitting.mark_reading import read_mark

_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMBERS = {name: number for names in (_CARDINALS, _ORDINALS) for number, name in enumerate(names, start=1)}
_HEADING = re.compile(
    r"^[\s*_#]*(?:my\s+|the\s+)?(?:(?:foi|foia|freedom of information|information)\s+)?(?:"
    r"request\s*(?:no\.?\s*|number\s*|#\s*)?(?P<after>\d{1,2}|one|two|three|four|five|six|seven|eight|nine)\b"
    r"|(?P<before>first|second|third|fourth|fifth|sixth)\s+(?:foi\s+)?request\b)(?P<rest>.*)$",
    re.IGNORECASE,
)
_LONGEST = 90


def requests(lines: Sequence[str], quoted: Collection[int]) -> list[int]:
    """The lines with which the requests of the letter begin: the first line, and each heading of a later request."""
    found = [(number, which) for number, line in enumerate(lines) if number not in quoted and (which := _which(line))]
    like_marks = any(read_mark(lines[number]) and asks(lines[number].partition(":")[2]) for number, _ in found)
    if like_marks and not _numbered_between(lines, found):
        return [0]  # "Request 1: How many …?" is the mark of a question
    starts = [0]
    expected = 2
    for number, which in found:
        if which == expected:
            starts.append(number)
            expected += 1
    return starts


def is_request_heading(line: str) -> bool:
    """Whether the line is the heading of a request, such as "Request 1"."""
    return _which(line) is not None


def _which(line: str) -> int | None:
    found = _HEADING.match(line) if len(line) <= _LONGEST else None
    if found is None:
        return None
    name = (found["after"] or found["before"]).lower()
    return int(name) if name.isdigit() else _NUMBERS[name]


def _numbered_between(lines: Sequence[str], found: list[tuple[int, int]]) -> bool:
    first = found[0][0]
    return any(
        (mark := read_mark(line)) is not None and mark.word != "request" for line in lines[first:] if line.strip()
    )
