"""Reads citations as people write them into the canonical text of the provisions (EXM-01, EXM-09).

"s.31(1)(a)", "Section 31 (1) (a)", "31(1)(a)(b)", "sections 24(1) and 31(1)(a), (b)", "40(2) and 40(3A)(a)" and
"s24(1) – National security" are all understood. `read` also makes out what is badly written ("31 (1()(a)", "43.2",
"4O(2)", "adran 31(1)(a)") and says what is wrong with it; `parse` refuses whatever `read` finds anything wrong with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from shared.law.citation_marks import Mark, marks, plain
from shared.law.exemptions import NOT_GROUNDS, PROVISIONS, REPEALED, CitationError, provision
from shared.law.findings import Severity
from shared.law.old_law import old_law_in
from shared.law.procedural_grounds import PROCEDURAL

LONGEST = 500
"""Characters; more than every limb of any exemption written out."""

_LETTER_FOR_DIGIT = str.maketrans("oli", "011")
_RUN_TOGETHER = re.compile(r"([0-9]{1,2}[A-Z]?)?([a-z])?(i{1,3}|iv)?\Z")
_OTHER_ACT = re.compile(
    r"\b(?:FOISA|FOI\(S\)A)\b|Freedom\s+of\s+Information\s*\(\s*Scotland\s*\)|\bEIRs?\b|"
    r"\bEnvironmental\s+Information\s+Regulations\b|\breg(?:ulation|s)?\.?\s*[0-9]+",
    re.IGNORECASE,
)
_ALWAYS = date.max


@dataclass(frozen=True)
class CitationProblem:
    """What is wrong with one thing `cited`: canonical if it could be made out, else as written.

    B: it specifies no ground for refusing. W: it was understood but is not written as it must be. I: it is understood
    and is no exemption.
    """

    cited: str
    problem: str
    next_step: str
    rule: str
    severity: Severity = "B"


@dataclass(frozen=True)
class Reading:
    """What a text cites: `cited` are the canonical provisions in order, each once, of exemptions and of procedural
    grounds; what else was made out is among the `problems`.
    """

    cited: tuple[str, ...] = ()
    problems: tuple[CitationProblem, ...] = ()

    @property
    def provisions(self) -> tuple[str, ...]:
        """Those of `cited` that are exemptions' provisions."""
        return tuple(each for each in self.cited if each in PROVISIONS)

    @property
    def procedural(self) -> tuple[str, ...]:
        """Those of `cited` that are procedural grounds, such as 12(1)."""
        return tuple(each for each in self.cited if each in PROCEDURAL)

    @property
    def blocking(self) -> tuple[CitationProblem, ...]:
        return tuple(each for each in self.problems if each.severity == "B")


def parse(text: str) -> tuple[str, ...]:
    """The canonical provisions that `text` cites, in its order, each once, at least one.

    Raises CitationError for anything that is not wholly a list of complete, current provisions of exemptions.
    """
    reading = read(text)
    for each in reading.problems:
        raise CitationError(each.cited, each.problem, each.next_step, each.rule)
    return reading.provisions


def read(text: str) -> Reading:
    """What `text` cites, as far as it can be made out, with everything that is wrong with it. Never raises."""
    if len(text) > LONGEST:
        problem = f"the citation is longer than {LONGEST} characters"
        return Reading(problems=(CitationProblem(text[:40], problem, "cite the provisions alone", "EXM-01"),))
    seen = plain(text)
    problems = [*_old_law(seen)]
    for each in problems:
        seen = seen.replace(each.cited, " " * len(each.cited))
    if other := _OTHER_ACT.search(seen):
        message = f"“{other[0]}” is not of the Freedom of Information Act 2000"
        next_step = "cite the Act's own provision; another regime's exceptions go in that regime's letter"
        return Reading(problems=(*problems, CitationProblem(text, message, next_step, "EXM-01")))
    draft = _Draft(seen)
    for mark in marks(seen):
        draft.take(mark)
    return draft.reading(problems)


def _old_law(seen: str) -> Iterator[CitationProblem]:
    """Whole Acts and Articles; the numbers of section 40 are read as citations and found repealed there."""
    for each in old_law_in(seen, _ALWAYS):
        if not each.quote.startswith("40"):
            yield CitationProblem(each.quote, each.law.problem, each.law.next_step, "EXM-09")


def _prefixes(text: str) -> Iterator[str]:
    """Every provision that holds this one, from its section down to itself."""
    steps = text.split("(")
    return ("(".join(steps[: n + 1]) for n in range(len(steps)))


_KNOWN: dict[str, None] = dict.fromkeys(
    prefix for text in (*PROVISIONS, *REPEALED, *NOT_GROUNDS, *PROCEDURAL) for prefix in _prefixes(text)
)


@dataclass
class _Cited:
    """One provision made out, where it was written, and whether as the Act numbers it."""

    text: str
    start: int
    end: int
    tidy: bool


