"""Spreadsheets (.ods): the sheets row by row, however large, then what the file says about them."""

import io
from collections.abc import Callable, Collection

from lxml import etree
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, local
from services.publishing.release_check.opendocument_marks import Marks
from services.publishing.release_check.opendocument_rows import CellStyles
from services.publishing.release_check.opendocument_sheet import Sheet
from services.publishing.release_check.opendocument_styles import Styles

_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_WANTED = ("automatic-styles", "table", "table-column", "table-row")
_MOST_CELLS = 20_000_000
"""Cells, all repetitions written out, that another program may be made to read."""


class Reading:
    """Reads a spreadsheet's content part. Afterwards `sheets` are its sheets, and `root` is what is left of the part
    without the rows: it is small, and everything else is looked up in it."""

    def __init__(self, look: Look, styles: Styles, marks: Marks) -> None:
        self.sheets: list[Sheet] = []
        self._look, self._styles, self._marks = look, styles, marks
        self._cell_styles = CellStyles(styles)
        self._open: dict[Element, Sheet] = {}

    def read(self, container: Container, part: str) -> Element:
        """The root element, its rows forgotten. Raises `Unreadable`, and as `Container.chunks` does."""
        parser = etree.XMLPullParser(events=("end",), tag=[f"{{*}}{each}" for each in _WANTED], **_SAFE)
        try:
            for chunk in container.chunks(part):
                parser.feed(chunk)
                self._take(parser)
            root = parser.close()
            self._take(parser)
        except etree.XMLSyntaxError as error:
            raise Unreadable(f"has XML that cannot be read in {part} ({type(error).__name__})") from None
        if root.getroottree().docinfo.doctype:
            raise Unreadable(f"declares a document type in {part}")
        return root

    def conditional_formats(self, root: Element) -> None:
        """Formats under a condition that take what they are applied to from sight (REL-03)."""
        for each in root.iter("{*}conditional-format"):
            places = next((value for key, value in each.items() if key.endswith("target-range-address")), "")
            applied = [value for rule in each for key, value in rule.items() if key.endswith("apply-style-name")]
            hides_values = any(
                value == "false" for rule in each for key, value in rule.items() if key.endswith("show-value")
            )
            if hides_values or any(self._cell_styles.masks(name) for name in applied):
                self._look.found("masked_value", f"{places} (conditional format)")

    def _take(self, parser: etree.XMLPullParser) -> None:
        take: dict[str, Callable[[Element], None]] = {
            "automatic-styles": self._styles.add,
            "table": self._table,
            "table-column": lambda column: self._sheet_of(column).column(column),
            "table-row": self._row,
        }
        for _, element in parser.read_events():
            if local(element) not in take:
                raise Unreadable("has elements whose prefix is not declared")
            take[local(element)](element)

    def _row(self, row: Element) -> None:
        self._sheet_of(row).row(row)
        row.clear()
        before = row.getprevious()
        if before is not None and before.tag == row.tag:
            row.getparent().remove(before)

    def _table(self, table: Element) -> None:
        sheet = self._sheet_of(table)
        del self._open[table]
        if any(local(each) == "scenario" for each in table):
            sheet.in_scenario = True
        if any(local(each) == "table-source" for each in table):
            sheet.is_cache = True
        sheet.tell()
        if _is_sheet(table):
            self.sheets.append(sheet)

    def _sheet_of(self, element: Element) -> Sheet:
        """The sheet of a table, row or column."""
        while local(element) != "table":
            element = element.getparent()
            if element is None:
                raise Unreadable("has rows outside its sheets")
        if element not in self._open:
            self._open[element] = Sheet(self._look, element, self._styles, self._cell_styles, self._marks)
        return self._open[element]


def compare(look: Look, sheets: Collection[Sheet]) -> None:
    """Read the file with another program, which must see the same sheets, hidden and visible (REL-27)."""
    if sum(each.cells for each in sheets) > _MOST_CELLS:
        look.found("size_anomaly", "cells repeated over most of a sheet")
        return
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(look.data)) as workbook:
            seen = [(each.name, each.visible == SheetVisibleEnum.Visible) for each in workbook.sheets_metadata]
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic of the other program is none of Python's ordinary exceptions.
        look.found("parser_disagreement", f"another program cannot read it ({type(error).__name__})")
        return
    own = [(each.name, not each.is_hidden) for each in sheets]
    if sorted(own) != sorted(seen):
        look.found(
            "parser_disagreement", f"{len(own)} sheets as one reads it, {len(seen)} as another does, or hidden ones"
        )


def _is_sheet(table: Element) -> bool:
    parent = table.getparent()
    return parent is not None and local(parent) == "spreadsheet"
