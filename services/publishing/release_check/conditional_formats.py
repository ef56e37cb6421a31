"""Conditional formats that can keep a value from being seen (REL-03)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.publishing.release_check.cell_formats import can_mask, is_masked
from services.publishing.release_check.cell_styles import Difference, Styles, difference
from services.publishing.release_check.colours import WHITE, Colour
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, local
from services.publishing.release_check.places import Area, Places, areas
from services.publishing.release_check.report import masked
from services.publishing.release_check.sheet_reading import Sheet

_NEVER_HIDING = ("containsBlanks", "containsErrors")
_OF_NOTHING = re.compile(
    r"(?:ISERROR|ISERR|ISNA|ISBLANK)\([^()]*\)|LEN\(TRIM\([^()]*\)\)=0|\$?[A-Z]+\$?\d+=(?:0|\"\")", re.IGNORECASE
)
"""Conditions by which errors, empty cells and noughts are commonly left out of sight."""
_MOST_CELLS = 2_000_000
"""Looked at for all rules of a sheet together."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`applies` are the areas; `changes` what is done to a cell; `picture` that its bar or icon stands in the place of
    the value. `operator` and `bounds` are its condition where that compares with plain numbers, else ""."""

    applies: tuple[Area, ...]
    changes: Difference
    picture: bool = False
    operator: str = ""
    bounds: tuple[float, ...] = ()

    def may_apply(self, value: str) -> bool:
        """Whether a cell of this value can be under the rule; a condition that is not understood may hold."""
        number = _number(value)
        if not self.operator or number is None:
            return True
        low, high = self.bounds[0], self.bounds[-1]
        return {
            "lessThan": number < low,
            "lessThanOrEqual": number <= low,
            "greaterThan": number > low,
            "greaterThanOrEqual": number >= low,
            "equal": number == low,
            "notEqual": number != low,
            "between": min(low, high) <= number <= max(low, high),
            "notBetween": not min(low, high) <= number <= max(low, high),
        }.get(self.operator, True)


def read_rules(sheet: Sheet, styles: Styles) -> tuple[Rule, ...]:
    """The rules of a sheet that change how its cells look, those of newer programs in its extensions among them."""
    return tuple(_rules(sheet.surround, styles)) if sheet.surround is not None else ()


def painted_by(rules: Sequence[Rule]) -> tuple[Area, ...]:
    """Where a rule may paint the background, so that the colour of a font alone says nothing."""
    return tuple(each for rule in rules if rule.changes.paints for each in rule.applies)


def inspect(sheet: Sheet, look: Look, rules: Sequence[Rule]) -> None:
    """What the rules can hide of the visible cells."""
    hidden = Places()
    samples: list[str] = []
    left = _MOST_CELLS
    for rule in rules:
        if not _can_hide(rule, (WHITE, *sheet.painted)):
            continue
        for row, column, value in _cells(sheet, rule.applies):
            left -= 1
            if left < 0:
                look.found("unreadable", f"sheet {sheet.name}, more conditional formats than can be followed")
                return
            if rule.may_apply(value) and _hides(rule, value, _background(sheet, row, column)):
                hidden.add(row, column)
                samples.append(value)
    if hidden:
        where = f"sheet {sheet.name}, under a conditional format: {hidden.described()}"
        look.found("masked_value", where, masked("; ".join(samples[:5])))


def _rules(root: Any, styles: Styles) -> Iterator[Rule]:
    for block in all_named(root, "conditionalFormatting"):
        applies = areas(attribute(block, "sqref") or " ".join(each.text or "" for each in all_named(block, "sqref")))
        for each in all_named(block, "cfRule"):
            formulas = ["".join(part.itertext()).strip() for part in each if local(part) in ("formula", "f")]
            if attribute(each, "type") in _NEVER_HIDING or (formulas and _OF_NOTHING.fullmatch(formulas[0])):
                continue
            operator, bounds = _condition(each, formulas)
            yield Rule(
                applies=applies,
                changes=_changes(each, styles),
                picture=any(_is_picture(part) for part in all_named(each, "dataBar", "iconSet")),
                operator=operator,
                bounds=bounds,
            )


def _changes(rule: Any, styles: Styles) -> Difference:
    own = next(all_named(rule, "dxf"), None)
    if own is not None:
        return difference(own, styles.palette)
    index = attribute(rule, "dxfId")
    known = index.isdigit() and int(index) < len(styles.differences)
    if attribute(rule, "type") == "colorScale":
        return Difference(paints=True)
    return styles.differences[int(index)] if known else Difference()


def _is_picture(part: Any) -> bool:
    return attribute(part, "showValue").lower() in ("0", "false")


def _condition(rule: Any, formulas: Sequence[str]) -> tuple[str, tuple[float, ...]]:
    if attribute(rule, "type") != "cellIs":
        return "", ()
    bounds = [_number(each) for each in formulas]
    known = tuple(each for each in bounds if each is not None)
    return (attribute(rule, "operator"), known) if known and len(known) == len(bounds) else ("", ())


def _can_hide(rule: Rule, backgrounds: Sequence[Colour | None]) -> bool:
    changes = rule.changes
    by_code = bool(changes.code) and can_mask(changes.code)
    return rule.picture or by_code or any(changes.mask(each) for each in backgrounds)


def _hides(rule: Rule, value: str, background: Colour | None) -> bool:
    number = _number(value)
    if rule.picture or rule.changes.mask(background):
        return number != 0  # a nought that is left out hides nothing
    return bool(rule.changes.code) and is_masked(value if number is None else number, rule.changes.code)


def _background(sheet: Sheet, row: int, column: int) -> Colour | None:
    return next((colour for colour, cells in sheet.painted.items() if cells.holds(row, column)), WHITE)


def _cells(sheet: Sheet, applies: Sequence[Area]) -> Iterator[tuple[int, int, str]]:
    for each in applies:
        tall = each.bottom - each.top > len(sheet.rows)
        for number in sheet.rows if tall else range(each.top, each.bottom + 1):
            row = sheet.rows.get(number)
            if row is None or not each.top <= number <= each.bottom:
                continue
            for column, value in zip(row.columns, row.stored, strict=True):
                if each.left <= column <= each.right:
                    yield number, column, value


def _number(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None
