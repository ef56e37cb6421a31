"""The shapes of a slide: where they are, what they hold, and what they are filled with. Lengths in EMU, from the upper
left corner of the slide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.publishing.release_check import alternate_content
from services.publishing.release_check.markup import all_named, attribute, holds, is_on, local, text_of
from services.publishing.release_check.theme_colours import Theme

_SHAPES = frozenset(("sp", "pic", "graphicFrame", "cxnSp", "contentPart"))
_FILLS = frozenset(("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))
_WHOLE_TURN = 21_600_000
_SAME_PLACE = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "": "body"}


@dataclass(frozen=True)
class Box:
    """A rectangle, by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have any area in common; a line that lies in the other one counts."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def covers(self, other: "Box") -> bool:
        """Whether nothing of the other one looks out, but for a hundredth of its size."""
        slack = max(other.right - other.left, other.bottom - other.top) / 100
        across = self.left - slack <= other.left and self.right + slack >= other.right
        return across and self.top - slack <= other.top and self.bottom + slack >= other.bottom


@dataclass(frozen=True)
class Group:
    """How the coordinates inside a group become the slide's."""

    across: float = 1.0
    down: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def placed(self, box: Box) -> Box:
        return Box(
            self.left + self.across * box.left,
            self.top + self.down * box.top,
            self.left + self.across * box.right,
            self.top + self.down * box.bottom,
        )


@dataclass(frozen=True)
class Shape:
    """One shape. `fill` is its colour, "" where it is not filled, None where that cannot be told; `box` is None where
    the file does not say; `pattern` are the shapes of layout and master whose place and look it takes."""

    element: Any
    box: Box | None
    fill: str | None
    is_hidden: bool
    placeholder: str
    pattern: tuple["Shape", ...] = ()

    @property
    def text(self) -> str:
        return "".join(text_of(each) for each in all_named(self.element, "t"))

    @property
    def has_picture(self) -> bool:
        """Whether it shows something that is no text: a picture, or a frame with a chart, a diagram or an object."""
        return local(self.element) in ("pic", "contentPart") or holds(self.element, "blip", "chart", "relIds", "oleObj")


def shapes_of(root: Any, theme: Theme, patterns: Sequence[Sequence[Shape]] = ()) -> list[Shape]:
    """The shapes of a slide, layout or master, from the hindmost to the foremost, those in groups one by one.
    `patterns` are the shapes of its layout, then of its master."""
    tree = next(all_named(root, "spTree"), None)
    return [] if tree is None else list(_shapes(tree, Group(), False, theme, patterns))


def _shapes(
    tree: Any, group: Group, hidden: bool, theme: Theme, patterns: Sequence[Sequence[Shape]]
) -> Iterator[Shape]:
    for child in tree:
        name = local(child)
        if name == "AlternateContent":
            version = alternate_content.shown(child)
            if version is not None:
                yield from _shapes(version, group, hidden, theme, patterns)
        elif name == "grpSp":
            inner = _group(child, group)
            yield from _shapes(child, inner, hidden or _is_hidden(child), theme, patterns)
        elif name in _SHAPES:
            yield _shape(child, group, hidden, theme, patterns)


def _shape(element: Any, group: Group, hidden: bool, theme: Theme, patterns: Sequence[Sequence[Shape]]) -> Shape:
    placeholder = next(all_named(element, "ph"), None)
    pattern = () if placeholder is None else tuple(_patterns(placeholder, patterns))
    own = _box(element)
    fill = _fill(element, theme)
    kind = "" if placeholder is None else attribute(placeholder, "type") or "obj"
    shape = Shape(element, None, "", hidden or _is_hidden(element), kind, pattern)
    inherited = next((each for each in pattern if each.box), None)
    box = group.placed(own) if own else inherited.box if inherited else None
    if fill is _NOT_SAID:
        fill = next((each.fill for each in pattern), "")
    return replace(shape, box=box, fill=None if fill is _NOT_SAID else fill)


_NOT_SAID = "not said"


def _patterns(placeholder: Any, patterns: Sequence[Sequence[Shape]]) -> Iterator[Shape]:
    """By index in the layout, and by kind where that fails, as in the master."""
    index, kind = attribute(placeholder, "idx"), attribute(placeholder, "type")
    for shapes in patterns:
        places = [(each, next(all_named(each.element, "ph"))) for each in shapes if each.placeholder]
        same_index = [each for each, place in places if index and attribute(place, "idx") == index]
        same_kind = [each for each, place in places if _place(attribute(place, "type")) == _place(kind)]
        yield from (same_index or same_kind)[:1]


def _place(kind: str) -> str:
    return _SAME_PLACE.get(kind, kind)


def _is_hidden(element: Any) -> bool:
    own = (each for part in element for each in part if local(each) == "cNvPr")
    return any(is_on(each, "hidden") for each in own)


def _transform(element: Any) -> Any | None:
    """Its own, not that of something inside it."""
    for part in element:
        if local(part) == "xfrm":
            return part
        if local(part) in ("spPr", "grpSpPr"):
            return next((each for each in part if local(each) == "xfrm"), None)
    return None


def _box(element: Any) -> Box | None:
    transform = _transform(element)
    return None if transform is None else _told_box(transform, "off", "ext")


def _told_box(transform: Any, offset: str, extent: str) -> Box | None:
    at = next((each for each in transform if local(each) == offset), None)
    size = next((each for each in transform if local(each) == extent), None)
    if at is None or size is None:
        return None
    try:
        left, top = float(attribute(at, "x")), float(attribute(at, "y"))
        width, height = float(attribute(size, "cx")), float(attribute(size, "cy"))
        turn = float(attribute(transform, "rot") or 0) % _WHOLE_TURN
    except ValueError:
        return None
    if turn and offset == "off":
        # Whatever the angle, it stays within the circle around it.
        reach = (width**2 + height**2) ** 0.5 / 2
        across, down = left + width / 2, top + height / 2
        return Box(across - reach, down - reach, across + reach, down + reach)
    return Box(left, top, left + width, top + height)


def _group(element: Any, outer: Group) -> Group:
    transform = _transform(element)
    if transform is None:
        return outer
    outside, inside = _told_box(transform, "off", "ext"), _told_box(transform, "chOff", "chExt")
    if outside is None or inside is None:
        return outer
    placed = outer.placed(outside)
    across = _scale(placed.right - placed.left, inside.right - inside.left)
    down = _scale(placed.bottom - placed.top, inside.bottom - inside.top)
    return Group(across, down, placed.left - across * inside.left, placed.top - down * inside.top)


def _scale(outside: float, inside: float) -> float:
    return outside / inside if inside else 1.0


def _fill(element: Any, theme: Theme) -> str | None:
    """Its own colour, or `_NOT_SAID`."""
    if local(element) in ("pic", "graphicFrame", "contentPart"):
        return None
    if local(element) == "cxnSp":
        return ""
    for part in element:
        for each in part if local(part) == "spPr" else ():
            if local(each) in _FILLS:
                return fill_colour(each, theme)
    for part in element:
        for each in part if local(part) == "style" else ():
            if local(each) == "fillRef" and attribute(each, "idx") not in ("", "0", "1000"):
                return theme.drawn(each)[0]
    return _NOT_SAID


def fill_colour(fill: Any, theme: Theme) -> str | None:
    """The colour of a fill; "" for none, None where it has several or lets something through."""
    if local(fill) == "noFill":
        return ""
    if local(fill) != "solidFill":
        return None
    colour, opacity = theme.drawn(fill)
    if opacity < 0.1:
        return ""
    return colour if opacity > 0.9 else None
