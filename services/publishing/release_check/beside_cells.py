"""What a sheet's own part says beside its cells: scenarios, remembered views, protection, and boxes of other programs
(REL-04, REL-09, REL-17)."""

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, holds, is_on, local, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.places import LAST_COLUMN
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.report import masked
from services.publishing.release_check.sheet_reading import Sheet


def inspect(package: Package, look: Look, sheet: Sheet) -> None:
    """One sheet, without its rows."""
    root, where = sheet.surround, f"sheet {sheet.name}"
    if root is None:
        return
    scenarios = list(all_named(root, "scenario"))
    if scenarios:
        kept = [attribute(each, "val") for scenario in scenarios for each in all_named(scenario, "inputCells")]
        what = "a scenario" if len(scenarios) == 1 else f"{len(scenarios)} scenarios"
        look.found("scenario", f"{what}, {where}", masked(", ".join(kept[:10])))
    if holds(root, "customSheetView"):
        look.found("custom_view", where)
    if any(is_on(each, "sheet") or is_on(each, "content") for each in all_named(root, "sheetProtection")):
        look.found("protection", where)
    for each in all_named(root, "protectedRange"):
        look.found("protection", f"{where}, range {attribute(each, 'sqref')}")
    for each in all_named(root, "webPublishItem"):
        look.found("local_path", f"{where}, where it was published", masked(attribute(each, "destinationFile")))
    for each in all_named(root, "dataConsolidate"):
        for reference in all_named(each, "dataRef"):
            if attribute(reference, "id") or is_path(attribute(reference, "name")):
                look.found("external_link", f"{where}, data drawn together from another file")
    if sheet.state == "visible" and (number := _drawings_in_hidden_cells(package, sheet)):
        what = "a picture, chart or shape" if number == 1 else f"{number} pictures, charts or shapes"
        look.found("hidden_text", f"{where}, {what} in hidden rows or columns")


def _drawings_in_hidden_cells(package: Package, sheet: Sheet) -> int:
    """How many drawings shrink to nothing with the cells that they are fastened to."""
    anchors = (
        anchor
        for each in package.related(sheet.part, "drawing")
        if each.target in package.container
        for anchor in all_named(package.xml(each.target), "twoCellAnchor")
        if attribute(anchor, "editAs") in ("", "twoCell")
    )
    return sum(_is_in_hidden_cells(anchor, sheet) for anchor in anchors)


def _is_in_hidden_cells(anchor: Element, sheet: Sheet) -> bool:
    columns = range(_edge(anchor, "from", "col"), _edge(anchor, "to", "col") + 1)
    rows = range(_edge(anchor, "from", "row"), _edge(anchor, "to", "row") + 1)
    return all(column <= LAST_COLUMN and sheet.frame.hidden_columns[column] for column in columns) or all(
        row in sheet.hidden_rows or any(first <= row <= last for first, last in sheet.empty_hidden_rows.runs)
        for row in rows
    )


def _edge(anchor: Element, corner: str, name: str) -> int:
    """A row or column of one corner, counted from 1; files count from 0."""
    points = (each for each in anchor if local(each) == corner)
    told = next((text_of(each).strip() for point in points for each in all_named(point, name)), "")
    return int(told) + 1 if told.isdigit() else 1
