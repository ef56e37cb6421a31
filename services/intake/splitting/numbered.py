"""Finds the marks of a request that count: those in their turn, and not in a list that only tells something."""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from services.intake.asking import asks, asks_or_refines, greets, names_what_is_wanted, tells
from services.intake.sentences import sentences
from services.intake.splitting.mark_reading import Mark, read_mark
from services.intake.splitting.numbering import Level, Place, place_after

_ROW = 2
"""How many letters, numerals or bare numbers make a list."""


@dataclass(frozen=True)
class Numbered:
    """A mark that counts, at a line of the request. `run` counts how often the numbering has begun."""

    line: int
    mark: Mark
    place: Place
    run: int


def numbered(lines: Sequence[str], quoted: Collection[int]) -> dict[int, Numbered]:
    """The marks that count, by line."""
    read = {
        number: mark
        for number, line in enumerate(lines)
        if number not in quoted and (mark := read_mark(line)) is not None and not _names_a_section(line, mark)
    }
    ordinals = {line: mark for line, mark in read.items() if mark.style == "ordinal"}
    others = {line: mark for line, mark in read.items() if line not in ordinals}
    found, goes_on = _in_turn(others)
    if goes_on:
        sections = {each.line for each in found if each.place[0].kind != "number" and len(each.place) == 1}
        found, _ = _in_turn({line: mark for line, mark in others.items() if line not in sections})
    if len(found) < _ROW:
        found = max(_in_turn(ordinals)[0], found, key=len)
    kept = _renumbered(_that_ask(lines, found))
    return {each.line: each for each in kept} if len(kept) >= _ROW or _numbers(kept) else {}


def _names_a_section(line: str, mark: Mark) -> bool:
    """Whether "Part 1" or "Request 1" is a heading rather than the mark of a question."""
    if mark.word not in ("part", "request"):
        return False
    text = line[mark.ends :].strip()
    return not asks_or_refines(text) and not names_what_is_wanted(text)


def _numbers(found: Sequence[Numbered]) -> bool:
    """Whether the marks are numbers that can hardly be anything else: one such is enough."""
    return all(
        each.place[0].kind == "number" and not each.mark.plain and each.mark.style != "ordinal" for each in found
    )


def _in_turn(read: Mapping[int, Mark]) -> tuple[list[Numbered], bool]:
    """The marks in their turn, and whether numbers below letters go on from one letter to the next: the letters
    then name sections, and the numbers are not below them."""
    place: Place = ()
    found: list[Numbered] = []
    seen: set[tuple[int, str]] = set()
    run = 0
    last_below = 0
    goes_on = False
    for line, mark in read.items():
        placed = place_after(mark, place)
        if placed is None:
            above = [level.kind for level in place]
            goes_on |= above in (["letter"], ["roman"]) and mark.names[0] == str(last_below + 1) and last_below > 0
            continue
        run += placed.again
        key = (run, ".".join(f"{level.kind}{level.value}" for level in placed.place))
        if key in seen:
            continue
        seen.add(key)
        place = placed.place
        if len(place) == 2 and place[0].kind != "number" and place[1].kind == "number":
            last_below = place[1].value
        found.append(Numbered(line, mark, place, run))
    return found, goes_on


def _that_ask(lines: Sequence[str], found: list[Numbered]) -> list[Numbered]:
    """Without the lists that only tell what a statement before them announces, where something else asks."""
    starts = [each.line for each in found]
    texts = [_text(lines, each, end) for each, end in zip(found, [*starts[1:], len(lines)], strict=False)]
    wanting = [asks_or_refines(text) or names_what_is_wanted(text) for text in texts]
    told: set[int] = set()
    asking: list[int] | None = None
    for start, stop in _lists(found):
        members = range(start, stop)
        last = sentences(texts[stop - 1])[:1]  # what follows in its paragraph need not belong to it
        if any(wanting[n] for n in members[:-1]) or any(asks(each) or names_what_is_wanted(each) for each in last):
            continue
        if not tells(_lead(lines, found, start)):
            continue
        asking = _lines_that_ask(lines) if asking is None else asking
        within = bisect_left(asking, _list_end(lines, found, stop)) - bisect_left(asking, found[start].line)
        if len(asking) > within:
            told.update(members)
    return [each for number, each in enumerate(found) if number not in told]


def _lines_that_ask(lines: Sequence[str]) -> list[int]:
    """The first lines of the paragraphs that ask, and the lines of marked items that do."""
    found = []
    start = 0
    for number, line in enumerate([*lines, ""]):
        if line.strip() and read_mark(line) is None:
            continue
        if asks("\n".join(lines[start:number])):
            found.append(start)
        start = number if line.strip() else number + 1
    return found


def _lists(found: list[Numbered]) -> list[tuple[int, int]]:
    """Where each list of marks at one depth begins and ends, what lies below its marks included."""
    spans = []
    for start, each in enumerate(found):
        depth = len(each.place)
        if each.place[-1].value != 1 or len(each.mark.names) > 1:
            continue
        stop = start + 1
        while stop < len(found) and found[stop].run == each.run and len(found[stop].place) >= depth:
            stop += 1
        spans.append((start, stop))
    return spans


def _lead(lines: Sequence[str], found: list[Numbered], start: int) -> str:
    """The paragraph before a list, which announces it."""
    begin = found[start - 1].line if start else 0
    before = "\n".join(lines[begin : found[start].line]).rstrip()
    paragraph = re.split(r"\n\s*\n", before)[-1]
    return "" if greets(paragraph) else paragraph


def _list_end(lines: Sequence[str], found: list[Numbered], stop: int) -> int:
    """The line of the first paragraph after a list."""
    if stop < len(found):
        return found[stop].line
    after = found[stop - 1].line
    return next((n for n in range(after, len(lines)) if not lines[n].strip()), len(lines))


def _text(lines: Sequence[str], each: Numbered, end: int) -> str:
    """The first paragraph of a marked item."""
    first = [lines[each.line][each.mark.ends :]]
    for line in lines[each.line + 1 : end]:
        if not line.strip():
            break
        first.append(line)
    return "\n".join(first)


def _renumbered(found: list[Numbered]) -> list[Numbered]:
    """Runs counted without those that are gone; where each run has one number only, that of its first mark, the
    numbers are those of a list of which every mark is 1, and count on."""
    runs = {run: number for number, run in enumerate(dict.fromkeys(each.run for each in found))}
    outermost: dict[int, set[Level]] = {}
    for each in found:
        outermost.setdefault(each.run, set()).add(replace(each.place[0], style="", indent=0))
    if len(runs) > 1 and all(len(levels) == 1 for levels in outermost.values()):
        return [
            replace(each, run=0, place=(replace(each.place[0], value=runs[each.run] + 1), *each.place[1:]))
            for each in found
        ]
    return [replace(each, run=runs[each.run]) for each in found]
