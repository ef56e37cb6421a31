"""The rules of the disclosure log: the life of an entry, when it is released, where it stands, what holds it back."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from shared.chassis.clock import CIVIL
from shared.chassis.errors import Finding, Forbidden, Invalid, Refused
from shared.chassis.events.values import BlindText
from shared.chassis.lifecycle import Lifecycle
from shared.law.calendar import nth_working_day_after

ENTRY = Lifecycle(
    name="entry",
    initial="prepared",
    final=frozenset({"withdrawn"}),
    transitions={
        ("prepared", "hold"): "held",
        ("held", "resume"): "prepared",
        ("prepared", "release"): "released",
        ("prepared", "withdraw"): "withdrawn",
        ("held", "withdraw"): "withdrawn",
        ("released", "withdraw"): "withdrawn",
    },
)

CHECK = Lifecycle(
    name="release check",
    initial="waiting",
    final=frozenset(),
    transitions={
        ("waiting", "pass"): "passed",
        ("waiting", "review"): "to review",
        ("waiting", "block"): "blocked",
        ("to review", "accept"): "accepted",
        **{(state, "check again"): "waiting" for state in ("passed", "to review", "accepted", "blocked")},
    },
)
"""The release check of one document of one case: each verdict leads to a state of its own, and no way leads from
`blocked` to a document that may leave. New rules have it checked again."""

STAFF = {"foi-officer", "decision-maker", "approver", "reviewer", "publisher", "information-manager", "auditor"}
PERMISSIONS: dict[str, set[str]] = {
    "read entries": STAFF,
    "hold entry": {"publisher", "foi-officer", "information-manager"},
    "resume entry": {"publisher"},
    "release entry": {"publisher"},
    "withdraw entry": {"publisher"},
    "read checks": STAFF,
    "check again": {"foi-officer", "decision-maker", "information-manager"},
    "accept findings": {"approver", "information-manager"},
    "make clean copy": {"foi-officer", "decision-maker", "approver"},
}

WITHDRAWAL_REASONS = ("personal-data", "inaccurate", "superseded", "other")
"""Why an entry may be taken down: the class only, because the tombstone shows it to everybody (PUB-07)."""

RELEASE_AFTER = 5
"""Working days from dispatch to release, so that the person who asked reads the answer first (PUB-04)."""
RELEASE_TIME = time(9, 0)
"""Of the civil day, Europe/London."""

_OWN_DATA = ("40(1)", "40(5A)")


def release_day(dispatched_on: date) -> date:
    """The day on which an entry is released by itself. Raises CalendarEnds beyond the holiday table."""
    return nth_working_day_after(dispatched_on, RELEASE_AFTER)


def resumed_release_day(planned: date, today: date) -> date:
    """The day of release after a hold: as planned, but never before the next working day, so that nothing is made
    public in the moment in which somebody takes a hold off."""
    return max(planned, nth_working_day_after(today, 1))


def release_instant(day: date) -> datetime:
    """The instant of release on that day."""
    return datetime.combine(day, RELEASE_TIME, CIVIL)


def entry_path(site: str, reference: str, taken: Collection[str]) -> str:
    """Where an entry stands: `/norfolk/disclosures/foi-001905-19`.

    Two references may come to the same letters and digits; the second one gets `-2`. `taken` are paths in use.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", reference.lower()).strip("-")
    wanted = path = f"/{site}/disclosures/{slug}"
    number = 1
    while path in taken:
        number += 1
        path = f"{wanted}-{number}"
    return path


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What was signed off: the digest of the letter, and the outcome and provisions of each part by its label."""

    letter: str
    outcomes: Mapping[str, str]
    citations: frozenset[str]


def reasons_to_hold(approval: Approval, *, sent: str, shown: Mapping[str, str]) -> Sequence[str]:
    """Why an entry must wait for a person although its day comes; empty when it may go.

    `sent` is the digest of the letter that left, `shown` the outcome of each part that the entry would show.
    """
    reasons = []
    if sent != approval.letter:
        reasons.append("The letter that was sent is not the one that was signed off (PUB-05).")
    if shown != approval.outcomes:
        reasons.append("The outcomes in the entry are not the ones that were signed off (PUB-05).")
    if not approval.citations.isdisjoint(_OWN_DATA):
        reasons.append("The request was for the applicant's own personal data: such a case is not published (PUB-03).")
    if "vexatious" in approval.outcomes.values():
        reasons.append("The request was refused as vexatious: such a notice is not published (PUB-03).")
    return reasons


def refuse_what_cannot_be_accepted(state: str, person: str, submitted_by: str) -> None:
    """A block has no override, and what asks for a second look is looked at by somebody else (REL-24, REL-27)."""
    if state == "blocked":
        raise Refused(
            "A document that the release check blocks cannot be let go.",
            rule="REL-27",
            next_step="Take it off, mend what is found or make a clean copy, and attach that.",
        )
    if person == submitted_by:
        raise Forbidden(
            "Whoever wants a document to leave does not accept what its check has found.",
            rule="REL-24",
            next_step="Ask a second officer.",
        )


def cleared(field: str, text: str) -> BlindText:
    """The text, fit to be an event's. Raises `Invalid` for what may tell who asked (PUB-02)."""
    try:
        return BlindText(text)
    except ValueError as error:
        next_step = "Say why without anything that could tell who asked."
        raise Invalid([Finding(field, f"It {error}.", "PUB-02", next_step)]) from None
