"""Rows of an OpenDocument sheet: what their cells hold, what is shown of it, and what is not (REL-02, REL-03)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.publishing.release_check.markup import Element, local, text_of
from services.publishing.release_check.opendocument_formats import hides, holds, may_hide
from services.publishing.release_check.opendocument_styles import WHITE, Styles, attributes, opaque, points, unseen

_VALUES = ("value", "string-value", "date-value", "time-value", "boolean-value")
_ROWS_OF_A_REPEAT, _CELLS_OF_A_REPEAT, _WIDEST = 200, 200, 1024
_REACHES_OUT = re.compile(r"'#\$|'?(?:file|smb|ftp):|\bWEBSERVICE\s*\(|HYPERLINK\s*\(\s*\"(?!https?:|mailto:|#)", re.I)
_DDE = re.compile(r"\bDDE\s*\(", re.I)
_FORMULA_ERROR = re.compile(r"#|Err:")
_ORDINARY = frozenset(("value-type", "value", "style-name"))
_FINITE = re.compile(r"-?[0-9]")
_CORNER = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
LAST_COLUMN = 16384
GAP = 20
"""Empty rows or columns in a row after which further values are far outside (REL-03)."""


@dataclass(frozen=True)
class CellStyle:
    """What a cell's style does to what stands in it. `reason` hides everything, `format` is its number format,
    `conditions` are those under which it is not seen."""

    reason: str = ""
    format: str = ""
    conditions: tuple[str, ...] = ()
    hidden_when_protected: bool = False

    @property
    def hides_nothing(self) -> bool:
        return not (self.reason or self.format or self.conditions or self.hidden_when_protected)


@dataclass
class Spans:
    """Numbers of rows or columns, counted from 1, as runs."""

    runs: list[list[int]] = field(default_factory=list)

    def add(self, first: int, last: int) -> None:
        if self.runs and first <= self.runs[-1][1] + 1:
            self.runs[-1][1] = max(self.runs[-1][1], last)
        else:
            self.runs.append([first, last])

    def __str__(self) -> str:
        told = [str(first) if first == last else f"{first} to {last}" for first, last in self.runs]
        more = len(told) - 8
        return ", ".join(told[:8]) + (f" and {more} more" if more > 0 else "")


@dataclass
class Masked:
    """Cells that one reason keeps from being seen."""

    cells: list[str] = field(default_factory=list)
    number: int = 0
    excerpt: str = ""


class CellStyles:
    """What each style of cells hides, worked out once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[str, CellStyle] = {}
        self._formats: dict[tuple[str, float | None], bool] = {}

    def of(self, name: str) -> CellStyle:
        if name not in self._known:
            self._known[name] = self._worked_out(name)
        return self._known[name]

    def hides(self, format_: str, value: float | None) -> bool:
        """Whether a number format shows nothing of a value."""
        if not format_:
            return False
        if len(self._formats) > 50_000:
            self._formats.clear()
        key = (format_, value)
        if key not in self._formats:
            self._formats[key] = hides(self._styles, format_, value)
        return self._formats[key]

    def hides_under(self, conditions: tuple[str, ...], value: float | None) -> bool:
        """Whether one of the conditions may hold: what cannot be worked out may."""
        return any(holds(each, value) is not False for each in conditions)

    def masks(self, name: str) -> bool:
        """Whether a style hides what stands in a cell, whatever it is."""
        style = self.of(name)
        return bool(style.reason) or self.hides(style.format, 1.0)

    def _worked_out(self, name: str) -> CellStyle:
        own = self._styles.properties("table-cell", name or "Default")
        ground = opaque(own.get("table-cell:background-color", "")) or WHITE
        maps = self._styles.conditional("table-cell", name)
        format_ = own.get("data-style", "")
        return CellStyle(
            reason=unseen(own, ground),
            format=format_ if may_hide(self._styles, format_) else "",
            conditions=tuple(condition for condition, style in maps if self._hides_by_itself(style)),
            hidden_when_protected="hidden-and-protected" in own.get("table-cell:cell-protect", ""),
        )

    def _hides_by_itself(self, name: str) -> bool:
        own = self._styles.properties("table-cell", name)
        ground = opaque(own.get("table-cell:background-color", "")) or WHITE
        return bool(unseen(own, ground)) or hides(self._styles, own.get("data-style", ""), 1.0)

    def span_reason(self, cell: Element, name: str) -> str:
        """Why a part of a cell that is formatted by itself is not seen."""
        own = self._styles.properties("table-cell", name or "Default")
        ground = opaque(own.get("table-cell:background-color", "")) or WHITE
        for each in cell.iter("{*}span", "{*}p"):
            family = "text" if local(each) == "span" else "paragraph"
            explicit = self._styles.explicit(family, attributes(each).get("style-name", ""))
            if explicit and text_of(each).strip() and (reason := unseen({**own, **explicit}, ground)):
                return reason
        return ""


