"""What a heading, or the words before a colon, say the text beneath is about."""

import re
from typing import Literal

from shared.letters.lint.vocabulary import rows, words

Role = Literal[
    "head", "request", "reply", "disclosed", "withheld", "ncnd", "not_held", "accessible", "other", "harm",
    "factors_for", "factors_against", "balance", "interest", "review", "regulator", "closing",
]  # fmt: skip
ARGUING: frozenset[Role] = frozenset({"harm", "factors_for", "factors_against", "balance", "interest"})
"""The roles of text that gives reasons and decides nothing."""
COMPLAINING: frozenset[Role] = frozenset({"review", "regulator"})

_HEADINGS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (row["role"], row["any"]) for row in rows("sections", "heading")
)
LONGEST = 110
"""Characters of a heading."""
_ENDS_A_SENTENCE = re.compile(r"[.!?;,]\s*$")
_SPEAKS = words("sections", "speaks")
"""How a sentence begins, or a request, that has lost its full stop."""
_RUN_IN = re.compile(r"^([^.:!?]{3,90}?)\s*(?::|\s-)\s+(?=\S)")
_EXEMPTION_TITLE = re.compile(r"^[\s\W]*(?:sections?|ss?\.?|adran)\s*\d", re.IGNORECASE)


def role_of(heading: str) -> Role | None:
    """What stands beneath a heading with these words; None if they do not say."""
    words = heading.strip(" .:-*#_")
    return next((role for role, pattern in _HEADINGS if pattern.search(words)), None)


def is_heading(text: str) -> bool:
    """Whether a short line that the file does not mark as a heading is one by its words."""
    if len(text) > LONGEST or len(text.split()) > 16 or _ENDS_A_SENTENCE.search(text):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'"):
        return False
    return role_of(text) is not None and (text.endswith(":") or not _SPEAKS.match(text))


def run_in(text: str) -> tuple[str, str] | None:
    """A heading that goes on as text in the same paragraph ("Factors against disclosure: …"), parted from it."""
    match = _RUN_IN.match(text)
    if match is None or len(match[1].split()) > 12 or _EXEMPTION_TITLE.match(text):
        return None
    role = role_of(match[1])
    if role is None or role in ("head", "withheld", "closing", "not_held", "ncnd", "disclosed", "accessible"):
        return None
    return (match[1], text[match.end() :]) if is_heading(match[1]) else None
