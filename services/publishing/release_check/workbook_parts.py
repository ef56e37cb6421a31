"""The parts of a workbook beside its sheets, and what the workbook's own part says: whatever Excel keeps of pivot
tables, connections, other files, names, views and earlier changes."""

from collections.abc import Sequence
from itertools import chain

from services.publishing.release_check import beside_cells, charts, defined_names, outside_data, pivots
from services.publishing.release_check.cell_references import VisibleCells
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, holds, is_on, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.recognising import decoded
from services.publishing.release_check.report import masked
from services.publishing.release_check.sheet_reading import Sheet

_OWN_RICH_VALUES = ("_localimage", "_error")
"""Kinds of rich value that hold nothing: pictures in cells, which are parts, and the details of errors."""

_LONG = 1_000
"""Characters up to which the property of a sheet is an id or a setting."""


def inspect(package: Package, look: Look, sheets: Sequence[Sheet]) -> None:
    """Everything of a workbook but the cells; `sheets` as they were read, for what a reader sees in them."""
    workbook = package.xml(package.main)
    names = defined_names.names_of(workbook)
    _workbook(look, workbook)
    if any(attribute(each, "showObjects") not in ("", "all") for each in all_named(workbook, "workbookPr")):
        for part in package.parts("drawing", "vmlDrawing"):
            look.found("hidden_text", f"the workbook is set not to show its drawings, part {part}")
    defined_names.inspect(look, workbook, {each.name.lower(): each.state for each in sheets})
    pivots.inspect(package, look, [each.name for each in sheets], names | _tables(package))
    outside_data.inspect(package, look)
    charts.inspect_beside_cells(package, look, VisibleCells(sheets, names))
    for each in sheets:
        beside_cells.inspect(package, look, each)
    for part in package.parts("rdRichValue"):
        _rich_values(package, look, part)
    for part in package.parts("rdArray", "rdSupportingPropertyBag", "rdRichValueWebImage"):
        _data_of_types(look, part, package.xml(part))
    for part in package.parts("namedSheetView"):
        if holds(package.xml(part), "namedSheetView"):
            look.found("custom_view", f"part {part}")
    for part in package.parts("customProperty"):
        _sheet_property(package, look, part)


def _workbook(look: Look, workbook: Element) -> None:
    views = [attribute(each, "name") for each in all_named(workbook, "customWorkbookView")]
    if views:
        look.found("custom_view", "the workbook" if len(views) == 1 else f"{len(views)} views of the workbook")
    for _ in all_named(workbook, "dataModel"):
        look.found("data_model", "the workbook")
    for each in all_named(workbook, "workbookProtection"):
        if any(is_on(each, name) for name in ("lockStructure", "lockWindows", "lockRevision")):
            look.found("protection", "the workbook")
    for each in all_named(workbook, "fileSharing"):
        if is_on(each, "readOnlyRecommended") or attribute(each, "reservationPassword") or attribute(each, "hashValue"):
            look.found("protection", "the workbook's file")
        if attribute(each, "userName"):
            look.found("author", "the user who reserved the file", masked(attribute(each, "userName")))
    paths = [attribute(each, "url") for each in all_named(workbook, "absPath")]
    paths += [value for each in workbook.iter("*") for value in each.attrib.values() if is_path(value)]
    if paths:
        look.found("local_path", "the workbook says where it was saved", masked(paths[0]))


def _tables(package: Package) -> dict[str, str]:
    """The names of tables, in small letters, which are in the file wherever they are."""
    roots = (package.xml(part) for part in package.parts("table"))
    named = chain.from_iterable((attribute(each, "name"), attribute(each, "displayName")) for each in roots)
    return dict.fromkeys((each.lower() for each in named if each), "")


def _rich_values(package: Package, look: Look, part: str) -> None:
    """Data types, such as a person of the address book or a place, keep a record behind the one word that is shown."""
    structures = [
        attribute(each, "t").lower()
        for other in package.parts("rdRichValueStructure")
        for each in all_named(package.xml(other), "s")
    ]
    kept = []
    for each in all_named(package.xml(part), "rv"):
        number = attribute(each, "s")
        structure = structures[int(number)] if number.isdigit() and int(number) < len(structures) else ""
        if structure not in _OWN_RICH_VALUES:
            kept += [text_of(value) for value in all_named(each, "v")]
    if kept:
        look.found("custom_xml_data", f"data types, part {part}", masked(", ".join(kept[:10])))


def _data_of_types(look: Look, part: str, root: Element) -> None:
    kept = [text_of(each) for each in all_named(root, "v") if text_of(each).strip()]
    if kept or holds(root, "webImageSrd"):
        look.found("custom_xml_data", f"data types, part {part}", masked(", ".join(kept[:10])))


def _sheet_property(package: Package, look: Look, part: str) -> None:
    """A property that an add-in gave a sheet: text in UTF-16, as a rule without a mark. A long one is data."""
    data = package.container.read(part)
    text = decoded(data) or data.decode("utf-16-le", "replace")
    code = "custom_property" if len(text) <= _LONG else "custom_xml_data"
    look.found(code, f"a property of a sheet, part {part}", masked(text))
    look.text(f"a property of a sheet, part {part}", text)
