"""E-mail addresses, telephone numbers and postcodes of people (REL-20); an office's own are nothing to be found."""

import re
from collections.abc import Collection, Iterator
from itertools import chain

import phonenumbers

from services.publishing.release_check.hits import PERSON, THING, Hit, Weight
from services.publishing.release_check.passages import stands_alone
from services.publishing.release_check.people import is_forename
from services.publishing.release_check.policy import plain
from services.publishing.release_check.vocabulary import WORDS

_PUBLISHED = frozenset(("sk95af",))
"""The Information Commissioner's postcode, which stands in every refusal."""

_OPEN_DOMAINS = ("ico.org.uk", "whatdotheyknow.com", "example.com", "example.org", "example.invalid")
"""Addresses there are an office's or made for one request."""


_ADDRESS = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,190}[A-Za-z0-9])?\.[A-Za-z]{2,24})(?![A-Za-z0-9-])")
_LOCAL = re.compile(r"[A-Za-z0-9._%+'’-]+\Z")
_LONGEST_LOCAL = 64

_BRITISH = re.compile(r"0(?<![\w.,/£$+-].)[1-9](?:[ ().-]{0,2}\d){8,9}(?!\d)")
_INTERNATIONAL = re.compile(r"\+[1-9](?:[ ().-]{0,3}\d){7,14}(?!\d)")
_DIALLED_FROM_ABROAD = re.compile(r"0(?<![\w.,/£$+-].)044(?:[ ().-]{0,3}\d){9,11}(?!\d)")
_OF_OFFICES = ("3", "5", "8", "9")
"""First digits of British numbers that only organisations have: 03, 0500, 08, 09."""

_UNITS = (
    re.compile(r"[A-Z]{1,2}\d[A-Z\d]? {0,2}\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])"),
    re.compile(r"[a-z]{1,2}\d[a-z\d]? {0,2}(?!1st|2nd|3rd|\dth)\d[abd-hjlnp-uw-z]{2}(?![A-Za-z0-9])"),
)


def email_addresses(text: str, allowed: Collection[str]) -> Iterator[Hit]:
    """Addresses that are not an office's. One made of a first name and a surname tells of a person."""
    for match in _ADDRESS.finditer(text):
        local = _LOCAL.search(text, max(0, match.start() - _LONGEST_LOCAL), match.start())
        if local is None:
            continue
        whole = text[local.start() : match.end()]
        if plain(whole) in allowed or plain(match.group()) in allowed:
            continue
        if weight := _weight_of_address(local.group(), match.group(1).lower()):
            yield Hit("email_address", weight, local.start(), match.end())


def _weight_of_address(local: str, domain: str) -> Weight | None:
    parts = [each for each in re.split(r"[^a-z]+", local.lower()) if each]
    if any(f".{domain}".endswith(f".{each}") for each in _OPEN_DOMAINS):
        return None
    of_an_office = not WORDS["offices"].isdisjoint(parts)
    if of_an_office and not (len(parts) == 2 and is_forename(parts[0])):
        return None
    if any(each in part for part in parts for each in ("foi", "enquir", "information", "disclosure", "office")):
        return None
    names = [each for each in parts if len(each) > 1]
    in_two_parts = len(parts) >= 2 and names and (len(names) < len(parts) or any(map(is_forename, names)))
    return PERSON if in_two_parts else THING


def telephone_numbers(text: str, allowed: Collection[str]) -> Iterator[Hit]:
    """Numbers that can be dialled, in any usual writing, fictional ones as well; a mobile tells of a person."""
    known = {_national(each) for each in allowed if each[-1:].isdigit()}
    for pattern in (_BRITISH, _INTERNATIONAL, _DIALLED_FROM_ABROAD):
        for match in pattern.finditer(text):
            weight = _weight_of_number(match.group())
            if weight and plain(match.group()) not in allowed and _national(match.group()) not in known:
                yield Hit("phone_number", weight, match.start(), match.end())


def _weight_of_number(written: str) -> Weight | None:
    groups = re.findall(r"\d+", written)
    if written.startswith("0") and len(groups) > 1 and (len(groups[0]) < 3 or min(map(len, groups)) < 2):
        return None
    digits = _national(written)
    if not written.startswith(("0", "+44")):
        return PERSON if _is_foreign_number(written) else None
    if digits.startswith(_OF_OFFICES) or len(digits) not in ((9, 10) if digits.startswith("1") else (10,)):
        return None
    return PERSON if digits.startswith("7") else THING


def _is_foreign_number(written: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, "GB"))
    except phonenumbers.NumberParseException:
        return False


def _national(written: str) -> str:
    return re.sub(r"\A(?:0044|44)?0?", "", re.sub(r"\D", "", written))


def postcodes(text: str, allowed: Collection[str]) -> Iterator[Hit]:
    """Postcodes down to the street; a district such as `SK9` is no hit."""
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _UNITS):
        unit = plain(match.group())
        area = re.match(r"[a-z]+", unit)
        if area is None or area.group() not in WORDS["postcode_areas"] or not stands_alone(match):
            continue
        if " " not in match.group() and len(unit) < 6:
            continue
        if unit not in allowed and unit not in _PUBLISHED:
            yield Hit("postcode", THING, match.start(), match.end())
