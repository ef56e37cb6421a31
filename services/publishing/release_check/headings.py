"""Headings of columns that tell of people, and what must stand below each before it counts (REL-20).

A heading is never enough: `Victims` above counts and `Staff numbers` above totals are what releases are made of.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from services.publishing.release_check.check_digits import is_nhs_number
from services.publishing.release_check.people import is_name_of_one, is_name_part
from services.publishing.release_check.personal_data import DAY

_LONGEST = 60
_DIGIT = re.compile("[02-9]")
"""No heading has one, but that an address may have a line 1."""


class Heading(NamedTuple):
    """`group` is what a column of this kind tells; two columns of different groups tell of people together. `below`
    says of one value whether it is of that kind. `alone` says whether such a column tells of people by itself: one of
    postcodes may be of stations."""

    group: str
    words: re.Pattern[str]
    below: Callable[[str], bool]
    alone: bool
    code: str = "personal_column"

    def is_count(self, values: Sequence[str]) -> bool:
        """Whether numbers below are counts or running numbers rather than numbers of people: they repeat, the last is
        their sum, or none is left out between the lowest and the highest."""
        if self.group != "number" or not all(each.isdigit() for each in values):
            return False
        numbers = list(map(int, values))
        repeats = len(set(numbers)) < 0.8 * len(numbers)
        widths = len(set(map(len, values)))
        runs_on = len(set(numbers)) > 1 and max(numbers) - min(numbers) < len(set(numbers))
        return repeats or runs_on or widths > 3 or (len(numbers) > 2 and numbers[-1] == sum(numbers[:-1]))


def heading_of(text: str) -> Heading | None:
    """The kind of heading that a cell is."""
    if not 1 < len(text) <= _LONGEST or _DIGIT.search(text):
        return None
    words = " ".join(text.split()).strip("*:()[]. ")
    if not _ANY_HEADING.fullmatch(words) or not any(map(str.isalpha, text[:3])):
        return None
    return next((each for each in _HEADINGS if each.words.fullmatch(words)), None)


def is_of_people(title: str) -> bool:
    """Whether the heading says itself that it is people whose address or number follows."""
    return bool(re.match(rf"\W*(?:{_HOLDERS}|home|personal|residential)\b", title, re.I))


def _below(shape: str) -> Callable[[str], bool]:
    pattern = re.compile(shape)
    return lambda text: bool(pattern.fullmatch(text))


def _is_identifier(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 3 and len(text) <= 30 and not re.fullmatch(r"[\d,]+\.\d+|[\d,]+,\d{3}", text)


_is_day = _below(DAY)
_is_number = _below(r"[A-Za-z]{0,3}[ /-]?\d{3,10}[A-Za-z]?")
_is_sort_code = _below(r"\d\d([ -]?)\d\d\1\d\d")
_is_account = _below(r"(?:\d\d[ -]?\d\d[ -]?\d\d\W{1,3})?\d{8}")
_is_phone = _below(r"(?:\+44|0044|0)?[ (0)]*[1-9][\d ()-]{7,13}")
_is_email = _below(r"[^@\s]+@[^@\s]+")
_is_postcode = _below(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}")
_is_address = _below(r"(?s:.*)(?:\d+[A-Za-z]?,? [A-Z][a-z]+|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\bFlat\b)(?s:.*)")

_HOLDERS = (
    r"(?:officer|staff|employee|person|nominal|victim|suspect|witness|defendant|offender|detainee|complainant|owner"
    r"|driver|applicant|subject)(?:'s|’s|s)?"
)
_OF = rf"(?:{_HOLDERS}\s+)?"
_NUMBER = r"[ _]?(?:\.?no|number|num|id|ref(?:erence)?|#)"
_ROWS: tuple[tuple[str, str, Callable[[str], bool], bool, str], ...] = (
    (
        "name",
        rf"{_OF}(?:sur|last|family|fore|first|given|middle|maiden)[ _-]?names?(?:\(s)?",
        is_name_part,
        True,
        "personal_column",
    ),
    ("name", rf"{_OF}(?:full\s+)?names?|{_HOLDERS}", is_name_of_one, True, "personal_column"),
    ("birth", rf"{_OF}(?:d\.?o\.?b|date[ _]of[ _]birth|birth[ _]?date)", _is_day, True, "date_of_birth"),
    ("number", rf"{_OF}(?:collar|warrant|shoulder|force)(?:[ _]card)?{_NUMBER}", _is_number, True, "personal_column"),
    ("number", rf"{_OF}(?:collar|shoulder)", _is_number, True, "personal_column"),
    (
        "number",
        rf"(?:staff|employee|payroll|pay|personnel|assignment|officer){_NUMBER}",
        _is_number,
        True,
        "personal_column",
    ),
    ("number", rf"(?:nominal|person|custody|detainee|pnc|cro){_NUMBER}", _is_identifier, True, "personal_column"),
    (
        "number",
        rf"n\.?i\.?{_NUMBER}|nino|national insurance(?:{_NUMBER})?",
        _below(r"(?i:[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]?)"),
        True,
        "national_insurance_number",
    ),
    ("number", rf"nhs{_NUMBER}", is_nhs_number, True, "nhs_number"),
    ("account", r"(?:bank\s+)?sort[ -]?code", _is_sort_code, True, "bank_account"),
    ("account", r"bank(?:\s+account)?(?:\s+(?:number|no|details))?", _is_account, True, "bank_account"),
    (
        "phone",
        rf"{_OF}(?:(?:home|work|personal|contact)\s+)?(?:tele(?:phone)?|phone|mobile|tel)(?:\s+phone)?(?:{_NUMBER})?"
        rf"|contact{_NUMBER}",
        _is_phone,
        False,
        "personal_column",
    ),
    ("email", rf"{_OF}(?:(?:home|work|personal)\s+)?e-?mail(?:\s+address)?", _is_email, False, "personal_column"),
    (
        "address",
        rf"{_OF}(?:(?:home|full|postal|residential|current|street)\s+)?address(?:\s+(?:line\s+)?1)?",
        _is_address,
        False,
        "personal_column",
    ),
    ("address", rf"{_OF}(?:(?:home|full)\s+)?post[ -]?code", _is_postcode, False, "personal_column"),
)
_HEADINGS = tuple(
    Heading(group, re.compile(words, re.I), below, alone, code) for group, words, below, alone, code in _ROWS
)
_ANY_HEADING = re.compile("|".join(f"(?:{each[1]})" for each in _ROWS), re.I)
"""Most cells are none of them: one question instead of one for each."""
