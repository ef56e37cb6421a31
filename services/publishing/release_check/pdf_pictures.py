"""Pictures on a PDF page of which the page shows only a part, or nothing (REL-14, REL-15)."""

import ctypes
from collections.abc import Sequence

import pypdfium2.raw as pdfium
from PIL import ImageStat
from pypdfium2 import PdfBitmap

from services.publishing.release_check.looking import Look
from services.publishing.release_check.pdf_drawing import IMAGE, PATH, TEXT, Box, Drawn, area, overlap
from services.publishing.release_check.pdf_seeing import Seen, is_inked
from services.publishing.release_check.report import BLOCK, REVIEW

_KEPT = 0.85
"""The part of a picture that shows where it only bleeds over the edge of the page, as printers want it."""
_SMALLEST = 100.0
"""Square points of a box that may hide something: less is a bullet or a rule."""
_OF_THE_PAGE = 0.7
_DARK = 60.0
_STRUCTURE = 10.0
"""Standard deviation, of 255, from which what lies under a box is more than one colour."""
_DOT = 4
"""Pixels: a smaller picture only keeps a place."""


def inspect_pictures(look: Look, where: str, drawn: Sequence[Drawn], seen: Seen) -> None:
    """Note pictures outside the page, cut by a clip, not seen at all, and scans on which boxes were put."""
    pictures = [each for each in drawn if each.kind == IMAGE and area(each.box) > 0]
    for each in pictures:
        within = overlap(each.box, seen.box)
        if area(within) < 0.01 * area(each.box):
            look.found("off_page", f"{where}, a picture outside the page")
        elif _shown(each, within) < _KEPT and not _is_dot(each):
            look.found("cropped_image", where)
    _inspect_unseen(look, where, pictures, seen)
    _inspect_boxes(look, where, drawn, pictures, seen)


def _shown(picture: Drawn, within: Box) -> float:
    """The part of the picture that its clip and the page leave."""
    kept = overlap(within, picture.clip) if picture.clip else within
    return area(kept) / area(picture.box)


def _is_dot(picture: Drawn) -> bool:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(picture.raw, width, height)
    return width.value <= _DOT or height.value <= _DOT


def _inspect_unseen(look: Look, where: str, pictures: Sequence[Drawn], seen: Seen) -> None:
    """Pictures that change nothing on the page, as where their mask makes them wholly see-through."""
    large = [each for each in pictures if area(overlap(each.box, seen.box)) > 0 and not _is_dot(each)]
    if not large:
        return
    changes = seen.difference(large)
    if any(not is_inked(changes, seen.dots(each.box)) and _shows_something(each) for each in large):
        look.found("layered_image", f"{where}, a picture that is not to be seen")


def _shows_something(picture: Drawn) -> bool:
    """Whether the picture by itself, without its mask, is more than one colour."""
    bitmap = pdfium.FPDFImageObj_GetBitmap(picture.raw)
    if not bitmap:
        return True
    held = PdfBitmap.from_raw(bitmap)
    try:
        return max(ImageStat.Stat(held.to_pil().convert("RGB")).stddev) > _STRUCTURE
    finally:
        held.close()


def _inspect_boxes(look: Look, where: str, drawn: Sequence[Drawn], pictures: Sequence[Drawn], seen: Seen) -> None:
    """Boxes over a scan. One that is not dark, or bears a text of its own, may be the page's design."""
    scans = [each for each in pictures if area(overlap(each.box, seen.box)) > _OF_THE_PAGE * area(seen.box)]
    boxes = [each for each in drawn if scans and each.order > scans[0].order and _is_box(each, seen)]
    if not boxes:
        return
    changes = seen.difference(boxes)
    severities = set()
    for each in boxes:
        if max(ImageStat.Stat(changes.crop(seen.dots(each.box))).stddev) < _STRUCTURE:
            continue
        labelled = any(
            text.kind == TEXT and text.order > each.order and area(overlap(text.box, each.box)) > 0 for text in drawn
        )
        severities.add(BLOCK if seen.brightness(each.box) < _DARK and not labelled else REVIEW)
    for severity in sorted(severities):
        look.found("text_under_opaque_box", f"{where}, a scan under filled boxes", severity=severity)


def _is_box(drawn: Drawn, seen: Seen) -> bool:
    """Whether it is filled with one colour, and large enough to hide something, and no ground of the whole page."""
    if drawn.kind not in (PATH, IMAGE) or not _SMALLEST < area(drawn.box) < _OF_THE_PAGE * area(seen.box):
        return False
    if drawn.kind == PATH:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
        if not fill.value:
            return False
    return seen.is_uniform(drawn.box)
