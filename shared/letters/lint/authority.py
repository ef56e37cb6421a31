"""RN-16, STA-09, VAL-05: who is answering, and that it is the same authority throughout."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from shared.contracts.authorities import authorities
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.sections import COMPLAINING
from shared.letters.lint.vocabulary import words


@dataclass(frozen=True)
class Force:
    """A police force and how letters name it."""

    name: str
    pattern: re.Pattern[str]
    domain: str
    welsh: bool = False


@cache
def forces() -> tuple[Force, ...]:
    """Every force of the table, and every authority of this installation that is not in it."""
    rows = tomllib.loads(files(__package__).joinpath("forces.toml").read_text(encoding="utf-8"))["force"]
    known = tuple(
        Force(
            row["name"],
            re.compile(rf"(?<!\w)(?:{'|'.join(row['also'])})(?!\w)"),
            row["domain"],
            row.get("welsh", False),
        )
        for row in rows
    )
    added = (
        Force(each.name, re.compile(rf"(?<!\w){re.escape(each.name)}(?!\w)"), each.code, each.language == "cy")
        for each in authorities().values()
        if not any(force.pattern.search(each.name) for force in known)
    )
    return (*known, *added)


def named(text: str) -> list[Force]:
    """The forces that a text names, each once, in order."""
    found = [(match.start(), force) for force in forces() if (match := force.pattern.search(text))]
    joint = re.search(r"(?<!\w)([A-Z]\w+) (?:and|&) ([A-Z]\w+) (?:Constabular(?:y|ies)|Police)", text)
    if joint:
        ours = joint.groups()
        found += [
            (joint.start(), force)
            for force in forces()
            for word in ours
            if force.name.startswith(f"{word} ") and force.name.count(" ") == 1
        ]
    return list(dict.fromkeys(force for _, force in sorted(found, key=lambda each: each[0])))


_ACTS = (
    r"(?:can|cannot|will|has|have|had|is|are|does|do|holds?|neither|received|would|aims?|confirms?"
    r"|considers?|believes?|regards?|recognises?|takes?|must|may|seeks?|records?|'s? (?:ability"
    r"|officers|response|position|duty|website|internal review))\b"
)
_OF_US = (
    r"(?:response from|request to|received by|held by|holding by|on behalf of|interest in|decision of"
    r"|review (?:by|with)|complain\w* to|write to|website of|asked|provided by|disclosed by"
    r"|handled by|reply from|from)"
)
_ELSEWHERE = words("authority", "elsewhere")


def the_authority_is_one(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-16."""
    sender = senders(letter)
    if not sender:
        return
    for passage in letter.own:
        for sentence in passage.sentences:
            for force in named(sentence):
                if force in sender or _is_elsewhere(force, sentence, passage):
                    continue
                speaks = re.search(
                    (
                        rf"{force.pattern.pattern},? ?(?:Service |Constabulary )?{_ACTS}"
                        rf"|\b{_OF_US} (?:the )?{force.pattern.pattern}"
                    ),
                    sentence,
                )
                if speaks:
                    names = " and ".join(each.name for each in sender)
                    why = (
                        f"The letter is from {names}, but here {force.name} speaks or is addressed: it may have been "
                        "written for another force."
                    )
                    yield LetterFinding(
                        "RN-16",
                        "B",
                        passage.where,
                        quoted(sentence),
                        why,
                        f"Write {names}, or say why {force.name} is named.",
                    )
                    return
    yield from _mentioned(letter, sender)
    yield from _foreign_address(letter, sender)


def _mentioned(letter: ReadLetter, sender: list[Force]) -> Iterator[LetterFinding]:
    """Another force that is only named: often rightly, and often left over from its own letter."""
    for passage in letter.own:
        for sentence in passage.sentences:
            others = [
                force
                for force in named(sentence)
                if force not in sender and not _is_elsewhere(force, sentence, passage)
            ]
            if others and passage.kind != "quote" and not passage.quoted:
                why = f"{others[0].name} is named in a letter from {' and '.join(each.name for each in sender)}."
                mend = "See whether it belongs here, or was left over from another force’s letter."
                yield LetterFinding("RN-16", "W", passage.where, quoted(sentence), why, mend)
                return


def _is_elsewhere(force: Force, sentence: str, passage: Passage) -> bool:
    return bool(_ELSEWHERE.search(sentence)) or (
        force.name == "Metropolitan Police Service"
        and bool(re.search(r"\bCommissioner of the Metropolitan|\bMetropolitan Police District", sentence))
    )


