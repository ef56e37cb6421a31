"""What a shape in a Word text is filled with: the background of the text inside it."""

from typing import Any

from services.publishing.release_check.markup import all_named, attribute, local, text_of
from services.publishing.release_check.theme_colours import WHITE, Theme, hexadecimal
from services.publishing.release_check.word_places import is_before_text

_FILLS = frozenset(("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))
_NAMED = {"white": WHITE, "window": WHITE, "black": "000000", "red": "FF0000", "yellow": "FFFF00"}


def ground_of_shape(shape: Any, theme: Theme) -> str | None:
    """The colour of a shape, of DrawingML or VML; "" where it is not filled, None where that cannot be told."""
    if local(shape) in ("wsp", "sp"):
        return _drawn(shape, theme)
    if attribute(shape, "filled").lower() in ("f", "false", "0"):
        return ""
    if any(local(each) == "fill" and attribute(each, "type") not in ("", "solid") for each in shape):
        return None
    colour = attribute(shape, "fillcolor").split(" ")[0].lower()
    if not colour:
        return WHITE
    return hexadecimal(colour.lstrip("#")) or _short(colour) or _NAMED.get(colour)


def is_filled(shape: Any) -> bool:
    """Whether a DrawingML shape covers what is behind it."""
    return ground_of_shape(shape, Theme()) != ""


def covers(root: Any, theme: Theme) -> int:
    """How many filled boxes without words lie before the text, where they may cover some of it."""
    drawn = sum(
        any(bool(ground_of_shape(each, theme)) and not _has_words(each) for each in all_named(anchor, "wsp"))
        for anchor in all_named(root, "anchor")
        if is_before_text(anchor)
    )
    old = all_named(root, "rect", "roundrect")
    return drawn + sum(
        is_before_text(each) and bool(ground_of_shape(each, theme)) and not _has_words(each)
        for each in old
        if not any(local(outer) == "Fallback" for outer in each.iterancestors())
    )


def _has_words(shape: Any) -> bool:
    return any(text_of(each).strip() for each in all_named(shape, "t"))


def _drawn(shape: Any, theme: Theme) -> str | None:
    for properties in shape:
        if local(properties) == "spPr":
            for each in properties:
                if local(each) in _FILLS:
                    return _filled(each, theme)
    for style in shape:
        if local(style) == "style":
            for each in style:
                if local(each) == "fillRef" and attribute(each, "idx") not in ("", "0", "1000"):
                    return theme.drawn(each)[0]
    return ""


def _filled(fill: Any, theme: Theme) -> str | None:
    if local(fill) == "noFill":
        return ""
    if local(fill) != "solidFill":
        return None
    colour, opacity = theme.drawn(fill)
    return colour if opacity > 0.5 else None


def _short(colour: str) -> str | None:
    """`#fff` is white."""
    digits = colour.lstrip("#")
    return hexadecimal("".join(each * 2 for each in digits)) if len(digits) == 3 else None
