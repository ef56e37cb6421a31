"""RN-11: "not held" is neither a disclosure nor an exemption, and comes with the search and with where else to ask."""

import re
from collections.abc import Iterator

from shared.law.findings import Severity
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.statements import Statement, statements
from shared.letters.lint.vocabulary import words

_SEARCHED = words("not_holding", "searched")
_NO_DOCUMENTS = words("not_holding", "no_documents")
_POINTS = words("not_holding", "points")
REACHABLE = words("not_holding", "reachable")
_EXEMPT_AS_NOT_HELD = words("not_holding", "exempt_as_not_held")


def not_held_stands_apart(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-11, B: under no exemption and in no list of what is disclosed."""
    for passage, sentence in letter.find(_EXEMPT_AS_NOT_HELD):
        why = "Information that is not held cannot be exempt: there is nothing to withhold."
        yield LetterFinding(
            "RN-11",
            "B",
            passage.where,
            quoted(sentence),
            why,
            "Say that it is not held, how that was established, and cite no exemption for it.",
        )
        return
    said = statements(letter)
    missing = [each for each in said if each.says == "not_held" and each.labels]
    for kind, what in (("withheld", "refused under an exemption"), ("disclosed", "listed as disclosed")):
        clash = next(
            (found for each in said if each.says == kind and each.labels and (found := _same(each, missing))), None
        )
        if clash:
            other, one = clash
            label = next(each for each in other.labels if each in one.labels)
            why = f"Question {label} is {what} ({other.passage.place}) and said not to be held here."
            yield LetterFinding(
                "RN-11",
                "B",
                one.passage.where,
                quoted(one.sentence),
                why,
                "Decide it one way: not held is an outcome of its own.",
            )
            return
    yield from _under_disclosure(letter, missing)


def _same(decided: Statement, missing: list[Statement]) -> tuple[Statement, Statement] | None:
    """The same question said to be not held, and not only something among what is answered."""
    for each in missing:
        if (
            each.sentence != decided.sentence
            and set(each.labels) & set(decided.labels)
            and _plainly(each)
            and len(each.labels) <= len(decided.labels) + 3
        ):
            return decided, each
    return None


def _plainly(statement: Statement) -> bool:
    return (
        bool(
            re.search(
                (
                    r"\bnot held\b|\b(?:do|does|did) not (?:\w+ )?hold (?:the |this |that |any "
                    r"|such )*(?:requested )?(?:information|data|records?)|\bno information (?:is )?held"
                    r"|\binformation (?:is|was) not (?:held|recorded)|\bfailed to locate"
                ),
                statement.sentence,
                re.I,
            )
        )
        and not statement.other
        and not re.search(
            r"\b(?:some|part|before|prior to|rest|remainder|only|breakdown|earlier|beyond)\b", statement.sentence, re.I
        )
    )


def _under_disclosure(letter: ReadLetter, missing: list[Statement]) -> Iterator[LetterFinding]:
    disclosed = {label for each in statements(letter) if each.says == "disclosed" for label in each.labels}
    for passage in letter.own:
        for sentence in passage.sentences:
            in_list = passage.role == "disclosed" or (set(passage.labels) & disclosed and len(passage.labels) == 1)
            plain = any(each.sentence == sentence and each.passage is passage and _plainly(each) for each in missing)
            if in_list and passage.kind != "heading" and (plain or _NO_DOCUMENTS.search(sentence)):
                severity: Severity = "B" if plain else "W"
                why = (
                    "“Not held” stands among what is disclosed: it is an outcome of its own, and the applicant "
                    "should see that nothing was released."
                )
                yield LetterFinding(
                    "RN-11",
                    severity,
                    passage.where,
                    quoted(sentence),
                    why,
                    "Move it to the questions for which nothing is held, with the search made.",
                )
                return


def the_search_is_summarised(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-11, W: how it was established, and whom else to ask with a way to reach them (section 16)."""
    missing = [each for each in statements(letter) if each.says == "not_held"]
    if not missing:
        return
    if not any(
        _SEARCHED.search(s)
        for each in letter.own
        if each.role not in ("review", "regulator", "closing", "head")
        for s in each.sentences
    ):
        first = missing[0]
        yield LetterFinding(
            "RN-11",
            "W",
            first.passage.where,
            quoted(first.sentence),
            "Nothing says how it was established that the information is not held.",
            "Summarise what was searched, where and by which terms.",
        )
    for n, passage in enumerate(letter.own):
        near = any(each.passage is passage for each in missing) or any(
            each.passage in letter.own[max(0, n - 2) : n] for each in missing
        )
        if near and passage.role not in ("review", "regulator") and _POINTS.search(passage.text):
            if not REACHABLE.search(
                " ".join(each.text for each in letter.own[n : n + 6] if each.role not in ("review", "regulator"))
            ):
                yield LetterFinding(
                    "RN-11",
                    "W",
                    passage.where,
                    quoted(passage.text),
                    "The applicant is sent elsewhere without a way to reach it (section 16).",
                    "Give the name of the authority with an address, e-mail or link.",
                )
            return


RULES = (not_held_stands_apart, the_search_is_summarised)
