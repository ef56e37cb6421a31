"""What looks like a person's name, and what only looks so: `Victoria Road` and `Officer A` name nobody (REL-20)."""

import re

from services.publishing.release_check.vocabulary import WORDS

_WITHHELD = re.compile(
    r"\W*\Z|\W*(?:redacted|withheld|removed|n/?a|none|not (?:known|recorded|stated|held|applicable|provided)|unknown"
    r"|blank|null|s(?:ection)?\.?\s*40|exempt|anon(?:ymous|ymised)?|tbc|vacant|various)\b",
    re.I,
)
_NUMBERED = re.compile(
    r"(?:[A-Za-z]+ )?(?:officer|person|staff|employee|victim|suspect|witness|male|female)s? ?\w{1,3}\Z", re.I
)
_WORD = r"[A-Z][A-Za-z'’-]*[A-Za-z]"
_TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|PC|DC|PS|DS|DI|DCI|Insp|Sgt|PCSO|Supt|Ch Insp|Const|Constable|Sergeant)\.? )?"
)
_FULL = re.compile(rf"{_TITLE}({_WORD})(?: (?:[A-Z]\.? ?)*| [A-Z][a-z]+ )({_WORD})(?: [A-Z]?\d{{2,7}})?\Z")
_TURNED = re.compile(rf"({_WORD}),\s*{_TITLE}({_WORD})(?: [A-Z]\.?)*(?: [A-Z]?\d{{2,7}})?\Z")
_INITIALLED = re.compile(rf"{_TITLE}(?:(?:[A-Z]\.? ?)+{_WORD}|{_WORD},? (?:[A-Z]\.? ?)+)\Z")
_BEGINNING = re.compile(rf"{_TITLE}({_WORD}),? ({_WORD})\b")
_SINGLE = re.compile(
    r"(?:[A-Z]\.? ?)*(?:(?:[Vv][ao]n|[Dd][eai]|[Dd]er|[Ll][ae]|[Aa]l|[Ee]l|[Oo]f) ?)*"
    r"[A-Za-z'’-]{2,}(?: [A-Za-z'’-]{2,})?\Z"
)


def is_forename(word: str) -> bool:
    """Whether it is one of the usual first names of these islands."""
    return word.lower() in WORDS["forenames"]


def is_full_name(text: str) -> bool:
    """`John Smith`, `Smith, John`, `PC John A Smith 1234`: a usual first name beside a word that is no place."""
    match = _FULL.match(text) or _TURNED.match(text)
    return bool(match and any(map(is_forename, match.groups())) and not holds_everyday_word(text))


def is_name_of_one(text: str) -> bool:
    """Whether it may stand under a heading such as Name, where initials are enough: `J Smith`, `SMITH, J.`"""
    if is_full_name(text):
        return True
    return bool(_INITIALLED.match(text)) and not is_withheld(text) and not holds_everyday_word(text)


def name_at_the_beginning(line: str) -> str:
    """The name that a line of a list begins with: `Smith John Constable 31,000`; or nothing."""
    match = _BEGINNING.match(line.strip())
    if match is None or not any(map(is_forename, match.groups())) or holds_everyday_word(" ".join(match.groups())):
        return ""
    return match.group()


def is_name_part(text: str) -> bool:
    """Whether it may stand under a heading such as Surname."""
    return len(text) <= 40 and bool(_SINGLE.match(text)) and not is_withheld(text) and not holds_everyday_word(text)


def is_withheld(text: str) -> bool:
    """Whether it stands for something that is not told, or for a person without naming one."""
    return bool(_WITHHELD.match(text) or _NUMBERED.match(text))


def holds_everyday_word(text: str) -> bool:
    """Whether one of its words belongs to places, offices or offences rather than to people."""
    return not WORDS["common"].isdisjoint(re.findall(r"[a-z]+", text.lower()))
