"""RN-17, RN-24: where a letter sends the applicant, and whether that place still exists."""

import re
from collections.abc import Iterator

from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import ReadLetter
from shared.letters.lint.statements import statements
from shared.letters.lint.vocabulary import rows, words

_URL = words("links", "url")
_POINTS = words("links", "points")
_OBSOLETE = rows("links", "obsolete")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_STALE = 5
"""Years."""


def no_reference_is_obsolete(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-24."""
    for row in _OBSOLETE:
        pattern, why, mend = row["any"], row["why"], row["mend"]
        for passage in letter.own:
            match = pattern.search(passage.text)
            if match and not re.search(
                r"\b(?:former|formerly|previously|then|replaced|now)\b",
                passage.text[max(0, match.start() - 40) : match.end() + 40],
                re.I,
            ):
                yield LetterFinding(
                    "RN-24",
                    "W",
                    passage.where,
                    quoted(passage.text),
                    f"“{match[0]}”: {why[0].lower()}{why[1:]}.",
                    f"{mend}.",
                )
                break


def links_lead_somewhere(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-17: a link that is there, of the right time, and from a body that can answer."""
    for n, passage in enumerate(letter.own):
        near = " ".join(
            each.text for each in letter.own[n : n + 3] if each.role not in ("review", "regulator", "closing")
        )
        if passage.role in ("review", "regulator"):
            continue
        sentence = next((each for each in passage.sentences if _POINTS.search(each)), None)
        if sentence and passage.kind != "heading" and not _URL.search(near) and not re.search(r"@", near):
            why = "The applicant is sent to a link, and none is given."
            yield LetterFinding("RN-17", "W", passage.where, quoted(sentence), why, "Give the full address.")
            break
    yield from _stale(letter)
    yield from _elsewhere(letter)


def _stale(letter: ReadLetter) -> Iterator[LetterFinding]:
    asked = [int(each) for each in _YEAR.findall(letter.request)]
    latest = max(
        [
            *asked,
            letter.dates.received.year if letter.dates.received else 0,
            letter.dates.sent.year if letter.dates.sent else 0,
        ]
    )
    for passage in letter.own:
        if passage.role in ("review", "regulator"):
            continue
        for url in _URL.findall(passage.text):
            years = [
                int(each[:4])
                for each in re.findall(
                    r"(?<!\d)(?:19|20)\d{2}(?!\d)|(?<!\d)20(?:0\d|1\d|2\d)(?:0[1-9]|1[0-2])(?:[0-3]\d)(?!\d)", url
                )
            ]
            newest = max(years, default=0)
            if (
                newest
                and latest
                and 1990 < newest <= latest
                and (latest - newest >= _STALE or (asked and newest < max(asked) - 1))
                and "legislation.gov.uk" not in url
            ):
                why = (
                    f"The link is of {newest}; the request is about, or was made in, {latest}: it does not cover "
                    "what was asked."
                )
                yield LetterFinding(
                    "RN-17",
                    "W",
                    passage.where,
                    quoted(url),
                    why,
                    "Link to what covers the period asked for, or say that it is for background.",
                )
                return
            if re.search(r"\b(?:[\w-]{1,63}\.)?(?!www\b)[\w-]{1,63}\.gov\.uk", url, re.I) and not re.search(
                (
                    r"\b(?:www\.gov\.uk|//gov\.uk|ico|legislation|justice|parliament|ons|nationalarchives|npcc|police"
                    r"|service|publishing|homeoffice|data|nisra|statistics|judiciary|cps|hmicfrs|cabinetoffice|met"
                    r"|london|gov\.wales|hse)\b"
                ),
                url,
                re.I,
            ):
                why = "The link leads to a local council or another body that may not answer for this authority."
                yield LetterFinding(
                    "RN-17",
                    "W",
                    passage.where,
                    quoted(url),
                    why,
                    "Check that it is on the subject, current and from the body responsible.",
                )
                return


def _elsewhere(letter: ReadLetter) -> Iterator[LetterFinding]:
    """Published information that is the answer is exempt under section 21, which must then be cited."""
    accessible = [each for each in statements(letter) if each.says == "already_accessible"]
    if not accessible or "21" in letter.sections or "22" in letter.sections:
        return
    said = {each.says for each in statements(letter)}
    first = next(
        (
            each
            for each in accessible
            if re.search(
                (
                    r"\b(?:already|your (?:request|question)|information you|requested|this information|(?:question"
                    r"|Q) ?\d)"
                ),
                each.sentence,
                re.I,
            )
            and not re.search(
                r"\b(?:useful|interest|assist|national|guidance|statistic|may (?:help|wish))", each.sentence, re.I
            )
        ),
        None,
    )
    if first and ("disclosed" not in said or first.labels):
        why = "The answer is that the information is published elsewhere, but section 21 is not cited."
        yield LetterFinding(
            "RN-17",
            "W",
            first.passage.where,
            quoted(first.sentence),
            why,
            "Cite section 21(1), which is a refusal with its own notice, or give the information as well.",
        )


RULES = (no_reference_is_obsolete, links_lead_somewhere)
