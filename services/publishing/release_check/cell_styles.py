"""The styles of a workbook's cells, as far as they can keep a value from being seen (REL-03)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.publishing.release_check.cell_formats import can_mask, is_shown_as_stored
from services.publishing.release_check.colours import BLACK, LEAST_CONTRAST, WHITE, Colour, Palette, contrast
from services.publishing.release_check.format_codes import BUILT_IN, GENERAL
from services.publishing.release_check.markup import all_named, attribute, is_on, local
from services.publishing.release_check.package import Package

Kind = TypeVar("Kind")

SMALLEST_SIZE = 2.0
"""Points: below that a text is a line of dust."""
LIKE_THE_BACKGROUND = "in the colour of the background"
TOO_SMALL = "smaller than 2 points"


@dataclass(frozen=True, kw_only=True)
class CellStyle:
    """`background` is None where it is a pattern or gradient, on which nothing is said of colours. `mask` says why
    nothing in this style can be seen, "" where it can; `painted` is that the background is not white and some rule of
    the workbook changes fonts; `as_stored` is that numbers are shown as they are stored, `plain` that
    there is nothing to note either."""

    code: str = GENERAL
    background: Colour | None = WHITE
    mask: str = ""
    hides_formula: bool = False
    painted: bool = False
    as_stored: bool = True
    plain: bool = True
    can_mask: bool = False


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a conditional format changes; None and "" for what it leaves as it is. `paints` is that it changes the
    background, to a colour or to what is none."""

    code: str = ""
    colour: Colour | None = None
    size: float | None = None
    paints: bool = False
    background: Colour | None = None

    def mask(self, background: Colour | None) -> str:
        """Why nothing can be seen of a cell that has this background of its own; "" where it can."""
        return font_mask(self.colour, self.size, self.background if self.paints else background)


@dataclass(frozen=True, kw_only=True)
class Styles:
    """By index, as cells and rules name them: cell styles under the digits as they are written, and under None the
    one of cells that name none."""

    cells: Mapping[str | None, CellStyle] = field(default_factory=lambda: {None: CellStyle()})
    differences: tuple[Difference, ...] = ()
    palette: Palette = field(default_factory=Palette)

    def cell(self, index: str | None) -> CellStyle:
        return self.cells.get(index) or self.cells[None]


@dataclass(frozen=True)
class _Font:
    colour: Colour
    size: float


def read_styles(package: Package) -> Styles:
    """The styles part and the theme of the workbook; what a new workbook has where it has none."""
    theme = _part(package, "theme")
    root = _part(package, "styles")
    palette = Palette(theme, root)
    if root is None:
        return Styles(palette=palette)
    codes = {
        **{str(number): code for number, code in BUILT_IN.items()},
        **{attribute(each, "numFmtId"): attribute(each, "formatCode") for each in all_named(root, "numFmt")},
    }
    fonts = [_font(each, palette) for each in _children(root, "fonts", "font")]
    fills = [_background(each, palette) for each in _children(root, "fills", "fill")]
    differences = tuple(difference(each, palette) for each in _children(root, "dxfs", "dxf"))
    recoloured = any(each.colour is not None and not each.paints for each in differences)
    cells: dict[str | None, CellStyle] = {}
    for number, xf in enumerate(_children(root, "cellXfs", "xf")):
        cells[str(number)] = _cell_style(xf, codes, fonts, fills, recoloured)
    cells[None] = cells.get("0", CellStyle())
    return Styles(cells=cells, differences=differences, palette=palette)


def font_mask(colour: Colour | None, size: float | None, background: Colour | None) -> str:
    """Why a text of this colour and size cannot be seen; "" where it can. None is what is not known."""
    if size is not None and size < SMALLEST_SIZE:
        return TOO_SMALL
    if colour is not None and background is not None and contrast(colour, background) < LEAST_CONTRAST:
        return LIKE_THE_BACKGROUND
    return ""


def font_of(element: Any, palette: Palette) -> tuple[Colour | None, float | None]:
    """The colour and the size in points that a font or the properties of a run say; None where they say nothing."""
    colour: Colour | None = None
    size: float | None = None
    for each in element:
        if local(each) == "color":
            colour = palette.colour(each, BLACK)
        elif local(each) == "sz":
            size = _number(attribute(each, "val"))
    return colour, size


def difference(dxf: Any, palette: Palette) -> Difference:
    """A `dxf` element, of the styles part or inside a rule of its own."""
    font = next(all_named(dxf, "font"), None)
    fill = next(all_named(dxf, "fill"), None)
    code = next((attribute(each, "formatCode") for each in all_named(dxf, "numFmt")), "")
    colour, size = (None, None) if font is None else font_of(font, palette)
    paints = fill is not None and bool(len(fill))
    background = _painted(fill, palette) if paints else None
    return Difference(code=code, colour=colour, size=size, paints=paints, background=background)


def _part(package: Package, kind: str) -> Any:
    target = next((each.target for each in package.related(package.main, kind) if not each.external), "")
    return package.xml(target) if target in package.container else None


def _children(root: Any, collection: str, name: str) -> list[Any]:
    return [each for found in root if local(found) == collection for each in found if local(each) == name]


def _cell_style(
    xf: Any, codes: Mapping[str, str], fonts: list[_Font], fills: list[Colour | None], recoloured: bool
) -> CellStyle:
    # The ids count whether or not the style says that it applies them: that is how Excel draws them.
    font = _at(fonts, attribute(xf, "fontId"), _Font(BLACK, 11))
    background = _at(fills, attribute(xf, "fillId"), WHITE)
    code = codes.get(attribute(xf, "numFmtId") or "0", GENERAL) or GENERAL
    mask = font_mask(font.colour, font.size, background)
    hides_formula = any(is_on(each, "hidden") for each in xf if local(each) == "protection")
    maskable, as_stored = can_mask(code), is_shown_as_stored(code)
    painted = recoloured and background != WHITE
    return CellStyle(
        code=code,
        background=background,
        mask=mask,
        hides_formula=hides_formula,
        painted=painted,
        as_stored=as_stored,
        plain=as_stored and not mask and not maskable and not painted,
        can_mask=maskable,
    )


def _at(these: list[Kind], index: str, otherwise: Kind) -> Kind:
    return these[int(index)] if index.isdigit() and int(index) < len(these) else otherwise


def _font(element: Any, palette: Palette) -> _Font:
    colour, size = font_of(element, palette)
    return _Font(colour or BLACK, 11 if size is None else size)


def _number(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None


def _background(fill: Any, palette: Palette) -> Colour | None:
    pattern = next((each for each in fill if local(each) == "patternFill"), None)
    if pattern is None:
        return None if len(fill) else WHITE
    kind = attribute(pattern, "patternType") or "none"
    if kind == "none":
        return WHITE
    if kind != "solid":
        return None
    front = next((each for each in pattern if local(each) == "fgColor"), None)
    # A solid fill that names no colour is drawn in the colour of the text.
    return BLACK if front is None else palette.colour(front, BLACK)


def _painted(fill: Any, palette: Palette) -> Colour | None:
    """The background of a conditional format: unlike in a cell's style, the colour of a solid fill is `bgColor`."""
    pattern = next((each for each in fill if local(each) == "patternFill"), None)
    if pattern is None or attribute(pattern, "patternType") not in ("", "solid"):
        return None
    colours = {local(each): palette.colour(each, WHITE) for each in pattern}
    return colours.get("bgColor") or colours.get("fgColor") or WHITE
