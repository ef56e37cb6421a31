"""What a letter says it decided: each sentence that discloses, withholds, neither confirms nor denies, and so on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from shared.letters.lint.labels import labels_in
from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.meant import means
from shared.letters.lint.sections import COMPLAINING
from shared.letters.lint.vocabulary import rows, words

Decides = Literal[
    "disclosed",
    "withheld",
    "refused",
    "ncnd",
    "not_held",
    "already_accessible",
    "intended_for_publication",
    "cost_refused",
    "vexatious",
    "repeated",
    "unclear",
    "fee",
    "extended",
    "transferred",
    "other_regime",
    "closed",
    "acknowledged",
    "reviewed",
    "corrected",
]
Says = Literal["held"] | Decides
DECIDES: frozenset[Says] = frozenset(get_args(Decides))
REFUSES: frozenset[Says] = frozenset(
    (
        "withheld",
        "refused",
        "ncnd",
        "already_accessible",
        "intended_for_publication",
        "cost_refused",
        "vexatious",
        "repeated",
    )
)
"""What section 17 applies to."""

_PATTERNS: tuple[tuple[Says, re.Pattern[str]], ...] = tuple(
    (row["says"], row["any"]) for row in rows("statements", "statement")
)
_OTHER = words("statements", "other")
_GENERIC = words("statements", "generic")


@dataclass(frozen=True)
class Statement:
    """One sentence that decides: what it `says`, about which questions (none: all), and how widely it puts it.

    `other`: it speaks of any OTHER information. `generic`: of all that was asked, not of one matter among it.
    """

    says: Says
    labels: tuple[str, ...]
    passage: Passage
    sentence: str
    other: bool = False
    generic: bool = False


@cache
def statements(letter: ReadLetter) -> tuple[Statement, ...]:
    """Every deciding sentence of the authority's own, in order."""
    return tuple(_statements(letter))


def _statements(letter: ReadLetter) -> Iterator[Statement]:
    for passage in letter.own:
        unlabelled = passage.kind == "heading" and not passage.labels
        if passage.role in COMPLAINING or passage.role == "closing" or unlabelled:
            continue
        for sentence in passage.sentences:
            for says, pattern in _PATTERNS:
                match = next(
                    (each for each in pattern.finditer(sentence) if means(says, each, sentence, passage)), None
                )
                if match:
                    labels = labels_in(sentence) or passage.labels
                    yield Statement(
                        says,
                        labels,
                        passage,
                        sentence,
                        bool(_OTHER.search(sentence)),
                        bool(_GENERIC.search(sentence[match.start() :][:200])),
                    )
