"""Where text of a Word document stands: what is behind it, what its table gives it, and whether it is seen there."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from services.publishing.release_check.markup import attribute, local
from services.publishing.release_check.theme_colours import WHITE
from services.publishing.release_check.word_formats import (
    LEAST_SIZE,
    Formatting,
    Unseen,
    is_switched_on,
    points,
    shade,
)
from services.publishing.release_check.word_places import Page, is_frame_off, is_indented_off
from services.publishing.release_check.word_styles import Styles

OFF_PAGE = Unseen("outside the page", code="off_page")
HIDDEN_SHAPE = Unseen("in a shape that is switched off")
_LOW_ROW = Unseen("in a row without height")
_HIDDEN_ROW = Unseen("in a row marked as hidden")
_COVERED_CELL = Unseen("in a cell that is merged into another one")
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "AlternateContent", "Choice"))


@dataclass(frozen=True)
class Setting:
    """What text takes from where it stands. `ground` is the colour behind it, None where that cannot be told; `gone`
    says why nothing here is seen; `struck` is text of a tracked deletion, which its own finding tells of."""

    ground: str | None = WHITE
    text: Formatting = field(default_factory=dict)
    gone: Unseen | None = None
    struck: bool = False

    def without(self, why: Unseen) -> "Setting":
        """The same place, unseen for this reason; one that is unseen already stays as it is."""
        return self if self.gone else replace(self, gone=why)


def of_table(table: Any, setting: Setting, styles: Styles, page: Page) -> tuple[Setting, str]:
    """The setting of all of a table, and the table's style."""
    style = ""
    for each in _properties(table, "tblPr"):
        match local(each):
            case "tblStyle":
                style = attribute(each, "val")
            case "shd":
                setting = replace(setting, ground=shade(each, styles.theme) or setting.ground)
            case "tblpPr" if is_frame_off(each, page):
                setting = setting.without(OFF_PAGE)
            case "tblInd" if is_indented_off(each, page):
                setting = setting.without(OFF_PAGE)
    return setting, style


def of_row(row: Any, setting: Setting) -> Setting:
    """The setting of a row in its table's."""
    for each in _properties(row, "trPr"):
        match local(each):
            case "hidden" if is_switched_on(each):
                setting = setting.without(_HIDDEN_ROW)
            case "del":
                setting = replace(setting, struck=True)
            case "trHeight" if attribute(each, "hRule") == "exact":
                height = points(attribute(each, "val"), 1 / 20)
                if height is not None and height < LEAST_SIZE:
                    setting = setting.without(_LOW_ROW)
    return setting


def of_cell(cell: Any, styled: tuple[Formatting, str | None], setting: Setting, styles: Styles) -> Setting:
    """The setting of a cell in its row's. `styled` is what the table's style gives it."""
    text, colour = styled
    ground = colour or setting.ground
    for each in _properties(cell, "tcPr"):
        match local(each):
            case "shd":
                ground = shade(each, styles.theme) or setting.ground
            case "vMerge" | "hMerge" if attribute(each, "val") in ("", "continue"):
                setting = setting.without(_COVERED_CELL)
            case "cellDel":
                setting = replace(setting, struck=True)
    return replace(setting, ground=ground, text=text)


def within(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls or tags of their own."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from within(child, name)


def captions(table: Any) -> Iterator[str]:
    """What a table is described as, for readers who do not see it."""
    for each in _properties(table, "tblPr"):
        if local(each) in ("tblCaption", "tblDescription"):
            yield attribute(each, "val")


def _properties(element: Any, name: str) -> Iterator[Any]:
    for child in element:
        if local(child) == name:
            yield from child
