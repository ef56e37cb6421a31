"""A refusal to confirm or deny is decided on the question alone and reads the same whether or not anything is held
(EXM-13, EXM-14).
"""

import re
from collections.abc import Iterator

from shared.law.findings import Finding
from shared.law.grounds import Grounds

_CONFIRMING = re.compile(
    r"\b(?:information|data|records?|documents?|figures?|material|details)\s+(?:that\s+|which\s+)?"
    r"(?:we|the\s+force|the\s+constabulary|this\s+force)\s+(?:do(?:es)?\s+|currently\s+|already\s+)*holds?\b|"
    r"\b(?:information|data|records?|documents?|figures?|material)\s+(?:that\s+(?:is|are)\s+|which\s+(?:is|are)\s+)?held\s+by\s+"
    r"(?:us|the\s+force|this\s+force)\b|"
    r"\bwe\s+(?:can\s+confirm|(?:do\s+)?hold\s+(?:this|the|some|relevant|no|such))\b|"
    r"\b(?:the|our)\s+(?:records?|documents?|searches)\s+(?:show|contain|reveal|located|found)s?\b|"
    r"\bno\s+information\s+(?:is|was)\s+(?:held|found|located)\b",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(r"\b(?:whether|if|any|neither|nor|not\s+to\s+be\s+taken)\b[^.;:]{0,80}$", re.IGNORECASE)
_SUGGESTIVE = re.compile(
    r"\b(?:ongoing|current|live)\s+(?:cases?|investigations?|operations?|enquir(?:y|ies)|inquir(?:y|ies))\b|"
    r"\bthose\s+working\s+(?:locally|on)\b|\bour\s+(?:officers|staff|teams?)\s+(?:who|working)\b|"
    r"\b(?:this|the\s+requested|the)\s+information\s+(?:contains?|relates?\s+to|includes?|would\s+show|shows?)\b",
    re.IGNORECASE,
)


def check_ncnd(grounds: Grounds) -> Iterator[Finding]:
    """What in the grounds to neither confirm nor deny would read differently if the information were (not) held."""
    for path, text in grounds.texts():
        if found := confirms(text):
            message = f"“{found}” confirms or denies what the decision neither confirms nor denies"
            next_step = "write what would be true whether or not the information is held"
            yield Finding(path, "EXM-13", message, next_step)
        elif found := _suggests(text):
            message = f"“{found}” suggests that there is something to hold"
            next_step = "speak of what anybody in the force's place would face, held or not"
            yield Finding(path, "EXM-13", message, next_step, "W")
    if not grounds.official_confirmation.strip():
        message = "nothing says whether it is officially confirmed elsewhere that such information exists"
        next_step = "look for published statistics, statutory duties and earlier answers, and record what was found"
        yield Finding("official_confirmation", "EXM-14", message, next_step, "W")


def confirms(text: str) -> str:
    """The words of `text` that say outright that information is, or is not, held; else ""."""
    for match in _CONFIRMING.finditer(text):
        if not _UNDECIDED.search(text[: match.start()]):
            return match[0]
    return ""


def _suggests(text: str) -> str:
    for match in _SUGGESTIVE.finditer(text):
        if not _UNDECIDED.search(text[: match.start()]):
            return match[0]
    return ""
