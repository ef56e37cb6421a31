"""RN-18: what a letter must not carry out of the word processor, the mail merge or the website."""

import re
from collections.abc import Iterator

from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.vocabulary import rows

_RESIDUE = rows("residue", "residue")
_APPLICANTS_OWN = frozenset(
    ("a field of the mail merge", "a placeholder that was not filled in", "furniture of a website", "a mark of a draft",
     "a protective marking", "an empty place for a name")
)  # fmt: skip
"""What may stand in a request because the applicant wrote it."""
_FLAT = 3
"""So many list items in a row that all say "1." once were bullets."""
_ONE = re.compile(r"^\W*1[.)]\s+\D")


def no_residue_is_left(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-18, in every part of the letter; each kind of residue once, with how often."""
    for row in _RESIDUE:
        what, pattern = row["what"], row["any"]
        places = letter.own if what in _APPLICANTS_OWN else letter.passages
        found = [
            (each, match)
            for each in places
            if (match := pattern.search(each.text)) and not _quoting(what, each.text, match)
        ]
        if found:
            passage, match = found[0]
            start = max(0, match.start() - 60)
            more = f" ({len(found)} paragraphs)" if len(found) > 1 else ""
            why = f"“{match[0][:60].strip()}” is {what}{more}: it was never meant to be read."
            yield LetterFinding(
                "RN-18",
                row["severity"],
                passage.where,
                quoted(passage.text[start:]),
                why,
                "Take it out, or put in what belongs there, and check the whole letter again.",
            )
    for trace in letter.document.traces:
        yield LetterFinding(
            "RN-18",
            "B",
            trace.place,
            quoted(trace.quote),
            f"The file still holds a {trace.what}.",
            "Accept or reject all changes, delete comments and hidden text, and save again.",
        )
        break
    yield from _flattened(letter)


def _quoting(what: str, text: str, match: re.Match[str]) -> bool:
    """A letter may speak of such words ("the cookie policy of the supplier"); a tag in angle brackets may be a link."""
    return (
        what == "furniture of a website"
        and len(text.split()) > 25
        and match[0].lower().startswith(("cookie", "posted", "site", "read more"))
    )


def _flattened(letter: ReadLetter) -> Iterator[LetterFinding]:
    run: list[int] = []
    for n, passage in enumerate(letter.passages):
        if _ONE.match(passage.text):
            run.append(n)
            if len(run) >= _FLAT and run[-1] - run[-_FLAT] < _FLAT + 2:
                first = letter.passages[run[-_FLAT]]
                why = "Several items in a row are all numbered 1: bullets or numbers were lost in conversion."
                yield LetterFinding(
                    "RN-18", "B", first.where, quoted(first.text), why, "Restore the bullets or the numbers."
                )
                return


RULES = (no_residue_is_left,)
