"""Where Word puts text boxes, pictures, frames and tables that do not stand in the text, and whether that is on the
page (REL-03).

A place is only called off the page when it is so wherever its anchor may stand: most positions are told from a
paragraph whose own place the file does not say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.publishing.release_check.markup import all_named, attribute, is_on, local
from services.publishing.release_check.word_formats import points

_EMU = 1 / 12_700
_TWIP = 1 / 20
_PIXEL = 0.75
_THICKEST_LINE = 6.0
_A4 = (595.0, 842.0)
_MARGIN = 72.0


@dataclass(frozen=True)
class Page:
    """The page, in points; of a document with several kinds of page the largest measures."""

    width: float = _A4[0]
    height: float = _A4[1]
    left: float = _MARGIN
    right: float = _MARGIN
    top: float = _MARGIN
    bottom: float = _MARGIN

    @classmethod
    def of(cls, document: Any) -> "Page":
        """The page that the sections of a document describe."""
        sizes, margins = list(all_named(document, "pgSz")), list(all_named(document, "pgMar"))
        return cls(
            width=_largest(sizes, "w", _A4[0]),
            height=_largest(sizes, "h", _A4[1]),
            left=_largest(margins, "left", _MARGIN),
            right=_largest(margins, "right", _MARGIN),
            top=_largest(margins, "top", _MARGIN),
            bottom=_largest(margins, "bottom", _MARGIN),
        )

    def origin(self, base: str, *, across: bool) -> tuple[float, float]:
        """Between which two points of the page a position counts from, by what it is relative to."""
        size = self.width if across else self.height
        before, after = (self.left, self.right) if across else (self.top, self.bottom)
        match base:
            case "page" | "leftMargin" | "topMargin" | "left-margin-area" | "top-margin-area":
                return 0.0, 0.0
            case "margin":
                return before, before
            case "rightMargin" | "bottomMargin" | "right-margin-area" | "bottom-margin-area":
                return size - after, size - after
            case "column":
                return 0.0, size - after
            case _:
                return 0.0, size

    def misses(self, base: str, offset: float, size: float, *, across: bool) -> bool:
        """Whether something of this size at this offset is wholly outside the page in one direction. Points."""
        nearest, farthest = self.origin(base, across=across)
        whole = self.width if across else self.height
        return farthest + offset + size <= 0 or nearest + offset >= whole


def is_anchor_off(anchor: Any, page: Page) -> bool:
    """Of a `wp:anchor`."""
    extent = next((each for each in anchor if local(each) == "extent"), None)
    for each in anchor:
        across = local(each) == "positionH"
        if local(each) not in ("positionH", "positionV"):
            continue
        offset = next((points(child.text or "", _EMU) for child in each if local(child) == "posOffset"), None)
        size = points(attribute(extent, "cx" if across else "cy"), _EMU) if extent is not None else 0.0
        if offset is not None and page.misses(attribute(each, "relativeFrom"), offset, size or 0.0, across=across):
            return True
    return False


def is_shape_off(shape: Any, page: Page) -> bool:
    """Of a VML shape with an absolute position."""
    style = _style(shape)
    if style.get("position") != "absolute":
        return False
    for across, edge, length, side in ((True, "left", "width", "horizontal"), (False, "top", "height", "vertical")):
        offset = points(style.get(f"margin-{edge}") or style.get(edge) or "", _PIXEL)
        base = style.get(f"mso-position-{side}-relative", "column" if across else "text")
        placed = style.get(f"mso-position-{side}", "absolute") == "absolute"
        size = points(style.get(length, ""), _PIXEL) or 0.0
        if placed and offset is not None and page.misses(base, offset, size, across=across):
            return True
    return False


def is_frame_off(frame: Any, page: Page) -> bool:
    """Of a `w:framePr` or the `w:tblpPr` of a table."""
    prefix, across, down = ("tblp", "horz", "vert") if local(frame) == "tblpPr" else ("", "h", "v")
    directions = ((f"{prefix}X", f"{across}Anchor", True), (f"{prefix}Y", f"{down}Anchor", False))
    for name, base, is_across in directions:
        offset = points(attribute(frame, name if prefix else name.lower()), _TWIP)
        told = points(attribute(frame, "w" if is_across else "h"), _TWIP)
        # Where the file does not say how wide the text is: as the page is, which is more than any.
        size = told or (page.width if is_across else page.height)
        if offset is not None and page.misses(attribute(frame, base), offset, size, across=is_across):
            return True
    return False


def is_indented_off(indent: Any, page: Page) -> bool:
    """Of a `w:ind` or `w:tblInd`: further to a side than the page is wide."""
    if attribute(indent, "type") == "pct":
        return False
    told = (points(attribute(indent, name), _TWIP) for name in ("left", "start", "right", "end", "firstLine", "w"))
    return any(each is not None and abs(each) >= page.width for each in told)


def is_behind(root: Any) -> bool:
    """Whether a text has a drawing behind it, so that what is behind its letters cannot be told."""
    if any(is_on(each, "behindDoc") for each in all_named(root, "anchor")):
        return True
    shapes = all_named(root, "shape", "rect", "roundrect", "oval", "group")
    return any(_style(each).get("z-index", "").startswith("-") for each in shapes)


def is_before_text(drawing: Any) -> bool:
    """Whether a `wp:anchor` or a VML shape lies before the text without making room for it, and is more than a line."""
    if local(drawing) != "anchor":
        style = _style(drawing)
        sizes = [points(style.get(length, ""), _PIXEL) or 0.0 for length in ("width", "height")]
        wrapped = any(attribute(each, "type") not in ("", "none") for each in drawing if local(each) == "wrap")
        free = style.get("position") == "absolute" and not style.get("z-index", "").startswith("-") and not wrapped
        return free and min(sizes) >= _THICKEST_LINE
    extents = [each for each in drawing if local(each) == "extent"]
    sizes = [points(attribute(each, length), _EMU) or 0.0 for each in extents for length in ("cx", "cy")]
    free = not is_on(drawing, "behindDoc") and any(local(each) == "wrapNone" for each in drawing)
    return free and min(sizes, default=0.0) >= _THICKEST_LINE


def _style(shape: Any) -> dict[str, str]:
    pairs: Iterable[str] = re.split(r"\s*;\s*", attribute(shape, "style").strip())
    return {name.strip().lower(): value.strip() for name, _, value in (each.partition(":") for each in pairs)}


def _largest(elements: list[Any], name: str, usual: float) -> float:
    told = [size for each in elements if (size := points(attribute(each, name), _TWIP)) is not None and size > 0]
    return max(told, default=usual)
