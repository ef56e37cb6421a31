"""What is left of a letter once everything is taken away that every letter says: its answers."""

import re
from functools import cache

from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.meant import RECITAL
from shared.letters.lint.sections import ARGUING, COMPLAINING
from shared.letters.lint.vocabulary import words

_EVERY_LETTER = words("answers", "every_letter")
_DATA = re.compile(r"\d|^\W*(?:yes|no|none|nil|correct|n/a)\b", re.IGNORECASE)


@cache
def answers(letter: ReadLetter) -> tuple[Passage, ...]:
    """The passages that tell the applicant something about what was asked."""
    return tuple(each for each in letter.own if _answers(each))


def _answers(passage: Passage) -> bool:
    if passage.kind == "heading" or passage.role in ARGUING or passage.role in COMPLAINING:
        return False
    if passage.role in ("head", "closing") and not (passage.kind == "row" and _DATA.search(passage.text)):
        return False
    return any(len(each.split()) >= 3 or _DATA.search(each) for each in _own_sentences(passage))


def _own_sentences(passage: Passage) -> list[str]:
    """What it says of this request alone."""
    if passage.labels:
        return list(passage.sentences)
    return [each for each in passage.sentences if not (_EVERY_LETTER.search(each) or RECITAL.search(each))]


def gives_data(passage: Passage) -> bool:
    """Whether an answer is plainly one: a figure, a yes or no, a row of a table, or beneath its question."""
    return passage.kind == "row" or bool(passage.labels) or any(map(_DATA.search, _own_sentences(passage)))
