"""Identifiers of people in running text and in cells: what each looks like and when it is one (REL-20).

A hit that blocks is nearly certain, since nobody can override it: the number proves itself by its check digit or its
label stands beside it. Everything else is for a second officer to look at.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from services.publishing.release_check import check_digits
from services.publishing.release_check.contact_details import email_addresses, postcodes, telephone_numbers
from services.publishing.release_check.hits import CERTAIN, PERSON, THING, Hit, Weight
from services.publishing.release_check.passages import after, before, stands_alone
from services.publishing.release_check.policy import Policy, plain
from services.publishing.release_check.vocabulary import WORDS

Match = re.Match[str]

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./-]{{1,2}}(?:\d{{1,2}}|{_MONTH})[ ./,-]{{1,2}}(?:19|20)?\d{{2}}"
    rf"|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}})(?!\d)"
)
DAY = rf"(?i:{_DAY}(?: 00:00(?::00)?)?)"
"""A whole cell that is a date."""

_WEB_ADDRESS = re.compile(r"https?://[^\s\x00]+|www\.[^\s\x00]+", re.I)
_FOI_REFERENCES = (
    r"\d{2}\.FOI\.\d{2}\.\d{6}",
    r"FOI[ :#/.-]{0,3}(?:[Rr]ef(?:erence)?[ :.]{0,3})?\d{1,10}(?: ?[/_.-] ?\d{1,10}){1,3}[A-Z]?(?!\w)",
    r"(?<![\d/])\d{3,6}/\d{2}(?![\d/A-Z])",
    r"(?<!\w)\d{1,6}[A-Z]?_\d{2}(?!\w)",
    r"(?<![\d.])\d{3,5}\.(?:19|20)\d{2}-\d{2}(?!\d)",
    r"\b(?:IC-\d{6}-[A-Z0-9]{4}|FS\d{8}|ENF\d{7})\b",
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[/-]\d{2,4})?\Z")


def _nino(match: Match) -> Weight | None:
    if not check_digits.is_nino(match.group()):
        return None
    spaced = sum(not each.isalnum() for each in match.group()) >= 3
    labelled = re.search(r"\bn\.?i\.?(?:no)?\b|national insurance|nino", before(match, 60))
    return CERTAIN if spaced or labelled else PERSON


def _nhs(match: Match) -> Weight | None:
    labelled = "nhs" in before(match, 40)
    return CERTAIN if labelled and stands_alone(match) and check_digits.is_nhs_number(match.group()) else None


def _pnc(match: Match) -> Weight | None:
    year, _, serial = match.group().partition("/")
    if not stands_alone(match) or len(year) == 3 or (len(year) == 4 and year[:2] not in ("19", "20")):
        return None
    labelled = re.search(r"\bpnc|police national computer", before(match, 40))
    if not check_digits.is_pnc_id(match.group()):
        return THING if labelled else None
    if labelled or (len(year) == 4 and len(serial) == 8):
        return CERTAIN
    return PERSON if len(serial) > 4 else None


def _cro(match: Match) -> Weight | None:
    labelled = re.search(r"\bcro\b|criminal record", before(match, 40))
    if not stands_alone(match) or not check_digits.is_cro_number(match.group()):
        return None
    if labelled:
        return CERTAIN
    return PERSON if len(match.group()) > 7 else None


def _sort_code(match: Match) -> Weight | None:
    around = f"{before(match, 80)} {after(match, 80)}"
    account = re.search(r"(?<!\d)\d{8}(?!\d)", around)
    return (
        CERTAIN
        if stands_alone(match) and account and re.search(r"sort\s*code|account|a/c|\bbank|bacs", around)
        else None
    )


def _iban(match: Match) -> Weight | None:
    return CERTAIN if stands_alone(match) and check_digits.is_iban(match.group()) else None


def _card(match: Match) -> Weight | None:
    return CERTAIN if stands_alone(match) and check_digits.is_card_number(match.group()) else None


def _labelled(match: Match) -> Weight | None:
    """A custody reference: its label is part of the pattern, so only years have to be told from it."""
    value = match.group(1)
    return CERTAIN if sum(map(str.isdigit, value)) >= 4 and not _YEAR.match(value) else None


def _crime_label(match: Match) -> Weight | None:
    value = match.group(1)
    return THING if sum(map(str.isdigit, value)) >= 5 and not _YEAR.match(value) else None


def _plate(match: Match) -> Weight | None:
    spaced_word = " " in match.group() and match.group()[-3:].lower() in WORDS["short"]
    return THING if stands_alone(match) and not spaced_word else None


def _old_plate(match: Match) -> Weight | None:
    labelled = re.search(r"\bregistration|\breg\b|\bvrm\b|\bindex\b|number plate|vehicle", before(match, 30))
    return THING if labelled and stands_alone(match) else None


def _number_by_label(match: Match) -> Weight | None:
    number = match.group(2)
    if _YEAR.match(number):
        return None
    of_police = match.group(1).lower() in ("ollar", "arrant", "houlder")
    return PERSON if of_police or len(number) >= 5 else THING


def _number_and_name(match: Match) -> Weight | None:
    number, name = match.groups()
    is_count = name.lower() in WORDS["after_a_count"]
    return None if is_count or _YEAR.match(number) else PERSON


def _number_in_a_sentence(match: Match) -> Weight | None:
    """`by PC 4471` is an officer; a line `PC 4471` may be how many there are."""
    in_a_sentence = re.search(r"[a-z]{2,} \Z", before(match, 20)) and not re.search(r"[A-Z]", _written(match)[-3:])
    return THING if in_a_sentence and not _YEAR.match(match.group(1)) else None


def _written(match: Match) -> str:
    return match.string[max(0, match.start() - 20) : match.start()]


def _always(weight: Weight) -> Callable[[Match], Weight | None]:
    return lambda match: weight if stands_alone(match) else None


class Pattern(NamedTuple):
    """What a code's hits look like. Each begins with a set of characters, by which a long text is skipped through
    quickly; what stands before the match is asked by `weigh`, which says what a match weighs, or that it is none."""

    code: str
    shape: re.Pattern[str]
    weigh: Callable[[Match], Weight | None]


_RANK = (
    r"[CDIPST](?<![A-Za-z].)(?:(?<=P)(?:C|S|CSO)|(?<=D)(?:C|S|I|CI)|(?<=T)DC|(?<=S)(?:gt|ergeant)"
    r"|(?<=I)nsp(?:ector)?|(?<=C)onstable)\b\.?"
)
_SHAPES: tuple[tuple[str, str, Callable[[Match], Weight | None]], ...] = (
    (
        "national_insurance_number",
        r"[A-CEGHJ-PR-TW-Z](?<![A-Za-z0-9].)[A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?![A-Za-z0-9])",
        _nino,
    ),
    (
        "national_insurance_number",
        r"[a-ceghj-pr-tw-z](?<![A-Za-z0-9].)[a-ceghj-npr-tw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d](?![A-Za-z0-9])",
        _nino,
    ),
    ("nhs_number", r"\d\d\d[ -]?\d{3}[ -]?\d{4}(?![0-9A-Za-z])", _nhs),
    ("pnc_id", r"\d\d{1,3}/\d{1,7}[A-HJ-NP-RT-Z](?![A-Za-z0-9])", _pnc),
    ("cro_number", r"\d\d{0,5}/\d{2}[A-HJ-NP-RT-Z](?![A-Za-z0-9])", _cro),
    ("cro_number", r"SF\d{2}/\d{1,6}[A-HJ-NP-RT-Z](?![A-Za-z0-9])", _cro),
    (
        "date_of_birth",
        rf"[Dd](?:\.?[Oo]\.?[Bb]\b|ate [Oo]f [Bb]irth|ATE OF BIRTH)[^\w\x00]{{0,12}}{_DAY}",
        _always(CERTAIN),
    ),
    ("date_of_birth", rf"[Bb]orn (?:on )?(?:the )?{_DAY}", _always(PERSON)),
    ("bank_account", r"\d\d[ -]\d\d[ -]\d\d(?![0-9-])", _sort_code),
    ("bank_account", r"[Ss]ort\s*[Cc]ode[^\w\x00]{0,4}\d{6}\b[^\x00]{0,60}?\b\d{8}\b", _always(CERTAIN)),
    ("bank_account", r"GB\d\d ?[A-Z]{4}(?: ?\d){14}(?!\d)", _iban),
    ("bank_account", r"[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)", _card),
    (
        "custody_reference",
        r"[Cc](?:ustody|USTODY)\s+(?:[Rr]ecord|[Rr]ef(?:erence)?|[Nn]umber|[Nn]o)\b\.?\s*(?:[Nn]umber|[Nn]o|[Rr]ef(?:erence)?)?"
        r"[^\w\x00]{0,4}([A-Z0-9]{1,6}(?:[/-][A-Z0-9]{1,7}){1,3})\b",
        _labelled,
    ),
    ("crime_reference", r"\d\d/\d{5,7}/\d{2}(?![0-9/])", _always(THING)),
    (
        "crime_reference",
        r"[CcIi](?:rime|RIME|ncident|NCIDENT)\s+(?:[Rr]eport\s+)?(?:[Rr]ef(?:erence)?|[Nn]umber|[Nn]o)\b[^\w\x00]{0,4}([A-Z0-9][A-Z0-9/-]{5,20})\b",
        _crime_label,
    ),
    (
        "crime_reference",
        r"CAD\s?(?:[Nn]o\.?|[Nn]umber|[Rr]ef(?:erence)?)?[ :]{0,3}(?:\d{1,6}[ /-]\d{1,2}[A-Za-z]{3}\d{2,4}"
        r"|\d{1,6}[/-]\d{6,8})(?!\d)",
        _always(THING),
    ),
    (
        "vehicle_registration",
        r"[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[12]\d|5[1-9]|[67]\d) ?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])",
        _plate,
    ),
    ("vehicle_registration", r"[A-HJ-NP-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3}(?![A-Za-z0-9])", _old_plate),
    ("vehicle_registration", r"[A-Z]{3} ?\d{1,3}[A-HJ-NPR-TV-Y](?![A-Za-z0-9])", _old_plate),
    (
        "collar_number",
        r"[CcWwSsPpEe](?<![A-Za-z].)((?i:ollar|arrant|houlder|ayroll|taff|mployee))\s+(?:[Cc]ard\s+)?"
        r"(?:[Nn]umber|[Nn]o\b\.?|[Ii][Dd]|NUMBER|NO\b)[^\w\x00]{0,4}(?:is\s)?([A-Z]{0,2}\d{3,8}[A-Z]?)\b(?![,.]\d)",
        _number_by_label,
    ),
    (
        "collar_number",
        rf"{_RANK} {{1,2}}([A-Z]{{0,2}}\d{{2,6}}[A-Z]?) {{1,2}}([A-Z][A-Za-z'’-]{{2,}})",
        _number_and_name,
    ),
    ("collar_number", rf"{_RANK} {{1,2}}([A-Z]{{0,2}}\d{{2,6}}[A-Z]?)\b(?![,./%-]?\d)", _number_in_a_sentence),
)
PATTERNS = tuple(Pattern(code, re.compile(shape), weigh) for code, shape, weigh in _SHAPES)
_MAY_BE_A_REFERENCE = frozenset(
    ("pnc_id", "cro_number", "crime_reference", "custody_reference", "phone_number", "vehicle_registration")
)


def hits(text: str, policy: Policy) -> Iterator[Hit]:
    """Everything in a text that identifies somebody or may do so, except what the policy allows to be told."""
    references = re.compile("|".join(f"(?:{each})" for each in (*_FOI_REFERENCES, *policy.foi_references)))
    for hit in _candidates(text, policy):
        if hit.code == "email_address" or not _excused(text, hit, references):
            yield hit


def _candidates(text: str, policy: Policy) -> Iterator[Hit]:
    allowed = policy.allowed_forms
    yield from email_addresses(text, allowed)
    yield from telephone_numbers(text, allowed)
    yield from postcodes(text, allowed)
    own = [("crime_reference", each, THING) for each in policy.crime_references]
    own += [("custody_reference", each, CERTAIN) for each in policy.custody_references]
    for pattern in (*PATTERNS, *(Pattern(code, re.compile(each), _always(weight)) for code, each, weight in own)):
        for match in pattern.shape.finditer(text):
            weight = pattern.weigh(match)
            if weight and match.group() and plain(match.group()) not in allowed:
                yield Hit(pattern.code, weight, match.start(), match.end())


def _excused(text: str, hit: Hit, references: re.Pattern[str]) -> bool:
    """Whether the hit is a piece of a web address, or of the reference of a request."""
    start, end = max(0, hit.start - 100), hit.end + 40
    told = [_WEB_ADDRESS]
    if hit.code in _MAY_BE_A_REFERENCE:
        told.append(references)
    return any(
        match.start() <= hit.start and hit.end <= match.end()
        for each in told
        for match in each.finditer(text, start, end)
    )
