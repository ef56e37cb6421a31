"""RN-06, and RN-08 where nothing is confirmed or denied: the harm argued is that of the act refused."""

import re
from collections.abc import Iterator

from shared.letters.lint.confirming import neither_confirmed_nor_denied, only_ncnd, really
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.statements import Statement, statements
from shared.letters.lint.vocabulary import words

CONFIRMING = words("act_argued", "confirming")
"""Words about saying whether information is held."""
DISCLOSING = words("act_argued", "disclosing")
"""Words about letting the information itself out."""
_ABOUT_THE_DUTY = words("act_argued", "about_the_duty")
_OF_THE_ACT = re.compile(r"\bsection 2 ?\(|\bmay rely on\b|\bthe Act (?:asks|allows|requires)\b", re.IGNORECASE)
_ARGUES = words("act_argued", "argues")


def the_harm_is_of_the_right_act(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-06, and RN-08 for the balance."""
    denied = neither_confirmed_nor_denied(letter)
    argued = list(_argued(letter))
    if denied:
        yield from _harm_of_disclosure(letter, argued, denied)
    elif any(each.says == "withheld" for each in statements(letter)):
        of_disclosure = [sentence for _, sentence in argued if DISCLOSING.search(sentence)]
        of_confirming = [
            (each, sentence)
            for each, sentence in argued
            if each.role == "harm"
            and re.search(r"\bconfirm\w* or den|\bconfirming (?:whether|that)|\bto confirm or\b", sentence, re.I)
        ]
        if of_confirming and not any(not CONFIRMING.search(each) for each in of_disclosure):
            passage, sentence = of_confirming[0]
            why = "The information is withheld, but the harm argued is that of confirming or denying that it is held."
            yield LetterFinding(
                "RN-06", "B", passage.where, quoted(sentence), why, "Argue the harm of disclosing this information."
            )


def _argued(letter: ReadLetter) -> Iterator[tuple[Passage, str]]:
    for passage in letter.arguing:
        if passage.kind != "heading":
            for sentence in passage.sentences:
                if not _ABOUT_THE_DUTY.search(sentence):
                    yield passage, sentence


def _harm_of_disclosure(
    letter: ReadLetter, argued: list[tuple[Passage, str]], denied: tuple[Statement, ...]
) -> Iterator[LetterFinding]:
    mixed = not only_ncnd(letter) and any(
        each.says in ("withheld", "disclosed") and really(each) for each in statements(letter)
    )
    texts = argued or [
        (each, sentence)
        for each in letter.own
        if each.role not in ("review", "regulator", "closing", "head")
        for sentence in each.sentences
        if _ARGUES.search(sentence) and not _ABOUT_THE_DUTY.search(sentence)
    ]
    harms = [(each, sentence) for each, sentence in texts if each.role == "harm"] or [
        (each, s) for each, s in texts if each.role in ("factors_against", "interest", "reply", "ncnd", "other")
    ]
    for rule, passages in (("RN-06", harms), ("RN-08", [(each, s) for each, s in texts if each.role == "balance"])):
        confirming = [each for each in passages if CONFIRMING.search(each[1])]
        wrong = [
            each
            for each in passages
            if DISCLOSING.search(each[1]) and not CONFIRMING.search(each[1]) and not _OF_THE_ACT.search(each[1])
        ]
        if rule == "RN-08" and mixed:
            continue
        if wrong and not confirming and not (mixed and any(CONFIRMING.search(s) for _, s in texts)):
            passage, sentence = wrong[0]
            what = "harm" if rule == "RN-06" else "balance of the public interest"
            why = (
                f"The letter neither confirms nor denies, but the {what} argued here is about disclosing the "
                "information."
            )
            mend = (
                "Argue what confirming, or denying, that the information is held would cause, the same whether "
                "or not it is held."
            )
            yield LetterFinding(rule, "B", passage.where, quoted(sentence), why, mend)


RULES = (the_harm_is_of_the_right_act,)
