"""RN-01, RN-02, RN-03: every question is decided, a refusal says that it is one, and cites what it rests on."""

import re
from collections.abc import Iterator

from shared.law.exemptions import CATALOGUE, PROVISIONS
from shared.letters.lint.answers import answers, gives_data
from shared.letters.lint.citing import Cited, section_of
from shared.letters.lint.finding import LetterFinding, quoted
from shared.letters.lint.labels import covers, labels_in
from shared.letters.lint.letter import Passage, ReadLetter
from shared.letters.lint.statements import DECIDES, REFUSES, Statement, statements
from shared.letters.lint.vocabulary import words

_REFUSAL_TALK = words("deciding", "refusal_talk")
_PLAIN = words("deciding", "plain")
_WHY_ELSEWHERE = words("deciding", "why_elsewhere")
_REASON = words("deciding", "reason")


def every_question_is_decided(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-01."""
    decided = [each for each in statements(letter) if each.says in DECIDES]
    given = answers(letter)
    refusing = [each for each in letter.own if each.kind != "heading" and _REFUSAL_TALK.search(each.text)] + list(
        letter.arguing
    )
    if not decided and (refusing or not given) and not any(gives_data(each) for each in given):
        where, quote = _first_reply(letter)
        why = (
            "The letter never says what was decided: nothing is disclosed, withheld, neither confirmed nor "
            "denied, or said not to be held."
        )
        if refusing:
            why += " It argues harm and the public interest without a decision for them to support."
        mend = (
            "Say for each question what was decided: disclosed, withheld, neither confirmed nor denied, not "
            "held, already accessible or refused on cost."
        )
        yield LetterFinding("RN-01", "B", where, quote, why, mend)
    elif decided and letter.asked:
        yield from _left_out(letter, decided, given)


def _first_reply(letter: ReadLetter) -> tuple[str, str]:
    after = [each for each in letter.own if each.role not in ("head", "request")]
    first = (after or list(letter.own) or [letter.passages[0]])[0]
    return first.where, quoted(first.text)


def _left_out(letter: ReadLetter, decided: list[Statement], given: tuple[Passage, ...]) -> Iterator[LetterFinding]:
    if any(
        not each.labels and each.says not in ("acknowledged", "already_accessible")
        for each in decided
        if not _partial(each)
    ):
        return
    spoken_of = {
        label for each in letter.passages if each.role != "request" for label in (*each.labels, *labels_in(each.text))
    }
    if any(_REST.search(each.text) for each in letter.own):
        return
    if not spoken_of & set(letter.asked):
        return
    missing = [label for label in letter.asked if not any(covers(label, each) for each in spoken_of)]
    if missing:
        quote = next(
            (
                each.text
                for each in letter.passages
                if each.role == "request" and each.text.lower().lstrip("-*• (q").startswith(missing[0])
            ),
            "",
        )
        why = (
            f"Nothing is decided about question {', '.join(missing)}, while the other questions are answered by number."
        )
        yield LetterFinding(
            "RN-01", "B", f"question {missing[0]}", quoted(quote), why, "Decide it, and say so by its number."
        )


_REST = words("deciding", "rest")


def _partial(statement: Statement) -> bool:
    return bool(re.search(r"\b(?:some|part|certain|most)\b", statement.sentence, re.IGNORECASE))


def a_refusal_says_so(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-02: section 17(1)(a), and (c) where the reason is only linked to."""
    refusals = [each for each in statements(letter) if each.says in REFUSES]
    cited = [each for each in letter.own if any(place.sections for place in each.citations)]
    decided = any(each.says in DECIDES for each in statements(letter))
    waiting = any(each.says in ("extended", "reviewed", "corrected") for each in statements(letter))
    if not refusals and not waiting and letter.arguing and (cited or not decided):
        first = (cited or list(letter.arguing))[0]
        why = "Exemptions are argued, but no sentence says that anything is refused (section 17(1)(a))."
        mend = "Say which information is refused and that this is a refusal notice under section 17(1)."
        yield LetterFinding("RN-02", "B", first.where, quoted(first.text), why, mend)
    elif (
        refusals
        and all(each.says in ("withheld", "refused", "ncnd") for each in refusals)
        and not _PLAIN.search(letter.words)
    ):
        first_refusal = refusals[0]
        why = "The letter refuses without saying that it is a refusal notice (section 17(1)(a))."
        mend = "Add that this is a refusal notice under section 17(1) of the Act."
        yield LetterFinding("RN-02", "W", first_refusal.passage.where, quoted(first_refusal.sentence), why, mend)
    yield from _only_linked(letter, refusals)


def _only_linked(letter: ReadLetter, refusals: list[Statement]) -> Iterator[LetterFinding]:
    for passage, sentence in letter.find(_WHY_ELSEWHERE):
        if (
            any(each.says in ("withheld", "ncnd") for each in refusals)
            and passage.role not in ("review", "regulator")
            and re.search(r"\bexempt|\breason", sentence, re.I)
            and not re.search(r"\bFactors|\bstatistic|\btable", sentence)
        ):
            why = (
                "A link to what an exemption means is no statement of why it applies to this information "
                "(section 17(1)(c))."
            )
            yield LetterFinding(
                "RN-02", "W", passage.where, quoted(sentence), why, "State in the letter why the exemption applies."
            )
            return


def every_refusal_cites_its_limb(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-03, EXM-01: section, subsection and limb; something cited for everything that is refused."""
    refusals = [each for each in statements(letter) if each.says in ("withheld", "refused", "ncnd")]
    extended = [each for each in statements(letter) if each.says == "extended"]
    relied = refusals or extended
    if refusals and not letter.sections and not _cites_a_ground(letter):
        first = refusals[0]
        why = "Information is refused, but no exemption is cited (section 17(1)(b))."
        mend = "Cite section, subsection and limb of every exemption relied on, for each question."
        yield LetterFinding("RN-03", "B", first.passage.where, quoted(first.sentence), why, mend)
    if relied or letter.arguing:
        yield from _incomplete(letter)
    yield from _undecided_citation(letter)
    yield from _unmapped(letter, refusals)


def _cites_a_ground(letter: ReadLetter) -> bool:
    grounds = any(place.procedural for each in letter.own for place in each.citations)
    return grounds or any(
        each.says in ("cost_refused", "vexatious", "repeated", "other_regime") for each in statements(letter)
    )


_ASIDE = re.compile(
    r"\b(?:purposes? (?:of|in|mentioned in)|within|fall\w* (?:under|within)|(?:referred to|specified) in)\s*$",
    re.IGNORECASE,
)
"""What stands before a section that only helps to describe another one."""


def _incomplete(letter: ReadLetter) -> Iterator[LetterFinding]:
    """A section whose limb is nowhere given; where it is given once, headings may be short."""
    whole = {section_of(each) for each in letter.provisions}
    seen: set[str] = set()
    for passage in letter.own:
        for cited in passage.citations:
            for bare in cited.bare:
                section = section_of(bare)
                aside = _ASIDE.search(passage.text[: cited.start])
                if section in whole or section in seen or aside or passage.role in ("review", "regulator"):
                    continue
                deepest = _deepest(letter, section)
                seen.add(section)
                yield _names_no_limb(passage, cited, deepest)


def _deepest(letter: ReadLetter, section: str) -> str:
    """The most complete way in which the section is cited anywhere."""
    every = (bare for each in letter.own for cited in each.citations for bare in cited.bare)
    return max((bare for bare in every if section_of(bare) == section), key=len)


def _names_no_limb(passage: Passage, cited: Cited, bare: str) -> LetterFinding:
    section = section_of(bare)
    below = [each for each in PROVISIONS if each.startswith(f"{bare}(")]
    finest = bare.count("(") >= 2 or bare == "40(5B)" or section == "21"
    choice = ", ".join(below[:6]) + (" …" if len(below) > 6 else "")
    problem = next((each for each in cited.problems if section_of(each.cited) == section), None)
    what = "section" if "(" not in bare else "subsection"
    why = f"{bare} names the {what} and not the limb relied on (section 17(1)(b))."
    mend = f"Cite one of {choice}." if choice else (problem.next_step if problem else "Cite the limb.")
    return LetterFinding("RN-03", "W" if finest else "B", passage.where, quoted(passage.text), why, mend)


def _undecided_citation(letter: ReadLetter) -> Iterator[LetterFinding]:
    """An exemption that appears only where it is argued, and is invoked nowhere."""
    invoking = {
        section
        for each in letter.own
        if each.role not in ("harm", "factors_for", "factors_against", "balance", "interest", "review", "regulator")
        for place in each.citations
        for section in place.sections
    }
    if not invoking:
        return
    for passage in letter.arguing:
        for cited in passage.citations:
            loose = sorted(cited.sections - invoking)
            if loose:
                title = CATALOGUE[loose[0]].title
                why = (
                    f"Section {loose[0]} ({title}) is argued here, but the decision does not rely on it: an orphan "
                    "citation."
                )
                yield LetterFinding(
                    "RN-03",
                    "W",
                    passage.where,
                    quoted(passage.text),
                    why,
                    "Rely on it in the decision, with its limb, or take the passage out.",
                )
                return


def _unmapped(letter: ReadLetter, refusals: list[Statement]) -> Iterator[LetterFinding]:
    refused = {label for each in refusals for label in each.labels}
    others = {label for each in statements(letter) if each.says in ("disclosed", "not_held") for label in each.labels}
    if len(letter.sections) < 2 or len(refused) < 2 or not others - refused:
        return
    mapped = any(each.labels and place.sections for each in letter.own for place in each.citations)
    if not mapped:
        first = next(each for each in refusals if each.labels)
        why = (
            f"Several exemptions (sections {', '.join(sorted(letter.sections))}) and several refused "
            "questions, and nothing says which exemption is relied on for which question."
        )
        yield LetterFinding(
            "RN-03",
            "W",
            first.passage.where,
            quoted(first.sentence),
            why,
            "Set the exemption and its limb beside each question that it is relied on for.",
        )


def a_reason_is_given(letter: ReadLetter) -> Iterator[LetterFinding]:
    """RN-02: section 17(1)(c), why the exemption applies."""
    refusals = [each for each in statements(letter) if each.says in ("withheld", "ncnd")]
    if not refusals or letter.arguing or letter.sections <= {"21"}:
        return
    elsewhere = [
        s for each in letter.own if each.role not in ("review", "regulator", "closing") for s in each.sentences
    ]
    if not any(
        _REASON.search(each) and not re.search(r"\btwo duties|\bapolog", each, re.IGNORECASE) for each in elsewhere
    ):
        first = refusals[0]
        why = "No reason is given why the exemption applies (section 17(1)(c))."
        yield LetterFinding(
            "RN-02",
            "B",
            first.passage.where,
            quoted(first.sentence),
            why,
            (
                "Say why the exemption applies to this information, and for a qualified one why the public "
                "interest favours it."
            ),
        )


RULES = (every_question_is_decided, a_refusal_says_so, a_reason_is_given, every_refusal_cites_its_limb)
