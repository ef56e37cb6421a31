"""Word's styles: what a paragraph, a run or a table's cell takes from them, through all they are based on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from services.publishing.release_check.markup import all_named, attribute, is_on, local
from services.publishing.release_check.theme_colours import Theme
from services.publishing.release_check.word_formats import Formatting, paragraph_format, run_format, shade

_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}


@dataclass
class Style:
    """A style's own settings; `conditions` are those of a table style for its first row, its bands and so on, each
    with the settings of text and the colour of the cell (None where it says nothing)."""

    based_on: str = ""
    run: dict[str, Any] = field(default_factory=dict)
    paragraph: dict[str, Any] = field(default_factory=dict)
    conditions: dict[str, tuple[dict[str, Any], str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """Where a cell stands in its table, counted from 0."""

    row: int
    column: int
    rows: int
    columns: int


class Styles:
    """The styles of a document, read from the root of its styles part, or none."""

    def __init__(self, root: Any | None, theme: Theme) -> None:
        self.theme = theme
        self._styles: dict[str, Style] = {}
        self._usual = ""
        self._defaults: dict[str, Any] = {}
        self._merged: dict[tuple[str, str], dict[str, Any]] = {}
        if root is not None:
            self._read(root)

    def text(self, paragraph_style: str, table: Formatting) -> dict[str, Any]:
        """The settings of text in a paragraph of this style, inside a table that gives it some."""
        own = self._all(paragraph_style or self._usual, "paragraph")
        return {**self._defaults, **table, **self._all(paragraph_style or self._usual, "run"), **own}

    def character(self, style: str) -> dict[str, Any]:
        """The settings of a character style. Its shading is behind its own text alone."""
        return _behind_the_run(self._all(style, "run"))

    def direct(self, properties: Any) -> dict[str, Any]:
        """The settings that a run has of its own."""
        return _behind_the_run(run_format(properties, self.theme))

    def cell(self, style: str, parts: frozenset[str], cell: Cell) -> tuple[dict[str, Any], str | None]:
        """What a table's style gives a cell: settings of its text, and its colour, None where there is none. `parts`
        are those that the table sets apart: see `parts_set_apart`."""
        told: dict[str, Any] = {}
        colour: str | None = None
        conditions = {name: each for at in reversed([*self._chain(style)]) for name, each in at.conditions.items()}
        for name in _conditions(parts, cell) if conditions else ():
            run, ground = conditions.get(name, ({}, None))
            told |= run
            colour = colour if ground is None else ground
        return told, colour

    def _all(self, style: str, kind: str) -> dict[str, Any]:
        key = (style, kind)
        if key not in self._merged:
            merged: dict[str, Any] = {}
            for each in reversed([*self._chain(style)]):
                merged |= each.run if kind == "run" else each.paragraph
            self._merged[key] = merged
        return self._merged[key]

    def _chain(self, style: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on

    def _read(self, root: Any) -> None:
        for each in root:
            if local(each) == "docDefaults":
                for properties in all_named(each, "rPr"):
                    self._defaults |= run_format(properties, self.theme)
                for properties in all_named(each, "pPr"):
                    self._defaults |= paragraph_format(properties, self.theme)
            elif local(each) == "style":
                self._styles[attribute(each, "styleId")] = self._style(each)
                if attribute(each, "type") == "paragraph" and is_on(each, "default"):
                    self._usual = attribute(each, "styleId")

    def _style(self, element: Any) -> Style:
        style = Style()
        whole: str | None = None
        for each in element:
            match local(each):
                case "basedOn":
                    style.based_on = attribute(each, "val")
                case "rPr":
                    style.run = run_format(each, self.theme)
                case "pPr":
                    style.paragraph = paragraph_format(each, self.theme)
                case "tblPr" | "tcPr":
                    whole = self._fill(each) or whole
                case "tblStylePr":
                    style.conditions[attribute(each, "type")] = self._condition(each)
        if attribute(element, "type") == "table":
            run, ground = style.conditions.get("wholeTable", ({}, None))
            style.conditions["wholeTable"] = (style.run | style.paragraph | run, ground or whole)
        return style

    def _condition(self, element: Any) -> tuple[dict[str, Any], str | None]:
        run: dict[str, Any] = {}
        ground: str | None = None
        for each in element:
            match local(each):
                case "rPr":
                    run |= run_format(each, self.theme)
                case "pPr":
                    run |= paragraph_format(each, self.theme)
                case "tcPr" | "tblPr" | "trPr":
                    ground = self._fill(each) or ground
        return run, ground

    def _fill(self, properties: Any) -> str | None:
        return next((shade(each, self.theme) for each in properties if local(each) == "shd"), None)


def _behind_the_run(told: dict[str, Any]) -> dict[str, Any]:
    if "ground" not in told:
        return told
    return {**{name: value for name, value in told.items() if name != "ground"}, "run_ground": told["ground"]}


def parts_set_apart(table: Any) -> frozenset[str]:
    """The parts to which a table lets its style give a look of their own, and the bands that it does without."""
    look = next((each for properties in table for each in properties if local(each) == "tblLook"), None)
    return frozenset(name for name, bit in _BITS.items() if look is not None and _says(look, name, bit))


def _conditions(on: frozenset[str], cell: Cell) -> list[str]:
    """The names of the conditions that a cell meets, the weightiest last."""
    first_row, last_row = "firstRow" in on and cell.row == 0, "lastRow" in on and cell.row == cell.rows - 1
    first_column = "firstColumn" in on and cell.column == 0
    last_column = "lastColumn" in on and cell.column == cell.columns - 1
    row, column = cell.row - ("firstRow" in on), cell.column - ("firstColumn" in on)
    met = {
        "wholeTable": True,
        "band1Vert": "noVBand" not in on and column % 2 == 0,
        "band2Vert": "noVBand" not in on and column % 2 == 1,
        "band1Horz": "noHBand" not in on and row % 2 == 0,
        "band2Horz": "noHBand" not in on and row % 2 == 1,
        "firstCol": first_column,
        "lastCol": last_column,
        "firstRow": first_row,
        "lastRow": last_row,
        "neCell": first_row and last_column,
        "nwCell": first_row and first_column,
        "seCell": last_row and last_column,
        "swCell": last_row and first_column,
    }
    return [name for name, is_met in met.items() if is_met]


def _says(look: Any, name: str, bit: int) -> bool:
    if attribute(look, name):
        return is_on(look, name)
    try:
        return bool(int(attribute(look, "val") or "0", 16) & bit)
    except ValueError:
        return False
