"""The rules of the front desk: the life of a case, who may do what, and what a request and its parts must hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.intake.asking import asks
from shared.chassis.errors import Finding, Invalid
from shared.chassis.lifecycle import Lifecycle
from shared.chassis.private import Private
from shared.contracts.values import Label
from shared.law.calendar import Calendar, CalendarEnds
from shared.law.clock import RESPONSE_DAYS
from shared.law.requester_names import name_form
from shared.law.validity import RequestFacts, doubts

IN_HAND = ("received", "parts confirmed", "accepted", "ready to send")
"""The states in which a request can still be asked about, charged for, extended, handed on or given up."""
HANDLING = (
    "acknowledge",
    "decide validity",
    "triage",
    "seek clarification",
    "take clarification",
    "give fees notice",
    "take payment",
    "extend",
    "transfer",
    "send holding letter",
)
"""What is done about a request in hand and leaves it where it is; the clock may move."""
CLOSING = {
    "withdraw": "withdrawn",
    "let lapse": "lapsed",
    "close as transferred": "transferred",
    "close as not valid": "not valid",
    "close as other regime": "other regime",
    "close as business as usual": "business as usual",
}
"""What ends a case without a reply of its own."""

CASE = Lifecycle(
    name="case",
    initial="received",
    final=frozenset({"answered", *CLOSING.values()}),
    transitions={
        ("received", "confirm parts"): "parts confirmed",
        ("parts confirmed", "confirm parts"): "parts confirmed",
        ("parts confirmed", "accept"): "accepted",
        ("accepted", "take sign-off"): "ready to send",
        ("ready to send", "dispatch"): "sending",
        ("sending", "record dispatch"): "answered",
        ("sending", "take back"): "ready to send",
        **{(state, action): state for state in IN_HAND for action in HANDLING},
        **{(state, action): end for state in IN_HAND for action, end in CLOSING.items()},
    },
)
OPEN_STATES = tuple(state for state in CASE.states if state not in CASE.final)

REVIEW = Lifecycle(
    name="review",
    initial="open",
    final=frozenset({"answered"}),
    transitions={("open", "answer review"): "answered"},
)
"""An internal review of an answered case, which stays answered meanwhile."""
AFTERWARDS = ("take review request", "correct reply")
"""What an officer does about a case that is answered. A review is answered by somebody else."""

STAFF = frozenset(
    {"foi-officer", "decision-maker", "approver", "reviewer", "publisher", "auditor", "information-manager"}
)
PERMISSIONS: dict[str, frozenset[str]] = {
    "log request": frozenset({"foi-officer"}),
    "log web form": frozenset({"web-form"}),
    "read": STAFF,
    "propose parts": frozenset({"foi-officer"}),
    "confirm parts": frozenset({"foi-officer"}),
    "accept": frozenset({"foi-officer"}),
    "reveal requester": frozenset({"foi-officer", "information-manager"}),
    "dispatch": frozenset({"foi-officer"}),
    **{action: frozenset({"foi-officer"}) for action in (*HANDLING, "withdraw", "post notice", *AFTERWARDS)},
    "answer review": frozenset({"reviewer"}),
}

CHANNELS = ("email", "post", "social-media", "web-form", "in-person")
"""How a request came in. Not by telephone: a request under the Act is in writing, if need be written down for the
person who asks (VAL-01)."""
CATEGORIES = ("individual", "media", "organisation", "academic", "elected-representative", "public-body", "not-stated")
PEOPLE = frozenset({"individual", "not-stated", "academic", "elected-representative"})
"""Categories of requester whose name has two words or more."""
QUESTION = "question"
"""The kind of part that is to be answered, and so has a clock."""
KINDS = ("preamble", "context", "question", "sub_question", "list_item", "closing")
METHODS = ("email", "post")


def doubts_about(name: Private | None, email: Private | None, category: str, text: Private) -> list[str]:
    """The codes of the doubts about section 8 that a request earns; it is taken in and the clock runs all the same
    (VAL-07). It has come in writing, and with an address, or it would not be here (VAL-01, VAL-03)."""
    form = name_form(
        name.reveal() if name else "",
        organisation=category not in PEOPLE,
        address=email.reveal() if email else "",
    )
    facts = RequestFacts(written=True, name=form, reply_possible=True, describes=asks(text.reveal()))
    return list(doubts(facts))


@dataclass(frozen=True, kw_only=True)
class ConfirmedPart:
    """One part in the wording that everybody may read; `visible_label` is how the request itself marked it."""

    label: str
    parent: str | None
    kind: str
    visible_label: str | None
    wording: str


def due_for(received_on: date, today: date, calendar: Calendar) -> date:
    """The day by which a request received on this day must be answered. Raises `Invalid` for a day that cannot be
    one of receipt: in the future, or beyond the table of holidays."""
    if received_on > today:
        mend = "Give the day on which it was delivered to the authority, which is today or before."
        raise Invalid([Finding("received_on", "The day of receipt lies in the future.", "CLK-02", mend)])
    try:
        return calendar.nth_working_day_after(received_on, RESPONSE_DAYS)
    except CalendarEnds:
        mend = "Check the year."
        raise Invalid([Finding("received_on", "There is no calendar for this day.", "CLK-05", mend)]) from None


def check_parts(parts: Sequence[ConfirmedPart]) -> list[Finding]:
    """What is wrong with the labels and the nesting of the parts (VAL-09)."""
    findings = []
    seen: set[str] = set()
    for place, part in enumerate(parts):
        field = f"parts.{place}"
        if not _is_label(part.label):
            mend = "Use a label such as 1, 1a or 4a.1; pre and end for what stands around the questions."
            findings.append(Finding(f"{field}.label", "It is not a label.", "VAL-09", mend))
        if part.label in seen:
            findings.append(
                Finding(f"{field}.label", "Another part has this label.", "VAL-09", "Give each part its own.")
            )
        if part.parent is not None and part.parent not in seen:
            mend = "Name a part that stands before this one, or leave it out."
            findings.append(Finding(f"{field}.parent", "No earlier part has this label.", "VAL-09", mend))
        seen.add(part.label)
    if not any(part.kind == "question" for part in parts):
        mend = "Mark each part that is to be answered as kind 'question'."
        findings.append(Finding("parts", "No part asks anything.", "VAL-04", mend))
    return findings


def _is_label(text: str) -> bool:
    try:
        Label(text)
    except ValueError:
        return False
    return True
