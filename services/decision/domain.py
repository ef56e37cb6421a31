"""The rules of deciding: the life of a draft, who may do what, and what still stands in the way of a reply."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.chassis.errors import Finding, Forbidden, Invalid
from shared.chassis.events.values import BlindText
from shared.chassis.lifecycle import Lifecycle
from shared.contracts.response import Attachment
from shared.contracts.ruleset import BLOCKED, OUTDATED, PASSED, REVIEW, WAITING
from shared.law.findings import Finding as LawFinding
from shared.law.outcomes import OUTCOMES, PartDecision, check_part

DRAFT = Lifecycle(
    name="draft",
    initial="deciding",
    final=frozenset({"signed off"}),
    transitions={
        ("deciding", "decide a part"): "deciding",
        ("deciding", "weigh advice"): "deciding",
        ("deciding", "attach"): "deciding",
        ("deciding", "take off"): "deciding",
        ("deciding", "submit"): "awaiting sign-off",
        ("awaiting sign-off", "return"): "deciding",
        ("awaiting sign-off", "sign off"): "signed off",
    },
)

DECIDERS: Set[str] = frozenset({"decision-maker"})
APPROVERS: Set[str] = frozenset({"approver"})
PERMISSIONS: Mapping[str, Set[str]] = {
    "read case": DECIDERS | APPROVERS | {"reviewer", "foi-officer", "auditor", "information-manager"},
    "decide a part": DECIDERS,
    "weigh advice": DECIDERS,
    "attach": DECIDERS,
    "submit": DECIDERS,
    "return": APPROVERS,
    "sign off": APPROVERS,
}

QUESTION = "question"
"""The kind of part that is decided. Sub-questions and list items are answered with the question that they belong to,
and what only surrounds the questions is answered by nobody."""

CONTEXT = "context"
"""The kind of part that only surrounds the questions, and of a question that has lapsed."""
LAPSED = "lapsed"
"""Where the clock of a question stands that was never made clear (CLK-10)."""

OUTSTANDING, OVERDUE, ANSWERED = "outstanding", "overdue", "answered"
"""What advice may be."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a case, in its applicant-blind wording."""

    label: str
    parent: str | None
    kind: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """What the decision maker made of advice, and why (CON-02)."""

    followed: bool
    reason: str
    weighed_by: str


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A party that was asked about some parts. `position` and `advice` are None until it has answered."""

    consultation_id: str
    party: str
    organisation: str
    office: str
    parts: tuple[str, ...]
    state: str
    reply_by: date | None
    position: str | None
    citations: tuple[str, ...]
    advice: str | None
    weighing: Weighing | None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why the decision on a part stands as it is in a `field`, although a `rule` warns against it."""

    field: str
    rule: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decision on a part as a person made it, with the reasons for what the law only warns against."""

    decision: PartDecision
    reasons: tuple[Reason, ...] = ()

    def reason_for(self, finding: LawFinding) -> str:
        """The reason that was given for what this finding warns against, or ""."""
        given = (each.reason for each in self.reasons if (each.field, each.rule) == (finding.field, finding.rule))
        return next(given, "")


@dataclass(frozen=True, kw_only=True)
class ReleaseCheck:
    """Where a document stands with the release check (see `shared.contracts.ruleset`), under which rules it was made,
    and what was found: code, rule, severity and in how many places."""

    standing: str
    ruleset: str | None = None
    report: str | None = None
    findings: tuple[Mapping[str, Any], ...] = ()


UNCHECKED = ReleaseCheck(standing=WAITING)
_NOT_PASSED = {
    WAITING: (
        "“{name}” has not been checked for release yet.",
        "Wait a moment and try again. If it stays so, see whether publishing's worker runs; a document attached before "
        "there were release checks has to be taken off and attached again.",
    ),
    OUTDATED: (
        "“{name}” was checked under rules that are no longer in force.",
        "Wait a moment: it is checked again by itself. If it stays so, restart publishing's worker.",
    ),
    REVIEW: (
        "The release check of “{name}” asks for a second look: {codes}.",
        "Have a second officer look at the check and accept it with a reason, or make a clean copy and attach that.",
    ),
    BLOCKED: (
        "The release check does not let “{name}” leave: {codes}.",
        "Take it off, mend what was found or make a clean copy, and attach that. A block cannot be overridden.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """Everything that a reply is made from. `consulted` is None until consulting on the case is over, `due_on` while
    nothing is due; `checks` are the release checks by the digest of the document."""

    case_id: str
    reference: str
    title: str
    authorities: tuple[str, ...]
    received_on: date
    due_on: date | None
    finished: bool
    parts: tuple[Part, ...]
    decided: Mapping[str, Decided]
    decided_by: Mapping[str, str]
    advice: tuple[Advice, ...]
    consulted: tuple[Mapping[str, Any], ...] | None
    attachments: tuple[Attachment, ...]
    checks: Mapping[str, ReleaseCheck]

    @property
    def decisions(self) -> dict[str, PartDecision]:
        """What was decided, by label."""
        return {label: each.decision for label, each in self.decided.items()}

    @property
    def questions(self) -> tuple[Part, ...]:
        """The parts that need a decision each."""
        return tuple(part for part in self.parts if part.kind == QUESTION)


def told(finding: LawFinding, within: str = "") -> Finding:
    """A finding of the law as people are told it; `within` is the path of the decision it is about."""
    field = f"{within}.{finding.field}" if within else finding.field
    return Finding(field, sentence(finding.message), finding.rule, sentence(finding.next_step))


def sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def blocking(decision: PartDecision, on: date) -> list[Finding]:
    """What keeps a decision from standing on the day `on`. What only warns is left out, save an answer to what is
    withheld: the letter would have no place for it."""
    return [told(each) for each in check_part(decision, on) if each.severity == "B" or each.field == "answer"]


def unready(file: CaseFile, on: date) -> list[Finding]:
    """Everything that stands in the way of submitting the reply on the day `on`; empty when it may go to sign-off."""
    attached = {each.digest: each.name for each in file.attachments}
    return [
        *_undecided(file, on),
        *_unweighed(file.advice),
        *_unconsulted(file),
        *_out_of_place(file),
        *not_passed(attached, file.checks, "attachments."),
    ]


def not_passed(documents: Mapping[str, str], checks: Mapping[str, ReleaseCheck], within: str) -> Iterator[Finding]:
    """What of these documents, names by digest, has no passing release check under the rules in force (REL-27)."""
    for digest, name in documents.items():
        check = checks.get(digest, UNCHECKED)
        if check.standing == PASSED:
            continue
        message, next_step = _NOT_PASSED[check.standing]
        codes = ", ".join(dict.fromkeys(each["code"] for each in check.findings))
        rule = next((str(each["rule"]).upper() for each in check.findings), "REL-27")
        yield Finding(f"{within}{digest}", message.format(name=name, codes=codes), rule, next_step)


def _undecided(file: CaseFile, on: date) -> Iterator[Finding]:
    if not file.questions:
        yield Finding("parts", "The case has no question.", "RN-01", "Have its parts confirmed again.")
    for part in file.questions:
        found = file.decided.get(part.label)
        if found is None:
            yield Finding(f"parts.{part.label}", "The question is not decided.", "RN-01", "Decide it.")
        else:
            yield from _unanswered(found, f"parts.{part.label}", on)


def _unanswered(found: Decided, within: str, on: date) -> Iterator[Finding]:
    """What blocks, and what warns and has been given no reason."""
    for each in check_part(found.decision, on):
        finding = told(each, within)
        if each.severity == "B" or each.field == "answer":
            yield finding
        elif each.severity == "W" and not found.reason_for(each):
            yield replace(
                finding, next_step=f"{finding.next_step} Or give the decision a reason for leaving it as it is."
            )


def _unweighed(advice: Iterable[Advice]) -> Iterator[Finding]:
    for each in advice:
        if each.state == ANSWERED and each.weighing is None:
            message = f"The advice of {each.organisation} has not been weighed."
            next_step = "Say whether you follow it, and why."
            yield Finding(f"advice.{each.consultation_id}", message, "CON-02", next_step)


def _unconsulted(file: CaseFile) -> Iterator[Finding]:
    if file.consulted is None:
        next_step = "Have it concluded; without every reply that takes a reason."
        yield Finding("consulted", "Consulting on the case is not concluded.", "CON-03", next_step)


def _out_of_place(file: CaseFile) -> Iterator[Finding]:
    """A document is part of an answer: it cannot go with a part that is refused or not held."""
    for document in file.attachments:
        for label in document.parts:
            found = file.decisions.get(label)
            if found is not None and not OUTCOMES[found.outcome].answers:
                message = f"“{document.name}” goes with question {label}, which discloses nothing."
                next_step = "Take the document off, or decide the question as disclosed or partly_disclosed."
                yield Finding(f"attachments.{document.digest}", message, "RN-01", next_step)


def refuse_own_work(person: str, contributors: Iterable[str]) -> None:
    """Four eyes: nobody signs off a draft that they had a hand in."""
    if person in set(contributors):
        raise Forbidden(
            "Whoever decided a part, weighed advice, attached a document or submitted the draft does not sign it off.",
            rule="four eyes",
            next_step="Ask an approver who had no hand in it.",
        )


def cleared(field: str, text: str) -> BlindText:
    """The text, fit to be an event's. Raises `Invalid` where it is empty or tells of a person (CON-01)."""
    if not text.strip():
        raise Invalid([Finding(field, "It says nothing.", next_step="Write it in words.")])
    try:
        return BlindText(text.strip())
    except ValueError as error:
        next_step = "Leave out whatever could tell who asked, and every person's contact details."
        raise Invalid([Finding(field, f"The text {error}.", "CON-01", next_step)]) from None
