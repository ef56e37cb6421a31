"""Every event in words that a person reads: a table from the type of event to its sentence."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from shared.chassis.events.contract import UnknownShape, event_types, load
from shared.chassis.events.parking import MessageSkipped
from shared.contracts import consultation, decision, intake, publishing
from shared.law.outcomes import OUTCOMES, OVERALL


def sentence(event_type: str, data: Mapping[str, Any]) -> str:
    """The event in words. A type that this version has no words for, or data that does not fit it, is shown plainly."""
    if event_types().get(event_type) not in SENTENCES:
        return f"Something happened that this version has no words for: {event_type}."
    try:
        event = load(event_type, data)
    except UnknownShape:
        return f"An event that does not fit its contract: {event_type}."
    return SENTENCES[type(event)](event)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed(items: Iterable[Any]) -> str:
    *others, last = [str(item) for item in items] or ["none"]
    return f"{', '.join(others)} and {last}" if others else last


def _parts(labels: Iterable[Any]) -> str:
    named = list(labels)
    return f"part{'' if len(named) == 1 else 's'} {_listed(named)}"


def _plain(code: str) -> str:
    return code.replace("_", " ").replace("-", " ")


def _office(office: Any) -> str:
    return f"{office.organisation} ({office.position})"


def _relying(citations: Iterable[Any]) -> str:
    named = [f"section {citation}" for citation in citations]
    return f", relying on {_listed(named)}" if named else ""


def _decided(event: Any) -> str:
    part = event.decided
    outcome = OUTCOMES[part.outcome].title.lower() if part.outcome in OUTCOMES else _plain(part.outcome)
    return f"Part {part.label} was decided as {outcome}{_relying(part.citations)}."


def _signed_off(event: Any) -> str:
    overall = OVERALL.get(event.overall, _plain(event.overall)).lower()
    return f"Draft {event.draft} was signed off by a second person: {overall}."


def _dispatched(event: Any) -> str:
    late = "in time" if event.in_time else f"late: it was due on {_day(event.due_on)}"
    return f"The reply was sent on {_day(event.dispatched_on)}, working day {event.working_day}, {late}."


def _concluded(event: Any) -> str:
    asked = _listed(f"{_office(one.office)}{'' if one.replied else ', who did not reply'}" for one in event.consulted)
    return f"Consultation is over. Asked: {asked}."


SENTENCES: Mapping[type | None, Callable[[Any], str]] = {
    intake.CaseReceived: lambda event: (
        f"A request came in by {_plain(event.channel)} on {_day(event.received_on)} and was numbered"
        f" {event.reference}. An answer is due by {_day(event.due_on)}."
    ),
    intake.PartsConfirmed: lambda event: f"The wording was confirmed for {_parts(part.label for part in event.parts)}.",
    intake.CaseAccepted: lambda event: (
        f"The case was accepted as “{event.title}”, to be answered by {_day(event.due_on)}."
    ),
    intake.RequesterRevealed: lambda event: f"Somebody looked at who asked, because: {event.reason}",
    intake.ResponseDispatched: _dispatched,
    consultation.ConsultationOpened: lambda event: (
        f"{_office(event.office)} was asked about {_parts(event.parts)}, to reply by {_day(event.reply_by)}."
    ),
    consultation.ConsultationReminded: lambda event: (
        f"The party {event.party} was asked again: reminder {event.reminder}."
    ),
    consultation.ConsultationOverdue: lambda event: f"No advice had come from {event.party} by {_day(event.reply_by)}.",
    consultation.ConsultationAnswered: lambda event: (
        f"{_office(event.office)} advised on {_parts(event.parts)}:"
        f" {_plain(event.position)}{_relying(event.citations)}."
    ),
    consultation.ConsultationsConcluded: _concluded,
    decision.PartDecided: _decided,
    decision.AdviceWeighed: lambda event: (
        f"The advice of {event.party} was {'followed' if event.followed else 'departed from'}, because: {event.reason}"
    ),
    decision.DraftSubmitted: lambda event: f"Draft {event.draft} was submitted for sign-off.",
    decision.DraftReturned: lambda event: f"Draft {event.draft} was returned to be redrafted, because: {event.reason}",
    decision.SignedOff: _signed_off,
    publishing.EntryPrepared: lambda event: (
        f"The disclosure log entry was prepared for {_listed(event.sites)}, to be released on {_day(event.release_on)}."
    ),
    publishing.EntryHeld: lambda event: f"The release was held, because: {event.reason}",
    publishing.EntryResumed: lambda event: (
        f"The hold was lifted; the entry is to be released on {_day(event.release_on)}."
    ),
    publishing.EntryReleased: lambda event: f"The entry was released on the site {event.site}, at {event.path}.",
    publishing.EntryWithdrawn: lambda event: (
        f"The entry was withdrawn from {_listed(event.sites)}: {_plain(event.reason)}."
    ),
    MessageSkipped: lambda event: (
        f"An operator had a message set aside for good ({event.skipped_type}), because: {event.reason}"
    ),
}
