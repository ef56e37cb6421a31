"""RN-15: the dates of the letter, counted on the statutory calendar."""

import re
from collections.abc import Iterator

from shared.law.calendar import CalendarEnds, in_words
from shared.law.clock import RESPONSE_DAYS, due_date, working_day_number
from shared.letters.lint.complaining import of_a_review
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.statements import statements
from shared.letters.lint.vocabulary import words

_LATE = words("timing", "late")
_SORRY = words("timing", "sorry")
_BREACH = words("timing", "breach")
_IN_TIME = re.compile(r"\b(?:within (?:the )?(?:statutory|20|twenty|time|required)|on time|in time)\b", re.IGNORECASE)


def the_dates_are_in_order(letter: ReadLetter) -> Iterator[LetterFinding]:
    """The working day on which the answer goes, and what a late one has to say (CLK-01, section 10(1))."""
    dates = letter.dates
    if of_a_review(letter):
        return
    sorry = next(
        (
            (each, s)
            for each, s in letter.find(_SORRY)
            if each.role not in ("harm", "factors_for", "factors_against", "balance", "review", "regulator", "request")
            and re.search(r"\b(?:apolog|sorry|regret|accept|response|reply|answer|late|overdue)", s, re.I)
        ),
        None,
    )
    if dates.received is None:
        yield from _undated(letter, sorry)
        return
    received = max(dates.received, dates.clarified or dates.received)
    where = _naming(letter, str(dates.received.year))
    try:
        due = due_date(received)
        if dates.due is not None and dates.due != due and not _extends(letter):
            why = (
                f"The letter gives {in_words(dates.due)} as the last day; counted on the calendar of the Act it "
                f"is {in_words(due)}."
            )
            yield LetterFinding("RN-15", "W", where.where, quoted(where.text), why, f"Write {in_words(due)}.")
        if dates.sent is None:
            return
        if dates.sent < dates.received:
            why = (
                f"The letter is dated {in_words(dates.sent)}, before the request was received on "
                f"{in_words(dates.received)}."
            )
            yield LetterFinding("RN-15", "W", where.where, quoted(where.text), why, "Correct the date that is wrong.")
            return
        number = working_day_number(received, dates.sent)
    except CalendarEnds:
        return
    late = dates.sent > due
    told = (
        f"Received {in_words(received)}, sent {in_words(dates.sent)}: working day {number} of "
        f"{RESPONSE_DAYS}, due {in_words(due)}: {'late' if late else 'in time'}."
    )
    yield LetterFinding(
        "RN-15",
        "I",
        where.where,
        quoted(where.text),
        told,
        "Nothing to do." if not late else "See what a late reply has to say.",
    )
    if late and _answers(letter) and not _extends(letter):
        yield from _late(letter, sorry, where)


def _answers(letter: ReadLetter) -> bool:
    said = {each.says for each in statements(letter)}
    return not said & {"corrected"} and not said <= {"acknowledged"}


def _extends(letter: ReadLetter) -> bool:
    return any(each.says in ("extended", "unclear", "fee", "reviewed") for each in statements(letter))


def _naming(letter: ReadLetter, year: str) -> Passage:
    found = [
        each for each in letter.own if year in each.text and re.search(r"receiv|receipt|dated|request", each.text, re.I)
    ]
    return (found or list(letter.own))[0]


def _late(letter: ReadLetter, sorry: tuple[Passage, str] | None, where: Passage) -> Iterator[LetterFinding]:
    if sorry is None and not any(
        _LATE.search(s) for each in letter.own if each.role in ("head", "reply", "closing") for s in each.sentences
    ):
        why = "The reply is late and does not say so."
        yield LetterFinding(
            "RN-15",
            "W",
            where.where,
            quoted(where.text),
            why,
            (
                "Say plainly that the answer was not given within 20 working days, as section 10(1) requires, "
                "and apologise."
            ),
        )
        return
    claimed = next(
        (
            (each, s)
            for each, s in letter.find(_IN_TIME)
            if each.role in ("head", "reply")
            and not re.search(r"\b(?:not|outside|un(?:able|fortunately)|failed)\b", s, re.I)
        ),
        None,
    )
    if claimed and re.search(r"\b(?:respon|repl|answer)", claimed[1], re.I):
        why = "The letter says that the reply is in time; by its own dates it is late."
        yield LetterFinding(
            "RN-15",
            "W",
            claimed[0].where,
            quoted(claimed[1]),
            why,
            "Correct the statement, and acknowledge the breach of section 10(1).",
        )
    elif not any(
        _BREACH.search(s) for each in letter.own if each.role in ("head", "reply", "closing") for s in each.sentences
    ):
        passage, sentence = sorry or (where, where.text)
        why = "An apology for delay does not say that the time limit of section 10(1) was missed."
        yield LetterFinding(
            "RN-15",
            "W",
            passage.where,
            quoted(sentence),
            why,
            "Say when the answer was due and that section 10(1) was not met.",
        )


def _undated(letter: ReadLetter, sorry: tuple[Passage, str] | None) -> Iterator[LetterFinding]:
    if sorry:
        passage, sentence = sorry
        why = (
            "The letter apologises for delay without saying when the request came or when it was due: the "
            "breach of section 10(1) is not stated."
        )
        yield LetterFinding(
            "RN-15",
            "W",
            passage.where,
            quoted(sentence),
            why,
            "Give the date of receipt and the day on which the answer was due.",
        )
    elif letter.whole and any(
        each.says in ("withheld", "ncnd", "disclosed", "not_held") for each in statements(letter)
    ):
        first = letter.own[0]
        why = "The letter does not say when the request was received, so its time cannot be checked."
        yield LetterFinding("RN-15", "I", first.where, quoted(first.text), why, "Give the date of receipt.")


RULES = (the_dates_are_in_order,)
