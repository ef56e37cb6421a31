"""What an OpenDocument number format leaves of a value: some show nothing of it, or a constant text (REL-03)."""

import re

from services.publishing.release_check.markup import Element, attribute, local
from services.publishing.release_check.opendocument_styles import Styles

_SHOWS = frozenset(
    (
        "number",
        "scientific-number",
        "fraction",
        "text-content",
        "boolean",
        "day",
        "month",
        "year",
        "era",
        "day-of-week",
        "week-of-year",
        "quarter",
        "hours",
        "minutes",
        "seconds",
        "am-pm",
    )
)
_CONDITION = re.compile(r"\s*value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*")
_MOST = 16


def hides(styles: Styles, name: str, value: float | None) -> bool:
    """Whether the format of this name shows nothing of a number, or of a text where `value` is None.

    Zero is never hidden: an empty cell or a dash is how tables write it.
    """
    chosen = styles.format(name)
    if chosen is None or value == 0:
        return False
    for _ in range(_MOST):
        applied = None if value is None else _applied(chosen, value)
        following = styles.format(applied) if applied else None
        if following is None:
            break
        chosen = following
    if value is None and local(chosen) != "text-style":
        return False
    return not any(local(each) in _SHOWS for each in chosen)


def may_hide(styles: Styles, name: str) -> bool:
    """Whether there is any value of which the format shows nothing."""
    waiting, seen = [name], set()
    while waiting:
        each = waiting.pop()
        found = styles.format(each) if each else None
        if found is None or each in seen:
            continue
        seen.add(each)
        if not any(local(part) in _SHOWS for part in found):
            return True
        waiting += [attribute(part, "apply-style-name") for part in found if local(part) == "map"]
    return False


def holds(condition: str, value: float | None) -> bool | None:
    """Whether a condition such as `value()<5` holds; None for one that cannot be worked out."""
    match = _CONDITION.fullmatch(condition)
    if match is None or value is None:
        return None
    limit = float(match.group(2))
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "!=": value != limit,
    }[match.group(1)]


def _applied(format_: Element, value: float) -> str:
    maps = (each for each in format_ if local(each) == "map")
    return next(
        (attribute(each, "apply-style-name") for each in maps if holds(attribute(each, "condition"), value)), ""
    )
