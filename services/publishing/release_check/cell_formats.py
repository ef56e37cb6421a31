"""Number formats of cells: what a reader sees of a value, and which formats keep it from being seen (REL-03)."""

import re
from fractions import Fraction
from functools import lru_cache
from math import isfinite

from services.publishing.release_check.cell_dates import moment
from services.publishing.release_check.format_codes import GENERAL, LITERALS, Section, Token, general, literal, sections


@lru_cache(maxsize=65536)
def displayed(value: str | float, code: str, epoch_1904: bool = False) -> str:
    """What a cell shows of a value, a text or a number, under a format code.

    Dates with year, month and day are shown as ISO dates whatever their order, so that what reads them need not guess.
    Widths are not heeded: neither padding nor `####`.
    """
    section = _section(value, code)
    if section is None or (not isinstance(value, str) and not isfinite(value)):
        return value if isinstance(value, str) else general(value)
    if isinstance(value, str):
        return "".join(value if kind == "text" else literal(kind, text) for kind, text in section.tokens)
    shown = abs(value) if _drops_the_sign(section, code, value) else value
    if section.kinds & {"date", "elapsed"}:
        return moment(section, value, epoch_1904)
    if "general" in section.kinds or "text" in section.kinds:
        number = general(shown)
        return "".join(number if kind in ("general", "text") else literal(kind, text) for kind, text in section.tokens)
    if "digit" in section.kinds:
        return _number(section, shown)
    return "".join(literal(kind, text) for kind, text in section.tokens)


@lru_cache(maxsize=65536)
def is_masked(value: str | float, code: str) -> bool:
    """Whether a cell of this value and format shows nothing of the value: an empty text, or the same text for others.

    A zero that is left empty or shown as a dash hides nothing, nor does a word for exactly one value, as in
    `"Yes";;"No"` for 1 and 0.
    """
    section = _section(value, code)
    if section is None:
        return False
    if isinstance(value, str):
        return section.is_constant
    if value == 0 and not section.operator:
        return False
    if not section.is_constant:
        return value != 0 and not displayed(value, code).strip()
    if section.operator == "=":
        return False
    worded = re.search(r"[A-Za-z]", displayed(value, code))
    return not (abs(value) == 1 and worded and not section.operator)


@lru_cache(maxsize=4096)
def can_mask(code: str) -> bool:
    """Whether there is a value of which this format shows nothing."""
    parts = sections(code)
    for place, each in enumerate(parts):
        if place == 2 and not each.operator:
            continue  # it is for zeros
        if each.is_constant or "scale" in each.kinds or "0" not in _digits(each):
            return True
    return False


@lru_cache(maxsize=4096)
def is_shown_as_stored(code: str) -> bool:
    """Whether a number under this format reads as it is stored, up to grouping, rounding, signs and spaces."""
    return all(
        not each.operator
        and each.kinds <= {"general", "text", "digit", "point", "comma", *LITERALS}
        and not any(character.isalnum() for kind, text in each.tokens if kind in LITERALS for character in text)
        and _is_one_number(each)
        for each in sections(code)
    )


def _is_one_number(section: Section) -> bool:
    """Without anything set between its digits, or noughts before them, as in a telephone number."""
    kinds = [kind for kind, _ in section.tokens]
    if "digit" not in kinds:
        return True
    inside = kinds[kinds.index("digit") : len(kinds) - kinds[::-1].index("digit")]
    whole = section.tokens[: kinds.index("point") if "point" in kinds else None]
    return not set(inside) & set(LITERALS) and sum(token == ("digit", "0") for token in whole) <= 1


def _digits(section: Section) -> set[str]:
    """The digit places; what is no number at all counts as shown."""
    return {text for kind, text in section.tokens if kind == "digit"} or {"0"}


def _section(value: str | float, code: str) -> Section | None:
    """The section that applies; None where the value is shown as without a format."""
    parts = sections(code or GENERAL)
    if isinstance(value, str):
        if len(parts) == 4:
            return parts[3]
        return parts[-1] if "text" in parts[-1].kinds else None
    conditional = [each for each in parts[:3] if each.operator]
    if conditional:
        chosen = next((each for each in conditional if each.accepts(value)), None)
        free = [each for each in parts[:3] if not each.operator and "text" not in each.kinds]
        if chosen or not free:
            return chosen
        return free[0] if len(free) == 1 or value >= 0 else free[-1]
    if value < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if value == 0 and len(parts) > 2 else parts[0]


def _drops_the_sign(section: Section, code: str, value: float) -> bool:
    parts = sections(code)
    return value < 0 and len(parts) > 1 and section is parts[1] and section.operator in ("", "<", "<=")


def _number(section: Section, value: float) -> str:
    tokens = list(section.tokens)
    thousands = sum(len(text) for kind, text in tokens if kind == "scale")
    value = value * 100 ** sum(kind == "percent" for kind, _ in tokens) / 1000**thousands
    if "exponent" in section.kinds:
        return f"{value:.{_places(tokens)}E}"
    if "slash" in section.kinds:
        return _fraction(value)
    places = _places(tokens)
    whole, _, decimals = f"{abs(value):.{places}f}".partition(".")
    point = next((place for place, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    left = _whole_part(tokens[:point], whole if whole != "0" else "")
    right = _decimal_part(tokens[point + 1 :], decimals)
    sign = "-" if value < 0 and (whole.strip("0") or decimals.strip("0")) else ""
    return sign + left + ("." if point < len(tokens) else "") + right


def _places(tokens: list[Token]) -> int:
    kinds = [kind for kind, _ in tokens]
    after = kinds[kinds.index("point") :] if "point" in kinds else []
    return after[: after.index("exponent")].count("digit") if "exponent" in after else after.count("digit")


def _whole_part(tokens: list[Token], digits: str) -> str:
    """Digits fill their places from the right; the leftmost place takes all that are left over."""
    grouped = any(kind == "comma" for kind, _ in tokens)
    places = sum(kind == "digit" for kind, _ in tokens)
    written: list[str] = []
    set_down = 0
    for kind, text in reversed(tokens):
        if kind == "digit":
            places -= 1
            taken = digits if places == 0 else digits[-1:]
            for digit in reversed(taken or ("0" if text == "0" else "")):
                written.append("," if grouped and set_down and set_down % 3 == 0 else "")
                written.append(digit)
                set_down += 1
            digits = digits[: len(digits) - len(taken)]
        elif kind != "comma":
            written.append(literal(kind, text)[::-1])
    return "".join(written)[::-1]


def _decimal_part(tokens: list[Token], digits: str) -> str:
    kept = digits.rstrip("0")
    written = ""
    for kind, text in tokens:
        if kind == "digit":
            written += (kept[:1] or digits[:1]) if text == "0" or kept else ""
            kept, digits = kept[1:], digits[1:]
        else:
            written += literal(kind, text)
    return written


def _fraction(value: float) -> str:
    whole, rest = divmod(abs(value), 1)
    part = Fraction(rest).limit_denominator(99)
    shown = " ".join(each for each in (f"{int(whole)}" if whole or not part else "", str(part) if part else "") if each)
    return ("-" if value < 0 else "") + shown
