"""Breaks a citation as people write it into the marks that it is made of: sections, labels in brackets, connectives.

A mark says what was written, where, and whether it was written as the Act numbers it. What the marks come to is for
`shared.law.citations` to say.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from shared.law.exemptions import CATALOGUE

Kind = Literal["section", "label", "bare", "to", "or", "unread"]

# The title of an exemption after its number says nothing more.
_TITLES = "|".join(re.escape(each.title) for each in CATALOGUE.values())
_TITLE = re.compile(rf"\(?\s*(?<!\w)(?:{_TITLES})(?!\w)\s*\)?", re.IGNORECASE)
_ALIKE = {0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None, 0xAD: None} | dict.fromkeys(
    map(ord, "‐‑‒–—―−"), "-"
)
_BRACKETS = str.maketrans("[]{}", "()()")
_ATOM = re.compile(r"[^\W_]+")
_PREFIX = re.compile(r"(?:sections?|sect|secs?|ss?|adran(?:nau)?)(?=[0-9])", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9][0-9OolI]{0,3})([A-Za-z]{0,4})\Z")
_DIGITS = str.maketrans("OolI", "0011")
_FIRST_EXEMPTION = 21
_LABEL = re.compile(r"(?:[0-9]{1,2}[A-Za-z]{0,4}|[A-Za-z]{1,4})\Z")
_SECTION_WORD = re.compile(r"(?:sections?|sect|secs?|ss?|adran|adrannau)\Z")
_JOINING = re.compile(
    r"(?:sections?|sect|secs?|ss?|adran|adrannau|and|of|the|under|by|virtue|with|in|both|also|pursuant|at|"
    r"(?:sub)?paras?|paragraphs?|sub|subsections?|limbs?|foia?|act|freedom|information|2000|exemptions?|"
    r"ac|is|dan|yr|dd?eddf|rhyddid|gwybodaeth)\Z"
)
_LETTER = re.compile(r"[aoy]\Z")
"""Welsh words of joining that may as well be the letter of a limb."""
_TO = re.compile(r"(?:to|through|until|hyd)\Z")
_OR = re.compile(r"(?:or|neu)\Z")
_ALTERNATIVE = re.compile(r"\b(?:expressly\s+)?(?:in\s+the\s+)?alternative(?:ly)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
    """One mark: its `text`, where it stands in the plain text, and whether it is `tidy`.

    A "label" stands in brackets, or where one should; a "bare" mark may be a section or a label without brackets.
    """

    kind: Kind
    text: str
    start: int
    end: int
    tidy: bool = True


def plain(text: str) -> str:
    """The text with one writing for alike characters: full width, dashes, brackets, blanks that are not seen."""
    return unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE).translate(_BRACKETS)


def marks(text: str) -> Iterator[Mark]:
    """The marks of a text that `plain` has made, in order; titles of exemptions and words of joining are left out."""
    seen = _TITLE.sub(lambda match: " " * len(match[0]), text)
    seen = _ALTERNATIVE.sub(lambda match: " " * len(match[0]), seen)
    before = ""
    reached = 0
    for match in _ATOM.finditer(seen):
        gap = seen[reached : match.start()]
        if gap.strip(" ()") == "-" and reached:
            yield Mark("to", "-", reached, match.start())
        mark = _mark(seen, match, gap, before)
        if mark is not None:
            yield mark
        before, reached = match[0].lower(), match.end()


def _mark(seen: str, match: re.Match[str], gap: str, before: str) -> Mark | None:
    atom, word, start, end = match[0], match[0].lower(), match.start(), match.end()
    opened, after = gap.rstrip().endswith("("), seen[end:].lstrip()[:1]
    if number := _NUMBER.match(atom):
        return _numbered(number, start, gap, before, opened, after)
    if prefix := _PREFIX.match(atom):
        number = _NUMBER.match(atom[prefix.end() :])
        return _section(number, start + prefix.end()) if number else Mark("unread", atom, start, end)
    if opened and _LABEL.match(atom) and not _SECTION_WORD.match(word):
        return Mark("label", atom, start, end, tidy=after == ")")
    if _TO.match(word) or _OR.match(word):
        return Mark("to" if _TO.match(word) else "or", word, start, end)
    if _JOINING.match(word):
        return None
    if gap in (")", ".") and _LABEL.match(atom):
        return Mark("label", atom, start, end, tidy=False)
    return None if _LETTER.match(word) else Mark("unread", atom, start, end)


def _numbered(number: re.Match[str], start: int, gap: str, before: str, opened: bool, after: str) -> Mark | None:
    """A section where the number or what stands around it leaves no doubt, a label in brackets, or else "bare"."""
    mark = _section(number, start)
    if mark.text == "2000" and before == "act":
        return None
    if int(number[1].translate(_DIGITS)) >= _FIRST_EXEMPTION or _SECTION_WORD.match(before):
        return mark
    if opened:
        return replace(mark, kind="label", tidy=mark.tidy and after == ")")
    apart = gap.strip() not in ("", ".") or not before[:1].isdigit()
    if number[2] == "" and after == "(" and apart:
        return mark
    return replace(mark, kind="bare", tidy=False)


def _section(number: re.Match[str], start: int) -> Mark:
    """O, l and I among the digits are read as 0 and 1."""
    digits = number[1].translate(_DIGITS)
    return Mark("section", digits + number[2], start, start + len(number[0]), tidy=digits == number[1])
