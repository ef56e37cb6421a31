"""Periods of time in a sentence about a complaint, and whether they are for asking or for answering."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.letters.lint.vocabulary import words

_WORDS = {
    "ten": 10,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "twenty-eight": 28,
    "thirty": 30,
    "forty": 40,
    "sixty": 60,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "one": 1,
    "a": 1,
}
_PERIOD = re.compile(
    (
        rf"\b(?P<number>\d{{1,3}}"
        rf"|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?: ?\(\w+(?:-\w+)?\))?[ -](?:(?P<kind>working"
        r"|business|calendar|clear|school)[ -])?(?P<unit>days?|weeks?|months?|years?)\b"
    ),
    re.IGNORECASE,
)
_ASKED = words("periods", "asked")
_ANSWERED = words("periods", "answered")
_CUE = words("periods", "cue")
_BOUNDS = re.compile(
    r"\b(?:within|in|up to|by|than|of|a further|limit|period|is|have|'ve|has|allow\w*|or|to|maximum|take|exceed|least"
    r"|next|after|be|for|and|deadline)\W*(?:the |a |an |first )?$",
    re.IGNORECASE,
)
_OF_REGULATOR = re.compile(r"\b(?:commissioner|ICO)\b", re.IGNORECASE)
_AFTER_REVIEW = re.compile(
    r"^,? ?(?:of|from|after|following) (?:\w+ ){0,4}(?:review|outcome|final decision|reply to)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Period:
    """One period; `asking`: by when a review must be asked for, else by when it is answered."""

    quote: str
    number: int
    unit: str
    asking: bool
    of_regulator: bool


def periods_in(sentence: str) -> Iterator[Period]:
    """Every period in the sentence that bounds something ("within", "up to", "no later than")."""
    last = 0
    for match in _PERIOD.finditer(sentence):
        before = sentence[last : match.start()]
        after = sentence[match.end() :]
        last = match.end()
        number = int(match["number"]) if match["number"].isdigit() else _WORDS[match["number"].lower()]
        kind = (match["kind"] or "").lower()
        unit = match["unit"].lower().rstrip("s") + "s"
        if unit == "days" and kind in ("working", "business"):
            unit = "working days"
        if before.strip() and not _BOUNDS.search(f"{before} "):
            continue
        asking = _asks(sentence[: match.start()], after)
        regulator = bool(_OF_REGULATOR.search(sentence)) and (
            not re.search(r"\breview", sentence, re.IGNORECASE) or bool(_AFTER_REVIEW.match(after))
        )
        yield Period(match[0], number, unit, asking, regulator)


def _asks(before: str, after: str) -> bool:
    asked, answered = _ASKED.match(after), _ANSWERED.match(after)
    if answered and not (asked and asked.end() < answered.end()):
        return False
    if asked:
        return not re.search(r"\bwe (?:will|aim|shall|endeavour|hope)[^.;]{0,60}$", before, re.I)
    cues = list(_CUE.finditer(before))
    return not cues or cues[-1].lastgroup == "ask"
