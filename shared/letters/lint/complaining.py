"""RN-13, RN-14: the right to an internal review and to complain to the regulator, in the terms of the day."""

import re
from collections.abc import Iterator

from shared.law.findings import Severity
from shared.law.particulars import NoParticulars, Particulars, particulars
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import REVIEW_DONE, Passage, ReadLetter
from shared.letters.lint.not_holding import REACHABLE
from shared.letters.lint.periods import periods_in
from shared.letters.lint.placing import COMPLAINS_OF
from shared.letters.lint.statements import REFUSES, statements
from shared.letters.lint.vocabulary import words

_REVIEW = words("complaining", "review")
_REGULATOR = words("complaining", "regulator")
_CONTACT = words("complaining", "contact")
_NOTICE = frozenset(("acknowledged", "transferred", "closed", "reviewed", "corrected", "unclear", "fee"))


def _of_review(letter: ReadLetter) -> list[Passage]:
    """What the letter says about an internal review; where it is the review's own outcome, nothing."""
    return [
        each
        for each in letter.own
        if each.role in ("review", "regulator")
        or (
            each.role in ("reply", "closing", "other", "balance")
            and _REVIEW.search(each.text)
            and not COMPLAINS_OF.search(each.text)
        )
    ]


def refuses(letter: ReadLetter) -> bool:
    """Whether section 17 asks for the particulars of complaint, whatever else the letter gives."""
    return any(each.says in (*REFUSES, "extended") for each in statements(letter)) or bool(
        letter.sections and letter.arguing
    )


_TAKEN_UP = words("complaining", "taken_up")


def of_a_review(letter: ReadLetter) -> bool:
    """Whether the letter is itself about an internal review that was asked for: its outcome, or its acknowledgement."""
    done = any(REVIEW_DONE.search(each.text) for each in letter.own if each.role not in ("review", "regulator"))
    return done or next(letter.find(_TAKEN_UP), None) is not None


