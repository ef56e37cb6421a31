"""What a sheet says beside its cells: allowed values, headers and footers, links, and whatever is not known."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, local, text_of
from services.publishing.release_check.report import REVIEW, masked
from services.publishing.release_check.sheet_reading import Sheet

_KNOWN = frozenset(
    (
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
        "drawingHF",
        "legacyDrawing",
        "legacyDrawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    )
)
_KNOWN_EXTENSIONS = frozenset(
    (
        "conditionalFormattings",
        "dataValidations",
        "sparklineGroups",
        "slicerList",
        "timelineRefs",
        "protectedRanges",
        "ignoredErrors",
        "webExtensions",
        "worksheetSortMap",
        "conditionalFormatting",
        "dataValidation",
        "pivotTableDefinition",
        "id",
    )
)
_PAGE_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[A-Za-z])')
_SHEET_OF = re.compile(r"(?:'((?:[^']|'')+)'|([^'!,()\s]+))!")
_SHOWN_OF_A_RULE = ("promptTitle", "prompt", "errorTitle", "error")


def inspect(sheet: Sheet, look: Look, hidden_sheets: Collection[str]) -> None:
    """Everything around the rows of one sheet. `hidden_sheets` are their names in small letters."""
    if sheet.surround is None:
        return
    _allowed_values(sheet, look, hidden_sheets)
    _headers_and_links(sheet, look)
    _not_known(sheet, look)


def _allowed_values(sheet: Sheet, look: Look, hidden_sheets: Collection[str]) -> None:
    lists: list[str] = []
    elsewhere: list[str] = []
    for each in all_named(sheet.surround, "dataValidation"):
        look.text(f"sheet {sheet.name}, messages of a cell rule", _joined(attribute(each, k) for k in _SHOWN_OF_A_RULE))
        source = "".join(text_of(part) for part in each if local(part) == "formula1").strip()
        sheet.formulas.take(source, attribute(each, "sqref") or "a cell rule")
        if attribute(each, "type") != "list":
            continue
        if source.startswith('"'):
            lists.append(source.strip('"'))
        elif any(
            (quoted or bare).replace("''", "'").lower() in hidden_sheets for quoted, bare in _SHEET_OF.findall(source)
        ):
            elsewhere.append(source)
    if lists:
        look.found("data_validation_list", f"sheet {sheet.name}, {len(lists)} in all", masked("; ".join(lists)))
        look.text(f"sheet {sheet.name}, list of allowed values", "\n".join(each.replace(",", "\n") for each in lists))
    if elsewhere:
        look.found("data_validation_list", f"sheet {sheet.name}, from a hidden sheet: {elsewhere[0]}")


def _headers_and_links(sheet: Sheet, look: Look) -> None:
    for each in all_named(sheet.surround, "headerFooter"):
        lines = (_PAGE_CODE.sub(" ", part.text or "").strip() for part in each if local(part))
        look.text(f"sheet {sheet.name}, header and footer", _joined(lines))
    for each in all_named(sheet.surround, "hyperlink"):
        look.text(f"sheet {sheet.name}, link", _joined(attribute(each, name) for name in ("display", "tooltip")))


def _not_known(sheet: Sheet, look: Look) -> None:
    for each in sheet.surround:
        name = local(each)
        if name and name not in _KNOWN:
            look.found("unknown_part", f"sheet {sheet.name}, element {name}", masked(text_of(each)))
    for each in all_named(sheet.surround, "ext"):
        for inner in each:
            if local(inner) and local(inner) not in _KNOWN_EXTENSIONS and _belongs(each):
                where = f"sheet {sheet.name}, extension {local(inner)}"
                look.found("unknown_part", where, masked(text_of(inner)), severity=REVIEW)


def _belongs(extension: Any) -> bool:
    """Whether it is an extension of the sheet: where pictures stand, `ext` is a size."""
    holder = extension.getparent()
    return holder is not None and local(holder) == "extLst"


def _joined(texts: Iterator[str]) -> str:
    return "\n".join(each for each in texts if each.strip())
