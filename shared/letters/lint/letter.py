"""A letter as the rules look at it: every passage in its place, what it is about, which questions it answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shared.letters.lint.citing import Cited, citations_in
from shared.letters.lint.dates import Dates, dates_of
from shared.letters.lint.sections import ARGUING, COMPLAINING, Role
from shared.letters.lint.sentences import sentences
from shared.letters.lint.vocabulary import words
from shared.letters.reading import Document

REVIEW_DONE = words("letter", "review_done")
"""Words of a letter that gives the outcome of an internal review."""


@dataclass(frozen=True)
class Passage:
    """One paragraph in its place.

    `heading` is what stands above it, `role` what it is about, `labels` the questions it is about as far as the
    heading, its own beginning or the answer it belongs to say; `quoted` when it repeats what was asked.
    """

    text: str
    place: str
    heading: str
    role: Role
    kind: str
    labels: tuple[str, ...] = ()
    quoted: bool = False

    @property
    def where(self) -> str:
        return f"{self.place}, under “{self.heading}”" if self.heading else self.place

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return sentences(self.text)

    @cached_property
    def citations(self) -> tuple[Cited, ...]:
        return tuple(citations_in(self.text))


@dataclass(frozen=True)
class ReadLetter:
    """A whole letter, read. `asked` are the labels of the questions, in order, as far as they are numbered."""

    document: Document
    passages: tuple[Passage, ...]
    asked: tuple[str, ...]

    @cached_property
    def own(self) -> tuple[Passage, ...]:
        """What the authority itself says: not the request, and not the question repeated above its answer."""
        return tuple(each for each in self.passages if each.role != "request" and not each.quoted)

    @cached_property
    def request(self) -> str:
        return " ".join(each.text for each in self.passages if each.role == "request" or each.quoted)

    @cached_property
    def words(self) -> str:
        return "\n".join(each.text for each in self.own)

    @cached_property
    def dates(self) -> Dates:
        return dates_of([each.text for each in self.own])

    @property
    def on(self) -> date:
        """The day by whose law the letter is read: its own date, or the latest that it could have."""
        return self.dates.sent or date.max

    @cached_property
    def arguing(self) -> tuple[Passage, ...]:
        return tuple(each for each in self.own if each.role in ARGUING)

    @cached_property
    def complaining(self) -> tuple[Passage, ...]:
        return tuple(each for each in self.own if each.role in COMPLAINING)

    @cached_property
    def sections(self) -> frozenset[str]:
        """The exemptions that the authority cites, by number."""
        return frozenset(section for each in self.own for cited in each.citations for section in cited.sections)

    @cached_property
    def provisions(self) -> frozenset[str]:
        """The provisions that it cites completely."""
        return frozenset(text for each in self.own for cited in each.citations for text in cited.provisions)

    @cached_property
    def whole(self) -> bool:
        """Whether this is a letter with beginning and end, and not a published extract of one."""
        return bool(self.complaining) or any(_BEGINS_OR_ENDS.match(each.text) for each in self.own)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, str]]:
        """Every sentence of the authority's own in which the pattern is found."""
        for passage in self.own:
            for sentence in passage.sentences:
                if pattern.search(sentence):
                    yield passage, sentence


_BEGINS_OR_ENDS = words("letter", "begins_or_ends")
