"""Parts a paragraph into sentences."""

import re

_END = re.compile(r"(?<=[.!?])[\"')\]]?\s+(?=[\"'(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:no|nos|sec|ss?|para|art|arts|reg|e\.g|i\.e|etc|mr|mrs|ms|dr|st|ref|tel|cf|v|pt|approx"
    r"|insp|sgt|det|supt|dept)|\b[A-Z])\.$",
    re.IGNORECASE,
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences in order; a full stop after an abbreviation ends none."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[start : match.start()]):
            found.append(text[start : match.start()].strip() + text[match.start() : match.end()].strip())
            start = match.end()
    return tuple(each for each in (*found, text[start:].strip()) if each)
