"""Reads the cells of a sheet, one by one (REL-02, REL-03)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.cell_formats import displayed, is_masked
from services.publishing.release_check.cell_styles import LIKE_THE_BACKGROUND, CellStyle, Styles, font_mask
from services.publishing.release_check.colours import Colour
from services.publishing.release_check.formulas import Formulas
from services.publishing.release_check.markup import local, stream
from services.publishing.release_check.package import Package
from services.publishing.release_check.places import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Places,
    Runs,
    column_letters,
    column_numbers,
)
from services.publishing.release_check.shared_strings import RichText, SharedStrings, rich_text
from services.publishing.release_check.sheet_frame import Frame, is_low, read_frame
from services.publishing.release_check.sheet_reading import Row, Sheet

BY_ITS_NUMBER_FORMAT = "by a number format"
HIDDEN_FORMULA = "hidden formula"
AMISS = "cells that programs read in different ways"
_TRUTH = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}
_NUMBERS = (None, "n")
_MOST_SAMPLES = 5


@dataclass(kw_only=True)
class SheetReader:
    """Reads the cells of one sheet. `lit` are areas whose background a table style paints; `exact` has every number
    told with the digits that its format shows."""

    package: Package
    styles: Styles
    strings: SharedStrings
    epoch_1904: bool = False
    lit: Sequence[Area] = ()
    exact: bool = False
    seen: bool = True
    columns: list[int] = field(default_factory=list)
    rows: dict[int, Row] = field(default_factory=dict)
    hidden_rows: dict[int, int] = field(default_factory=dict)
    empty_hidden_rows: Runs = field(default_factory=Runs)
    hidden_columns: dict[int, int] = field(default_factory=dict)
    masked: dict[str, Places] = field(default_factory=dict)
    painted: dict[Colour | None, Places] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)
    formulas: Formulas = field(default_factory=Formulas)
    frame: Frame = field(default_factory=Frame)
    values: int = 0
    errors: int = 0
    filled: int = 0
    last_row: int = 0
    last_column: int = 0

    def read(self, name: str, part: str, kind: str, state: str) -> Sheet:
        """The sheet in this part. Raises `Unreadable`."""
        if part not in self.package.container:
            raise Unreadable(f"lists a sheet that it does not hold: {name}")
        self.seen = state == "visible"
        surround = self._rows(part)
        return Sheet(
            name=name,
            part=part,
            kind=kind,
            state=state,
            rows=self.rows,
            surround=self.package.xml(part) if surround is None else surround,
            frame=self.frame,
            hidden_rows=self.hidden_rows,
            empty_hidden_rows=self.empty_hidden_rows,
            hidden_columns=self.hidden_columns,
            masked=self.masked,
            painted=self.painted,
            samples=self.samples,
            formulas=self.formulas,
            values=self.values - self.errors,
            errors=self.errors,
            filled=self.filled,
            corner=(self.last_row, self.last_column),
        )

    def _rows(self, part: str) -> Any:
        """Reads the rows; the root of the part, None when it has no row."""
        root = None
        number = 0
        for row in stream(self.package.container, part, "row"):
            holder = row.getparent()
            if holder is None or local(holder) not in ("sheetData", "Choice", "Fallback"):
                continue  # the same word is used for where a control stands
            if root is None:
                root = row.getroottree().getroot()
                self.frame = read_frame(root)
            written = row.get("r")
            number = _row_number(written) if written else number + 1
            self._row(row, number)
        return root

    def _row(self, row: Any, number: int) -> None:
        low = is_low(row, self.frame) or number < self.frame.first_row
        before = self.filled
        found = self._cells(row, number, seen=self.seen and not low)
        if self.filled > before:
            self.last_row = max(self.last_row, number)
        if low:
            if self.filled > before:
                level = row.get("outlineLevel") or "0"
                self.hidden_rows[number] = int(level) if level.isdigit() else 0
            else:
                self.empty_hidden_rows.add(number)
        elif found.columns:
            if number in self.rows:
                self._mask(AMISS, number, found.columns[0], found.stored[0])
            self.rows[number] = found

    def _cells(self, row: Any, number: int, *, seen: bool) -> Row:
        """The cells of a row that can be seen; what cannot is noted. Millions pass through here."""
        columns: list[int] = []
        stored: list[str] = []
        shown = stored
        ending, cut = str(number), -len(str(number))
        cell_tag, value_tag, formula_tag, inline_tag, text_tag = _tags(row.tag)
        texts, special_texts, used = self.strings.texts, self.strings.special, self.strings.used
        hidden_columns, cell_styles, default = self.frame.hidden_columns, self.styles.cells, self.styles.cells[None]
        column, cells = 0, 0
        for cells, cell in enumerate(row.iterchildren(cell_tag), 1):  # noqa: B007
            place = cell.get("r")
            at = (column_numbers[place[:cut]] if place.endswith(ending) else 0) if place else column + 1
            if not column < at <= LAST_COLUMN:
                self._mask(AMISS, number, at, "")
            column = at
            text = inline = special = None
            for child in cell:
                tag = child.tag
                if tag == value_tag:
                    text = child.text
                elif tag == formula_tag:
                    self._formula(child, cell, number, column)
                elif tag == inline_tag:
                    inline = child
                elif local(child) not in ("extLst", ""):
                    self._mask(AMISS, number, column, local(child))
            kind = cell.get("t")
            if kind == "s" and text is not None:
                try:
                    index = int(text)
                    if index < 0:
                        raise IndexError
                    used[index] = 1
                    text = texts[index]
                    special = special_texts.get(index) if special_texts else None
                except (ValueError, IndexError):
                    self._mask(AMISS, number, column, "")
            elif inline is not None:
                if text is not None or kind != "inlineStr":
                    self._mask(AMISS, number, column, text or "")
                if len(inline) == 1 and inline[0].tag == text_tag:
                    text = inline[0].text
                else:
                    special = rich_text(inline, self.styles.palette)
                    text = special.text
            if not text:
                continue
            if kind == "e":
                self.errors += 1
            if kind is not None and text.isspace():
                self.values += 1
                continue
            style = cell_styles.get(cell.get("s"), default)
            if not seen or hidden_columns[column]:
                self._hidden(text, column, in_column=seen)
                continue
            if style.plain and special is None and kind != "b" and not self.exact:
                as_shown = text
            else:
                as_shown = self._shown(text, kind, style, special, number, column)
                if not as_shown:
                    continue
            columns.append(column)
            stored.append(text)
            if shown is not stored:
                shown.append(as_shown)
            elif as_shown is not text:
                shown = [*stored[:-1], as_shown]
        if cells != len(row):
            self._what_is_no_cell(row, number)
        self.values += len(columns)
        self.filled += len(columns)
        if columns and columns[-1] > self.last_column:
            self.last_column = columns[-1]
        if columns == self.columns:
            columns = self.columns
        else:
            self.columns = columns
        return Row(columns, stored, shown)

    def _hidden(self, text: str, column: int, *, in_column: bool) -> None:
        self._sample("", text)
        self._count(column)
        if in_column:
            self.hidden_columns[column] = self.hidden_columns.get(column, 0) + 1

    def _count(self, column: int) -> None:
        """A cell that holds something and does not get into the rows."""
        self.values += 1
        self.filled += 1
        self.last_column = max(self.last_column, column)

    def _shown(
        self, text: str, kind: str | None, style: CellStyle, special: RichText | None, row: int, column: int
    ) -> str:
        """What is seen of a value; "" where nothing is, which is noted where it is masked."""
        if kind == "b":
            text = _TRUTH.get(text, text)
        value: str | float = text
        if kind in _NUMBERS:
            try:
                value = float(text)
            except ValueError:
                self._mask(AMISS, row, column, text)
                return text
        formatted = kind not in ("b", "e", "d")
        reason = style.mask
        is_lit = any(each.holds(row, column) for each in self.lit)
        if is_lit and reason == LIKE_THE_BACKGROUND:
            reason = ""
        if not reason and formatted and style.can_mask and is_masked(value, style.code):
            reason = BY_ITS_NUMBER_FORMAT
        background = None if is_lit else style.background
        for run in special.runs if special else ():
            reason = reason or font_mask(run.colour, run.size, background)
        if reason:
            self._mask(reason, row, column, text)
            self._count(column)
            return ""
        if style.painted:
            self.painted.setdefault(style.background, Places()).add(row, column)
        if (style.as_stored and not self.exact) or not formatted:
            return text
        shown = displayed(value, style.code, self.epoch_1904)
        if not shown:
            self._count(column)  # a nought that the format leaves out
        return shown

    def _formula(self, formula: Any, cell: Any, row: int, column: int) -> None:
        if formula.text:
            self.formulas.take(formula.text, f"{column_letters(column)}{row}")
        if self.styles.cell(cell.get("s")).hides_formula:
            self._mask(HIDDEN_FORMULA, row, column, formula.text or "")

    def _mask(self, reason: str, row: int, column: int, text: str) -> None:
        self.masked.setdefault(reason, Places()).add(row, column)
        self._sample(reason, text)

    def _sample(self, reason: str, text: str) -> None:
        taken = self.samples.setdefault(reason, [])
        if len(taken) < _MOST_SAMPLES:
            taken.append(text)

    def _what_is_no_cell(self, row: Any, number: int) -> None:
        """Programs differ in whether they read a cell that is wrapped in a choice, or of another namespace."""
        for each in row:
            if local(each) not in ("c", "extLst", "") or (local(each) == "c" and each.tag != _tags(row.tag)[0]):
                self._mask(AMISS, number, 1, "".join(each.itertext()))


@lru_cache(maxsize=16)
def _tags(row: str) -> tuple[str, str, str, str, str]:
    space = row[: -len("row")]
    return f"{space}c", f"{space}v", f"{space}f", f"{space}is", f"{space}t"


def _row_number(written: str) -> int:
    number = int(written) if written.isdigit() else 0
    if not 1 <= number <= LAST_ROW:
        raise Unreadable("has a row outside the sheet")
    return number