class LocalNames(dict[str, str]):
    """Local names by whole ones, each worked out once: there are few, and cells by the million."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition("}")[2]
        return self[name]


def quick_text(cell: Element, own: Mapping[str, str], names: LocalNames) -> str:
    """What an ordinary cell shows: one plain paragraph that is what the cell keeps; "" for one that takes more care."""
    if len(cell) != 1 or names[cell.tag] != "table-cell" or not own.keys() <= _ORDINARY:
        return ""
    only = cell[0]
    text: str = only.text or ""
    if len(only) or only.keys() or not isinstance(only.tag, str) or names[only.tag] != "p" or not text.strip():
        return ""
    is_text = own.get("value-type", "string") == "string"
    return text if is_text or (text[-1].isdecimal() and _FINITE.match(own.get("value", ""))) else ""


def shown_text(cell: Element) -> tuple[str, bool]:
    """What a cell shows, and whether there is anything in it beside plain paragraphs."""
    if len(cell) == 1 and len(cell[0]) == 0:
        only = cell[0]
        if local(only) == "p" and not only.attrib:
            return only.text or "", False
    lines = [_line(each) for each in cell if local(each) in ("p", "h")]
    return "\n".join(lines), True


def _line(paragraph: Element) -> str:
    parts = []
    for each in paragraph.iter():
        if each is not paragraph:
            name = local(each)
            parts.append({"s": " ", "tab": "\t", "line-break": "\n"}.get(name, ""))
            parts.append(each.text or "" if name else "")
            parts.append(each.tail or "")
        else:
            parts.append(each.text or "")
    return "".join(parts)


def value_of(told: Mapping[str, str]) -> str:
    """The value that a cell keeps, as it is written."""
    return next((told[name] for name in _VALUES if told.get(name)), "")


def number_of(told: Mapping[str, str]) -> float | None:
    """The number that a cell keeps; None for a text, a date or nothing."""
    try:
        return float(told["value"])
    except (KeyError, ValueError):
        return None


def differs(told: Mapping[str, str], shown: str) -> bool:
    """Whether what a cell shows is empty or a constant, while it keeps something else.

    A formula's error counts as shown, zero may be shown as a dash or not at all, and months have no digits.
    """
    kind = told.get("value-type", "")
    text = shown.strip()
    if kind in ("float", "percentage", "currency"):
        value = number_of(told)
        return value is None or (value != 0 and not any(each.isalnum() for each in text) and not _is_error(told, text))
    if kind in ("date", "time", "boolean"):
        return not text
    kept = told.get("string-value", "")
    return bool(kept.strip()) and "".join(kept.split()) != "".join(text.split()) and not _is_error(told, text)


def _is_error(told: Mapping[str, str], text: str) -> bool:
    return "formula" in told and bool(_FORMULA_ERROR.match(text))


def reaches_out(formula: str) -> str:
    """The code of what a formula fetches from outside, "" when nothing."""
    if _DDE.search(formula):
        return "dde_link"
    return "external_link" if _REACHES_OUT.search(formula) else ""


def repeats(told: Mapping[str, str], name: str) -> int:
    """How often a row or cell is repeated."""
    number = told.get(name, "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 9 else 1


def no_size(length: str) -> bool:
    """Whether a height or width is so small that nothing is seen."""
    size = points(length)
    return size is not None and size < 0.5


def _corner_of(address: str) -> tuple[int, int] | None:
    """Column and row of an address such as `$Sheet1.$A$1`; None for one that is not a cell."""
    match = _CORNER.search(address)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return column, int(match.group(2))


def is_outside(print_ranges: str, columns: tuple[int, int], rows: tuple[int, int]) -> bool:
    """Whether cells from the first to the last of these columns and rows leave the print areas.

    The areas together are one rectangle here: what stands between two of them is not outside.
    """
    addresses = (_corner_of(each) for area in print_ranges.split() for each in area.split(":"))
    corners = [each for each in addresses if each is not None]
    if not corners:
        return False
    across, down = [column for column, _ in corners], [row for _, row in corners]
    is_inside = min(across) <= columns[0] and columns[1] <= max(across)
    return not (is_inside and min(down) <= rows[0] and rows[1] <= max(down))


def padded(row: list[str], column: int) -> None:
    """Fill a row with empty cells up to a column, but never with very many."""
    row.extend([""] * (min(column - 1, _WIDEST) - len(row)))


def told_of_a_repeat(number: int, *, rows: bool) -> int:
    """How many of equal rows or cells are told: more of the same tell nothing more."""
    return min(number, _ROWS_OF_A_REPEAT if rows else _CELLS_OF_A_REPEAT)
