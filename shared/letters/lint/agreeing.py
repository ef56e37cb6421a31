"""Whether a letter says what was decided: RN-01, RN-03, RN-05, RN-15, RN-16 against the case's own decisions."""

import re
from collections.abc import Iterator

from shared.contracts.authorities import authorities
from shared.law.calendar import in_words
from shared.law.citations import read as read_citation
from shared.law.outcomes import OUTCOMES
from shared.letters.lint.answers import answers
from shared.letters.lint.authority import named, senders
from shared.letters.lint.decided import Decided, DecidedPart
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.labels import covers, labels_in
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.statements import Statement, statements
from shared.letters.lint.vocabulary import words

_SAYS: dict[str, frozenset[str]] = {
    "disclosed": frozenset(("disclosed",)),
    "partly_disclosed": frozenset(("disclosed", "withheld")),
    "withheld": frozenset(("withheld", "refused", "intended_for_publication")),
    "ncnd": frozenset(("ncnd",)),
    "not_held": frozenset(("not_held",)),
    "already_accessible": frozenset(("already_accessible",)),
    "cost_refused": frozenset(("cost_refused",)),
    "vexatious": frozenset(("vexatious",)),
    "repeated": frozenset(("repeated",)),
}
"""What a letter may say of a part with each outcome."""
_TELLING = frozenset(
    ("disclosed", "withheld", "ncnd", "not_held", "already_accessible", "cost_refused", "vexatious", "repeated")
)


def agree(letter: ReadLetter, decided: Decided) -> Iterator[LetterFinding]:
    """Everything in which the letter and the decisions differ."""
    for part in decided.parts:
        yield from _outcome(letter, decided, part)
    yield from _citations(letter, decided)
    yield from _dates(letter, decided)
    yield from _authorities(letter, decided)
    yield from _reference(letter, decided)


def _outcome(letter: ReadLetter, decided: Decided, part: DecidedPart) -> Iterator[LetterFinding]:
    title = OUTCOMES[part.outcome].title.lower()
    said = statements(letter)
    own = [each for each in said if any(covers(part.label, label) for label in each.labels)]
    general = [each for each in said if not each.labels]
    telling = [each for each in own if each.says in _TELLING] or [each for each in general if each.says in _TELLING]
    mentioned = own or any(part.label in (*each.labels, *labels_in(each.text)) for each in letter.own)
    if not mentioned and len(decided.parts) > 1 and not telling:
        why = f"Question {part.label} was decided ({title}), and the letter does not mention it."
        yield LetterFinding("RN-01", "B", f"question {part.label}", "", why, f"Say of question {part.label}: {title}.")
        return
    if not telling and part.outcome in ("disclosed", "partly_disclosed") and answers(letter):
        return
    if not any(each.says in _SAYS[part.outcome] for each in telling):
        quote = telling[0] if telling else None
        where = quote.passage.where if quote else f"question {part.label}"
        but = (
            f"but here the letter says something else ({_titled(quote)})"
            if quote
            else "but nothing in the letter says so"
        )
        why = f"Question {part.label} was decided as {title}, {but}."
        yield LetterFinding(
            "RN-01", "B", where, quoted(quote.sentence) if quote else "", why, f"Say of question {part.label}: {title}."
        )
    yield from _contradicted(part, own)


def _titled(statement: Statement | None) -> str:
    return OUTCOMES[statement.says].title.lower() if statement and statement.says in OUTCOMES else "another outcome"


def _contradicted(part: DecidedPart, own: list[Statement]) -> Iterator[LetterFinding]:
    wrong = {"ncnd": ("held", "disclosed", "withheld", "not_held"), "not_held": ("held", "withheld")}.get(
        part.outcome, ()
    )
    for each in own:
        if each.says in wrong and part.label in each.labels and not each.other:
            rule = "RN-05" if part.outcome == "ncnd" else "RN-11"
            why = (
                f"Question {part.label} was decided as {OUTCOMES[part.outcome].title.lower()}; this sentence "
                "says otherwise."
            )
            yield LetterFinding(
                rule,
                "B",
                each.passage.where,
                quoted(each.sentence),
                why,
                "Take the sentence out, or decide the question anew.",
            )
            return


