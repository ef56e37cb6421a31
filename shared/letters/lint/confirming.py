"""RN-05, EXM-13, EXM-14: what is neither confirmed nor denied stays so throughout the letter."""

import re
from collections.abc import Iterator

from shared.letters.lint.answers import answers, gives_data
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.sections import ARGUING
from shared.letters.lint.statements import Statement, statements
from shared.letters.lint.vocabulary import words

_WE_WITHHOLD = re.compile(r"\b(?:we|i) (?:are|am|have) (?:therefore )?withh", re.IGNORECASE)
_WHOLE_REQUEST = re.compile(
    r"\b(?:your|this|the) request\b|\byou (?:have )?(?:requested|asked|sought)|\binformation (?:requested|sought)"
    r"|\brequested information\b",
    re.IGNORECASE,
)
_FOR_BACKGROUND = re.compile(
    r"\b(?:statistic|national|guidance|home office|policy|general|similar|may (?:help|assist|be)|of interest|useful)\b",
    re.IGNORECASE,
)
_CONFIRMED: tuple[str, ...] = ("held", "withheld", "disclosed", "already_accessible", "not_held")


def neither_confirmed_nor_denied(letter: ReadLetter) -> tuple[Statement, ...]:
    """The statements that refuse to confirm or deny."""
    return tuple(each for each in statements(letter) if each.says == "ncnd")


def only_ncnd(letter: ReadLetter) -> bool:
    """Whether to neither confirm nor deny is all that the letter refuses."""
    said = {each.says for each in statements(letter)}
    return "ncnd" in said and not said & {"withheld", "cost_refused"}


def nothing_is_both_confirmed_and_ncnd(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-05."""
    denied = neither_confirmed_nor_denied(letter)
    confirmed = [each for each in statements(letter) if each.says in _CONFIRMED and really(each)]
    for each in denied:
        if each.other:
            continue
        clash = next((one for one in confirmed if _clash(one, each, letter)), None)
        if clash:
            why = (
                f"Here nothing is confirmed or denied; elsewhere ({clash.passage.place}) the letter says "
                f"“{quoted(clash.sentence)[:140]}” of the same information."
            )
            mend = (
                "Decide each question one way. If something is confirmed, neither confirm nor deny only any "
                "OTHER information, and say for which questions."
            )
            yield LetterFinding("RN-05", "B", each.passage.where, quoted(each.sentence), why, mend)
            return
    other = next((each for each in denied if each.other), None)
    if other and not confirmed and not _answered(letter, other):
        why = (
            "“Other” information is neither confirmed nor denied, but the letter confirms and discloses "
            "nothing: it half says that something is held."
        )
        yield LetterFinding(
            "RN-05",
            "B",
            other.passage.where,
            quoted(other.sentence),
            why,
            "Write “any information”, or say first what is held.",
        )


def really(statement: Statement) -> bool:
    """Whether a statement about holding or giving is of this information, and not of something beside it."""
    if statement.says == "withheld" and statement.passage.role in ARGUING:
        return bool(_WE_WITHHOLD.search(statement.sentence))
    return not (statement.says == "already_accessible" and _FOR_BACKGROUND.search(statement.sentence))


def _clash(one: Statement, denied: Statement, letter: ReadLetter) -> bool:
    """Whether the two speak of the same information."""
    if one.labels and denied.labels:
        return bool(set(one.labels) & set(denied.labels))
    if denied.labels or one.sentence == denied.sentence or not denied.generic:
        return False
    of_one_question = bool(one.labels) and len(letter.asked) > 1
    return not (one.says == "not_held" and not one.generic) and (
        not of_one_question or bool(_WHOLE_REQUEST.search(denied.sentence))
    )


def _answered(letter: ReadLetter, denied: Statement) -> bool:
    place = letter.own.index(denied.passage)
    before = set(letter.own[:place])
    return any(
        (each in before or gives_data(each))
        and each is not denied.passage
        and not each.citations
        and not _NOT_AN_ANSWER.search(each.text)
        for each in answers(letter)
    )


_NOT_AN_ANSWER = re.compile(r"\b(?:exempt\w*|confirm\w*|duty|public interest|harm|section \d|request)\b", re.IGNORECASE)


_GIVES_AWAY = words("confirming", "gives_away")
_HELD_PLAINLY = words("confirming", "held_plainly")
_HYPOTHETICAL = re.compile(
    r"\b(?:if|whether|any|were|would be|or not|confirm\w*|den(?:y|ying)|not be taken|neither)\b", re.IGNORECASE
)


_SUPPOSED = re.compile(r"\b(?:if|whether|any)\b[^.]{0,60}$", re.IGNORECASE)


def nothing_gives_away_what_is_held(letter: ReadLetter) -> Iterator[LetterFinding]:
    """EXM-13: the letter reads the same whether or not anything is held."""
    if not only_ncnd(letter) or any(each.says in ("held", "disclosed") for each in statements(letter)):
        return
    for passage in letter.own:
        for sentence in passage.sentences:
            if passage.role in ARGUING and _HELD_PLAINLY.search(sentence) and not _HYPOTHETICAL.search(sentence):
                why = "The reasons speak of information that is held, in a letter that neither confirms nor denies it."
                yield LetterFinding(
                    "EXM-13",
                    "B",
                    passage.where,
                    quoted(sentence),
                    why,
                    "Write the passage so that it reads the same whether or not anything is held.",
                )
                return
            given = _GIVES_AWAY.search(sentence) if passage.role in ARGUING else None
            if given and not _SUPPOSED.search(sentence[: given.start()]):
                why = (
                    "These words suggest that there is something to be held, in a letter that neither confirms nor "
                    "denies it."
                )
                yield LetterFinding(
                    "EXM-13",
                    "W",
                    passage.where,
                    quoted(sentence),
                    why,
                    "Compare how the letter would read if nothing were held; it must be the same.",
                )
                return


_OFFICIAL = words("confirming", "official")
_NOT_OFFICIAL = words("confirming", "not_official")


def denial_is_plausible(letter: ReadLetter) -> Iterator[LetterFinding]:
    """EXM-14."""
    for passage in letter.own if neither_confirmed_nor_denied(letter) and only_ncnd(letter) else ():
        if passage.role in ("review", "regulator", "closing"):
            continue
        for sentence in passage.sentences:
            if (
                _OFFICIAL.search(sentence)
                and not _NOT_OFFICIAL.search(sentence)
                and re.search(r"\b(?:figures?|statistic\w*|data|numbers|information|fact|use)\b", sentence, re.I)
            ):
                why = (
                    "The letter itself says that such information is official, which makes it hard to neither "
                    "confirm nor deny."
                )
                yield LetterFinding(
                    "EXM-14",
                    "W",
                    passage.where,
                    quoted(sentence),
                    why,
                    "Record why confirming adds anything, or confirm and withhold what must be withheld.",
                )
                return


RULES = (
    nothing_is_both_confirmed_and_ncnd,
    nothing_gives_away_what_is_held,
    denial_is_plausible,
)
