"""What the pages of a PDF hide: text under boxes, in the colour of the paper, without ink (REL-15)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.publishing.release_check.looking import Look
from services.publishing.release_check.pdf_drawing import IMAGE, PATH, Drawn, Letter, letters
from services.publishing.release_check.pdf_hiding import (
    OUTSIDE,
    TOO_SMALL,
    UNDER_BOX,
    UNDER_HATCHING,
    UNDER_SCAN,
    UNSEEN,
    WITHOUT_INK,
    reasons_of,
    sheet_of,
)
from services.publishing.release_check.pdf_pictures import inspect_pictures
from services.publishing.release_check.report import BLOCK, REVIEW, masked

_MOST_EXCERPTS = 5
_UNKNOWN = 0.2
_LINE = 6.0
_LEAST_EDGES = 3
"""Of a table with two columns and two rows."""

_REASONS: dict[int, tuple[str, str, str]] = {
    UNDER_BOX: ("text_under_opaque_box", BLOCK, ""),
    UNDER_HATCHING: ("text_under_hatched_box", BLOCK, ""),
    OUTSIDE: ("hidden_text_layer", BLOCK, "outside the page"),
    TOO_SMALL: ("hidden_text_layer", BLOCK, "too small to read"),
    WITHOUT_INK: ("hidden_text_layer", BLOCK, "drawn without ink"),
    UNSEEN: ("hidden_text_layer", BLOCK, "in the colour of its ground, or cut away"),
    # Words that a text recogniser laid over a scan: they should say what the scan shows, and may say more.
    UNDER_SCAN: ("hidden_text_layer", REVIEW, "words of a scanned page, to be compared with it"),
}


@dataclass
class PageText:
    """What one page says: what a reader sees of it, and what stands covered."""

    where: str
    seen: str = ""
    hidden: list[str] = field(default_factory=list)
    """Runs of letters that the page holds and does not show."""
    is_picture_only: bool = False
    is_unknown: bool = False
    """Whether its fonts do not say which letters they show, so that what it says cannot be checked."""
    has_grid: bool = False
    """Whether it has lines enough, across and down, for a table."""


def inspect_page(look: Look, page: Any, where: str) -> PageText:
    """Note what the page hides, and give what it says. `page` is open, and is the library's own."""
    sheet = sheet_of(page)
    text_page = page.get_textpage()
    try:
        read = letters(text_page)
    finally:
        text_page.close()
    reasons = reasons_of(sheet, read)
    told = PageText(
        where=where,
        seen="".join(
            each.character for each, reason in zip(read, reasons, strict=True) if reason in (None, UNDER_SCAN)
        ),
        is_picture_only=not read and any(each.kind == IMAGE for each in sheet.covers),
        is_unknown=sum(not each.is_known for each in read) > _UNKNOWN * len(read),
        has_grid=_has_grid(sheet.covers),
    )
    for reason, runs in _runs(read, reasons).items():
        code, severity, manner = _REASONS[reason]
        excerpt = masked(" … ".join(runs[:_MOST_EXCERPTS]))
        look.found(code, f"{where}, {manner}" if manner else where, excerpt, severity=severity)
        told.hidden += runs if reason != UNDER_SCAN else []
    inspect_pictures(look, where, sheet.drawn, sheet.seen)
    return told


def _has_grid(covers: Sequence[Drawn]) -> bool:
    """By the edges of what is taller and what is wider than a line of small print, rounded to points."""
    paths = [each.box for each in covers if each.kind == PATH]
    upright = {round(edge) for box in paths if box[3] - box[1] > _LINE for edge in (box[0], box[2])}
    level = {round(edge) for box in paths if box[2] - box[0] > _LINE for edge in (box[1], box[3])}
    return _distinct(upright) >= _LEAST_EDGES and _distinct(level) >= _LEAST_EDGES


def _distinct(edges: Iterable[int]) -> int:
    """How many there are, those of one thick line counted once."""
    ordered = sorted(edges)
    return sum(not index or each - ordered[index - 1] > 2 for index, each in enumerate(ordered))


def _runs(read: Sequence[Letter], reasons: Sequence[int | None]) -> dict[int, list[str]]:
    """The hidden words by reason. One letter inside a word that is seen is no word: a shape may happen to be empty."""
    runs: dict[int, list[str]] = {}
    start = 0
    for index in range(len(read) + 1):
        if index < len(read) and reasons[index] == reasons[start]:
            continue
        reason, run = reasons[start] if read else None, "".join(each.character for each in read[start:index]).strip()
        if reason is not None and run and (len(run) > 1 or _is_word(read, start, index)):
            runs.setdefault(reason, []).append(run)
        start = index
    return runs


def _is_word(read: Sequence[Letter], start: int, end: int) -> bool:
    before = read[start - 1].character if start else " "
    after = read[end].character if end < len(read) else " "
    return not before.isalnum() and not after.isalnum()
