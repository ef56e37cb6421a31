"""Tells a heading between questions from a question."""

import re

from services.intake.asking import sense
from services.intake.splitting.requests import is_request_heading

_NAMED = re.compile(
    r"^[\s*_#]*(?:section|part|topic|theme|category|area|schedule|appendix|annex|adran|rhan)\s+(?:\d{1,2}|[a-z]|[ivx]+"
    r"|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_LONGEST = 80
_WORDS = 9


def is_heading(text: str) -> bool:
    """Whether a paragraph is the heading of what follows it."""
    bare = text.strip().strip("*_#").strip()
    if not bare or "\n" in bare or len(bare) > _LONGEST:
        return False
    if _NAMED.match(bare) or is_request_heading(bare):
        return not bare.endswith("?")
    return len(bare.split()) <= _WORDS and not bare.endswith((".", "?", "!", ";", ",")) and sense(bare) == "states"
