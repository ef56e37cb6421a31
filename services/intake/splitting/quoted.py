"""Finds what a request quotes: the message that it answers, or an earlier request that it repeats.

What is quoted is not asked again. Where a request is nothing but a quotation, somebody has sent it on, and it counts.
"""

import re
from collections.abc import Sequence

from services.intake.asking import sense
from services.intake.sentences import sentences
from services.intake.splitting.mark_reading import read_mark

_QUOTED_LINE = re.compile(r"\s*>")
_WROTE = re.compile(
    r"^\s*(?:on|ar|le)\b(?!.*\b(?:i|we) wrote\b).{0,160}\d.{0,160}\b(?:wrote|ysgrifennodd)\s*:?\s*$"
    r"|^.{0,120}<\S+@\S+>\s*(?:wrote)?\s*:\s*$",
    re.IGNORECASE,
)
"""What a mail program writes above the message that is answered."""
_FORWARDED = re.compile(
    r"^\s*[-_*=]{2,}\s*(?:original|forwarded|begin forwarded)\s*(?:message|e-?mail)?\b|^\s*begin forwarded message\s*:",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*\**(?:from|sent|date|to|cc|subject|oddi wrth|anfonwyd|at|pwnc)\s?:\**\s", re.IGNORECASE)
_HEADER_LINES = 3
_ASKED_EARLIER = re.compile(
    r"\b(?:earlier|previous|original|first|last|initial|old)\b.{0,40}\b(?:requests?|questions?|letter|e-?mail|foi)\b"
    r".{0,80}:$|\b(?:i|we)\b.{0,40}\b(?:asked|wrote|requested)\b.{0,80}:$"
    r"|\b(?:my|the) (?:request|question)s?\b.{0,60}\b(?:was|were|read|said|reads)\b.{0,30}:$",
    re.IGNORECASE,
)
_MADE_EARLIER = re.compile(r"\b(?:i|we)\b.{0,20}\b(?:made|sent|submitted)\b.{0,80}:$", re.IGNORECASE)
_WAS_TOLD = re.compile(
    r"\b(?:you|your \w+|the \w+)\b.{0,60}\b(?:answered|replied|said|stated|wrote|responded|reads?|states?|says?)\b"
    r".{0,80}:$",
    re.IGNORECASE,
)
_MARKS = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}
_SENDS_ON = re.compile(r"\b(?:below|attached|forward\w*|above|see)\b|:\s*$", re.IGNORECASE)
_SHORT = 20
"""Characters of a marked line that may be no more than part of an address."""
_LONGEST = 80
"""Lines that what is told again may take."""


def quoted_lines(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that are quoted; none if nothing would be asked without them."""
    found = _messages(lines) | _told_again(lines)
    rest = "\n".join(line for number, line in enumerate(lines) if number not in found)
    if not found or not any(_wants(block) for block in re.split(r"\n\s*\n", rest)):
        return frozenset()
    return frozenset(found)


def _wants(block: str) -> bool:
    """Whether a paragraph asks for something itself, rather than sending on what somebody has asked."""
    if any(read_mark(line) and len(line) > _SHORT for line in block.split("\n")):
        return True
    senses = {sense(each) for each in sentences(block)}
    return bool(senses & {"asks", "refines"}) or ("announces" in senses and not _SENDS_ON.search(block))


def _messages(lines: Sequence[str]) -> set[int]:
    """Lines that a mail program has marked as quoted, or set below the head of another message."""
    found = {number for number, line in enumerate(lines) if _QUOTED_LINE.match(line)}
    for number, line in enumerate(lines):
        if _FORWARDED.match(line) or _begins_header(lines, number):
            return found | set(range(number, len(lines)))
        taken = next(
            (n for n in (1, 2) if _WROTE.match(" ".join(each.strip() for each in lines[number : number + n]))), 0
        )
        if taken:
            following = _next_line(lines, number + taken)
            if following is None or following not in found:
                return found | set(range(number, len(lines)))
            found.update(range(number, following))
    return found


def _begins_header(lines: Sequence[str], number: int) -> bool:
    """Whether the head of a message begins here, below something else."""
    if not number or not _HEADER.match(lines[number]) or _HEADER.match(lines[number - 1]):
        return False
    if not any(line.strip() for line in lines[:number]):
        return False
    return sum(bool(_HEADER.match(line)) for line in lines[number : number + 2 * _HEADER_LINES]) >= _HEADER_LINES


def _told_again(lines: Sequence[str]) -> set[int]:
    """What stands below "My earlier request was:" or, between quotation marks, below "You replied:"."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        lead = line.strip()
        if number in found or not lead.endswith(":"):
            continue
        asked = _MADE_EARLIER.search(lead) or (_ASKED_EARLIER.search(lead) and sense(lead) == "states")
        if not asked and not _WAS_TOLD.search(lead):
            continue
        start = _next_line(lines, number + 1)
        if start is None:
            continue
        closing = _MARKS.get(lines[start].strip()[0])
        if closing is not None:
            found.update(_between_marks(lines, start, closing))
        elif asked:
            found.update(_list_or_paragraph(lines, start))
    return found


def _between_marks(lines: Sequence[str], start: int, closing: str) -> range:
    for number in range(start, min(start + _LONGEST, len(lines))):
        told = lines[number].strip().rstrip(".;")
        if told.endswith(closing) and (number > start or len(told) > 1):
            return range(start, number + 1)
    return range(0)


def _list_or_paragraph(lines: Sequence[str], start: int) -> range:
    """A list with its marks up to a paragraph without one; or else one paragraph."""
    listed = read_mark(lines[start]) is not None
    for number in range(start, len(lines)):
        if not lines[number].strip():
            following = _next_line(lines, number)
            if not listed or following is None or read_mark(lines[following]) is None:
                return range(start, number)
    return range(start, len(lines))


def _next_line(lines: Sequence[str], start: int) -> int | None:
    """The next line with words on it, within a few lines."""
    return next((number for number in range(start, min(start + 4, len(lines))) if lines[number].strip()), None)
