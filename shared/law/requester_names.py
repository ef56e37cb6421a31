"""What kind of name a requester gives (VAL-02). Nothing is kept: a name goes in and the kind of name comes out."""

import re
from typing import Literal

NameForm = Literal["full", "single", "pseudonym", "none"]
"""What stands for a name: enough of a real one, one word of it, plainly an invented one, or nothing."""

_TITLES = frozenset(
    ("mr", "mrs", "miss", "ms", "mx", "dr", "prof", "professor", "rev", "sir", "dame", "lord", "lady", "cllr")
)
_PSEUDONYMS = re.compile(
    r"\b(anon|anonymous|nobody|no ?one|concerned (citizen|resident|member)|member of (the )?public|a resident|"
    r"tax ?payer|foi request(er|or)?|requester|applicant|john doe|jane doe|mickey mouse|name withheld|not given)\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")


def name_form(name: str, *, organisation: bool = False, address: str = "") -> NameForm:
    """The kind of a name; an e-mail `address` that spells a full name makes up for a short one.

    A first name or an initial with a surname is full, and so is a title with one; for an `organisation` any name that
    is not plainly invented is.
    """
    words = [word.casefold().rstrip(".") for word in _WORD.findall(name)]
    if _PSEUDONYMS.search(name.casefold()):
        return "pseudonym"
    if words and (organisation or (len(words) > 1 and not _TITLES.issuperset(words))):
        return "full"
    if _spells_a_name(address):
        return "full"
    return "single" if words else "none"


def _spells_a_name(address: str) -> bool:
    local, at, _domain = address.partition("@")
    parts = [part for part in re.split(r"[._-]", local) if part.isalpha()]
    return bool(at) and len(parts) > 1 and len(parts[-1]) > 1 and not _PSEUDONYMS.search(" ".join(parts).casefold())
