"""EXM-09, RN-12: section 40 as it stands since 25 May 2018, for data that was asked for."""

import re
from collections.abc import Iterator
from datetime import date

from shared.law.old_law import old_law_in
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.statements import statements
from shared.letters.lint.vocabulary import words

CHANGED = date(2018, 5, 25)
"""Since when section 40 has its present subsections."""
_RIGHTLY = words("personal_data", "rightly")
_ABOUT_PERSONAL_DATA = words("personal_data", "about_personal_data")


def personal_data_law_is_current(letter: ReadLetter) -> Iterator[LetterFinding]:
    """EXM-09."""
    reported: set[str] = set()
    for passage in letter.own:
        for mention in old_law_in(passage.text, letter.on):
            sentence = next((each for each in passage.sentences if mention.quote in each), passage.text)
            if mention.law.problem in reported or _RIGHTLY.search(sentence):
                continue
            if mention.law.problem.startswith("“condition six”") and not _ABOUT_PERSONAL_DATA.search(passage.text):
                continue
            reported.add(mention.law.problem)
            why = f"“{mention.quote}”: {mention.law.problem}."
            yield LetterFinding(
                "EXM-09",
                mention.law.severity,
                passage.where,
                quoted(sentence),
                why,
                f"{mention.law.next_step[0].upper()}{mention.law.next_step[1:]}.",
            )
    for passage in letter.own if letter.on >= CHANGED else ():
        for cited in passage.citations:
            old = next((each for each in cited.problems if each.rule == "EXM-09" and each.severity == "B"), None)
            if old and not reported and not _RIGHTLY.search(passage.text):
                reported.add(old.cited)
                yield LetterFinding(
                    "EXM-09",
                    "B",
                    passage.where,
                    quoted(passage.text),
                    f"{old.problem}.",
                    f"{old.next_step[0].upper()}{old.next_step[1:]}.",
                )
    yield from _without_condition(letter)


def _without_condition(letter: ReadLetter) -> Iterator[LetterFinding]:
    """40(2) exempts nothing by itself: one of the conditions has to be met."""
    conditions = ("40(3A)", "40(3B)", "40(4A)")
    cites_any = re.search(r"\(\s*(?:3A|3B|4A)\s*\)", letter.words, re.I)
    if (
        letter.on < CHANGED
        or "40(2)" not in letter.provisions
        or cites_any
        or any(each.startswith(conditions) for each in letter.provisions)
    ):
        return
    if any(each.rule == "EXM-09" for passage in letter.own for cited in passage.citations for each in cited.problems):
        return
    for passage in letter.own:
        if any("40(2)" in cited.provisions for cited in passage.citations):
            why = "40(2) alone does not say which of its conditions is met."
            yield LetterFinding(
                "EXM-09",
                "W",
                passage.where,
                quoted(passage.text),
                why,
                "Cite 40(2) with 40(3A)(a), or with 40(3B) or 40(4A).",
            )
            return


_NOT_WANTED = words("personal_data", "not_wanted")
_NAMES_WITHHELD = re.compile(r"\b(?:names?|identit(?:y|ies)|personal (?:data|details|information))\b", re.IGNORECASE)
_PERSONAL = words("personal_data", "personal")


def withheld_data_was_asked_for(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-12."""
    unwanted = _NOT_WANTED.search(letter.request)
    if (
        not unwanted
        or "40" not in letter.sections
        or not any(each.says in ("withheld", "ncnd") for each in statements(letter))
    ):
        return
    for passage in letter.own:
        for sentence in passage.sentences:
            if (
                passage.role not in ("review", "regulator", "head", "closing")
                and _NAMES_WITHHELD.search(sentence)
                and _PERSONAL.search(sentence)
                and not re.search(
                    r"\b(?:did not ask|not (?:asked|requested|sought)|as you (?:asked|requested|said))\b",
                    sentence,
                    re.I,
                )
            ):
                why = f"The request says “{unwanted[0]}”: what is withheld here was not asked for."
                yield LetterFinding(
                    "RN-12",
                    "W",
                    passage.where,
                    quoted(sentence),
                    why,
                    "Answer what was asked; withhold nothing that was not.",
                )
                return


RULES = (personal_data_law_is_current, withheld_data_was_asked_for)
