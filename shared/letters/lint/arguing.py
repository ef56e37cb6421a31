"""RN-07 to RN-10, EXM-12, RN-21: harm, likelihood and the public interest, as section 2 and section 17(3) want them."""

import re
from collections.abc import Iterator

from shared.law.exemptions import CATALOGUE, PROVISIONS
from shared.law.findings import Severity
from shared.letters.lint.citing import section_of
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.sections import ARGUING
from shared.letters.lint.statements import statements
from shared.letters.lint.vocabulary import rows, words

_WEAK = words("arguing", "weak")
_HARMS = words("arguing", "harms")
_FOR = words("arguing", "for")
_AGAINST = words("arguing", "against")
_BALANCE = words("arguing", "balance")
_NOT_WEIGHED = words("arguing", "not_weighed")


def likelihood_is_stated(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-07."""
    found = [
        (each, sentence)
        for each, sentence in _harm(letter)
        if (weak := _WEAK.search(sentence)) and _HARMS.search(sentence, weak.end() - 1)
    ]
    if found:
        passage, sentence = found[0]
        weak = _WEAK.search(sentence)
        words = weak[0] if weak else ""
        count = f" ({len(found)} such sentences in all)" if len(found) > 1 else ""
        why = f"“{words}” is not one of the two likelihoods: harm either would, or would be likely to, follow{count}."
        yield LetterFinding(
            "RN-07",
            "W",
            passage.where,
            quoted(sentence),
            why,
            "Choose “would” or “would be likely to”, say why, and keep to it.",
        )


_ACT = re.compile(r"^\W*(?:to )?(?:disclos|releas|publi|reveal|provid|confirm)\w*", re.IGNORECASE)
"""How a sentence begins that says what an act would do, among others that cite the exemption."""


def _harm(letter: ReadLetter) -> Iterator[tuple[Passage, str]]:
    refused = any(each.says in ("withheld", "ncnd") for each in statements(letter)) or bool(letter.arguing)
    for passage in letter.own if refused else ():
        argued = passage.role in ("harm", "factors_against", "interest", "balance")
        plain = passage.role in ("reply", "withheld", "ncnd", "other")
        for sentence in passage.sentences if argued or plain else ():
            if argued or not passage.citations or _ACT.match(sentence):
                yield passage, sentence


def public_interest_is_weighed(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-08: factors both ways and a balance for what is qualified; a balance may be struck over several together."""
    refusals = [each for each in statements(letter) if each.says in ("withheld", "refused", "ncnd")]
    if any(each.says == "extended" for each in statements(letter)) and not any(
        each.says in ("withheld", "ncnd") for each in statements(letter) if each.passage.role not in ARGUING
    ):
        return
    if any(each.says == "reviewed" for each in statements(letter)):
        return
    qualified = sorted(_qualified(letter))
    if not qualified or not (refusals or letter.arguing):
        return
    listed = ", ".join(qualified)
    texts = [
        (each, s)
        for each in letter.own
        if each.role not in ("review", "regulator", "closing", "head", "disclosed")
        for s in each.sentences
    ]
    roles = {each.role for each in letter.arguing if each.kind != "heading"}
    if any(_WAIVED.search(s) for _, s in texts):
        return
    lacking = []
    if not ("factors_for" in roles or any(_FOR.search(s) for _, s in texts)):
        lacking.append("a factor for disclosing or confirming")
    if not (
        "factors_against" in roles
        or "harm" in roles
        or any(
            _AGAINST.search(s) and re.search(r"public interest|would|likely|against|outweigh", s, re.I)
            for _, s in texts
        )
    ):
        lacking.append("a factor against")
    if not ("balance" in roles or any(_BALANCE.search(s) and not _RECITES.search(s) for _, s in texts)):
        lacking.append("where the balance lies")
    if lacking:
        where = letter.arguing[0] if letter.arguing else refusals[0].passage
        why = f"Section {listed} is qualified, and the letter lacks {' and '.join(lacking)} (sections 2 and 17(3))."
        mend = "Give the factors both ways, tied to this information, and say where the balance lies."
        # In running prose a factor may be put in words that no list has; that it was weighed at all is plain.
        weighed = "where the balance lies" not in lacking and any(_WEIGHED.search(s) for _, s in texts)
        severity: Severity = "W" if weighed else "B"
        yield LetterFinding("RN-08", severity, where.where, quoted(where.text), why, mend)
    elif "factors_for" not in roles and roles and not any(_FOR.search(s) and not _AGAINST.search(s) for _, s in texts):
        where = letter.arguing[0]
        why = "What speaks for disclosure is only mentioned in passing, in a sentence that at once denies it weight."
        yield LetterFinding(
            "RN-08", "W", where.where, quoted(where.text), why, "Set out the factors for disclosure in their own right."
        )


_WAIVED = words("arguing", "waived")
_WEIGHED = re.compile(r"\b(?:public interest|interests? of the public)\b", re.IGNORECASE)
_RECITES = re.compile(
    r"\b(?:qualified exemptions?|requires? (?:us|me|that)|must|have to|required to|Act we may)\b", re.IGNORECASE
)


def _qualified(letter: ReadLetter) -> set[str]:
    qualified = {section_of(each) for each in letter.provisions if PROVISIONS[each].qualified}
    whole = {section_of(each) for each in letter.provisions}
    bare = letter.sections - whole
    return qualified | {each for each in bare if CATALOGUE[each].kind == "qualified"}


def absolute_grounds_are_not_weighed(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-09: no public interest test for absolute exemptions, section 12 or section 14."""
    if letter.sections and not _qualified(letter) and not any(each == "37" for each in letter.sections):
        about = f"Section {', '.join(sorted(letter.sections))} is absolute"
    elif not letter.sections and any(
        each.says in ("cost_refused", "vexatious", "repeated") for each in statements(letter)
    ):
        about = "Sections 12 and 14 are no exemptions"
    else:
        about = ""
    for passage in letter.own if about and "41" not in letter.sections else ():
        weighed = passage.role in ("factors_for", "factors_against", "balance") or (
            re.search(r"\bpublic interest\b", passage.text, re.I) and _BALANCE.search(passage.text)
        )
        if (
            weighed
            and passage.role not in ("review", "regulator")
            and not _NOT_WEIGHED.search(passage.text)
            and not re.search(r"\blegitimate|\bnecess|\bArticle 6|\bfair", passage.text, re.I)
        ):
            why = f"{about}: the Act asks for no public interest test, yet one is set out."
            yield LetterFinding(
                "RN-09",
                "W",
                passage.where,
                quoted(passage.text),
                why,
                "Take the test out; say instead why the provision applies.",
            )
            return
    yield from _tested_by_name(letter)


def _tested_by_name(letter: ReadLetter) -> Iterator[LetterFinding]:
    """A public interest heading or factor that names only an absolute exemption beside qualified ones."""
    for passage in letter.arguing:
        sections = {s for cited in passage.citations for s in cited.sections}
        if (
            passage.role in ("factors_for", "factors_against", "balance")
            and sections
            and all(CATALOGUE[s].kind == "absolute" for s in sections - {"41"})
            and sections != {"41"}
        ):
            section = sorted(sections)[0]
            if not _NOT_WEIGHED.search(passage.text):
                why = f"Section {section} is absolute: the Act asks for no public interest test."
                yield LetterFinding(
                    "RN-09", "W", passage.where, quoted(passage.text), why, "Take the test out for this section."
                )
                return


_TOPICS = rows("arguing", "topic")


def harm_keeps_to_what_was_asked(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-10: data that is argued about but was never requested."""
    request = letter.request.lower()
    if len(request.split()) < 8:
        return
    for row in _TOPICS:
        topic, pattern, asked = row["name"], row["any"], row["asked"]
        for passage in letter.arguing if not re.search(asked, request) else ():
            sentence = next((each for each in passage.sentences if pattern.search(each)), None)
            if sentence:
                why = (
                    f"The reasons speak of {topic}, which the request did not ask for: they may have been written "
                    "for another request."
                )
                yield LetterFinding(
                    "RN-10",
                    "W",
                    passage.where,
                    quoted(sentence),
                    why,
                    "Argue only what disclosing, or confirming, the information asked for would do.",
                )
                break


_IRRELEVANT = words("arguing", "irrelevant")


def factors_belong_to_the_exemption(letter: ReadLetter) -> Iterator[LetterFinding]:
    """EXM-12."""
    for passage in letter.arguing:
        for sentence in passage.sentences:
            match = _IRRELEVANT.search(sentence)
            negated = match and re.search(
                r"\b(?:not|no|nor|irrelevant|disregard\w*|never|without)\b[^.]{0,70}$", sentence[: match.start()], re.I
            )
            excused = match and re.search(
                r"\b(?:irrelevant|disregarded|not (?:a )?(?:relevant|consider\w*|taken)|no weight|nothing to do)\b",
                sentence,
                re.I,
            )
            if (
                match
                and not negated
                and not excused
                and passage.role in ("harm", "factors_against", "balance", "factors_for")
            ):
                why = f"“{match[0]}” is no factor that the exemption relied on protects."
                yield LetterFinding(
                    "EXM-12",
                    "W",
                    passage.where,
                    quoted(sentence),
                    why,
                    (
                        "Keep to the interest that the exemption protects, and what disclosure adds to public "
                        "understanding."
                    ),
                )
                return


(_STOCK,) = (row["any"] for row in rows("arguing", "stock"))
_TOO_MANY = 3


def reasons_are_tailored(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-21."""
    found = [(each, s) for each in letter.own for s in each.sentences if _STOCK.search(s)]
    if len(found) >= _TOO_MANY:
        passage, sentence = found[0]
        why = f"{len(found)} sentences are stock wording that many forces' letters share word for word."
        yield LetterFinding(
            "RN-21",
            "W",
            passage.where,
            quoted(sentence),
            why,
            "Confirm that each says something of this information, or write it anew.",
        )


RULES = (
    likelihood_is_stated,
    public_interest_is_weighed,
    absolute_grounds_are_not_weighed,
    harm_keeps_to_what_was_asked,
    factors_belong_to_the_exemption,
    reasons_are_tailored,
)
