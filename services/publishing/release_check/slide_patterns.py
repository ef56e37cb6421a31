"""What a slide is made by: its layout, its master and their theme, read once for all slides made by them."""

from dataclasses import dataclass
from typing import Any

from services.publishing.release_check.markup import all_named, attribute, local
from services.publishing.release_check.package import Package
from services.publishing.release_check.slide_shapes import Shape, fill_colour, shapes_of
from services.publishing.release_check.theme_colours import WHITE, Theme


@dataclass(frozen=True)
class Pattern:
    """A layout with its master; `masters` and `layouts` are the shapes of the two."""

    layout: Any | None
    master: Any | None
    theme_root: Any | None
    theme: Theme
    layouts: list[Shape]
    masters: list[Shape]

    def theme_for(self, slide: Any) -> Theme:
        """The theme as a slide sees it, which may swap its colours for others."""
        mapping = _mapping(slide)
        return Theme(self.theme_root, mapping) if mapping else self.theme

    def behind(self, slide: Any) -> list[Shape]:
        """The shapes that show through on a slide; places to be filled do not show."""
        masters = self.masters if _lets_through(self.layout) and _lets_through(slide) else []
        layouts = self.layouts if _lets_through(slide) else []
        return [each for each in (*masters, *layouts) if not each.placeholder]

    def background(self, slide: Any, theme: Theme) -> str | None:
        """The colour behind all shapes of a slide; None for a picture or a play of colours."""
        for root in (slide, self.layout, self.master):
            background = None if root is None else next(all_named(root, "bg"), None)
            for each in () if background is None else background:
                if local(each) == "bgRef":
                    # The first fill of a theme is one colour, those after it are not.
                    return theme.drawn(each)[0] if attribute(each, "idx") in ("0", "1001") else None
                for fill in each:
                    if local(fill).endswith("Fill"):
                        return fill_colour(fill, theme) or (WHITE if local(fill) == "noFill" else None)
        return WHITE


class Patterns:
    """The patterns of a presentation."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._known: dict[str, Pattern] = {}

    def of(self, slide_part: str) -> Pattern:
        """The pattern of a slide. Raises `Unreadable`."""
        part = self._related(slide_part, "slideLayout")
        if part not in self._known:
            self._known[part] = self._read(part)
        return self._known[part]

    def _read(self, layout_part: str) -> Pattern:
        master_part = self._related(layout_part, "slideMaster")
        layout, master = self._root(layout_part), self._root(master_part)
        theme_root = self._root(self._related(master_part, "theme"))
        mapping = _mapping(layout) or _mapping(master)
        theme = Theme(theme_root, mapping)
        masters = [] if master is None else shapes_of(master, theme)
        layouts = [] if layout is None else shapes_of(layout, theme, [masters])
        return Pattern(layout, master, theme_root, theme, layouts, masters)

    def _related(self, part: str, kind: str) -> str:
        related = self._package.related(part, kind) if part else ()
        return next((each.target for each in related if not each.external), "")

    def _root(self, part: str) -> Any | None:
        return self._package.xml(part) if part else None


def _mapping(root: Any | None) -> dict[str, str]:
    for each in () if root is None else all_named(root, "overrideClrMapping", "clrMap"):
        return {name: str(value) for name, value in each.attrib.items()}
    return {}


def _lets_through(root: Any | None) -> bool:
    return root is None or attribute(root, "showMasterSp").lower() not in ("0", "false")
