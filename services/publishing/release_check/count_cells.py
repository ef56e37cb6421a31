"""What one cell of a table of counts tells: a number, the bounds of a withheld one, or a percentage (REL-22)."""

import re
from functools import lru_cache
from typing import NamedTuple

UNBOUNDED = 10**12
"""No count is as large: the upper bound of a withheld cell whose mask tells none."""

_LONGEST = 32
"""Characters of the longest cell that may be a count."""
_NUMBER = re.compile(r"(?:\d{1,3}(?:[,\s]\d{3})+|\d{1,9})(?:\.0+)?(?=\Z|\s*\(\d[\d.]*\s*%\)\Z)").match
_PERCENTAGE = re.compile(r"\(?(\d{1,3})(?:\.(\d{1,4}))?\s*%?\)?\Z").match
_BELOW = re.compile(r"(?:<|under|below|fewerthan|lessthan)(\d{1,3})\Z").match
_UP_TO = re.compile(r"(?:(?:<=|≤|upto)(\d{1,3})|(\d{1,3})orfewer|(\d{1,3})orless)\Z").match
_RANGE = re.compile(r"(\d)(?:-|–|to)(\d{1,2})\Z").match
_STAR = re.compile(
    r"(?:\*{1,3}|[#~]|[\[(]?(?:[cxs]|suppressed|withheld|redacted|exempt)[\])]?"
    r"|s\.?40(?:\(2\))?|section40(?:\(2\))?|lownumbers?)\Z"
).match
_NOTHING = frozenset(("", "nil", "none", "n/a", "na", "zero"))
_DASHES = frozenset(("-", "–", "—", "--", "..", ":", "."))


class Figure(NamedTuple):
    """A count: between which bounds it is, both included, and whether it is withheld behind a mask."""

    low: int
    high: int
    withheld: bool = False

    @property
    def shown(self) -> bool:
        return self.low == self.high and not self.withheld


NOUGHT = Figure(0, 0)
DASH = Figure(0, UNBOUNDED)
"""Nought in most tables and a mask in some; the totals tell which."""
WORDS = Figure(0, UNBOUNDED)
STAR = Figure(0, UNBOUNDED, withheld=True)


class Percentage(NamedTuple):
    """A percentage as it is rounded: `value` in units of the last of its decimal `places`."""

    value: int
    places: int


@lru_cache(maxsize=8192)
def figure(cell: str) -> Figure | None:
    """The count or mask in a cell as it is shown; None for any other content. A blank is nought."""
    text = cell.strip()
    if len(text) > _LONGEST:
        return None
    if number := _NUMBER(text):
        exact = int("".join(each for each in number.group().partition(".")[0] if each.isdecimal()))
        return Figure(exact, exact)
    close = "".join(text.lower().split())
    if close in _NOTHING:
        return NOUGHT
    if close in _DASHES:
        return DASH
    if _STAR(close):
        return STAR
    if below := _BELOW(close):
        return Figure(0, max(int(below[1]) - 1, 0), withheld=True)
    if up_to := _UP_TO(close):
        return Figure(0, int(up_to[1] or up_to[2] or up_to[3]), withheld=True)
    if (between := _RANGE(close)) and int(between[1]) < int(between[2]):
        return Figure(int(between[1]), int(between[2]), withheld=True)
    return None


def percentage(cell: str) -> Percentage | None:
    """The percentage in a cell, `12.5%` or `12.5`; None for any other content or more than 100."""
    if not (told := _PERCENTAGE(cell.strip())):
        return None
    places = len(told[2] or "")
    value = int(told[1] + (told[2] or ""))
    return Percentage(value, places) if value <= 100 * 10**places else None


def is_range(cell: str) -> bool:
    """Whether a cell is `5-9` or `5 to 9`, which is a heading as often as a mask."""
    return bool(_RANGE("".join(cell.lower().split())))
