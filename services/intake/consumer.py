"""What intake does when something has happened elsewhere, or its time has come."""

from typing import Any

from sqlalchemy import select, update

from services.intake import checking, clockwork, commands, dispatching, lapsing, notifying, reviewing
from services.intake.mailing import NotTaken
from services.intake.models import contributor, progress
from services.intake.queries import NO_PROGRESS
from shared.chassis.clock import civil_date
from shared.chassis.database import insert_new
from shared.chassis.events.consumer import Subscriptions
from shared.chassis.events.envelope import Envelope
from shared.chassis.timers import Timers
from shared.chassis.uow import UnitOfWork
from shared.contracts.consultation import ConsultationAnswered, ConsultationOpened, ConsultationsConcluded
from shared.contracts.decision import AdviceWeighed, DraftReturned, DraftSubmitted, PartDecided, SignedOff
from shared.contracts.publishing import DocumentChecked, EntryReleased, EntryWithdrawn, FindingsAccepted

subscriptions = Subscriptions()
timers = Timers()


@subscriptions.project(ConsultationOpened)
def count_the_consultation(uow: UnitOfWork, event: ConsultationOpened, envelope: Envelope) -> None:
    _note(uow, envelope.subject, consultations=progress.c.consultations + 1)


@subscriptions.project(ConsultationAnswered)
def count_the_answer(uow: UnitOfWork, event: ConsultationAnswered, envelope: Envelope) -> None:
    _note(uow, envelope.subject, answered=progress.c.answered + 1)


@subscriptions.project(ConsultationsConcluded)
def note_that_consultation_is_over(uow: UnitOfWork, event: ConsultationsConcluded, envelope: Envelope) -> None:
    _note(uow, envelope.subject, concluded=True, concluded_on=civil_date(envelope.time))


@subscriptions.project(DraftSubmitted)
def note_the_draft(uow: UnitOfWork, event: DraftSubmitted, envelope: Envelope) -> None:
    _note(uow, envelope.subject, draft_state="submitted", submitted_on=civil_date(envelope.time))


@subscriptions.project(PartDecided, AdviceWeighed, DraftSubmitted, SignedOff)
def note_who_had_a_hand_in_the_reply(uow: UnitOfWork, event: Any, envelope: Envelope) -> None:
    """A review is carried out by somebody who had none, as its letters say (CLK-18)."""
    person = {"case_id": envelope.subject, "person": envelope.actor_id}
    insert_new(uow.connection, contributor, [person], contributor.c.person)


@subscriptions.project(DraftReturned)
def note_that_the_draft_went_back(uow: UnitOfWork, event: DraftReturned, envelope: Envelope) -> None:
    _note(uow, envelope.subject, draft_state="returned", submitted_on=None)


@subscriptions.project(SignedOff)
def note_the_sign_off(uow: UnitOfWork, event: SignedOff, envelope: Envelope) -> None:
    _note(uow, envelope.subject, draft_state="signed off", signed_off_on=civil_date(envelope.time))


@subscriptions.project(EntryReleased)
def note_where_the_reply_can_be_read(uow: UnitOfWork, event: EntryReleased, envelope: Envelope) -> None:
    others = [each for each in _published(uow, envelope.subject) if each["site"] != event.site]
    released = {"site": str(event.site), "path": str(event.path), "withdrawn": False}
    _note(uow, envelope.subject, published=[*others, released])


@subscriptions.project(EntryWithdrawn)
def note_where_it_cannot_be_read_any_more(uow: UnitOfWork, event: EntryWithdrawn, envelope: Envelope) -> None:
    published = [
        {**each, "withdrawn": each["withdrawn"] or each["site"] in event.sites}
        for each in _published(uow, envelope.subject)
    ]
    _note(uow, envelope.subject, published=published)


@subscriptions.on(SignedOff)
def when_a_reply_is_signed_off_make_it_ready_to_send(uow: UnitOfWork, event: SignedOff, envelope: Envelope) -> None:
    commands.take_sign_off(uow, envelope.subject, event)


@subscriptions.on(DocumentChecked)
def when_a_document_was_checked_send_what_waited_for_it(
    uow: UnitOfWork, event: DocumentChecked, envelope: Envelope
) -> None:
    checking.note(uow, envelope.subject, event)
    _wake(uow, envelope.subject, str(event.digest))


@subscriptions.on(FindingsAccepted)
def when_a_second_officer_let_a_document_go_send_what_waited_for_it(
    uow: UnitOfWork, event: FindingsAccepted, envelope: Envelope
) -> None:
    checking.note_acceptance(uow, envelope.subject, str(event.digest), str(event.ruleset))
    _wake(uow, envelope.subject, str(event.digest))


@timers.due(dispatching.SEND, errand=dispatching.hand_over)
def when_a_reply_was_handed_over_record_that_it_left(uow: UnitOfWork, key: str, refused: NotTaken | None) -> None:
    dispatching.note_sending(uow, key, refused)


@timers.due(notifying.SEND_NOTICE, errand=notifying.hand_over)
def when_a_notice_was_handed_over_record_that_it_left(uow: UnitOfWork, key: str, refused: NotTaken | None) -> None:
    if (number := notifying.note_sending(uow, key, refused)) is not None:
        case_id = key.partition("/")[0]
        clockwork.take_back(uow, case_id, number)
        reviewing.take_back(uow, case_id, number)


@timers.due(lapsing.LAPSE)
def when_what_was_asked_for_has_not_come_let_it_lapse(uow: UnitOfWork, key: str) -> None:
    lapsing.let_lapse(uow, key)


def _wake(uow: UnitOfWork, case_id: str, digest: str) -> None:
    dispatching.wake(uow, case_id, digest)
    notifying.wake(uow, case_id, digest)


def _note(uow: UnitOfWork, case_id: str, **told: Any) -> None:
    insert_new(uow.connection, progress, [{"case_id": case_id, **NO_PROGRESS}], progress.c.case_id)
    uow.connection.execute(update(progress).where(progress.c.case_id == case_id).values(**told))


def _published(uow: UnitOfWork, case_id: str) -> list[dict[str, Any]]:
    query = select(progress.c.published).where(progress.c.case_id == case_id)
    return uow.connection.execute(query).scalar() or []