@dataclass
class _Draft:
    """What the marks read so far come to."""

    seen: str
    found: list[_Cited] = field(default_factory=list)
    problems: list[CitationProblem] = field(default_factory=list)
    joining: str = ""
    unread: list[Mark] = field(default_factory=list)

    def take(self, mark: Mark) -> None:
        if mark.kind == "unread":
            self.unread.append(mark)
            return
        self._close_unread()
        if mark.kind in ("to", "or"):
            self.joining = mark.kind if self.found else self.joining
        elif mark.kind == "section" or (mark.kind == "bare" and not self._reaches(mark)):
            self._section(mark)
        else:
            self._label(mark)

    def reading(self, before: list[CitationProblem]) -> Reading:
        self._close_unread()
        if self.found and self.seen.count("(") != self.seen.count(")"):
            self.found[-1].tidy = False
        problems = [*before, *self.problems]
        cited = []
        for each in self.found:
            if each.text in PROCEDURAL:
                ground = PROCEDURAL[each.text]
                message = f"{each.text} ({ground.title.lower()}) cannot be cited as an exemption"
                problems.append(CitationProblem(each.text, message, ground.instead, ground.rule, "I"))
            elif wrong := _wrong(each.text):
                problems.append(wrong)
                continue
            cited.append(each.text)
            if not each.tidy:
                written = self.seen[each.start : each.end].strip()
                message = f"“{written}” is not written as the Act numbers it"
                problems.append(CitationProblem(written, message, f"write {each.text}", "EXM-01", "W"))
        if not cited and not problems:
            message = "nothing is cited"
            next_step = "write a section with its limb, such as 31(1)(a)"
            problems.append(CitationProblem(self.seen.strip(), message, next_step, "EXM-01"))
        return Reading(tuple(dict.fromkeys(cited)), tuple(dict.fromkeys(problems)))

    def _close_unread(self) -> None:
        if self.unread:
            words = self.seen[self.unread[0].start : self.unread[-1].end]
            message = f"“{words[:40]}” cannot be read as a citation"
            next_step = "write every provision out in full and nothing else, such as 31(1)(a), 31(1)(b)"
            severity: Severity = "W" if self.found else "B"
            self.problems.append(CitationProblem(words, message, next_step, "EXM-01", severity))
            self.unread = []

    def _section(self, mark: Mark) -> None:
        number = mark.text.upper()
        if self.joining:
            self._left_open(self.joining, number)
        split = None if number in _KNOWN else re.fullmatch(r"([0-9]+)([A-Z]+)", number)
        text = f"{split[1]}({split[2].lower()})" if split else number
        self.found.append(_Cited(text, mark.start, mark.end, mark.tidy and not split))

    def _left_open(self, joining: str, number: str) -> None:
        self.joining = ""
        if joining == "to":
            message, next_step = "a range of sections specifies none of them", "cite every provision that is relied on"
            self.problems.append(CitationProblem(f"to {number}", message, next_step, "EXM-01"))
        elif "alternative" not in self.seen.lower():
            message = "“or” leaves open which of them is relied on"
            next_step = "cite what is relied on, or say that they are relied on in the alternative"
            self.problems.append(CitationProblem(f"or {number}", message, next_step, "EXM-01"))

    def _reaches(self, mark: Mark) -> bool:
        return bool(self.found) and any(_below(place, mark.text) for place in _prefixes(self.found[-1].text))

    def _label(self, mark: Mark) -> None:
        if not self.found:
            message = f"({mark.text}) stands before any section"
            next_step = "write the section first, such as 31(1)(a)"
            self.problems.append(CitationProblem(f"({mark.text})", message, next_step, "EXM-01"))
            return
        last = self.found[-1]
        joining, self.joining = self.joining, ""
        for place in reversed([*_prefixes(last.text)]):
            if below := _below(place, mark.text):
                break
        else:
            place, below = last.text, f"{last.text}({_canonical(mark.text)})"
        tidy = mark.tidy and below.endswith(f"({_canonical(mark.text)})")
        if place == last.text:
            last.text, last.end, last.tidy = below, self._closing(mark), last.tidy and tidy
            return
        if joining == "to":
            self._range(place, last.text, below)
        elif joining == "or":
            self._left_open("or", below)
        self.found.append(_Cited(below, mark.start, self._closing(mark), tidy))

    def _closing(self, mark: Mark) -> int:
        rest = self.seen[mark.end :]
        return mark.end + (len(rest) - len(rest.lstrip())) + 1 if rest.lstrip().startswith(")") else mark.end

    def _range(self, place: str, first: str, last: str) -> None:
        """Puts in the limbs between two, which have to be written out one by one."""
        limbs = [each for each in _KNOWN if each.startswith(f"{place}(") and each.count("(") == last.count("(")]
        between = limbs[limbs.index(first) + 1 : limbs.index(last)] if {first, last} <= set(limbs) else []
        message = f"a range does not specify each limb between {first} and {last}"
        next_step = f"write {', '.join((first, *between, last))}"
        self.problems.append(CitationProblem(f"{first} to {last}", message, next_step, "EXM-01", "W"))
        here = self.found[-1]
        self.found += [_Cited(each, here.start, here.end, tidy=True) for each in between]


def _canonical(label: str) -> str:
    return label.upper() if label[0].isdigit() else label.lower()


def _below(place: str, label: str) -> str:
    """The provision `label` below `place`, if the Act has it; also where labels were run together or a letter was
    typed for a digit. Else "".
    """
    written = _canonical(label)
    for each in (written, written.lower().translate(_LETTER_FOR_DIGIT)):
        if f"{place}({each})" in _KNOWN:
            return f"{place}({each})"
    if parts := _RUN_TOGETHER.match(label[:2].upper() + label[2:].lower() if label[1:2].isupper() else label.lower()):
        together = f"{place}{''.join(f'({each})' for each in parts.groups() if each)}"
        return together if together in _KNOWN and together != place else ""
    return ""


def _wrong(text: str) -> CitationProblem | None:
    try:
        provision(text)
    except CitationError as error:
        return CitationProblem(text, error.problem, error.next_step, error.rule)
    return None
