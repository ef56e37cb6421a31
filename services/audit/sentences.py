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


def _of(labels: Iterable[Any]) -> str:
    """What an event is about: parts, or the whole request where it names none."""
    named = list(labels)
    return _parts(named) if named else "the whole request"


def _because(reason: Any) -> str:
    return f", because: {reason}" if reason else "."


def _validity(event: Any) -> str:
    broken = f" ({_listed(rule.upper() for rule in event.rules)})" if event.rules else ""
    return f"The request was found {'valid' if event.valid else 'not valid'}{broken}{_because(event.reason)}"


def _clarified(event: Any) -> str:
    effect = "that is its new date of receipt" if event.sufficient else "it is not sufficient and changes nothing"
    return f"Clarification of {_of(event.parts)} came on {_day(event.received_on)}: {effect}."


def _extended(event: Any) -> str:
    return (
        f"Notice was given on {_day(event.notified_on)} that the public interest takes longer to weigh for"
        f" {_of(event.parts)}, until about {_day(event.estimated_on)}{_relying(event.citations)}."
    )


def _transferred(event: Any) -> str:
    own = "Our own answer went with it." if event.answered else "Our own answer stays due."
    agreed = f"with the permission given on {_day(event.permitted_on)}"
    return (
        f"{_of(event.parts).capitalize()} was handed on to {event.to} on {_day(event.transferred_on)}, {agreed}. {own}"
    )


def _due_changed(event: Any) -> str:
    due = f"It is due by {_day(event.due_on)}." if event.due_on else "Nothing is due for now."
    before = f" Before: {_day(event.old_due_on)}." if event.old_due_on else ""
    return f"{event.explanation} {due}{before}"


def _concluded(event: Any) -> str:
    asked = _listed(f"{_office(one.office)}{'' if one.replied else ', who did not reply'}" for one in event.consulted)
    return f"Consultation is over. Asked: {asked}."


def _review_requested(event: Any) -> str:
    exceptional = f"in exceptional cases by {_day(event.latest_on)}"
    late = (
        ""
        if event.in_time
        else f" It came after the time for it, and is carried out all the same{_because(event.reason)}"
    )
    return (
        f"An internal review was asked for on {_day(event.asked_on)}, due by {_day(event.due_on)}, {exceptional}.{late}"
    )


def _review_answered(event: Any) -> str:
    late = "in time" if event.in_time else f"late: it was due on {_day(event.due_on)}"
    each = _listed(f"part {part.label} {_plain(part.result)}" for part in event.parts)
    return (
        f"The internal review was answered on {_day(event.answered_on)}, working day {event.working_day}, {late}."
        f" The first decision was {_plain(event.outcome)}: {each}."
    )


def _checked(event: Any) -> str:
    kinds = _listed(f"{_plain(found.code)} ({found.rule.upper()})" for found in event.findings)
    said = {
        "pass": "passed the release check",
        "review": f"needs a second officer's look before it may leave: {kinds}",
        "block": f"was stopped by the release check: {kinds}",
    }[event.verdict]
    return f"A document ({event.digest[:12]}) {said}, under the rules {event.ruleset}."


def _put_to_check(event: Any) -> str:
    return f"“{event.document.name}” ({event.document.digest[:12]}) was put to the release check."


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
    intake.MessageSubmitted: _put_to_check,
    intake.ResponseDispatched: _dispatched,
    intake.ValidityDecided: _validity,
    intake.CaseTriaged: lambda event: (
        f"It was decided to deal with the request as {_plain(event.route)}{_because(event.reason)}"
    ),
    intake.ClarificationSought: lambda event: (
        f"Clarification of {_of(event.parts)} was sought on {_day(event.sought_on)}: {event.needed}"
        f" Unanswered, it lapses after {_day(event.lapse_on)}."
    ),
    intake.ClarificationReceived: _clarified,
    intake.FeesNoticeGiven: lambda event: (
        f"A fee of £{event.amount_pence / 100:.2f} for {_of(event.parts)} was asked for on {_day(event.given_on)},"
        f" to be paid by {_day(event.last_day_to_pay)}."
    ),
    intake.FeeReceived: lambda event: f"The fee for {_of(event.parts)} was paid on {_day(event.received_on)}.",
    intake.TimeExtended: _extended,
    intake.CaseTransferred: _transferred,
    intake.DueDateChanged: _due_changed,
    intake.NoticeSent: lambda event: (
        f"The notice “{_plain(event.kind)}” left on {_day(event.sent_on)} by {_plain(event.method)}."
    ),
    intake.NoticeNotTaken: lambda event: (
        f"The notice “{_plain(event.kind)}” could not be delivered by e-mail: it was not given."
    ),
    intake.CaseClosed: lambda event: (
        f"The case was closed on {_day(event.closed_on)} as {_plain(event.how)}{_because(event.reason)}"
    ),
    intake.ReviewRequested: _review_requested,
    intake.ReviewAnswered: _review_answered,
    intake.CorrectionSent: lambda event: (
        f"A mistake in the reply about {_of(event.parts)} was put right by a letter of {_day(event.corrected_on)}."
    ),
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
    decision.DocumentSubmitted: _put_to_check,
    decision.DraftSubmitted: lambda event: f"Draft {event.draft} was submitted for sign-off.",
    decision.DraftReturned: lambda event: f"Draft {event.draft} was returned to be redrafted, because: {event.reason}",
    decision.SignedOff: _signed_off,
    publishing.DocumentChecked: _checked,
    publishing.FindingsAccepted: lambda event: (
        f"A second officer let a document ({event.digest[:12]}) go after a look, because: {event.reason}"
    ),
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