def _citations(letter: ReadLetter, decided: Decided) -> Iterator[LetterFinding]:
    wanted: dict[str, str] = {}
    for part in decided.parts:
        for text in part.citations:
            for each in read_citation(text).cited or (text,):
                wanted.setdefault(each, part.label)
    grounds = {each for passage in letter.own for cited in passage.citations for each in cited.procedural}
    bare = {each for passage in letter.own for cited in passage.citations for each in cited.bare}
    written = letter.provisions | grounds | bare
    for provision, label in wanted.items():
        if provision not in written:
            why = f"{provision} is relied on for question {label}, and the letter does not cite it (section 17(1)(b))."
            yield LetterFinding("RN-03", "B", f"question {label}", "", why, f"Cite {provision} for question {label}.")
    for passage in letter.own:
        for cited in passage.citations:
            loose = [each for each in cited.provisions if each not in wanted]
            if (
                loose
                and passage.role not in ("review", "regulator")
                and not re.search(
                    r"\bif (?:it (?:is|were|was) )?held|\bwere (?:it )?held|\bwould be exempt", passage.text, re.I
                )
            ):
                why = f"{', '.join(loose)} is cited here and was relied on in no decision: an orphan citation."
                yield LetterFinding(
                    "RN-03", "B", passage.where, quoted(passage.text), why, "Take it out, or decide on it."
                )
                return


def _dates(letter: ReadLetter, decided: Decided) -> Iterator[LetterFinding]:
    dates = letter.dates
    for name, written, known in (
        ("received", dates.received, decided.received_on),
        ("due", dates.due, decided.due_on),
        ("sent", dates.sent, decided.sent_on),
    ):
        if written and known and written != known:
            passage = next(
                (each for each in letter.own if str(written.year) in each.text and str(written.day) in each.text),
                letter.own[0],
            )
            why = f"The letter says {name} {in_words(written)}; on record is {in_words(known)}."
            yield LetterFinding(
                "RN-15",
                "W",
                passage.where,
                quoted(passage.text),
                why,
                f"Write {in_words(known)}, or correct the record.",
            )


def _authorities(letter: ReadLetter, decided: Decided) -> Iterator[LetterFinding]:
    known = authorities()
    names = [known[each].name if each in known else each for each in decided.authorities]
    answering = [force for name in names for force in named(name)]
    if not answering:
        return
    for force in senders(letter):
        if force not in answering:
            passage = next(each for each in letter.own if force in named(each.text))
            why = f"The case is that of {' and '.join(names)}; the letter comes from {force.name}."
            yield LetterFinding("RN-16", "B", passage.where, quoted(passage.text), why, f"Write {' and '.join(names)}.")
            return
    missing = [
        force.name
        for force in answering
        if force not in [each for passage in letter.own for each in named(passage.text)]
    ]
    if missing and len(answering) > 1:
        why = f"{missing[0]} decided too, and the letter does not name it."
        yield LetterFinding(
            "RN-16",
            "B",
            letter.own[0].where,
            quoted(letter.own[0].text),
            why,
            "Name every authority that the letter decides for.",
        )


_REFERENCE = words("agreeing", "reference")


def _reference(letter: ReadLetter, decided: Decided) -> Iterator[LetterFinding]:
    def flat(text: str) -> str:
        return re.sub(r"\W+", "", text).lower()

    if not decided.reference or flat(decided.reference) in flat(letter.words):
        return
    for passage in letter.own:
        match = _REFERENCE.search(passage.text) if passage.role in ("head", "reply") else None
        if match:
            why = f"The letter carries the reference {match[1].strip()}; this case is {decided.reference}."
            yield LetterFinding(
                "RN-16",
                "B",
                passage.where,
                quoted(passage.text),
                why,
                f"Write {decided.reference}, and make sure that it is this case's letter.",
            )
            return
    first = letter.own[0]
    yield LetterFinding(
        "RN-16",
        "W",
        first.where,
        quoted(first.text),
        "The letter does not carry the case's reference.",
        f"Add {decided.reference}.",
    )
