"""One place where a text gives something away, and what it weighs."""

from typing import NamedTuple

from services.publishing.release_check.report import BLOCK, REVIEW


class Weight(NamedTuple):
    """`severity` is that of a single hit. `of_a_person` says whether rows of it make a list of people: a list of
    police stations has postcodes, a list of officers has collar numbers."""

    severity: str
    of_a_person: bool


CERTAIN = Weight(BLOCK, True)
PERSON = Weight(REVIEW, True)
THING = Weight(REVIEW, False)


class Hit(NamedTuple):
    """A finding's code, what it weighs, and from where to where it stands."""

    code: str
    weight: Weight
    start: int
    end: int
