"""RN-04: to neither confirm nor deny has provisions of its own (EXM-02)."""

from collections.abc import Iterator

from shared.law.exemptions import CATALOGUE, PROVISIONS
from shared.letters.lint.citing import Cited, section_of
from shared.letters.lint.confirming import neither_confirmed_nor_denied, really
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.sections import ARGUING
from shared.letters.lint.statements import Statement, statements
from shared.letters.lint.vocabulary import words

_IF_HELD = words("denial_citations", "if_held")


def ncnd_cites_its_own_provisions(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-04 (EXM-02)."""
    denied = neither_confirmed_nor_denied(letter)
    if not denied:
        yield from _ncnd_provision_to_withhold(letter)
        return
    ncnd = {section_of(each) for each in letter.provisions if PROVISIONS[each].is_ncnd}
    ncnd |= {
        section_of(bare) for each in letter.own for place in each.citations for bare in place.bare if bare == "40(5B)"
    }
    withholding = any(each.says == "withheld" and really(each) for each in statements(letter))
    if withholding:
        yield from _beside_withholding(letter, denied, ncnd)
        return
    reported: set[str] = set()
    for passage in letter.own:
        for cited in passage.citations:
            wrong = [each for each in (*cited.provisions, *cited.bare) if not _is_ncnd(each)]
            for each in wrong:
                section = section_of(each)
                if (
                    section in reported
                    or not CATALOGUE[section].ncnd
                    or _IF_HELD.search(passage.text)
                    or passage.role == "review"
                ):
                    continue
                if section in ncnd:
                    continue
                reported.add(section)
                proper = ", ".join(CATALOGUE[section].ncnd[:3])
                why = (
                    f"{each} is no ground to neither confirm nor deny: it allows information that is held to be "
                    "withheld."
                )
                yield LetterFinding(
                    "RN-04",
                    "B",
                    passage.where,
                    quoted(passage.text),
                    why,
                    f"Cite {proper}, or confirm that the information is held and withhold it.",
                )
    if not letter.sections:
        first = denied[0]
        why = "The letter neither confirms nor denies without citing a provision that allows it."
        yield LetterFinding(
            "RN-04",
            "B",
            first.passage.where,
            quoted(first.sentence),
            why,
            "Cite the provisions relied on, such as 24(2), 30(3), 31(3) or 40(5B)(a)(i).",
        )


def _is_ncnd(provision: str) -> bool:
    """Whether this, or everything beneath it, is a ground to neither confirm nor deny."""
    below = [each for each in PROVISIONS if each == provision or each.startswith(f"{provision}(")]
    return bool(below) and "(" in provision and all(PROVISIONS[each].is_ncnd for each in below)


def _beside_withholding(letter: ReadLetter, denied: tuple[Statement, ...], ncnd: set[str]) -> Iterator[LetterFinding]:
    """Withheld in part, the rest neither confirmed nor denied: each wants its own provisions."""
    own = [cited for each in denied for cited in (*each.passage.citations, *_following(letter, each.passage))]
    named = {section for cited in own for section in cited.sections}
    wrong = sorted(section for section in named if section not in ncnd and CATALOGUE[section].ncnd)
    if (wrong or not ncnd) and letter.sections:
        first = denied[0]
        listed = ", ".join(wrong or sorted(letter.sections))
        why = f"To neither confirm nor deny rests here on section {listed} without the provision that allows it."
        proper = ", ".join(
            each for section in (wrong or sorted(letter.sections)) for each in CATALOGUE[section].ncnd[:1]
        )
        yield LetterFinding(
            "RN-04",
            "B",
            first.passage.where,
            quoted(first.sentence),
            why,
            f"Cite {proper} for what is neither confirmed nor denied, and the withholding limbs for what is withheld.",
        )


def _following(letter: ReadLetter, passage: Passage) -> Iterator[Cited]:
    """The citations listed beneath a sentence that ends in a colon or announces them."""
    place = letter.own.index(passage)
    for each in letter.own[place + 1 : place + 6]:
        if not each.citations or len(each.text) > 160 or each.role in ARGUING:
            return
        yield from each.citations


def _ncnd_provision_to_withhold(letter: ReadLetter) -> Iterator[LetterFinding]:
    withheld = [each for each in statements(letter) if each.says == "withheld"]
    for passage in letter.own if withheld else ():
        for cited in passage.citations:
            for provision in cited.provisions:
                section = section_of(provision)
                others = [
                    each for each in letter.provisions if section_of(each) == section and not PROVISIONS[each].is_ncnd
                ]
                if PROVISIONS[provision].is_ncnd and not others:
                    why = (
                        f"{provision} allows to neither confirm nor deny; it is no ground to withhold information that "
                        "is held."
                    )
                    limbs = ", ".join(CATALOGUE[section].limbs[:4])
                    yield LetterFinding(
                        "RN-04",
                        "B",
                        passage.where,
                        quoted(passage.text),
                        why,
                        f"Cite the limb for withholding, such as {limbs}.",
                    )
                    return


RULES = (ncnd_cites_its_own_provisions,)
