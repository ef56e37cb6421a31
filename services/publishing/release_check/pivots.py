"""Pivot tables, slicers and timelines: the rows and values that they keep, and where those came from (REL-05)."""

from collections.abc import Collection, Mapping

from services.publishing.release_check.cell_references import ranges
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, local, stream
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked

_VALUES = ("s", "n", "d", "b", "e")
"""Kept texts, numbers, dates, booleans and errors; what is missing (`m`) is nothing."""
_OFFERING = {"slicerCache": "slicer", "timelineCache": "timeline"}


def inspect(package: Package, look: Look, sheets: Collection[str], names: Mapping[str, str]) -> None:
    """All pivot caches and what offers their values. `sheets` are the workbook's, `names` its defined names and tables
    in small letters, with what they refer to."""
    for part in package.parts("pivotCacheRecords"):
        _records(package, look, part)
    for part in package.parts("pivotCacheDefinition"):
        _definition(package, look, part, sheets, names)
    for kind, what in _OFFERING.items():
        for part in package.parts(kind):
            look.found("slicer_cache", f"a {what}, part {part}")


def _records(package: Package, look: Look, part: str) -> None:
    rows = sum(1 for _ in stream(package.container, part, "r"))
    if rows:
        look.found("pivot_cache_records", f"{rows} rows, part {part}")


def _definition(package: Package, look: Look, part: str, sheets: Collection[str], names: Mapping[str, str]) -> None:
    """A cache is a finding even where it keeps no values any more: it still names the fields and their source, and
    those who receive releases stop files for having one."""
    root = package.xml(part)
    fields = list(all_named(root, "cacheField"))
    kept = [
        attribute(each, "v")
        for field in fields
        for items in all_named(field, "sharedItems", "groupItems")
        for each in items
        if local(each) in _VALUES
    ]
    values = f"{len(kept)} values" if kept else "no values"
    look.found("pivot_cache_definition", f"fields: {len(fields)}, {values}, part {part}", masked(", ".join(kept[:10])))
    for each in all_named(root, "cacheSource"):
        if missing := _missing(package, part, each, sheets, names):
            look.found("pivot_source_missing", f"{missing}, part {part}")


def _missing(package: Package, part: str, source: Element, sheets: Collection[str], names: Mapping[str, str]) -> str:
    """Why the source is not in the file; "" where it is. A pivot table may draw on several ranges."""
    kind = attribute(source, "type")
    if kind == "external" or any(each.external for each in package.relationships(part)):
        return "its source is another file or a database"
    folded = {each.lower() for each in sheets}
    for each in all_named(source, "worksheetSource", "rangeSet"):
        sheet, name = attribute(each, "sheet"), attribute(each, "name")
        if name and name.rpartition("!")[2].lower() not in names:
            return "its source is a name that is not in the file"
        named = ranges(names.get(name.rpartition("!")[2].lower(), "")) or []
        for of in {sheet, *(some.sheet for some in named)} - {""}:
            if of.lower() not in folded:
                return "its source is a sheet that is not in the file"
    return ""
