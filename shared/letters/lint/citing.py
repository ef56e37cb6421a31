"""Where a letter cites the Act, and what it cites there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.law.citations import CitationProblem
from shared.law.citations import read as read_citation
from shared.law.exemptions import CATALOGUE
from shared.letters.lint.vocabulary import words

_WORD = r"(?:\b(?:sections?|sec\.?|ss?\.?|adran(?:nau)?)\s*|§+\s*)"
_NUMBER = r"\d{1,2}[A-Ca-c]?(?![\d%/]|:\d)(?:\s{0,2}\(\s?\w{1,4}\s?\))*"
_JOIN = r"\s*(?:,\s*and|,|&|;|\+|/|\band\b|\bor\b|\bto\b|\bwith\b|\bread with\b|-(?=\s?\())\s*"
_BRACKETS = r"(?:\(\s?\w{1,4}\s?\)\s{0,2})+"
_CITATION = re.compile(
    rf"{_WORD}{_NUMBER}"
    rf"(?:{_JOIN}(?:{_WORD})?(?:{_NUMBER}(?!\s*(?:working|calendar|days?|hours?))|{_BRACKETS}))*"
    r"|(?<![\w.(/£-])(?:2[1-9]A?|3\d|4[0-4])\s?\(\s?\d[A-C]?\s?\)(?:\s?\(\s?\w{1,4}\s?\))*"
    rf"(?:{_JOIN}(?:{_NUMBER}|{_BRACKETS}))*",
    re.IGNORECASE,
)
_OTHER_ACT = words("citing", "other_act")
_BEFORE_OTHER_ACT = words("citing", "before_other_act")

PROCEDURES = ("12", "14")
"""Sections that excuse from answering and are no exemptions."""


@dataclass(frozen=True)
class Cited:
    """One place: the words, the complete provisions made out, what was wrong, and the section of each."""

    quote: str
    start: int
    provisions: tuple[str, ...]
    procedural: tuple[str, ...]
    problems: tuple[CitationProblem, ...]

    @property
    def bare(self) -> tuple[str, ...]:
        """Exemptions named without saying which limb: "31", "31(1)"."""
        named = (each.cited for each in self.problems if each.rule == "EXM-01")
        return tuple(
            each for each in named if re.fullmatch(r"\d\d[A-C]?(\(\w+\))*", each) and section_of(each) in CATALOGUE
        )

    @property
    def sections(self) -> frozenset[str]:
        """The exemptions cited, by number."""
        every = (*self.provisions, *self.bare, *(each.cited for each in self.problems if each.rule == "EXM-09"))
        return frozenset(section for each in every if (section := section_of(each)) in CATALOGUE)


def section_of(provision: str) -> str:
    """The section that a provision belongs to: 31 for 31(1)(a)."""
    return provision.partition("(")[0].strip().upper()


def citations_in(text: str) -> Iterator[Cited]:
    """Every place in a paragraph where exemptions or procedural grounds of the Act are cited."""
    for match in _CITATION.finditer(text):
        after, before = text[match.end() : match.end() + 120], text[: match.start()][-60:]
        if _OTHER_ACT.match(after) or _BEFORE_OTHER_ACT.search(before):
            continue
        reading = read_citation(match[0].rstrip(" ,;&/+-"))
        grounds = (
            *reading.procedural,
            *(each.cited for each in reading.problems if section_of(each.cited) in PROCEDURES),
        )
        cited = Cited(
            match[0].strip(), match.start(), reading.provisions, tuple(dict.fromkeys(grounds)), reading.problems
        )
        if cited.sections or cited.procedural:
            yield cited
