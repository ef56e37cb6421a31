"""Cells whose value is there and cannot be seen, because of how they are drawn or what lies over them (REL-03)."""

from collections.abc import Iterator, Sequence

from services.publishing.release_check.cell_reading import AMISS, HIDDEN_FORMULA
from services.publishing.release_check.cell_styles import LIKE_THE_BACKGROUND
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute
from services.publishing.release_check.places import Area, Places, area
from services.publishing.release_check.report import REVIEW, masked
from services.publishing.release_check.sheet_hiding import sample
from services.publishing.release_check.sheet_reading import Sheet
from services.publishing.release_check.sheet_surroundings import Drawn, Table

_MOST_CELLS = 5_000_000
"""Looked at below merged cells and drawings; a sheet that needs more is not one that people made."""


def inspect_masks(sheet: Sheet, look: Look, painted: Sequence[Area]) -> None:
    """What the reading of the cells noted. Where a rule may paint the background (`painted`), a person must look."""
    for reason, places in sheet.masked.items():
        where, severity = f"sheet {sheet.name}, {reason}: {places.described()}", ""
        if reason == AMISS:
            look.found("parser_disagreement", where, sample(sheet, reason))
            continue
        if reason == HIDDEN_FORMULA:
            if not any(True for _ in all_named(sheet.surround, "sheetProtection")):
                continue
            severity = REVIEW
        if reason == LIKE_THE_BACKGROUND and all(_is_within(each, painted) for each in places.areas()):
            severity = REVIEW
        look.found("masked_value", where, sample(sheet, reason), severity=severity)


def inspect_merged(sheet: Sheet, look: Look) -> None:
    """Values under merged cells, of which only the first is shown. Some programs repeat that one below it."""
    merged = [area(attribute(each, "ref")) for each in all_named(sheet.surround, "mergeCell")]
    whole = [each for each in merged if each is not None]
    under, texts = Places(), []
    if sum(min(each.bottom - each.top + 1, len(sheet.rows)) for each in whole) > _MOST_CELLS:
        look.found("unreadable", f"sheet {sheet.name}, more merged cells than can be followed")
        return
    for each in whole:
        shown = sheet.value(each.top, each.left)
        for row, column, value in _values(sheet, each):
            if (row, column) != (each.top, each.left) and value != shown:
                under.add(row, column)
                texts.append(value)
    if under:
        where = f"sheet {sheet.name}, under merged cells: {under.described()}"
        look.found("masked_value", where, masked("; ".join(texts[:5])))


def inspect_drawn_over(sheet: Sheet, look: Look, drawn: Sequence[Drawn]) -> None:
    """Values under a filled shape, which takes nothing away; under a picture or chart, which is often meant."""
    for opaque, what, severity in ((True, "a filled shape", ""), (False, "a picture or chart", REVIEW)):
        covered, texts = Places(), []
        for each in drawn:
            for row, column, value in _values(sheet, each.covered) if each.covered and each.opaque == opaque else ():
                covered.add(row, column)
                texts.append(value)
                if covered.number > _MOST_CELLS:
                    look.found("unreadable", f"sheet {sheet.name}, more drawings than can be followed")
                    return
        if covered:
            where = f"sheet {sheet.name}, under {what}: {covered.described()}"
            look.found("masked_value", where, masked("; ".join(texts[:5])), severity=severity)


def inspect_headings(sheet: Sheet, look: Look, tables: Sequence[Table]) -> None:
    """Headings of tables that are switched off and kept."""
    names = [name for each in tables for name in each.unseen]
    if names:
        where = f"sheet {sheet.name}, headings of a table that are switched off"
        look.found("masked_value", where, masked("; ".join(names[:5])), severity=REVIEW)


def _values(sheet: Sheet, within: Area) -> Iterator[tuple[int, int, str]]:
    tall = within.bottom - within.top > len(sheet.rows)
    for number in sheet.rows if tall else range(within.top, within.bottom + 1):
        row = sheet.rows.get(number)
        if row is not None and within.top <= number <= within.bottom:
            for column, value in zip(row.columns, row.stored, strict=True):
                if within.left <= column <= within.right:
                    yield number, column, value


def _is_within(inner: Area, outer: Sequence[Area]) -> bool:
    return any(each.holds(inner.top, inner.left) and each.holds(inner.bottom, inner.right) for each in outer)
