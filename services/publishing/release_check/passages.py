"""Many texts as one string, so that each pattern runs once over all of them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

BREAK = "\x00"
"""Stands between two cells: no pattern and no context reaches over it."""
LINE = "\n"
"""Stands between two pieces of running text, which go on from one to the other: a label may end a paragraph and its
number begin the next."""

_LONGEST_LINE = 2_000
_EVENED = {
    "\r\n": " \n",
    "\r": "\n",
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
}
"""What word processors write for a line end, a space and a hyphen, and what the patterns read in their place."""


class Passages:
    """`whole` is the texts with a gap after each. A position in it belongs to one text and to one line."""

    def __init__(self, texts: Sequence[str], gap: str) -> None:
        self.texts = texts
        whole = BREAK.join([*texts, ""])
        if whole.count(BREAK) > len(texts):
            whole = BREAK.join([*(each.replace(BREAK, " ") for each in texts), ""])
        self.whole = _even(whole).replace(BREAK, gap)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(each) + 1 for each in self.texts)]

    def index(self, position: int) -> int:
        """Which of the texts the position is in."""
        return bisect_right(self._starts, position) - 1

    def line(self, position: int) -> int:
        """Where the line begins that the position is in; a very long line counts as several."""
        floor = max(0, position - _LONGEST_LINE)
        return max(self.whole.rfind("\n", floor, position), self.whole.rfind(BREAK, floor, position), floor) + 1


def _even(text: str) -> str:
    """With line ends, spaces and hyphens of one kind, every character at its place."""
    for written, read in _EVENED.items():
        text = text.replace(written, read)
    return text


def before(match: re.Match[str], reach: int) -> str:
    """Up to `reach` characters of the same text before a match, in small letters."""
    start = match.start()
    return match.string[max(0, start - reach) : start].rpartition(BREAK)[2].lower()


def after(match: re.Match[str], reach: int) -> str:
    """Up to `reach` characters of the same text after a match, in small letters."""
    end = match.end()
    return match.string[end : end + reach].partition(BREAK)[0].lower()


def stands_alone(match: re.Match[str]) -> bool:
    """Whether the match does not begin within a longer word, number or reference."""
    previous = match.string[match.start() - 1] if match.start() else BREAK
    return not (previous.isalnum() or previous in "/.-_\\£$€#")
