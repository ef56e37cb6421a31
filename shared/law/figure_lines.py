"""A table of figures as data: its lines, and how often cases count in each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """What a line counts, by which rule; `within` is the code of the line that it is a part of."""

    code: str
    rule: str
    title: str
    within: str | None = None


@dataclass(frozen=True)
class Line(Heading):
    """One figure."""

    count: int = 0


def table(headings: Iterable[Heading], codes: Iterable[str]) -> tuple[Line, ...]:
    """The lines with their counts, in their order: one of `codes` for each time that a case counts in a line."""
    counts = Counter(codes)
    return tuple(Line(**vars(heading), count=counts[heading.code]) for heading in headings)
