"""What was known of a case, folded from its events in the order of the topic."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from services.audit.domain import OUTCOME_OF_REVIEW
from shared.chassis.events.contract import UnknownShape, event_types, load
from shared.chassis.events.envelope import Envelope
from shared.contracts import consultation, decision, intake, publishing


@dataclass(kw_only=True)
class Consultation:
    """One party that was asked."""

    id: str
    party: str
    organisation: str
    position: str
    parts: tuple[str, ...]
    reply_by: date
    state: str = "open"
    reminders: int = 0
    position_taken: str | None = None
    citations: tuple[str, ...] = ()
    followed: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """That the reply went out. `working_day` counts from the day after receipt (CLK-01)."""

    dispatched_on: date
    working_day: int
    in_time: bool


@dataclass(kw_only=True)
class Review:
    """An internal review. `in_time` is whether it was asked for in time; `outcome` is None until it is answered."""

    asked_on: date
    due_on: date
    latest_on: date
    in_time: bool
    answered_on: date | None = None
    outcome: str | None = None


@dataclass(kw_only=True)
class Story:
    """A case as its events so far tell it. What no event has told is None or empty.

    `parts` and `outcomes` are in the contract's own shapes, by label; `draft` is its last number; `published` maps
    each site to the entry's path on it. `clock_state` and `parts_due` are as the last change of a due date told them:
    where nothing has, the clock runs as it began. `closed` is how the case ended without a reply, `corrected_on` the
    day of the last correction of one.
    """

    reference: str | None = None
    title: str | None = None
    authorities: tuple[str, ...] = ()
    channel: str | None = None
    received_on: date | None = None
    due_on: date | None = None
    parts: dict[str, Any] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    consultations_concluded: bool = False
    outcomes: dict[str, Any] = field(default_factory=dict)
    draft: int | None = None
    draft_state: str | None = None
    overall: str | None = None
    dispatch: Dispatch | None = None
    clock_state: str | None = None
    parts_due: tuple[Any, ...] = ()
    closed: str | None = None
    reviews: list[Review] = field(default_factory=list)
    corrected_on: date | None = None
    entry_state: str | None = None
    release_on: date | None = None
    published: dict[str, str] = field(default_factory=dict)
    events: int = 0
    last_at: datetime | None = None


def fold(envelopes: Iterable[Envelope]) -> Story:
    """The story that these events tell. Those of an unknown type or shape are counted and tell nothing."""
    story = Story()
    for envelope in envelopes:
        story.events += 1
        story.last_at = envelope.time
        telling = _TELLING.get(event_types().get(envelope.type))
        if telling is not None:
            with suppress(UnknownShape):
                telling(story, load(envelope.type, envelope.data))
    return story


def _received(story: Story, event: intake.CaseReceived) -> None:
    story.reference, story.channel, story.authorities = event.reference, event.channel, event.authorities
    story.received_on, story.due_on = event.received_on, event.due_on


def _confirmed(story: Story, event: intake.PartsConfirmed) -> None:
    story.parts = {part.label: part for part in event.parts}


def _accepted(story: Story, event: intake.CaseAccepted) -> None:
    story.reference, story.title, story.authorities = event.reference, event.title, event.authorities
    story.received_on, story.due_on = event.received_on, event.due_on
    story.parts = {part.label: part for part in event.parts}


def _dispatched(story: Story, event: intake.ResponseDispatched) -> None:
    story.due_on = event.due_on
    story.dispatch = Dispatch(dispatched_on=event.dispatched_on, working_day=event.working_day, in_time=event.in_time)


def _due_changed(story: Story, event: intake.DueDateChanged) -> None:
    story.due_on, story.clock_state, story.parts_due = event.due_on, event.state, event.parts


def _closed(story: Story, event: intake.CaseClosed) -> None:
    story.closed, story.due_on = event.how, None


def _review_requested(story: Story, event: intake.ReviewRequested) -> None:
    asked = Review(asked_on=event.asked_on, due_on=event.due_on, latest_on=event.latest_on, in_time=event.in_time)
    story.reviews.append(asked)


def _review_answered(story: Story, event: intake.ReviewAnswered) -> None:
    if story.reviews:
        story.reviews[-1].answered_on, story.reviews[-1].outcome = event.answered_on, event.outcome


def _not_taken(story: Story, event: intake.NoticeNotTaken) -> None:
    """The outcome of a review that could not be delivered was not given; the last review is open again."""
    if event.kind == OUTCOME_OF_REVIEW and story.reviews:
        story.reviews[-1].answered_on = story.reviews[-1].outcome = None


def _corrected(story: Story, event: intake.CorrectionSent) -> None:
    story.corrected_on = event.corrected_on


def _opened(story: Story, event: consultation.ConsultationOpened) -> None:
    story.consultations[event.consultation_id] = Consultation(
        id=event.consultation_id,
        party=event.office.party,
        organisation=event.office.organisation,
        position=event.office.position,
        parts=event.parts,
        reply_by=event.reply_by,
    )


def _reminded(story: Story, event: consultation.ConsultationReminded) -> None:
    if asked := story.consultations.get(event.consultation_id):
        asked.reminders = event.reminder


def _overdue(story: Story, event: consultation.ConsultationOverdue) -> None:
    if asked := story.consultations.get(event.consultation_id):
        asked.state = "overdue"


def _answered(story: Story, event: consultation.ConsultationAnswered) -> None:
    if asked := story.consultations.get(event.consultation_id):
        answered = replace(asked, state="answered", position_taken=event.position, citations=event.citations)
        story.consultations[event.consultation_id] = answered


def _concluded(story: Story, _event: consultation.ConsultationsConcluded) -> None:
    story.consultations_concluded = True
    for asked in story.consultations.values():
        if asked.state != "answered":
            asked.state = "no reply"


def _weighed(story: Story, event: decision.AdviceWeighed) -> None:
    if asked := story.consultations.get(event.consultation_id):
        asked.followed = event.followed


def _decided(story: Story, event: decision.PartDecided) -> None:
    story.outcomes[event.decided.label] = event.decided


def _submitted(story: Story, event: decision.DraftSubmitted) -> None:
    story.draft, story.draft_state = event.draft, "awaiting sign-off"


def _returned(story: Story, event: decision.DraftReturned) -> None:
    story.draft, story.draft_state = event.draft, "returned"


def _signed_off(story: Story, event: decision.SignedOff) -> None:
    story.draft, story.draft_state, story.overall = event.draft, "signed off", event.overall
    story.outcomes = {outcome.label: outcome for outcome in event.outcomes}


def _prepared(story: Story, event: publishing.EntryPrepared) -> None:
    story.entry_state, story.release_on = "prepared", event.release_on


def _held(story: Story, _event: publishing.EntryHeld) -> None:
    story.entry_state, story.release_on = "held", None


def _resumed(story: Story, event: publishing.EntryResumed) -> None:
    story.entry_state, story.release_on = "prepared", event.release_on


def _released(story: Story, event: publishing.EntryReleased) -> None:
    story.entry_state = "released"
    story.published[event.site] = event.path


def _withdrawn(story: Story, _event: publishing.EntryWithdrawn) -> None:
    story.entry_state, story.release_on, story.published = "withdrawn", None, {}


_TELLING: Mapping[type | None, Callable[[Story, Any], None]] = {
    intake.CaseReceived: _received,
    intake.PartsConfirmed: _confirmed,
    intake.CaseAccepted: _accepted,
    intake.ResponseDispatched: _dispatched,
    intake.DueDateChanged: _due_changed,
    intake.CaseClosed: _closed,
    intake.ReviewRequested: _review_requested,
    intake.ReviewAnswered: _review_answered,
    intake.NoticeNotTaken: _not_taken,
    intake.CorrectionSent: _corrected,
    consultation.ConsultationOpened: _opened,
    consultation.ConsultationReminded: _reminded,
    consultation.ConsultationOverdue: _overdue,
    consultation.ConsultationAnswered: _answered,
    consultation.ConsultationsConcluded: _concluded,
    decision.PartDecided: _decided,
    decision.AdviceWeighed: _weighed,
    decision.DraftSubmitted: _submitted,
    decision.DraftReturned: _returned,
    decision.SignedOff: _signed_off,
    publishing.EntryPrepared: _prepared,
    publishing.EntryHeld: _held,
    publishing.EntryResumed: _resumed,
    publishing.EntryReleased: _released,
    publishing.EntryWithdrawn: _withdrawn,
}
