"""A sheet of a workbook as it was read: what can be seen, and what cannot."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from services.publishing.release_check.colours import Colour
from services.publishing.release_check.formulas import Formulas
from services.publishing.release_check.places import Places, Runs
from services.publishing.release_check.sheet_frame import Frame


class Row(NamedTuple):
    """The cells of a row that can be seen and are not empty: their columns in rising order, their values as they are
    stored, and as they are shown, which is the same list where all are shown as stored."""

    columns: Sequence[int]
    stored: Sequence[str]
    shown: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of a workbook.

    `kind` is that of its relationship: worksheet, chartsheet, dialogsheet, xlMacrosheet, xlIntlMacrosheet; `state` is
    visible, hidden or veryHidden. `rows` holds visible cells by row, and none when the sheet is hidden; `surround` is
    the root of its part without the rows. Of what cannot be seen: `hidden_rows` are those with values, with their
    level in the outline, `hidden_columns` how many values each has, `masked` cells by what masks them, and `samples`
    some texts by the same reasons, under "" those of hidden rows, columns and sheets. `painted` are visible cells with
    a background, by its colour, where some rule may change the font. `values` counts all cells that are not empty,
    hidden or not, but for `errors` such as #N/A, and `filled` those that hold more than spaces; `corner` is the last
    row and column used.
    """

    name: str
    part: str
    kind: str
    state: str
    rows: Mapping[int, Row] = field(default_factory=dict)
    surround: Any = None
    frame: Frame = field(default_factory=Frame)
    hidden_rows: Mapping[int, int] = field(default_factory=dict)
    empty_hidden_rows: Runs = field(default_factory=Runs)
    hidden_columns: Mapping[int, int] = field(default_factory=dict)
    masked: Mapping[str, Places] = field(default_factory=dict)
    painted: Mapping[Colour | None, Places] = field(default_factory=dict)
    samples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    formulas: Formulas = field(default_factory=Formulas)
    values: int = 0
    errors: int = 0
    filled: int = 0
    corner: tuple[int, int] = (0, 0)

    def value(self, row: int, column: int) -> str:
        """What is stored in a cell that can be seen; "" when it is empty or hidden. Counted from 1."""
        found = self.rows.get(row)
        if found is None:
            return ""
        place = bisect_left(found.columns, column)
        return found.stored[place] if place < len(found.columns) and found.columns[place] == column else ""
