"""Where marks stand among each other: which follows which, which lies below which, and what each is called.

A mark counts only in its turn, so that a year or an amount at the beginning of a line is not taken for one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from services.intake.splitting.mark_reading import LAST, ROMANS, Mark

Kind = Literal["number", "letter", "roman"]
_GAP = 2
"""How many numbers a request may leave out in its own numbering."""
_DEEPER = 2
"""Columns by which a list that begins with 1 again must be indented to lie below the one before."""
_DEEPEST = 4


@dataclass(frozen=True)
class Level:
    """The last mark at one depth. `joined`: a number written as one with the letter above it, as in A1."""

    kind: Kind
    value: int
    style: str
    indent: int
    joined: bool = False

    @property
    def name(self) -> str:
        if self.kind == "number":
            return str(self.value)
        return ROMANS[self.value] if self.kind == "roman" else chr(ord("a") + self.value - 1)


Place = tuple[Level, ...]
"""Where the numbering stands: the last mark at each depth, the outermost first."""


def label(place: Place) -> str:
    """The canonical label: 1, 1a, 1.1, 5c.i, a.1. Letters follow a number at once, all else after a point."""
    told = ""
    for above, level in zip((None, *place), place, strict=False):
        at_once = above is not None and above.kind == "number" and level.kind == "letter"
        told += level.name if above is None or at_once or level.joined else f".{level.name}"
    return told


@dataclass(frozen=True)
class Placed:
    """A mark in its place; `again` if the numbering begins anew with it."""

    place: Place
    again: bool = False


def place_after(mark: Mark, place: Place) -> Placed | None:
    """Where the mark stands if it comes after `place`; None if it is not in its turn."""
    if len(mark.names) > 1:
        return _path(mark, place)
    if mark.style == "ordinal":
        return _ordinal(mark, place)
    readings = [
        *_continuing(mark, place),
        *(_beginning(mark, place)),
    ]
    return readings[0] if readings else None


def _ordinal(mark: Mark, place: Place) -> Placed | None:
    if place and place[0].style == "ordinal":
        value = place[0].value + 1 if mark.names[0] == LAST else int(mark.names[0])
        return Placed((replace(place[0], value=value),)) if value == place[0].value + 1 else None
    if not place and mark.names[0] == "1":
        return Placed((Level("number", 1, mark.style, mark.indent),))
    return None


def _continuing(mark: Mark, place: Place) -> list[Placed]:
    """The levels that the mark may continue, the likeliest first."""
    fitting = []
    for depth, level in enumerate(place):
        for kind, value in _readings(mark.names[0]):
            if level.kind == kind and level.style != "ordinal" and _in_turn(value, level, plain=mark.plain):
                unlike = (level.style != mark.style, abs(level.indent - mark.indent) >= _DEEPER, -depth)
                fitting.append((unlike, (*place[:depth], _level(kind, value, mark))))
    return [Placed(found) for _, found in sorted(fitting, key=lambda each: each[0])]


def _beginning(mark: Mark, place: Place) -> Iterator[Placed]:
    """The lists that may begin with the mark: one below the last mark, or the outermost one anew."""
    for kind, value in sorted(_readings(mark.names[0]), key=lambda each: each[0] == "letter"):
        if value != 1 or (place and place[0].style == "ordinal"):
            continue
        begun = _level(kind, value, mark)
        same = [level for level in place if level.kind == kind]
        below = not same or all(
            mark.indent - level.indent >= _DEEPER or (level.style != mark.style and not _alike(level, begun))
            for level in same
        )
        if below and len(place) < _DEEPEST:
            yield Placed((*place, begun))
        elif place[0].kind == kind and (place[0].style == mark.style or len(same) == len(place)):
            yield Placed((begun,), again=True)


def _alike(one: Level, other: Level) -> bool:
    """Whether two ways of writing differ by no more than slips of the hand."""
    return one.style.strip(".:)–-/") == other.style.strip(".:)–-/") and one.indent == other.indent


def _path(mark: Mark, place: Place) -> Placed | None:
    """The place of a mark that names all its levels, as 2(b)(i) does."""
    found: list[Level] = []
    moved = False
    for depth, name in enumerate(mark.names):
        level = place[depth] if depth < len(place) and not moved else None
        last = depth == len(mark.names) - 1
        for kind, value in _readings(name):
            if level is not None and level.kind == kind:
                if value == level.value and not last:
                    found.append(level)
                    break
                if _in_turn(value, level):
                    found.append(_level(kind, value, mark))
                    moved = True
                    break
            elif level is None and (value == 1 or (depth == 0 and not place and mark.word)):
                found.append(_level(kind, value, mark))
                moved = True
                break
        else:
            return _path_anew(mark, place)
    if mark.joined:
        found[1] = replace(found[1], joined=True)
    return Placed(tuple(found))


def _path_anew(mark: Mark, place: Place) -> Placed | None:
    """A path that begins with the first of everything, after others: the numbering begins anew."""
    if not place or any(not any(value == 1 for _, value in _readings(name)) for name in mark.names):
        return None
    placed = _path(mark, ())
    return Placed(placed.place, again=True) if placed else None


def _level(kind: Kind, value: int, mark: Mark) -> Level:
    return Level(kind, value, mark.style, mark.indent)


def _readings(name: str) -> list[tuple[Kind, int]]:
    """What a name may stand for: "i" is a numeral and a letter."""
    if name.isdigit():
        return [("number", int(name))]
    found: list[tuple[Kind, int]] = []
    if name in ROMANS:
        found.append(("roman", ROMANS.index(name)))
    if len(name) == 1:
        found.append(("letter", ord(name) - ord("a") + 1))
    return found


def _in_turn(value: int, level: Level, *, plain: bool = False) -> bool:
    gap = _GAP if level.kind == "number" and not plain else 0
    return level.value < value <= level.value + 1 + gap
