"""The outcome of a part, what a lawful decision on it holds, and what the parts come to together (EXM and RN rules)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from shared.law.cost import Estimate
from shared.law.findings import Finding
from shared.law.grounds import Grounds
from shared.law.ncnd import confirms
from shared.law.procedural_refusals import PROVISIONS_OF, EarlierRequest, check_procedural
from shared.law.refusals import check_grounds


@dataclass(frozen=True)
class Outcome:
    """One way to decide a part: whether it `refuses` anything (section 17 applies) and what it says about holding.

    `exempts`: it refuses under the exemptions of Part II; the others that refuse rest on section 12 or 14.
    """

    code: str
    title: str
    refuses: bool
    says_held: Literal["yes", "no", "neither"]
    answers: bool

    @property
    def exempts(self) -> bool:
        return self.refuses and self.code not in PROVISIONS_OF


OUTCOMES: dict[str, Outcome] = {
    outcome.code: outcome
    for outcome in (
        Outcome("disclosed", "Disclosed", refuses=False, says_held="yes", answers=True),
        Outcome("partly_disclosed", "Partly disclosed", refuses=True, says_held="yes", answers=True),
        Outcome("withheld", "Withheld", refuses=True, says_held="yes", answers=False),
        Outcome("ncnd", "Neither confirmed nor denied", refuses=True, says_held="neither", answers=False),
        Outcome("not_held", "Not held", refuses=False, says_held="no", answers=False),
        Outcome("already_accessible", "Already accessible", refuses=True, says_held="yes", answers=False),
        Outcome("cost_refused", "Refused on cost", refuses=True, says_held="neither", answers=False),
        Outcome("vexatious", "Refused as vexatious", refuses=True, says_held="neither", answers=False),
        Outcome("repeated", "Refused as repeated", refuses=True, says_held="neither", answers=False),
    )
}

OVERALL: dict[str, str] = {
    "disclosed_in_full": "Disclosed in full",
    "disclosed_in_part": "Disclosed in part",
    "refused": "Refused",
    "ncnd": "Neither confirmed nor denied",
    "already_accessible": "Already accessible",
    "not_held": "Not held",
}


@dataclass(frozen=True)
class Pointer:
    """Where else the information may be found: who or what, and how to reach it (section 16)."""

    name: str = ""
    contact: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class PartDecision(Grounds):
    """The decision on one part. The grounds are those of `outcome`, empty where it refuses nothing.

    `answer` is what is disclosed, `searches` what was searched for information that is not held. `other_information`
    holds the grounds to neither confirm nor deny any OTHER information beside what this decision confirms (RN-05).
    `advice` says what else could be asked or had (section 16). `estimate`, `considered` and `earlier` are what a
    refusal on cost, of a vexatious or of a repeated request rests on.
    """

    label: str
    outcome: str
    answer: str = ""
    pointer: Pointer = field(default_factory=Pointer)
    searches: str = ""
    other_information: Grounds | None = None
    advice: str = ""
    estimate: Estimate | None = None
    considered: str = ""
    earlier: EarlierRequest | None = None


def check_part(decision: PartDecision, on: date | None = None) -> tuple[Finding, ...]:
    """Everything wrong with the decision on a part; it may be signed off when nothing of severity B is.

    A field is a path within the decision, such as `harm.likelihood` or `other_information.citations`. `on` is the day
    of the decision; what depends on it is left out where it is not known.
    """
    outcome = OUTCOMES.get(decision.outcome)
    if outcome is None:
        message = f"“{decision.outcome}” is not an outcome"
        return (Finding("outcome", "RN-01", message, f"choose one of: {', '.join(OUTCOMES)}"),)
    return (
        *_answer(decision, outcome),
        *_grounds(decision, outcome, on),
        *_accessible_elsewhere(decision),
        *_pointer(decision.pointer),
        *_searches(decision),
        *_same_either_way(decision),
        *_other_information(decision, outcome, on),
        *_out_of_place(decision),
    )


def _answer(decision: PartDecision, outcome: Outcome) -> Iterator[Finding]:
    if outcome.answers and not decision.answer.strip():
        yield Finding(
            "answer", "RN-01", f"the part is {outcome.title.lower()} but has no answer", "write what is disclosed"
        )
    if decision.outcome == "ncnd" and decision.answer.strip():
        message = "an answer would confirm or deny what the decision neither confirms nor denies"
        yield Finding("answer", "RN-05", message, "remove the answer, or decide what it confirms as its own outcome")
    if decision.outcome == "withheld" and decision.answer.strip():
        message = "the part is withheld, yet something is disclosed in answer to it"
        yield Finding("answer", "RN-01", message, "decide the part as partly_disclosed, or remove the answer", "W")
    if decision.outcome in PROVISIONS_OF and decision.answer.strip():
        message = f"the part is {outcome.title.lower()}, yet something is disclosed in answer to it"
        next_step = "split the part and decide what is answered as its own, or put what helps in the advice"
        yield Finding("answer", "RN-01", message, next_step)


def _grounds(decision: PartDecision, outcome: Outcome, on: date | None) -> Iterable[Finding]:
    if outcome.refuses and not outcome.exempts:
        return check_procedural(outcome.code, decision, decision.estimate, decision.considered, decision.earlier)
    if outcome.refuses:
        only_other = decision.outcome == "partly_disclosed" and decision.other_information is not None
        ncnd = decision.outcome == "ncnd"
        return () if only_other and not decision.given() else check_grounds(decision, ncnd=ncnd, on=on)
    if not decision.given():
        return ()
    if decision.outcome == "not_held":
        message = "information that is not held is not exempt: nothing is withheld"
        return (Finding("citations", "RN-11", message, "remove the exemption with its harm, factors and balance"),)
    message = "the part is disclosed, yet grounds for refusing it are given"
    return (Finding("citations", "RN-03", message, "remove them, or decide the part as partly_disclosed"),)


def _accessible_elsewhere(decision: PartDecision) -> Iterator[Finding]:
    cites_21 = any(citation.startswith("21(") for citation in decision.citations)
    if decision.outcome == "already_accessible":
        if decision.citations and "21(1)" not in decision.citations:
            yield Finding(
                "citations", "RN-03", "already accessible information is exempt under section 21", "cite 21(1)"
            )
        if any(not citation.startswith("21(") for citation in decision.citations):
            message = "something beside section 21 is relied on"
            yield Finding("citations", "RN-03", message, "decide the part as withheld or partly_disclosed")
    if (cites_21 or decision.outcome == "already_accessible") and not decision.pointer.url.strip():
        message = "section 21 is relied on without saying where the information is"
        yield Finding("pointer.url", "RN-17", message, "give the address at which this requester can get it")


def _pointer(pointer: Pointer) -> Iterator[Finding]:
    if (pointer.contact.strip() or pointer.url.strip()) and not pointer.name.strip():
        yield Finding("pointer.name", "RN-11", "the pointer does not say to whom or what it leads", "name it")
    if pointer.name.strip() and not (pointer.contact.strip() or pointer.url.strip()):
        yield Finding(
            "pointer.contact",
            "RN-11",
            f"there is no way to reach {pointer.name.strip()}",
            "give a contact or an address",
        )
    if pointer.url.strip() and not pointer.url.strip().startswith(("https://", "http://")):
        yield Finding("pointer.url", "RN-17", "the address is not a web address", "begin it with https://")


def _searches(decision: PartDecision) -> Iterator[Finding]:
    if decision.outcome == "not_held" and not decision.searches.strip():
        message = "nothing says how it was established that the information is not held"
        yield Finding("searches", "RN-11", message, "summarise what was searched, and why there if that is not plain")
    if decision.outcome == "ncnd" and decision.searches.strip():
        message = "the searches would suggest whether the information is held"
        yield Finding(
            "searches", "RN-05", message, "remove them: the decision must read the same whether or not it is held"
        )


def _same_either_way(decision: PartDecision) -> Iterator[Finding]:
    """EXM-13: nothing beside the grounds, either, may read differently if the information is held."""
    if decision.outcome != "ncnd":
        return
    pointer = decision.pointer
    if pointer.contact.strip() and not pointer.url.strip():
        message = f"sending people to {pointer.name.strip() or 'somebody else'} suggests that it is not held here"
        next_step = "point to what is published, with its address, or remove the pointer"
        yield Finding("pointer.contact", "EXM-13", message, next_step, "W")
    if found := confirms(decision.advice):
        message = f"“{found}” confirms or denies what the decision neither confirms nor denies"
        yield Finding("advice", "EXM-13", message, "advise in words that are true whether or not it is held")


def _out_of_place(decision: PartDecision) -> Iterator[Finding]:
    """What belongs to another outcome than this one."""
    belonging = (
        ("estimate", decision.estimate is not None, "cost_refused", "CST-11"),
        ("considered", bool(decision.considered.strip()), "vexatious", "ACC-01"),
        ("earlier", decision.earlier is not None, "repeated", "ACC-02"),
    )
    for name, given, code, rule in belonging:
        if given and decision.outcome != code:
            message = f"it belongs to a part that is {OUTCOMES[code].title.lower()}, which this one is not"
            yield Finding(name, rule, message, f"remove it, or decide the part as {code}")


def _other_information(decision: PartDecision, outcome: Outcome, on: date | None) -> Iterator[Finding]:
    if decision.other_information is None:
        return
    if outcome.says_held != "yes":
        message = "there is no “other” information where none has been confirmed"
        yield Finding("other_information", "RN-05", message, "decide the whole part as ncnd, or remove it")
    elif not outcome.refuses:
        message = (
            "something is disclosed and any other information neither confirmed nor denied, which is a refusal in part"
        )
        yield Finding("outcome", "RN-01", message, "decide the part as partly_disclosed")
    for finding in check_grounds(decision.other_information, ncnd=True, on=on):
        yield replace(finding, field=f"other_information.{finding.field}")


def overall_outcome(outcomes: Iterable[str]) -> str:
    """What the outcomes of all parts come to, as a key of OVERALL; never typed, always derived.

    A part that is not held takes nothing away from a full disclosure of what is held. Raises ValueError when there is
    no part or an outcome is unknown.
    """
    found = set(outcomes)
    if not found or found - OUTCOMES.keys():
        raise ValueError(
            f"the outcomes of one part or more are needed, each one of {', '.join(OUTCOMES)}; not {sorted(found)}"
        )
    held = found - {"not_held"}
    if not held:
        return "not_held"
    if held == {"disclosed"}:
        return "disclosed_in_full"
    if any(OUTCOMES[outcome].answers for outcome in held):
        return "disclosed_in_part"
    return held.pop() if held in ({"ncnd"}, {"already_accessible"}) else "refused"
