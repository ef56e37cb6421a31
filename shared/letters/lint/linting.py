"""Puts a letter through every rule."""

from collections.abc import Callable, Iterator

from shared.letters.lint import (
    act_argued,
    arguing,
    authority,
    complaining,
    confirming,
    deciding,
    denial_citations,
    links,
    not_holding,
    personal_data,
    residue,
    timing,
    wording,
)
from shared.letters.lint.agreeing import agree
from shared.letters.lint.decided import Decided
from shared.letters.lint.finding import LetterFinding
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.placing import place
from shared.letters.reading import read

Rule = Callable[[ReadLetter], Iterator[LetterFinding]]
_MODULES = (
    deciding, denial_citations, confirming, act_argued, arguing, not_holding, personal_data, complaining, timing,
    authority, links, residue, wording,
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(rule for module in _MODULES for rule in module.RULES)
_ORDER = {"B": 0, "W": 1, "I": 2}


def lint(raw: bytes, decided: Decided | None = None) -> tuple[LetterFinding, ...]:
    """Every finding on the letter in these bytes, the gravest first; with `decided`, also where it departs from that.

    Raises Unreadable.
    """
    letter = place(read(raw))
    found = dict.fromkeys(finding for rule in RULES for finding in rule(letter))
    if decided is not None:
        found |= dict.fromkeys(agree(letter, decided))
    return tuple(sorted(found, key=lambda each: (_ORDER[each.severity], each.rule)))
