"""The rules of audit: who may look, when a day ends, and which events tell the facts that a case is found by."""

from collections.abc import Mapping, Set
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from shared.chassis.clock import CIVIL
from shared.chassis.errors import Finding, Invalid
from shared.chassis.events.contract import event_types
from shared.contracts.intake import CaseAccepted, CaseReceived, DueDateChanged, ResponseDispatched

INSPECTORS: Set[str] = frozenset({"auditor", "information-manager"})
PERMISSIONS: Mapping[str, Set[str]] = {
    "read timeline": INSPECTORS | {"foi-officer"},
    "read cases": INSPECTORS,
    "read events": INSPECTORS,
    "verify": INSPECTORS,
    "read statistics": INSPECTORS | {"foi-officer"},
}

FACTS: Mapping[type | None, tuple[str, ...]] = {
    CaseReceived: ("reference", "received_on", "due_on"),
    CaseAccepted: ("reference", "title", "received_on", "due_on"),
    DueDateChanged: ("due_on",),
    ResponseDispatched: ("due_on", "dispatched_on"),
}
"""The fields of each event that go into a case's summary under the same name."""

OUTCOME_OF_REVIEW = "review-outcome"
"""The notice that answers an internal review."""
_DAYS = ("received_on", "due_on", "dispatched_on")
_LONGEST_REFERENCE = 40


def facts(event_type: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What an event adds to the summary of its case.

    A field that is missing or malformed adds nothing: the ledger takes in whatever was published, because an event
    that breaks its contract is evidence too. Only a change of the due date may tell that there is none now.
    """
    kind = event_types().get(event_type)
    if kind is DueDateChanged and data.get("due_on") is None:
        return {"due_on": None}
    told = {name: _read(name, data.get(name)) for name in FACTS.get(kind, ())}
    return {name: value for name, value in told.items() if value is not None}


def start_of(day: date) -> datetime:
    """The first instant of a civil day, Europe/London."""
    return datetime.combine(day, time(), CIVIL).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a civil day, Europe/London. Raises `Invalid` for the last day that there is."""
    try:
        return start_of(day + timedelta(days=1))
    except OverflowError:
        finding = Finding("as_at", "There is no day after this one.", next_step="Name an earlier day.")
        raise Invalid([finding]) from None


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return None
    if name not in _DAYS:
        return value if name != "reference" or len(value) <= _LONGEST_REFERENCE else None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
