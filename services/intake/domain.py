"""The rules of the front desk: the life of a case, who may do what, and what a request and its parts must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.intake.asking import asks
from shared.chassis.errors import Finding, Invalid
from shared.chassis.lifecycle import Lifecycle
from shared.chassis.private import Private
from shared.contracts.values import Label
from shared.law.calendar import CalendarEnds
from shared.law.clock import due_date

CASE = Lifecycle(
    name="case",
    initial="received",
    final=frozenset({"answered"}),
    transitions={
        ("received", "confirm parts"): "parts confirmed",
        ("parts confirmed", "confirm parts"): "parts confirmed",
        ("parts confirmed", "accept"): "accepted",
        ("accepted", "take sign-off"): "ready to send",
        ("ready to send", "dispatch"): "sending",
        ("sending", "record dispatch"): "answered",
        ("sending", "take back"): "ready to send",
    },
)
OPEN_STATES = tuple(state for state in CASE.states if state not in CASE.final)

STAFF = frozenset({"foi-officer", "decision-maker", "approver", "publisher", "auditor", "information-manager"})
PERMISSIONS: dict[str, frozenset[str]] = {
    "log request": frozenset({"foi-officer"}),
    "log web form": frozenset({"web-form"}),
    "read": STAFF,
    "propose parts": frozenset({"foi-officer"}),
    "confirm parts": frozenset({"foi-officer"}),
    "accept": frozenset({"foi-officer"}),
    "reveal requester": frozenset({"foi-officer", "information-manager"}),
    "dispatch": frozenset({"foi-officer"}),
}

CHANNELS = ("email", "post", "social-media", "web-form", "in-person")
"""How a request came in. Not by telephone: a request under the Act is in writing, if need be written down for the
person who asks (VAL-01)."""
CATEGORIES = ("individual", "media", "organisation", "academic", "elected-representative", "public-body", "not-stated")
PEOPLE = frozenset({"individual", "not-stated", "academic", "elected-representative"})
"""Categories of requester whose name has two words or more."""
KINDS = ("preamble", "context", "question", "sub_question", "list_item", "closing")
METHODS = ("email", "post")

WARNINGS: Mapping[str, tuple[str, str, str]] = {
    "no-name": (
        "VAL-02",
        "The request does not say who asks.",
        "Ask once, kindly, for the name; section 8(1)(b) asks for one. No proof of identity is needed.",
    ),
    "single-name": (
        "VAL-02",
        "The name is a first name or a pseudonym alone.",
        "Ask once, kindly, for the full name; the person could not complain to the regulator without it.",
    ),
    "no-description": (
        "VAL-04",
        "It is not plain which information is wanted.",
        "Ask for what is needed to identify and locate the information, promptly (section 1(3)).",
    ),
}
"""Doubts about section 8 that do not keep a request out: code -> rule, what is doubtful, what to do."""


def doubts(name: Private | None, category: str, text: Private) -> list[str]:
    """The codes of the `WARNINGS` that a request earns: it is taken in and the clock runs all the same."""
    found = []
    words = name.reveal().split() if name else []
    if not words:
        found.append("no-name")
    elif len(words) == 1 and category in PEOPLE:
        found.append("single-name")
    if not asks(text.reveal()):
        found.append("no-description")
    return found


@dataclass(frozen=True, kw_only=True)
class ConfirmedPart:
    """One part in the wording that everybody may read; `visible_label` is how the request itself marked it."""

    label: str
    parent: str | None
    kind: str
    visible_label: str | None
    wording: str


def due_for(received_on: date, today: date) -> date:
    """The day by which a request received on this day must be answered. Raises `Invalid` for a day that cannot be
    one of receipt: in the future, or beyond the table of holidays."""
    if received_on > today:
        mend = "Give the day on which it was delivered to the authority, which is today or before."
        raise Invalid([Finding("received_on", "The day of receipt lies in the future.", "CLK-02", mend)])
    try:
        return due_date(received_on)
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
