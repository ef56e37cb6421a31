"""Why a letter on a PDF page is not to be seen, if it is not (REL-15)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.publishing.release_check.pdf_drawing import (
    IMAGE,
    TEXT,
    Box,
    Drawn,
    Letter,
    annotation_boxes,
    area,
    drawings,
    overlaid_texts,
    overlap,
)
from services.publishing.release_check.pdf_seeing import Covers, Seen, ink

_LEGIBLE = 2.3
"""The space that a letter of two points takes, in points: below that nobody reads it."""
_STILL_READ = 0.6
"""The part of a text's ink that is to be seen where it is only struck through or lies under a highlight."""
_OF_THE_PAGE = 0.7
"""From this part of a page on, a picture is a scan of it."""
_DARK = 60.0
"""Of 255."""
_WATERMARK = 48.0
"""Points from which on letters run across a page."""
_MOST_TEXTS = 60
"""Texts of a page that are compared one by one. Where more are suspect, what their group shows is believed."""

UNDER_BOX, UNDER_HATCHING, OUTSIDE, TOO_SMALL, WITHOUT_INK, UNSEEN, UNDER_SCAN = range(7)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One page while it is looked at."""

    seen: Seen
    drawn: list[Drawn]
    texts: dict[int, Drawn]
    covers: list[Drawn]
    scans: list[Drawn]
    overlaid: Mapping[int, Sequence[Drawn]]
    """Texts that are drawn over most of another one, such as solid blocks, by the other one's address."""
    above: Covers
    beneath: Covers

    def is_over_scan(self, box: Box) -> bool:
        return any(area(overlap(box, each.box)) > area(box) / 2 for each in self.scans)


def sheet_of(page: Any) -> Sheet:
    """Raises `PdfiumError` for a page that cannot be shown."""
    drawn = drawings(page)
    seen = Seen(page)
    covers = [each for each in drawn if each.kind != TEXT]
    above, beneath = Covers(seen.box), Covers(seen.box)
    for each in covers:
        above.note(each.box, each.order)
    for each in reversed(covers):
        beneath.note(each.box, each.order)
    for box in annotation_boxes(page):
        above.note(box, len(drawn) + 1)
    whole = area(seen.box) or 1.0
    return Sheet(
        seen=seen,
        drawn=drawn,
        texts={each.address: each for each in drawn if each.kind == TEXT},
        covers=covers,
        scans=[
            each for each in covers if each.kind == IMAGE and area(overlap(each.box, seen.box)) > _OF_THE_PAGE * whole
        ],
        overlaid=overlaid_texts([each for each in drawn if each.kind == TEXT]),
        above=above,
        beneath=beneath,
    )


def reasons_of(sheet: Sheet, read: Sequence[Letter]) -> list[int | None]:
    """Why each letter is not to be seen; None for those that are. The spaces go with the letters before them."""
    reasons: list[int | None] = [None] * len(read)
    groups: dict[str, list[int]] = {}
    group_of = {address: _group(sheet, text) for address, text in sheet.texts.items()}
    for index, letter in enumerate(read):
        text = sheet.texts.get(letter.drawn)
        if text is None or not letter.is_letter:
            continue
        reasons[index] = _by_itself(sheet, letter, text)
        if reasons[index] is None:
            groups.setdefault(group_of[letter.drawn], []).append(index)
    for name, these in groups.items():
        compare = _covered if name == "covered" else _plain
        for index, reason in compare(sheet, read, these):
            reasons[index] = reason
    for index, letter in enumerate(read):
        if index and not letter.is_letter:
            reasons[index] = reasons[index - 1]
    return reasons


def _by_itself(sheet: Sheet, letter: Letter, text: Drawn) -> int | None:
    """Reasons that need no comparing."""
    page = sheet.seen.box
    across, up = (letter.box[0] + letter.box[2]) / 2, (letter.box[1] + letter.box[3]) / 2
    if not (page[0] <= across <= page[2] and page[1] <= up <= page[3]):
        return OUTSIDE
    if text.is_invisible:
        return UNDER_SCAN if _shows_something(sheet, letter) else WITHOUT_INK
    return TOO_SMALL if letter.size < _LEGIBLE else None


def _shows_something(sheet: Sheet, letter: Letter) -> bool:
    """Whether its word lies over a picture that has a drawing there: not over bare paper, and the letter not over a
    dark box. Where a recogniser puts each letter of a word is not so exact."""
    seen = sheet.seen
    if not any(each.kind == IMAGE and area(overlap(letter.box, each.box)) > 0 for each in sheet.covers):
        return False
    in_the_dark = seen.is_uniform(letter.box) and seen.brightness(letter.box) < _DARK
    return not in_the_dark and not seen.is_uniform(letter.word)


def _group(sheet: Sheet, text: Drawn) -> str:
    """Texts are left out together with others of their kind only, so that one that is seen hides none that is not:
    the label on a box, the text that the box covers."""
    if sheet.above.last(text.box) > text.order or text.address in sheet.overlaid:
        return "covered"
    if text.is_light:
        return "light"
    return "doubtful" if text.clip or text.see_through or sheet.beneath.last(text.box) else "plain"


def _plain(sheet: Sheet, read: Sequence[Letter], these: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    changes = sheet.seen.difference({read[index].drawn: sheet.texts[read[index].drawn] for index in these}.values())
    for index in these:
        if not sheet.seen.shows(changes, read[index].box):
            yield index, UNSEEN


def _covered(sheet: Sheet, read: Sequence[Letter], these: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    """First all texts together, then each that seems covered by itself: texts share dots, and grounds lie between."""
    by_text: dict[int, list[int]] = {}
    for index in these:
        by_text.setdefault(read[index].drawn, []).append(index)
    texts = [sheet.texts[address] for address in by_text]
    together = _compared(sheet, texts, read, these)
    suspect = [
        each for each in texts if each.is_light or any(together[index] is not None for index in by_text[each.address])
    ]
    for text in suspect:
        letters = by_text[text.address]
        closer = _compared(sheet, [text], read, letters) if len(suspect) <= _MOST_TEXTS else together
        if _is_watermark(read, letters) and any(closer[index] in (None, UNDER_HATCHING) for index in letters):
            continue
        for index in letters:
            yield index, closer[index]


def _is_watermark(read: Sequence[Letter], letters: Sequence[int]) -> bool:
    """Letters across the page, which pictures and tables may lie over in part."""
    return min(read[index].size for index in letters) > _WATERMARK


def _compared(
    sheet: Sheet, texts: Sequence[Drawn], read: Sequence[Letter], these: Sequence[int]
) -> dict[int, int | None]:
    """What covers hide of these letters: how much ink shows, against how much were to show without the covers."""
    first = min(each.order for each in texts)
    shown = sheet.seen.difference(texts)
    laid_over = [each for text in texts for each in sheet.overlaid.get(text.address, ()) if each not in texts]
    whole = sheet.seen.bared([*(each for each in sheet.covers if each.order > first), *laid_over], texts)
    found: dict[int, int | None] = {}
    for index in these:
        dots = sheet.seen.dots(read[index].box)
        found[index] = _reason(sheet, read[index], ink(shown, dots), ink(whole, dots))
    return found


def _reason(sheet: Sheet, letter: Letter, now: float, then: float) -> int | None:
    if now:
        return None if now >= _STILL_READ * then else UNDER_HATCHING
    if not then:
        return UNSEEN
    return UNDER_SCAN if sheet.is_over_scan(letter.box) and _shows_something(sheet, letter) else UNDER_BOX