def review_is_offered_rightly(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-13."""
    reviewed = of_a_review(letter)
    try:
        law = particulars(letter.on)
    except NoParticulars:
        return
    passages = _of_review(letter)
    sentences = [
        (each, s)
        for each in passages
        for s in each.sentences
        if each.role == "review"
        or _REVIEW.search(s)
        or (each.role == "regulator" and _REVIEW.search(s) and not _REGULATOR.search(s))
    ]
    if not any(_REVIEW.search(s) or re.search(r"\breview|\bcomplain", s, re.I) for _, s in sentences):
        if not reviewed:
            yield from _no_review(letter)
        return
    yield from _periods(sentences, law)
    if not reviewed:
        yield from _thin(letter, sentences)


def _no_review(letter: ReadLetter) -> Iterator[LetterFinding]:
    refusal = refuses(letter)
    said = {each.says for each in statements(letter)}
    if not refusal and (said & _NOTICE or not letter.whole):
        return
    severity: Severity = "B" if refusal and letter.whole else "W"
    why = "The letter does not say how to complain to the authority"
    why += " (section 17(7)(a))." if refusal else "."
    if refusal and not letter.whole:
        why += " This copy has neither beginning nor end: it cannot be told whether the letter that was sent did."
    last = letter.own[-1] if letter.own else letter.passages[-1]
    yield LetterFinding(
        "RN-13",
        severity,
        last.where,
        quoted(last.text),
        why,
        (
            "Say that an internal review may be asked for within 40 working days, where, and that it is "
            "answered within 20."
        ),
    )


def _periods(sentences: list[tuple[Passage, str]], law: Particulars) -> Iterator[LetterFinding]:
    review = law.internal_review
    ask, answer, longest = (
        review.ask_within_working_days,
        review.answer_within_working_days,
        review.exceptional_working_days,
    )
    for passage, sentence in sentences:
        if re.search(r"\b(?:three|six|3|6) (?:months|weeks)\b", sentence, re.I) and _REGULATOR.search(sentence):
            continue
        for period in periods_in(sentence):
            right = period.unit == "working days" and (
                period.number == ask if period.asking else period.number in (answer, longest)
            )
            if right or period.of_regulator:
                continue
            code = " The Code of Practice does not say so." if re.search(r"\bcode\b", sentence, re.I) else ""
            allowed = (
                f"{ask} working days of the response to ask"
                if period.asking
                else f"{answer} working days to answer, {longest} in exceptional cases"
            )
            why = (
                f"“{period.quote}” to {'ask for' if period.asking else 'answer'} an internal review: the Code "
                f"gives {allowed}.{code}"
            )
            mend = f"Write {ask} working days." if period.asking else f"Write {answer} working days."
            yield LetterFinding("RN-13", "B", passage.where, quoted(sentence), why, mend)
            return


def _thin(letter: ReadLetter, sentences: list[tuple[Passage, str]]) -> Iterator[LetterFinding]:
    text = " ".join(
        each.text
        for each in letter.own
        if each.role in ("review", "closing") or any(each is one for one, _ in sentences)
    )
    first, quote = next(
        ((each, s) for each, s in sentences if re.search(r"\breview|\bcomplain|\bappeal", s, re.I)), sentences[0]
    )
    asking = any(period.asking for _, s in sentences for period in periods_in(s))
    reachable = REACHABLE.search(text) or re.search(r"\[[^\]]*(?:e-?mail|address|redacted|name)[^\]]*\]", text, re.I)
    lacking = []
    if not reachable:
        lacking.append("where to send it")
    if not asking:
        lacking.append("by when it must be asked for")
    if not lacking:
        return
    barely = not asking and not reachable and not _CONTACT.search(text)
    severity: Severity = "B" if barely and refuses(letter) else "W"
    why = f"The internal review is offered without saying {' and '.join(lacking)} (section 17(7)(a))."
    yield LetterFinding(
        "RN-13",
        severity,
        first.where,
        quoted(quote),
        why,
        "Give the address, 40 working days to ask and 20 working days to answer.",
    )


_WRONG_BODY = words("complaining", "wrong_body")
_COMPLAINS = words("complaining", "complains")


def regulator_is_named_rightly(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-14 (section 17(7)(b))."""
    said = {each.says for each in statements(letter)}
    named = [
        each
        for each in letter.own
        if _REGULATOR.search(each.text)
        and not re.search(
            r"\b(?:ICO|Commissioner)\b[^.]{0,40}\b(?:guidance|decision notice (?:FS|IC)|advises|states that)", each.text
        )
    ]
    wrong = next(
        (
            (each, s)
            for each in letter.own
            for s in each.sentences
            if each.role in ("review", "regulator", "reply", "closing")
            and _WRONG_BODY.search(s)
            and _COMPLAINS.search(s)
        ),
        None,
    )
    if not named:
        if wrong and refuses(letter):
            passage, sentence = wrong
            body = _WRONG_BODY.search(sentence)
            why = (
                f"{body[0] if body else ''} is not the regulator of the Act: the complaint under section 50 goes "
                "to the Information Commissioner."
            )
            yield LetterFinding(
                "RN-14",
                "B",
                passage.where,
                quoted(sentence),
                why,
                "Name the Information Commissioner with address and website.",
            )
            return
        refusal = refuses(letter)
        if not refusal and (said & _NOTICE - {"reviewed"} or not letter.whole):
            return
        last = (letter.complaining or letter.own or letter.passages)[-1]
        severity: Severity = "B" if (refusal or "reviewed" in said) and letter.whole else "W"
        why = "The letter does not mention the right to complain to the Information Commissioner" + (
            " (sections 17(7)(b) and 50)." if refusal else "."
        )
        if refusal and not letter.whole:
            why += " This copy has neither beginning nor end: it cannot be told whether the letter that was sent did."
        yield LetterFinding(
            "RN-14",
            severity,
            last.where,
            quoted(last.text),
            why,
            "Add the right under section 50, with the Commissioner's address and website.",
        )
        return
    yield from _details(letter, named)


def _details(letter: ReadLetter, named: list[Passage]) -> Iterator[LetterFinding]:
    try:
        regulator = particulars(letter.on).regulator
    except NoParticulars:
        return
    text = letter.words
    website = regulator.website.removeprefix("https://").removeprefix("www.")
    lacking = []
    if not re.search(rf"\b(?:{re.escape(website)}|ico\.gov\.uk)", text, re.I):
        lacking.append("website")
    if not re.search(r"\bWycliffe House\b|\bSK9 ?5AF\b|\bWilmslow\b", text, re.I) and not any(
        line.lower() in text.lower() for line in regulator.address[-2:]
    ):
        lacking.append("postal address")
    offered = any(each.role == "review" for each in letter.own) and not of_a_review(letter)
    if lacking and (refuses(letter) or offered):
        passage = named[0]
        why = f"The Information Commissioner is named without {' or '.join(lacking)} (section 17(7)(b))."
        yield LetterFinding(
            "RN-14",
            "W",
            passage.where,
            quoted(passage.text),
            why,
            f"Give {', '.join(regulator.address)}, {regulator.website}.",
        )


RULES = (review_is_offered_rightly, regulator_is_named_rightly)
