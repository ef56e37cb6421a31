"""Pictures and shapes in the parts of an Office package: what was cropped away, and what they are described as."""

from collections.abc import Iterator

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, holds, is_on, text_of
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.report import masked

_WHOLE = 100_000
"""The width or height of a picture, in the thousandths of a percent that croppings are counted in."""
_SLIGHT = 1_000
"""A cropping of up to one percent: an edge, no content."""
_SIDES = ("l", "t", "r", "b")
_VML_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
_VML_WHOLE = 65_536
_DESCRIPTIONS = ("descr", "title", "alt", "href")
_DESCRIBED = ("docPr", "cNvPr", "shape", "imagedata", "rect", "oval", "line", "group", "roundrect", "polyline")
_SHAPES_OF = ("drawing", "chartUserShapes")
"""The kinds of part whose shapes nobody else reads."""


def inspect(look: Look, part: str, kind: str, root: Element) -> None:
    """What the pictures and shapes of one part hide (REL-14, REL-13), and, of drawings beside cells, their text."""
    _cropping(look, part, root)
    _descriptions(look, part, root)
    if kind in _SHAPES_OF:
        _shapes(look, f"part {part}", root)
    if kind == "vmlDrawing":
        _old_notes(look, part, root)


def _cropping(look: Look, part: str, root: Element) -> None:
    most, number = 0.0, 0
    for each in _croppings(root):
        if each > 0:
            most, number = max(most, each), number + 1
    if number:
        slight = most <= _SLIGHT
        pictures = "a picture" if number == 1 else f"{number} pictures"
        look.found("cropped_image", f"{pictures} in part {part}", severity="review" if slight else "")


def _croppings(root: Element) -> Iterator[float]:
    """How much of each picture is outside its frame, on its worst side, in thousandths of a percent.

    A picture can be cropped by its source rectangle, and by being stretched beyond the shape that it fills.
    """
    for each in all_named(root, "srcRect"):
        yield max(_share(attribute(each, side)) for side in _SIDES)
    for each in all_named(root, "fillRect"):
        yield max(-_share(attribute(each, side)) for side in _SIDES)
    for each in all_named(root, "imagedata"):
        yield max(_old_share(attribute(each, side)) for side in _VML_SIDES)


def _share(value: str) -> float:
    """`12500`, or in Strict files `12.5%`, in thousandths of a percent; what is no number counts as all."""
    try:
        return float(value[:-1]) * 1_000 if value.endswith("%") else float(value or 0)
    except ValueError:
        return _WHOLE


def _old_share(value: str) -> float:
    """`8192f` (of 65536), a fraction `.125`, or `12.5%`."""
    try:
        if value.endswith("f"):
            return float(value[:-1]) / _VML_WHOLE * _WHOLE
        return _share(value) if value.endswith("%") else float(value or 0) * _WHOLE
    except ValueError:
        return _WHOLE


def _descriptions(look: Look, part: str, root: Element) -> None:
    """Descriptions are read aloud to some readers, so what they say is looked at as well."""
    for each in all_named(root, *_DESCRIBED):
        for name in _DESCRIPTIONS:
            value = attribute(each, name).strip()
            if is_path(value):
                look.found("alternative_text_path", f"a picture in part {part}", masked(value))
            elif value and name != "href":
                look.text(f"description of a picture in part {part}", value)


def _shapes(look: Look, where: str, root: Element) -> None:
    """Buttons and boxes of forms are kept twice, and this copy is marked as hidden: programs show the old one."""
    for each in all_named(root, "p"):
        if words := " ".join(text_of(run) for run in all_named(each, "t")).strip():
            look.text(where, words)
    for each in all_named(root, "cNvPr"):
        if is_on(each, "hidden") and not holds(each, "compatExt"):
            look.found("hidden_text", f"a shape that is not shown, {where}", masked(_words_beside(each)))


def _words_beside(properties: Element) -> str:
    shape = properties.getparent()
    shape = shape.getparent() if shape is not None and shape.getparent() is not None else shape
    return " ".join(text_of(each) for each in all_named(shape, "t")) if shape is not None else ""


def _old_notes(look: Look, part: str, root: Element) -> None:
    """The boxes that show notes beside cells are empty as a rule, since the notes are in the comments. Other boxes,
    such as buttons, have their words in them."""
    for shape in all_named(root, "shape"):
        words = " ".join(" ".join(text_of(each) for each in all_named(shape, "textbox")).split())
        is_note = any(attribute(each, "ObjectType") == "Note" for each in all_named(shape, "ClientData"))
        if words and is_note:
            look.found("comment", f"a note in part {part}", masked(words))
        else:
            look.text(f"a shape in part {part}", words)
