"""The release check of an Excel workbook (.xlsx, .xlsm): its sheets, and by their own modules all its other parts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from services.publishing.release_check import (
    conditional_formats,
    covered_cells,
    office_parts,
    second_reading,
    sheet_elements,
    sheet_hiding,
    workbook_parts,
)
from services.publishing.release_check.cell_reading import SheetReader
from services.publishing.release_check.cell_styles import Styles, read_styles
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, is_on, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.places import Area, areas
from services.publishing.release_check.report import REVIEW
from services.publishing.release_check.shared_strings import read_shared_strings
from services.publishing.release_check.sheet_reading import Sheet
from services.publishing.release_check.sheet_surroundings import read_drawings, read_tables

SHEETS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_MACRO_SHEETS = ("dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_STATES = {"": "visible", "visible": "visible", "veryhidden": "veryHidden"}
_SMALL_FILE = 1_000_000
"""Bytes: a logo and printer settings make as much."""
_MOST_BLANKS = 2_000_000
"""Empty cells in one table, beyond which its rows are given without them."""


def inspect(look: Look) -> None:
    """Everything of a workbook (REL-01 to REL-10). Raises `Unreadable`, `TooLarge`."""
    package = Package(Container(look.data, look), look)
    workbook = package.xml(package.main)
    styles = read_styles(package)
    strings = read_shared_strings(package, styles.palette)
    epoch_1904 = any(is_on(each, "date1904") for each in all_named(workbook, "workbookPr"))
    sheets = []
    for name, part, kind, state in _listed(package, workbook, look):
        lit = [area for each in read_tables(package, part) for area in each.painted]
        reader = SheetReader(
            package=package, styles=styles, strings=strings, epoch_1904=epoch_1904, lit=lit, exact=look.exact
        )
        sheets.append(reader.read(name, part, kind, state))
    hidden = {each.name.lower() for each in sheets if each.state != "visible"}
    print_areas = _print_areas(workbook)
    for number, sheet in enumerate(sheets):
        sheet_elements.inspect(sheet, look, hidden)
        sheet.formulas.inspect(look, sheet.name)
        if sheet.kind in _MACRO_SHEETS:
            look.found("xlm_macrosheet", f"sheet {sheet.name}")
        if sheet.state == "visible":
            _visible(sheet, look, package, styles, print_areas.get(str(number), ()))
        else:
            beside = [each for each in package.relationships(sheet.part) if each.kind != "printerSettings"]
            empty = not sheet.filled and sheet.kind == "worksheet" and not beside
            sheet_hiding.inspect_state(sheet, look, empty=empty)
    _windows(workbook, look, sheets)
    _size(look, sheets)
    strings.inspect(look)
    second_reading.inspect(look, sheets)
    office_parts.inspect(package, look)
    workbook_parts.inspect(package, look, sheets)


def _visible(sheet: Sheet, look: Look, package: Package, styles: Styles, print_areas: Sequence[Area]) -> None:
    tables, drawn = read_tables(package, sheet.part), read_drawings(package, sheet.part)
    rules = conditional_formats.read_rules(sheet, styles)
    sheet_hiding.inspect_rows_and_columns(sheet, look, tables)
    sheet_hiding.inspect_reach(sheet, look, drawn, print_areas)
    covered_cells.inspect_masks(sheet, look, conditional_formats.painted_by(rules))
    covered_cells.inspect_merged(sheet, look)
    covered_cells.inspect_drawn_over(sheet, look, drawn)
    covered_cells.inspect_headings(sheet, look, tables)
    conditional_formats.inspect(sheet, look, rules)
    look.table(f"sheet {sheet.name}", shown_rows(sheet))


def shown_rows(sheet: Sheet) -> list[list[str]]:
    """The visible cells as they are shown, as a table: runs of empty rows and columns count as one. A sheet with few
    values far apart is given without its empty cells."""
    used = sorted(sheet_hiding.used_columns(sheet))
    place, at = {}, 0
    for before, column in pairwise([used[0] if used else 0, *used]):
        at += 2 if column > before + 1 else 1
        place[column] = at - 1
    blanks = sum(place[row.columns[-1]] + 1 - len(row.columns) for row in sheet.rows.values())
    shown: list[list[str]] = []
    last = 0
    for number, row in sorted(sheet.rows.items()):
        if last and number > last + 1:
            shown.append([])
        last = number
        if blanks > _MOST_BLANKS or place[row.columns[-1]] + 1 == len(row.columns):
            shown.append(list(row.shown))
            continue
        cells = [""] * (place[row.columns[-1]] + 1)
        for column, value in zip(row.columns, row.shown, strict=True):
            cells[place[column]] = value
        shown.append(cells)
    return shown


def _listed(package: Package, workbook: Any, look: Look) -> list[tuple[str, str, str, str]]:
    """Name, part, kind and state of each sheet that the workbook lists and holds, in its order."""
    by_id = {each.id: each for each in package.related(package.main, *SHEETS) if not each.external}
    found = []
    for each in (sheet for listed in all_named(workbook, "sheets") for sheet in all_named(listed, "sheet")):
        name, link = attribute(each, "name"), by_id.get(attribute(each, "id"))
        if link is None or link.target not in package.container:
            look.found("unreadable", f"sheet {name} is listed and not in the file")
            continue
        state = _STATES.get(attribute(each, "state").lower(), "hidden")
        found.append((name, link.target, link.kind, state))
    for name, number in Counter(each[0].lower() for each in found).items():
        if number > 1:
            look.found("parser_disagreement", f"{number} sheets called {name}")
    for part in {each.target for each in by_id.values()} - {each[1] for each in found}:
        look.found("orphan_part", f"part {part}, a sheet that the workbook does not list")
    return found


def _print_areas(workbook: Any) -> Mapping[str, Sequence[Area]]:
    """By the number of the sheet, counted from 0, as names refer to it."""
    names = (each for each in all_named(workbook, "definedName") if attribute(each, "name") == "_xlnm.Print_Area")
    return {attribute(each, "localSheetId"): areas(text_of(each)) for each in names}


def _windows(workbook: Any, look: Look, sheets: Sequence[Sheet]) -> None:
    """How the workbook opens: without its tabs, nobody gets from one sheet to the next."""
    views = list(all_named(workbook, "workbookView"))
    if views and all(attribute(each, "visibility") in ("hidden", "veryHidden") for each in views):
        look.found("hidden_sheet", "the whole workbook: its window is hidden")
    visible = sum(each.state == "visible" for each in sheets)
    if visible > 1 and any(attribute(each, "showSheetTabs").lower() in ("0", "false") for each in views):
        look.found("hidden_sheet", f"the tabs of {visible} sheets are switched off", severity=REVIEW)


def _size(look: Look, sheets: Sequence[Sheet]) -> None:
    """A file far larger than its values and drawings account for (REL-18)."""
    values = sum(each.filled for each in sheets)
    size = len(look.data)
    if size > _SMALL_FILE and size > look.policy.bytes_per_value * max(values, 1):
        look.found("size_anomaly", f"{size // 1_000_000} MB for {values} values")
