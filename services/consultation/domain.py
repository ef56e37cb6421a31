"""The rules of consulting: who may do what, the life of a consultation, its days, and what a party may say."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from shared.chassis.clock import CIVIL
from shared.chassis.errors import Finding, Invalid, Refused
from shared.chassis.events.values import BlindText, Code
from shared.chassis.lifecycle import Lifecycle
from shared.contracts.consultation import Consulted
from shared.contracts.values import Office
from shared.law import citations as law
from shared.law.calendar import CalendarEnds, is_working_day, nth_working_day_after
from shared.law.exemptions import CitationError, provision

CONSULTATION = Lifecycle(
    name="consultation",
    initial="open",
    final=frozenset({"answered", "no reply"}),
    transitions={
        ("open", "answer"): "answered",
        ("open", "remind"): "open",
        ("open", "fall overdue"): "overdue",
        ("open", "close without reply"): "no reply",
        ("overdue", "answer"): "answered",
        ("overdue", "remind"): "overdue",
        ("overdue", "close without reply"): "no reply",
    },
)
WAITING = tuple(state for state in CONSULTATION.states if "answer" in CONSULTATION.allowed(state))
"""The states in which the party has not replied and still can."""

CASEWORKERS: Set[str] = frozenset({"foi-officer", "decision-maker"})
STAFF: Set[str] = CASEWORKERS | {"approver", "reviewer", "publisher", "auditor", "information-manager"}
PERMISSIONS: Mapping[str, Set[str]] = {
    "open consultation": CASEWORKERS,
    "remind": CASEWORKERS,
    "conclude": CASEWORKERS,
    "answer": {"party"},
    "read consultation": STAFF | {"party"},
    "read case": STAFF,
    "read parties": STAFF,
    "change parties": {"information-manager"},
}

QUESTION_KINDS = frozenset({"question", "sub_question", "list_item"})
"""The kinds of part that ask for something; the others only surround them."""

STANDARD_QUESTION = (
    "Would disclosing the information that these parts ask for, or confirming that it is held, cause harm? If so: what "
    "harm, to what, how likely, and under which provision of the Act? Please send no personal data and nothing marked "
    "above OFFICIAL-SENSITIVE."
)
"""What a party is asked where a rule, not a person, asks it."""

REMINDER_LEAD = 2
"""Working days before the day to reply by on which the party is reminded (CON-03)."""
OFFICE_OPENS = time(9)
LONGEST_REPLY = 20
"""Working days: as long as the whole case may take (CLK-01), so more would mean nothing."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """One thing a party may say. `cites` says which kind of provision it has to name."""

    code: str
    cites: Literal["nothing", "withholding", "ncnd"]
    mend: str


POSITIONS: dict[str, Position] = {
    position.code: position
    for position in (
        Position(
            code="no_objection",
            cites="nothing",
            mend="Leave the citations out, or take the position 'objects' or 'wants_ncnd'.",
        ),
        Position(
            code="objects",
            cites="withholding",
            mend="Cite the provision that the information would be withheld under, such as 31(1)(a).",
        ),
        Position(
            code="wants_ncnd",
            cites="ncnd",
            mend="Cite the provision that excuses from confirming or denying, such as 24(2) or 31(3).",
        ),
        Position(
            code="no_information",
            cites="nothing",
            mend="Leave the citations out, or take the position 'objects' or 'wants_ncnd'.",
        ),
    )
}
"""What advice may come to (CON-02). It binds nobody: only the authority's decision maker sets the outcome."""

_ABOVE_OFFICIAL = re.compile(r"\b(?:TOP[ -])?SECRET\b")


def reply_by(asked_on: date, within: int, due_on: date) -> date:
    """The last day to reply: `within` working days on, but never after the case is due, because consulting moves no
    clock (CLK-16). A case that is late already wants its answer the same day.

    Raises `Refused` where the bank holiday table ends first.
    """
    try:
        return max(asked_on, min(nth_working_day_after(asked_on, within), due_on))
    except CalendarEnds as end:
        raise Refused(str(end), rule="CLK-05") from None


def remind_at(asked_on: date, reply_by: date) -> datetime | None:
    """When to remind the party by itself; None where that would not be after the day of asking."""
    day = _working_day_before(reply_by, REMINDER_LEAD)
    return datetime.combine(day, OFFICE_OPENS, CIVIL) if day > asked_on else None


def overdue_at(reply_by: date) -> datetime:
    """The first instant after the day to reply by, where the duty is owed."""
    return datetime.combine(reply_by + timedelta(days=1), time(0), CIVIL)


def _working_day_before(day: date, number: int) -> date:
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def cleared(field: str, text: str, *, may_be_empty: bool = False) -> BlindText:
    """The text, fit to be an event's. Raises `Invalid` where it tells of a person (CON-01) or is marked above the
    ceiling (CON-06)."""
    text = text.strip()
    if not text and not may_be_empty:
        raise Invalid([Finding(field, "It says nothing.", next_step="Write it in words.")])
    if _ABOVE_OFFICIAL.search(text):
        next_step = "Say on which system it is held and under which reference, not what it says."
        raise Invalid([Finding(field, "It bears a marking above OFFICIAL-SENSITIVE.", "CON-06", next_step)])
    try:
        return BlindText(text)
    except ValueError as error:
        next_step = "Leave out whatever could tell who asked, and every person's contact details."
        raise Invalid([Finding(field, f"The text {error}.", "CON-01", next_step)]) from None


def cited(written: Sequence[str]) -> tuple[str, ...]:
    """The provisions as the Act numbers them, each once. Raises `Invalid` naming every one that cannot be cited."""
    provisions: list[str] = []
    findings = []
    for place, text in enumerate(written):
        try:
            provisions += law.parse(text)
        except CitationError as error:
            findings.append(Finding(f"citations.{place}", error.problem, error.rule, error.next_step))
    if findings:
        raise Invalid(findings)
    return tuple(dict.fromkeys(provisions))


def check_advice(position: str, citations: Sequence[str], advice: str) -> None:
    """Raise `Invalid` where the advice does not carry its own reasons: an objection names its provision and its harm
    (CON-02, CON-04)."""
    taken = POSITIONS[position]
    findings = []
    kinds = {"ncnd" if provision(text).is_ncnd else "withholding" for text in citations}
    if taken.cites == "nothing" and citations:
        findings.append(Finding("citations", f"'{position}' relies on no provision.", "CON-02", taken.mend))
    if taken.cites != "nothing" and taken.cites not in kinds:
        findings.append(Finding("citations", f"'{position}' lacks its provision.", "CON-02", taken.mend))
    if taken.cites != "nothing" and not advice.strip():
        next_step = "Say what harm would follow, to what, and how likely it is."
        findings.append(Finding("advice", f"'{position}' gives no reason.", "CON-04", next_step))
    if findings:
        raise Invalid(findings)


def consulted(consultations: Iterable[Any]) -> tuple[Consulted, ...]:
    """Who was consulted, fit for release: an office a line, in the order of asking, never a person. An office that
    was asked more than once has replied when it has replied to any of it."""
    lines: dict[str, Consulted] = {}
    for row in sorted(consultations, key=lambda row: (row.opened_on, row.party)):
        first = lines.get(row.party)
        lines[row.party] = Consulted(
            office=first.office if first else office(row),
            asked_on=first.asked_on if first else row.opened_on,
            replied=row.state == "answered" or (first is not None and first.replied),
        )
    return tuple(lines.values())


def office(row: Any) -> Office:
    """The office that a consultation went to, as it was called then."""
    return Office(party=Code(row.party), organisation=BlindText(row.organisation), position=BlindText(row.position))
