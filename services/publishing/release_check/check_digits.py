"""Numbers that prove themselves: which of the figures that look like an identifier can be one at all (REL-20)."""

import re

_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""The check letters of PNC ids and CRO numbers, by the remainder of 23."""

_NO_NINO = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_NHS_WEIGHTS = range(10, 1, -1)


def is_nino(text: str) -> bool:
    """Whether the two letters of a National Insurance number are ever given out."""
    return text[:2].upper() not in _NO_NINO


def is_nhs_number(text: str) -> bool:
    """By its tenth digit, modulo 11."""
    digits = [int(each) for each in text if each.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(weight * digit for weight, digit in zip(_NHS_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 11 == digits[9]


def is_pnc_id(text: str) -> bool:
    """`2003/0062845E` and its short forms: the letter follows from year and serial number."""
    year, _, serial = text.partition("/")
    return _letter(f"{year[-2:]}{serial[:-1]:0>7}") == serial[-1]


def is_cro_number(text: str) -> bool:
    """`051072/62R`, and the form `SF83/50058Z` of those who were never fingerprinted."""
    front, _, back = text.partition("/")
    if front.startswith("SF"):
        return _letter(front[2:] + back[:-1]) == back[-1]
    return _letter(f"{back[:-1]}{front:0>6}") == back[-1]


def is_iban(text: str) -> bool:
    """An international account number, modulo 97."""
    whole = "".join(text.split())
    turned = whole[4:] + whole[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def is_card_number(text: str) -> bool:
    """A payment card's, by its last digit."""
    digits = [int(each) for each in reversed(re.sub(r"\D", "", text))]
    doubled = sum(sum(divmod(2 * each, 10)) for each in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + doubled) % 10 == 0


def _letter(digits: str) -> str:
    return _LETTERS[int(digits) % len(_LETTERS)]
