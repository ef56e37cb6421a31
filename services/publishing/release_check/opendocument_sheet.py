"""One sheet of an OpenDocument spreadsheet while its rows go by: what is visible of it, and what is not."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, local, text_of
from services.publishing.release_check.opendocument_columns import Columns
from services.publishing.release_check.opendocument_marks import Marks
from services.publishing.release_check.opendocument_rows import (
    GAP,
    LAST_COLUMN,
    CellStyles,
    LocalNames,
    Masked,
    Spans,
    differs,
    is_outside,
    no_size,
    number_of,
    padded,
    quick_text,
    reaches_out,
    repeats,
    shown_text,
    told_of_a_repeat,
    value_of,
)
from services.publishing.release_check.opendocument_styles import Styles, attributes
from services.publishing.release_check.places import column_letters
from services.publishing.release_check.report import masked

_CELLS = ("table-cell", "covered-table-cell")
_PLAIN = frozenset(("p", "h", "span", "s", "tab", "line-break"))
_MOST_CELLS = 20


class Sheet:
    """Give it the column elements, then the rows, then ask it to `tell`.

    `cells` counts the cells with values as a program would that writes every repetition out.
    """

    def __init__(self, look: Look, table: Element, styles: Styles, cell_styles: CellStyles, marks: Marks) -> None:
        told = attributes(table)
        self.name = told.get("name", "")
        own = styles.properties("table", told.get("style-name", ""))
        self.is_hidden = own.get("table:display") == "false" or told.get("display") == "false"
        self.is_cache = self.name.startswith("'") and "#" in self.name
        self.in_scenario = False
        self.is_protected = told.get("protected") == "true"
        self.print_ranges = told.get("print-ranges", "")
        self.cells = 0
        self.rows: list[list[str]] = []
        self._look, self._styles, self._cell_styles, self._marks = look, styles, cell_styles, marks
        self._row = 0
        self._columns = Columns()
        self._names = LocalNames()
        self._plain_styles: dict[str, bool] = {}
        self._hidden_columns: list[tuple[int, int, str]] = []
        self._rows_hidden: dict[tuple[str, str], Spans] = {}
        self._columns_with_values: set[int] = set()
        self._visible_columns: set[int] = set()
        self._first_used_row = self._last_used_row = 0
        self._far: list[str] = []
        self._masked: dict[str, Masked] = {}
        self._kept = ""
        self._formulas: dict[str, Masked] = {}

    @property
    def where(self) -> str:
        return f"sheet {self.name}"

    @property
    def is_shown(self) -> bool:
        return not (self.is_hidden or self.is_cache or self.in_scenario)

    def column(self, element: Element) -> None:
        """Take in one column element."""
        told = attributes(element)
        width = self._styles.properties("table-column", told.get("style-name", "")).get("table-column:column-width", "")
        number = repeats(told, "number-columns-repeated")
        self._columns.add(number, told.get("default-cell-style-name", ""), self._reason(element, told, width))

    def row(self, element: Element) -> None:
        """Take in one row element, however often it is repeated."""
        told = attributes(element)
        first = self._row + 1
        number = repeats(told, "number-rows-repeated")
        self._row += number
        height = self._styles.properties("table-row", told.get("style-name", "")).get("table-row:row-height", "")
        reason = self._reason(element, told, height)
        shown: list[str] = []
        has_values = False
        hidden = reason or self._columns
        for column, cell, own in self._cells_of(element):
            style = own.get("style-name") or told.get("default-cell-style-name") or self._columns.style(column)
            if (
                not hidden
                and number == 1
                and self._hides_nothing(style)
                and (text := quick_text(cell, own, self._names))
            ):
                self._show(text, column, shown)
                has_values = True
                continue
            has_values |= self._cell(cell, own, first, column, number, told, shown, is_seen=not reason)
        if reason:
            self._rows_hidden.setdefault((reason, "block" if has_values else "review"), Spans()).add(first, self._row)
        elif has_values:
            self._note_gap(first)
            self.rows.extend([shown] * told_of_a_repeat(number, rows=True))
        else:
            self.rows.extend([[]] * min(number, GAP))

    def _hides_nothing(self, style: str) -> bool:
        if style not in self._plain_styles:
            self._plain_styles[style] = self._cell_styles.of(style).hides_nothing
        return self._plain_styles[style]

    def _show(self, text: str, column: int, shown: list[str]) -> None:
        """An ordinary cell: nearly all of them are, so this is what a large sheet costs."""
        self.cells += 1
        if column - 1 != len(shown):
            padded(shown, column)
        shown.append(text)
        self._columns_with_values.add(column)
        self._visible_columns.add(column)
        if not self._kept:
            self._kept = text

    def _cells_of(self, row: Element) -> Iterator[tuple[int, Element, dict[str, str]]]:
        column, names = 1, self._names
        for cell in row:
            own = {names[key]: value for key, value in cell.items()}
            if len(cell) or value_of(own) or "formula" in own:
                yield column, cell, own
            column += repeats(own, "number-columns-repeated") if "number-columns-repeated" in own else 1

    def _cell(
        self,
        cell: Element,
        own: dict[str, str],
        row: int,
        column: int,
        rows: int,
        of_row: Mapping[str, str],
        shown: list[str],
        *,
        is_seen: bool,
    ) -> bool:
        """Whether the cell holds anything; what is seen of it goes to `shown`."""
        if local(cell) not in _CELLS:
            return False
        text, is_rich = shown_text(cell)
        kept = value_of(own)
        if not text and not kept and not is_rich and "formula" not in own:
            return False
        place = f"{column_letters(column)}{row}"
        if is_rich:
            self._note_marks(cell, place)
        if formula := own.get("formula"):
            self._note_formula(formula, place)
        if not text.strip() and not kept:
            return False
        times = repeats(own, "number-columns-repeated") if "number-columns-repeated" in own else 1
        self.cells += rows * times
        self._kept = self._kept or text or kept
        if times == 1:
            self._columns_with_values.add(column)
        else:
            self._columns_with_values.update(range(column, column + min(times, LAST_COLUMN)))
        if not is_seen:
            return True
        if not self._is_masked(cell, own, text, place, column, of_row, is_rich=is_rich):
            seen = text if text.strip() else kept
            for at in range(column, column + told_of_a_repeat(times, rows=False)):
                if not self._columns.hides(at):
                    self._visible_columns.add(at)
                    padded(shown, at)
                    shown.append(seen)
        return True

    def _is_masked(
        self,
        cell: Element,
        own: Mapping[str, str],
        text: str,
        place: str,
        column: int,
        of_row: Mapping[str, str],
        *,
        is_rich: bool,
    ) -> bool:
        name = own.get("style-name") or of_row.get("default-cell-style-name") or self._columns.style(column)
        style = self._cell_styles.of(name)
        is_number = "value" in own
        has_paragraph = len(cell) > 0 and any(local(each) == "p" for each in cell)
        reason = style.reason
        if local(cell) == "covered-table-cell":
            reason = "covered by a merged cell"
        elif style.hidden_when_protected and self.is_protected:
            reason = reason or "hidden by the protection"
        elif self._cell_styles.hides(style.format, number_of(own) if is_number else None):
            reason = reason or "number format"
        elif has_paragraph and differs(own, text):
            reason = reason or "shown otherwise than it is kept"
        elif style.conditions and self._cell_styles.hides_under(style.conditions, number_of(own)):
            reason = reason or "conditional format"
        elif is_rich:
            reason = reason or self._cell_styles.span_reason(cell, name)
        if reason:
            self._mask(self._masked, reason, place, text or value_of(own))
        return bool(reason)

    def _reason(self, element: Element, told: Mapping[str, str], size: str) -> str:
        group = element.getparent()
        while group is not None and local(group) != "table":
            if local(group).endswith("-group") and attributes(group).get("display") == "false":
                return "group"
            group = group.getparent()
        if told.get("visibility") == "filter":
            return "filter"
        return "hidden" if told.get("visibility") == "collapse" or no_size(size) else ""

    def _note_gap(self, row: int) -> None:
        if self._last_used_row and row - self._last_used_row - 1 > GAP:
            self._far.append(f"row {row}")
        self._last_used_row = self._row
        self._first_used_row = self._first_used_row or row

    def _note_marks(self, cell: Element, place: str) -> None:
        for each in cell.iter("*"):
            name = local(each)
            if name not in _PLAIN and each is not cell:
                self._marks.see(each, f"{self.where}, {place}")
            if name == "text-box" or name == "custom-shape":
                self._look.text(f"{self.where}, a shape", text_of(each))

    def _note_formula(self, formula: str, place: str) -> None:
        if code := reaches_out(formula):
            self._mask(self._formulas, code, place, formula)

    @staticmethod
    def _mask(kinds: dict[str, Masked], kind: str, place: str, excerpt: str) -> None:
        found = kinds.setdefault(kind, Masked(excerpt=excerpt))
        found.number += 1
        if len(found.cells) < _MOST_CELLS:
            found.cells.append(place)

    def tell(self) -> None:
        """Note what was found; what is visible becomes a table."""
        if self.is_cache:
            severity = "" if self._columns_with_values else "review"
            self._look.found("external_link_cache", self.where, masked(self._kept), severity=severity)
            return
        for code, formulas in self._formulas.items():
            self._look.found(code, f"{self.where}, {_cells(formulas)}", masked(formulas.excerpt))
        if self.in_scenario:
            return
        if self.is_hidden:
            severity = "" if self._columns_with_values else "review"
            self._look.found("hidden_sheet", self.where, masked(self._kept), severity=severity)
            return
        self._tell_rows()
        self._columns.tell(self._look, self.where, self._columns_with_values)
        for reason, cells in self._masked.items():
            self._look.found("masked_value", f"{self.where}, {_cells(cells)} ({reason})", masked(cells.excerpt))
        if far := self._far + self._far_columns():
            self._look.found("values_far_outside", f"{self.where}: {', '.join(far[:8])}")
        while self.rows and not self.rows[-1]:
            self.rows.pop()
        if self.rows:
            self._look.table(self.where, self.rows)

    def _tell_rows(self) -> None:
        for (reason, severity), spans in self._rows_hidden.items():
            where = f"{self.where}, rows {spans}"
            self._look.found("outline_group" if reason == "group" else "hidden_row", where, severity=severity)
            if reason == "filter":
                self._look.found("autofilter", where, severity=severity)

    def _far_columns(self) -> list[str]:
        used = sorted(self._visible_columns)
        if used and is_outside(self.print_ranges, (used[0], used[-1]), (self._first_used_row, self._last_used_row)):
            return [f"outside the print area {self.print_ranges}"]
        return [f"column {column_letters(b)}" for a, b in pairwise(used) if b - a - 1 > GAP]


def _cells(found: Masked) -> str:
    more = found.number - len(found.cells)
    return ", ".join(found.cells) + (f" and {more} more" if more else "")
