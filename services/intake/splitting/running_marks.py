"""Marks within running text, as "tell me (a) how many and (b) why": each is put at the beginning of a line of its own.

Only white space is changed. A mark counts if it is one of a row that begins with the first and leaves none out.
"""

import re
from collections.abc import Iterator, Sequence

from services.intake.splitting.mark_reading import LAST, ROMANS, Mark, read_mark

_CANDIDATE = re.compile(
    r"(?<=\s)(?:(?P<round>\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\[\d{1,2}\])"
    r"|(?P<half>(?:\d{1,2}|[a-z]|[ivx]{1,4})\))"
    r"|(?P<after>(?:q(?:uestion)?\s?)?\d{1,2}[.:]|q?\d{1,2}(?:[a-z][.):]?|\([a-z]\))|q\d{1,2}|[a-z]\.|[ivx]{1,4}\.)"
    r"|(?P<ordinal>(?:and )?(?:(?:first|second|third|four|fif|six|seven|eigh|nin)(?:th)?ly,?"
    r"|(?:first|second|third|fourth|fifth),|finally,?|lastly,?)))(?=\s)",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:sections?|ss?\.?|paras?\.?|paragraphs?|articles?|questions?|q|points?|items?|regulations?|parts?|schedules?"
    r"|clauses?|rules?|numbers?|nos?\.?|subsections?|tables?|figures?|to|than|page|pages|p\.)$",
    re.IGNORECASE,
)
_REFERRED_TO = re.compile(r"\s*(?:and|or|to|above|below|of the|,|;|\.|\))", re.IGNORECASE)
_SENTENCE_ENDS = (".", "?", "!", ";", ":", ",", "-", "–", ")", "”", '"')
_REACH = 20
_PATH = 2
"""Names that a mark in running text may have at most: 1a is one of a row, and so is the 2 after it."""


def broken_at_marks(lines: Sequence[str]) -> list[str]:
    """The lines, with a new one begun at each mark of a row of marks in running text."""
    broken: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        broken += _broken("\n".join(paragraph)) if paragraph else []
        paragraph = []
        broken.append(line)
    return broken[:-1]


def _broken(paragraph: str) -> list[str]:
    heads = list(_at_lines(paragraph))
    inside = {at for start, mark, _ in heads for at in range(start, start + mark.ends)}
    candidates = [*heads, *(each for each in _within(paragraph) if each[0] not in inside)]
    candidates.sort(key=lambda each: each[0])
    starts = sorted(_in_rows(candidates))
    pieces = []
    last = 0
    for start in starts:
        pieces.append(paragraph[last:start].rstrip(" \t"))
        last = start
    pieces.append(paragraph[last:])
    return "\n".join(pieces).split("\n")


def _at_lines(paragraph: str) -> Iterator[tuple[int, Mark, bool]]:
    at = 0
    for line in paragraph.split("\n"):
        mark = read_mark(line)
        if mark is not None:
            yield at, mark, False
        at += len(line) + 1


def _within(paragraph: str) -> Iterator[tuple[int, Mark, bool]]:
    for found in _CANDIDATE.finditer(paragraph):
        before = paragraph[max(0, found.start() - _REACH) : found.start()]
        said = before.rstrip()
        if not said or "\n" in before[len(said) :] or _REFERS.search(said):
            continue
        if (found["after"] or found["ordinal"]) and not said.endswith(_SENTENCE_ENDS):
            continue
        if _REFERRED_TO.match(paragraph, found.end()):
            continue
        if found["half"] and "(" in paragraph[found.start() - 1 : found.start()]:
            continue
        mark = read_mark(paragraph[found.start() : found.end() + 6])
        if mark is not None and len(mark.names) <= _PATH:
            yield found.start(), mark, True


def _in_rows(candidates: list[tuple[int, Mark, bool]]) -> Iterator[int]:
    """The places of the marks within lines that belong to a row of two or more."""
    rows: dict[tuple[str, str], list[tuple[int, bool]]] = {}
    values: dict[tuple[str, str], int] = {}
    for at, mark, within in candidates:
        if len(mark.names) >= _PATH:
            rows.setdefault(("", "path"), []).append((at, within))
            ends = mark.style[-1:]  # 2 or b may follow 1a, written like it
            begun = [(name, style) for name in mark.names for style in (f"#{ends}", f"(#{ends}")]
        else:
            begun = []
            for kind, value in _readings(mark.names[0], values.get((mark.style, "number"), 0)):
                if value == values.get((mark.style, kind), 0) + 1:
                    values[mark.style, kind] = value
                    rows.setdefault((mark.style, kind), []).append((at, within))
                    break
                if value == 1:
                    begun = [(mark.names[0], mark.style)]
                    break
        for name, style in begun:
            for kind, value in _readings(name, 0):
                yield from _places(rows.pop((style, kind), []))
                values[style, kind] = value
                rows[style, kind] = [(at, within and len(begun) == 1)]
    for row in rows.values():
        yield from _places(row)


def _places(row: list[tuple[int, bool]]) -> Iterator[int]:
    if len(row) > 1:
        yield from (at for at, within in row if within)


def _readings(name: str, last: int) -> Iterator[tuple[str, int]]:
    if name == LAST:
        yield "number", last + 1
    elif name.isdigit():
        yield "number", int(name)
    elif name in ROMANS:
        yield "roman", ROMANS.index(name)
    if len(name) == 1 and name.isalpha():
        yield "letter", ord(name) - ord("a") + 1