def _foreign_address(letter: ReadLetter, sender: list[Force]) -> Iterator[LetterFinding]:
    ours = {each.domain for each in sender}
    for passage in letter.own:
        if passage.role not in (*COMPLAINING, "closing"):
            continue
        for match in re.finditer(
            r"(?:@|//|www\.)(?:[\w-]{1,63}\.){0,5}?([\w-]{1,63})(?:\.pnn)?\.police\.uk", passage.text, re.I
        ):
            other = next(
                (force for force in forces() if force.domain == match[1].lower() and force.domain not in ours), None
            )
            if other and not any(force.domain == match[1].lower() for force in sender):
                names = " and ".join(each.name for each in sender)
                why = f"The letter is from {names}, but the address is of {other.name}."
                yield LetterFinding(
                    "RN-16", "B", passage.where, quoted(passage.text), why, f"Give the address of {names}."
                )
                return


@cache
def senders(letter: ReadLetter) -> list[Force]:
    """The force, or the declared joint forces, that the letter comes from; empty where it does not say."""
    count: Counter[Force] = Counter()
    joint: list[Force] = []
    for passage in letter.own:
        weight = 3 if passage.role in ("head", "closing") else 2 if passage.role in COMPLAINING else 1
        for sentence in passage.sentences:
            found = named(sentence)
            if (
                len(found) == 2
                and re.search(r"(?:Constabular(?:y|ies)|Police|[A-Z]\w+) (?:and|&) [A-Z]", sentence)
                and not _ELSEWHERE.search(sentence)
            ):
                joint = joint or found
            for force in found:
                if not _is_elsewhere(force, sentence, passage):
                    count[force] += weight
    if joint and 2 * sum(count[each] for each in joint) > sum(count.values()):
        return joint
    ranked = count.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        first = [force for passage in letter.own for force in named(passage.text)]
        return first[:1]
    return [ranked[0][0]]


def joint_forces_decide_each(letter: ReadLetter) -> Iterator[LetterFinding]:
    """STA-09, RN-13: one letter for two authorities."""
    sender = senders(letter)
    if len(sender) < 2:
        return
    first = next(each for each in letter.own if named(each.text))
    why = (
        f"One letter answers for {' and '.join(each.name for each in sender)}: each is an authority of "
        "its own, with its own decision, and the request counts once for each."
    )
    yield LetterFinding(
        "STA-09",
        "I",
        first.where,
        quoted(first.text),
        why,
        "Record the decision of each authority, and count the request once for each.",
    )
    addresses = " ".join(each.text for each in letter.own if each.role in (*COMPLAINING, "closing"))
    reached = [
        force
        for force in sender
        if re.search(
            rf"{force.pattern.pattern}", re.sub(r"[A-Z]\w+ (?:and|&) [A-Z]\w+ Constabular(?:y|ies)", "", addresses)
        )
        or re.search(rf"@(?:[\w-]{{1,63}}\.){{0,5}}{force.domain}\.", addresses, re.I)
    ]
    if len(reached) == 1:
        passage = next((each for each in letter.own if each.role in COMPLAINING), first)
        why = f"The review address is {reached[0].name}'s alone, though the letter decides for both."
        yield LetterFinding(
            "STA-09",
            "W",
            passage.where,
            quoted(passage.text),
            why,
            "Give each authority's address for its own decision.",
        )


_WELSH = words("authority", "welsh")
_OFFERS_WELSH = re.compile(r"\b(?:Welsh|Cymraeg|Gymraeg)\b", re.IGNORECASE)


def welsh_is_treated_no_less_favourably(letter: ReadLetter) -> Iterator[LetterFinding]:
    """VAL-05."""
    sender = senders(letter)
    if sender and sender[0].welsh and not _OFFERS_WELSH.search(letter.words) and len(_WELSH.findall(letter.words)) < 12:
        first = next(each for each in letter.own if named(each.text))
        why = f"{sender[0].name} is bound by the Welsh Language Standards, and this letter is in English alone."
        yield LetterFinding(
            "VAL-05",
            "W",
            first.where,
            quoted(first.text),
            why,
            "Record the applicant's choice of language, or send the letter in Welsh too.",
        )


RULES = (the_authority_is_one, joint_forces_decide_each, welsh_is_treated_no_less_favourably)
