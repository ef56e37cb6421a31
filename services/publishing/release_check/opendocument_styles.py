"""The styles of an OpenDocument file: what a text, a cell or a shape looks like after all that it inherits."""

import re
from collections.abc import Iterable, Mapping

from services.publishing.release_check.markup import Element, attribute, local

WHITE = "#ffffff"
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"\s*(-?\d*\.?\d+)\s*(pt|in|cm|mm|px|pc)\s*")
_SMALLEST = 2.0
"""Points; text that is smaller cannot be read (REL-03)."""
_ALIKE = 16
"""How far the parts of two colours, 0 to 255, may differ and still be the same to the eye."""
_LINEAGE = 64

Properties = Mapping[str, str]
"""By group and local name: `text:color`, `table-cell:background-color`, `graphic:fill`."""


def points(length: str) -> float | None:
    """A length such as `2.5cm` in points; None for what is none, such as a percentage."""
    match = _LENGTH.fullmatch(length)
    return float(match.group(1)) * _POINTS[match.group(2)] if match else None


def attributes(element: Element) -> dict[str, str]:
    """All attributes by their local names."""
    return {key.rpartition("}")[2]: value for key, value in element.items()}


class Styles:
    """Styles by family and name. `common` are those of styles.xml, which the automatic ones of a part build on: the
    same automatic name means another style in another part."""

    def __init__(self, common: "Styles | None" = None) -> None:
        self._common = common
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Properties] = {}
        self._formats: dict[str, Element] = {}
        self._layouts: dict[str, Properties] = {}
        self._explicit: dict[tuple[str, str], Properties] = {}
        self.masters: dict[str, Element] = {}

    def add(self, holder: Element) -> None:
        """Take in the children of an element that holds styles."""
        for each in holder:
            name = attribute(each, "name")
            match local(each):
                case "style":
                    self._styles[attribute(each, "family"), name] = each
                case "default-style":
                    self._defaults[attribute(each, "family")] = _own(each)
                case "page-layout":
                    self._layouts[name] = _own(each)
                case "master-page":
                    self.masters[name] = each
                case kind if kind.endswith("-style"):
                    self._formats[name] = each

    def default(self, family: str) -> Properties:
        """What everything of a family looks like unless its style says otherwise."""
        found = self._defaults.get(family)
        if found is None and self._common is not None:
            return self._common.default(family)
        return found or {}

    def explicit(self, family: str, name: str) -> Properties:
        """What a style and those it builds on say, without the family's default."""
        key = (family, name)
        if key not in self._explicit:
            merged: dict[str, str] = {}
            for style in reversed(self.lineage(family, name)):
                own = _own(style)
                size = own.get("text:font-size", "")
                if size.endswith("%"):
                    own["text:font-size"] = _scaled(merged.get("text:font-size", ""), size)
                merged.update(own)
                if data_style := attribute(style, "data-style-name"):
                    merged["data-style"] = data_style
            self._explicit[key] = merged
        return self._explicit[key]

    def properties(self, family: str, name: str) -> Properties:
        """What a style comes to, the family's default included."""
        return {**self.default(family), **self.explicit(family, name)}

    def lineage(self, family: str, name: str) -> list[Element]:
        """A style and those it builds on, the nearest first. A style that builds on itself ends."""
        found: list[Element] = []
        while name and len(found) < _LINEAGE:
            style = self._find(family, name)
            if style is None or style in found:
                break
            found.append(style)
            name = attribute(style, "parent-style-name")
        return found

    def conditional(self, family: str, name: str) -> list[tuple[str, str]]:
        """The conditions of a style with the names of the styles that then apply."""
        return [
            (attribute(each, "condition"), attribute(each, "apply-style-name"))
            for style in self.lineage(family, name)
            for each in style
            if local(each) == "map"
        ]

    def format(self, name: str) -> Element | None:
        """A format of numbers, dates or text."""
        found = self._formats.get(name)
        return self._common.format(name) if found is None and self._common is not None else found

    def master(self, name: str) -> Element | None:
        """A master page; the first one when there is none of that name."""
        masters = self.masters or (self._common.masters if self._common else {})
        return masters.get(name, next(iter(masters.values()), None))

    def layout(self, master: Element | None) -> Properties:
        """The page of a master: its size, margins and background."""
        name = attribute(master, "page-layout-name") if master is not None else ""
        found = self._layouts.get(name)
        return self._common.layout(master) if found is None and self._common is not None else found or {}

    def _find(self, family: str, name: str) -> Element | None:
        found = self._styles.get((family, name))
        return self._common._find(family, name) if found is None and self._common is not None else found


def unseen(text: Properties, background: str | None) -> str:
    """Why a text with these properties is not seen on this background, "" when it is; None is a background that
    cannot be told, such as a picture."""
    if text.get("text:display") == "none":
        return "hidden"
    size = points(text.get("text:font-size", ""))
    if size is not None and size < _SMALLEST:
        return "too small to read"
    colour = text.get("text:color", "")
    if text.get("text:opacity", "") in ("0%", "0"):
        return "transparent"
    behind = opaque(text.get("text:background-color", "")) or background
    if behind is not None and colour != "auto" and alike(colour, behind):
        return "in the colour of its background"
    return ""


def opaque(colour: str) -> str:
    """The colour, "" where it is none or transparent."""
    return colour if colour.startswith("#") else ""


def alike(one: str, other: str) -> bool:
    """Whether two colours `#rrggbb` are the same to the eye."""
    first, second = _parts(one), _parts(other)
    return bool(first and second) and all(abs(a - b) <= _ALIKE for a, b in zip(first, second, strict=True))


def _parts(colour: str) -> tuple[int, ...]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ()
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _own(style: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in style:
        name = local(group)
        if name.endswith("-properties"):
            found.update(_of_group(name.removesuffix("-properties"), group.items()))
    return found


def _of_group(group: str, items: Iterable[tuple[str, str]]) -> dict[str, str]:
    found = {f"{group}:{key.rpartition('}')[2]}": value for key, value in items}
    if found.get("text:use-window-font-color") == "true":
        # Programs write the automatic colour as a transparent one as well; it is seen all the same.
        found |= {"text:color": "auto", "text:opacity": "100%"}
    elif "text:color" in found:
        found.setdefault("text:opacity", "100%")
    return found


def _scaled(inherited: str, percentage: str) -> str:
    base = points(inherited) or 12.0
    try:
        return f"{base * float(percentage[:-1]) / 100:.3f}pt"
    except ValueError:
        return ""
