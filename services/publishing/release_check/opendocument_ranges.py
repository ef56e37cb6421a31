"""What an OpenDocument spreadsheet keeps about its sheets: names, filters, pivot tables, cell rules (REL-04, 05)."""

import re
from collections.abc import Collection

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, text_of
from services.publishing.release_check.report import masked

_SHEET = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^\s.$'\[\]():;,+*/=&<>]+))\.\$?[A-Z]{1,3}\$?[0-9]")
_ELSEWHERE = re.compile(r"#REF!|'#\$|file:|https?:", re.I)


def note_ranges(look: Look, root: Element, visible: Collection[str]) -> None:
    """Look at everything that names ranges; `visible` are the sheets that a reader sees."""
    _note_names(look, root, visible)
    _note_filters(look, root)
    _note_pivots(look, root, visible)
    _note_cell_rules(look, root)


def sheets_named(address: str) -> set[str]:
    """The sheets that an address or formula names."""
    return {(quoted or plain).replace("''", "'") for quoted, plain in _SHEET.findall(address)}


def _note_names(look: Look, root: Element, visible: Collection[str]) -> None:
    hidden, elsewhere = [], []
    for each in all_named(root, "named-range", "named-expression"):
        name = attribute(each, "name")
        target = attribute(each, "cell-range-address") or attribute(each, "expression")
        if attribute(each, "hidden") == "true":
            hidden.append(name)
        if _ELSEWHERE.search(target) or any(sheet not in visible for sheet in sheets_named(target)):
            elsewhere.append(name)
    for code, names in (("hidden_defined_name", hidden), ("defined_name_elsewhere", elsewhere)):
        if names:
            look.found(code, ", ".join(names[:8]))


def _note_filters(look: Look, root: Element) -> None:
    for each in all_named(root, "database-range"):
        conditions = list(all_named(each, "filter-condition"))
        if conditions:
            values = " ".join(attribute(condition, "value") for condition in conditions)
            look.found("autofilter", attribute(each, "target-range-address"), masked(values))


def _note_pivots(look: Look, root: Element, visible: Collection[str]) -> None:
    for each in all_named(root, "data-pilot-table"):
        name = f"pivot table {attribute(each, 'name')}"
        members = [
            attribute(member, "name") for member in all_named(each, "data-pilot-member", "data-pilot-group-member")
        ]
        # Without its members a pivot table is a recipe over a sheet that everybody sees.
        severity = "" if any(members) else "review"
        look.found("pivot_cache_definition", name, masked(" ".join(members)), severity=severity)
        sources = [attribute(source, "cell-range-address") for source in all_named(each, "source-cell-range")]
        named = [sheet for source in sources for sheet in sheets_named(source)]
        if not named or any(sheet not in visible for sheet in named):
            look.found("pivot_source_missing", name)


def _note_cell_rules(look: Look, root: Element) -> None:
    for each in all_named(root, "content-validation"):
        told = attribute(each, "condition") + text_of(each)
        if "in-list" in told or text_of(each).strip():
            look.found("data_validation_list", f"rule {attribute(each, 'name')}", masked(told))
