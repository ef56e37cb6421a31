"""RN-19, RN-20, RN-22: slips that change an answer, named staff, and claims that the letter cannot support."""

import re
from collections import Counter
from collections.abc import Iterator

from shared.law.exemptions import CATALOGUE
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.sections import COMPLAINING
from shared.letters.lint.statements import statements
from shared.letters.lint.vocabulary import rows, words

_SLIPS = rows("wording", "slip")
_TWICE = words("wording", "twice")


def statements_say_what_is_meant(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-19."""
    for passage in letter.own:
        for row in _SLIPS:
            if match := row["any"].search(passage.text):
                yield LetterFinding(
                    "RN-19",
                    "W",
                    passage.where,
                    quoted(passage.text[max(0, match.start() - 80) :]),
                    f"“{match[0]}”: {row['what']}.",
                    "Read the sentence against the decision and correct it.",
                )
        match = _TWICE.search(passage.text)
        if match and passage.kind != "row":
            yield LetterFinding(
                "RN-19",
                "W",
                passage.where,
                quoted(passage.text[max(0, match.start() - 80) :]),
                f"“{match[0]}”: a word stands twice.",
                "Correct it.",
            )
    yield from _turned_letters(letter)


def _turned_letters(letter: ReadLetter) -> Iterator[LetterFinding]:
    """Two abbreviations of the same letters (PCDM, PCMD) are most likely one system named wrongly."""
    count = Counter(re.findall(r"\b[A-Z]{4,7}\b", letter.words + " " + letter.request))
    names = sorted(count)
    for n, one in enumerate(names):
        for other in names[n + 1 :]:
            if sorted(one) == sorted(other) and one[0] == other[0]:
                where = next((each for each in letter.passages if one in each.text), letter.passages[0])
                yield LetterFinding(
                    "RN-19",
                    "W",
                    where.where,
                    quoted(where.text),
                    f"{one} and {other} are made of the same letters: one of them may be a slip.",
                    "Use one name for one system.",
                )
                return


_STAFF = words("wording", "staff")


def junior_staff_are_not_named(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-20."""
    for passage in letter.own:
        match = _STAFF.search(passage.text) if not re.match(r"^\W*dear\b", passage.text, re.I) else None
        if match and passage.role in (*COMPLAINING, "closing", "reply", "head"):
            why = "A member of staff is named: whether that is published depends on the force's naming policy."
            yield LetterFinding(
                "RN-20", "W", passage.where, quoted(passage.text), why, "Give the role in the published copy."
            )
            return


_KINDS = words("wording", "kinds")
_KINDS_MANY = re.compile(
    r"\bsections? ([\d(), and]+?) are (?:both |all )?(prejudice|harm|class)[- ]based", re.IGNORECASE
)
_UNIQUE = re.compile(r"\b(?:response|reply|answer)\b[^.]{0,40}\bis unique\b", re.IGNORECASE)
_WILL_PUBLISH = words("wording", "will_publish")
_IMPLAUSIBLE = words("wording", "implausible")
_BELOW = words("wording", "below")
_REAL_BASIS = {"prejudice": "prejudice", "harm": "prejudice", "class": "class"}


def claims_can_be_supported(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-22."""
    for passage in letter.own:
        for sentence in passage.sentences:
            if _UNIQUE.search(sentence):
                yield LetterFinding(
                    "RN-22",
                    "W",
                    passage.where,
                    quoted(sentence),
                    "That the response is unique cannot be known, and hardly is where its reasons are shared wording.",
                    "Leave the sentence out.",
                )
            if _IMPLAUSIBLE.search(sentence):
                yield LetterFinding(
                    "RN-22",
                    "W",
                    passage.where,
                    quoted(sentence),
                    (
                        "This claims of other forces or areas what the letter cannot know, and what may contradict a "
                        "general duty."
                    ),
                    "Check it against this case, or take it out.",
                )
            yield from _kinds(passage.where, sentence)
    said = {each.says for each in statements(letter)}
    if not said & {"disclosed", "already_accessible"}:
        promised = next(letter.find(_WILL_PUBLISH), None)
        if promised and (said or letter.arguing):
            yield LetterFinding(
                "RN-22",
                "W",
                promised[0].where,
                quoted(promised[1]),
                "The letter discloses nothing, yet speaks of publishing what is disclosed.",
                "Say what will be published, or leave the sentence out.",
            )
    below = next(letter.find(_BELOW), None)
    if below and not letter.sections:
        yield LetterFinding(
            "RN-22",
            "W",
            below[0].where,
            quoted(below[1]),
            "Exemptions are said to follow, and none does.",
            "Cite them.",
        )


def _kinds(where: str, sentence: str) -> Iterator[LetterFinding]:
    claims = [(match[1], (match[2] or match[3]).lower()) for match in _KINDS.finditer(sentence)]
    claims += [
        (section, match[2].lower())
        for match in _KINDS_MANY.finditer(sentence)
        for section in re.findall(r"\d\d", match[1])
    ]
    for section, claim in claims:
        exemption = CATALOGUE.get(section.upper())
        if exemption is None or "mixed" in (exemption.kind, exemption.basis):
            continue
        truth = exemption.kind if claim in ("absolute", "qualified") else exemption.basis
        harmful = claim in ("prejudice", "harm") and exemption.harm_required and section != "24"
        if truth != _REAL_BASIS.get(claim, claim) and not harmful:
            yield LetterFinding(
                "RN-22",
                "W",
                where,
                quoted(sentence),
                (
                    f"Section {section} is not {claim}{'' if claim in ('absolute', 'qualified') else '-based'}: it "
                    "is "
                    f"{truth if claim in ('absolute', 'qualified') or truth != 'prejudice' else 'prejudice-based'}."
                ),
                "Describe the exemption as the Act does.",
            )
            return


RULES = (statements_say_what_is_meant, junior_staff_are_not_named, claims_can_be_supported)
