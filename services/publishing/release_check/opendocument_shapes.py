"""Shapes and pictures of OpenDocument: outside the page, cut, or on a layer that is switched off."""

import re

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, text_of
from services.publishing.release_check.opendocument_styles import Properties, Styles, points
from services.publishing.release_check.report import masked

_SHAPES = ("frame", "custom-shape", "rect", "circle", "ellipse", "g", "polygon", "path", "caption")
_MOVED = re.compile(r"translate\s*\(\s*([^\s,)]+)[\s,]*([^\s,)]*)\s*\)")
_A4 = (595.3, 841.9)
_CUT = re.compile(r"rect\(([^)]*)\)")


def note_shapes(look: Look, root: Element, layout: Properties, where: str, *, of_text: bool) -> None:
    """Shapes that hold something and lie wholly outside the page.

    In a text only those count whose place is told from the page, or that are further out than any page is wide:
    the others move with their paragraph.
    """
    width = points(layout.get("page-layout:page-width", "")) or _A4[0]
    height = points(layout.get("page-layout:page-height", "")) or _A4[1]
    for shape in all_named(root, *_SHAPES):
        place = _place(shape)
        if place is None or not _holds_something(shape):
            continue
        left, top, right, bottom = place
        slack = 0.0
        if of_text and attribute(shape, "anchor-type") != "page":
            slack = max(width, height)
        if right < -slack or bottom < -slack or left > width + slack or top > height + slack:
            look.found(
                "off_page", f"{where}, shape {attribute(shape, 'name') or 'without a name'}", masked(text_of(shape))
            )


def note_pictures(look: Look, root: Element, styles: Styles, where: str) -> None:
    """Pictures whose style cuts something off: it is still there."""
    cut = 0
    for frame in all_named(root, "frame"):
        if next(all_named(frame, "image"), None) is None:
            continue
        style = attribute(frame, "style-name")
        own = {**styles.properties("graphic", style), **styles.properties("presentation", style)}
        if match := _CUT.search(own.get("graphic:clip", "")):
            sides = [points(each) for each in re.split(r"[\s,]+", match.group(1).strip())]
            cut += any(side is not None and abs(side) > 0.5 for side in sides)
    if cut:
        look.found("cropped_image", f"{where}, {cut} picture{'s' if cut > 1 else ''}")


def _place(shape: Element) -> tuple[float, float, float, float] | None:
    left, top = points(attribute(shape, "x")), points(attribute(shape, "y"))
    if (left is None or top is None) and (match := _MOVED.search(attribute(shape, "transform"))):
        left, top = points(match.group(1)), points(match.group(2) or "0pt")
    if left is None or top is None:
        return None
    wide, high = points(attribute(shape, "width")) or 0.0, points(attribute(shape, "height")) or 0.0
    return left, top, left + wide, top + high


def _holds_something(shape: Element) -> bool:
    return bool(text_of(shape).strip()) or next(all_named(shape, "image", "object"), None) is not None
