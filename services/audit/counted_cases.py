"""What the published figures need to know of a case, folded from its events in the order of the topic.

The dates are those that the events told: nothing is worked out here that intake has not told already.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from services.audit.domain import OUTCOME_OF_REVIEW
from shared.chassis.events.contract import UnknownShape, event_types, load
from shared.chassis.events.envelope import Envelope
from shared.contracts import decision, intake
from shared.law.case_facts import UNANSWERED_ENDS, CaseFacts, Extension, PartFacts, Stop
from shared.law.review_figures import ReviewFacts

EXTENDED = "extended_pit"
"""The state in which a part's clock shows the estimated date, and no longer day 20."""
_STOPPING = {"clarification": "clarification", "fees-notice": "fee"}
"""The notices that stop a clock, by what is awaited then."""


@dataclass(kw_only=True)
class _Told:
    """The case as its events so far tell it; `dues` are the parts' day 20 and `outcomes` what was decided, by label.

    `undone` holds, by the digest of its letter, what a notice would have done that could not be delivered.
    """

    authorities: tuple[str, ...] = ()
    received_on: date | None = None
    due_on: date | None = None
    regime: str = "foia"
    valid: bool = True
    questions: tuple[str, ...] = ()
    dues: dict[str, date] = field(default_factory=dict)
    outcomes: dict[str, Any] = field(default_factory=dict)
    extension: Extension | None = None
    stops: list[Stop] = field(default_factory=list)
    undone: dict[str, Stop | Extension] = field(default_factory=dict)
    asked_too_late: bool = False
    answered_on: date | None = None
    closed: str | None = None
    closed_on: date | None = None
    reviews: list[ReviewFacts] = field(default_factory=list)


def counted_case(envelopes: Iterable[Envelope]) -> CaseFacts | None:
    """The case as figures count it; None where it does not count (STA-01): it was not valid, was no request under the
    Act or the Environmental Information Regulations, or nothing tells of its receipt.

    Raises ValueError, which says what is wrong, where its events contradict each other.
    """
    told = _Told()
    for envelope in envelopes:
        telling = _TELLING.get(event_types().get(envelope.type))
        if telling is not None:
            with suppress(UnknownShape):
                telling(told, load(envelope.type, envelope.data))
    ended_unanswered = told.closed is None or told.closed in UNANSWERED_ENDS
    if told.received_on is None or not told.valid or told.regime not in ("foia", "eir") or not ended_unanswered:
        return None
    return CaseFacts(
        authorities=told.authorities,
        received_on=told.received_on,
        due_on=told.due_on,
        regime="eir" if told.regime == "eir" else "foia",
        parts=tuple(_part(told, label) for label in dict.fromkeys([*told.questions, *told.outcomes])),
        extension=told.extension,
        stops=tuple(told.stops),
        asked_too_late=told.asked_too_late,
        answered_on=told.answered_on,
        closed=told.closed,
        closed_on=told.closed_on,
        reviews=tuple(told.reviews),
    )


def _part(told: _Told, label: str) -> PartFacts:
    decided = told.outcomes.get(label)
    return PartFacts(
        label=label,
        outcome=decided and decided.outcome,
        citations=decided.citations if decided else (),
        due_on=told.dues.get(label),
    )


def _received(told: _Told, event: intake.CaseReceived) -> None:
    told.authorities, told.received_on, told.due_on = event.authorities, event.received_on, event.due_on


def _confirmed(told: _Told, event: intake.PartsConfirmed | intake.CaseAccepted) -> None:
    told.questions = tuple(part.label for part in event.parts if part.kind == "question")


def _judged(told: _Told, event: intake.ValidityDecided) -> None:
    told.valid = event.valid


def _triaged(told: _Told, event: intake.CaseTriaged) -> None:
    """Where a letter comes under several laws, its parts under the Act make it a request under the Act."""
    told.regime = "foia" if event.regime == "mixed" else event.regime


def _due_changed(told: _Told, event: intake.DueDateChanged) -> None:
    for part in event.parts:
        if part.state != EXTENDED and part.due_on is not None:
            told.dues[part.label] = part.due_on
    if event.state != EXTENDED:
        told.due_on = event.due_on


def _clarification_sought(told: _Told, event: intake.ClarificationSought) -> None:
    told.stops.append(Stop(kind="clarification", since=event.sought_on, parts=event.parts))
    told.asked_too_late |= told.due_on is not None and event.sought_on > told.due_on


def _clarified(told: _Told, event: intake.ClarificationReceived) -> None:
    if event.sufficient:
        _end_stops(told, "clarification", event.parts, event.received_on)


def _fee_asked(told: _Told, event: intake.FeesNoticeGiven) -> None:
    told.stops.append(Stop(kind="fee", since=event.given_on, parts=event.parts))


def _fee_paid(told: _Told, event: intake.FeeReceived) -> None:
    _end_stops(told, "fee", event.parts, event.received_on)


def _end_stops(told: _Told, kind: str, parts: tuple[str, ...], on: date) -> None:
    """What was awaited for `parts`, or (none named) for all, has come; for any other part it is awaited still."""
    stops, told.stops = told.stops, []
    for stop in stops:
        concerned = stop.parts or told.questions
        left = tuple(label for label in concerned if parts and label not in parts)
        came = tuple(label for label in concerned if label not in left)
        if stop.kind != kind or stop.until is not None:
            told.stops.append(stop)
        elif not left:
            told.stops.append(replace(stop, until=on))
        else:
            told.stops += [replace(stop, parts=came, until=on)] if came else []
            told.stops.append(replace(stop, parts=left))


def _extended(told: _Told, event: intake.TimeExtended) -> None:
    told.extension = Extension(notified_on=event.notified_on, until=event.estimated_on, parts=event.parts)


def _not_taken(told: _Told, event: intake.NoticeNotTaken) -> None:
    """The notice was not given, so that what it would have done is undone until it is posted or given anew."""
    if event.kind == OUTCOME_OF_REVIEW and told.reviews:
        told.reviews[-1] = replace(told.reviews[-1], answered_on=None, outcome=None)
    if event.kind == "extension" and told.extension is not None:
        told.undone[event.letter], told.extension = told.extension, None
    for place, stop in reversed(list(enumerate(told.stops))):
        if stop.kind == _STOPPING.get(event.kind) and stop.until is None:
            told.undone[event.letter] = told.stops.pop(place)
            return


def _sent(told: _Told, event: intake.NoticeSent) -> None:
    match told.undone.pop(event.letter, None):
        case Stop() as stop:
            told.stops.append(replace(stop, since=event.sent_on))
        case Extension() as extension:
            told.extension = replace(extension, notified_on=event.sent_on)


def _decided(told: _Told, event: decision.SignedOff) -> None:
    told.outcomes = {outcome.label: outcome for outcome in event.outcomes}


def _dispatched(told: _Told, event: intake.ResponseDispatched) -> None:
    told.answered_on, told.due_on = event.dispatched_on, told.due_on or event.due_on


def _closed(told: _Told, event: intake.CaseClosed) -> None:
    told.closed, told.closed_on = event.how, event.closed_on


def _review_requested(told: _Told, event: intake.ReviewRequested) -> None:
    told.reviews.append(ReviewFacts(requested_on=event.asked_on))


def _review_answered(told: _Told, event: intake.ReviewAnswered) -> None:
    """One review is open at a time: it is the last one that was asked for."""
    if told.reviews:
        answered: Any = {"answered_on": event.answered_on, "outcome": event.outcome}
        told.reviews[-1] = replace(told.reviews[-1], **answered)


_TELLING: Mapping[type | None, Callable[[_Told, Any], None]] = {
    intake.CaseReceived: _received,
    intake.PartsConfirmed: _confirmed,
    intake.CaseAccepted: _confirmed,
    intake.ValidityDecided: _judged,
    intake.CaseTriaged: _triaged,
    intake.DueDateChanged: _due_changed,
    intake.ClarificationSought: _clarification_sought,
    intake.ClarificationReceived: _clarified,
    intake.FeesNoticeGiven: _fee_asked,
    intake.FeeReceived: _fee_paid,
    intake.TimeExtended: _extended,
    intake.NoticeNotTaken: _not_taken,
    intake.NoticeSent: _sent,
    intake.CaseClosed: _closed,
    intake.ResponseDispatched: _dispatched,
    intake.ReviewRequested: _review_requested,
    intake.ReviewAnswered: _review_answered,
    decision.SignedOff: _decided,
}
TYPES = tuple(name for name, kind in event_types().items() if kind in _TELLING)
"""The types of event that tell anything of this."""
