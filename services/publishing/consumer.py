"""What publishing does about the events of others, and when the day of a release has come."""

from sqlalchemy import select

from services.publishing import checking, commands, queries
from services.publishing.models import approved, brief, entry
from services.publishing.release_check.report import Report
from shared.chassis.database import insert_or_update
from shared.chassis.events.consumer import Subscriptions
from shared.chassis.events.contract import dump
from shared.chassis.events.envelope import Envelope
from shared.chassis.timers import Timers
from shared.chassis.uow import UnitOfWork
from shared.contracts.decision import DocumentSubmitted, SignedOff
from shared.contracts.intake import CaseAccepted, MessageSubmitted, ResponseDispatched

subscriptions = Subscriptions()
timers = Timers()


@subscriptions.project(CaseAccepted)
def keep_the_brief(uow: UnitOfWork, event: CaseAccepted, envelope: Envelope) -> None:
    kept = {name: dump(getattr(event, name)) for name in ("reference", "title", "authorities")}
    row = {"case_id": envelope.subject, "received_on": event.received_on, **kept}
    insert_or_update(uow.connection, brief, [row])


@subscriptions.project(SignedOff)
def keep_what_was_approved(uow: UnitOfWork, event: SignedOff, envelope: Envelope) -> None:
    kept = {name: dump(getattr(event, name)) for name in ("response", "letter", "overall", "outcomes")}
    insert_or_update(uow.connection, approved, [{"case_id": envelope.subject, **kept}])


@subscriptions.on(ResponseDispatched)
def when_the_reply_has_left_prepare_the_entry(uow: UnitOfWork, event: ResponseDispatched, envelope: Envelope) -> None:
    if uow.once(select(entry.c.id).where(entry.c.id == envelope.subject)) is not None:
        return  # a reply that leaves again, say by post after an e-mail came back, is the same entry
    known, signed_off = queries.what_is_known(uow, envelope.subject)
    commands.prepare(uow, known, signed_off, event)


@subscriptions.on(DocumentSubmitted, MessageSubmitted)
def when_a_document_is_to_leave_have_it_checked(
    uow: UnitOfWork, event: DocumentSubmitted | MessageSubmitted, envelope: Envelope
) -> None:
    checking.take_in(uow, envelope.subject, event.document, sender=envelope.source, person=envelope.actor_id)


@timers.due(checking.CHECK_TIMER, errand=checking.examine)
def when_a_document_was_examined_tell_what_was_found(uow: UnitOfWork, key: str, report: Report) -> None:
    checking.note(uow, key, report)


@timers.due(commands.RELEASE_TIMER)
def when_its_day_has_come_release_the_entry(uow: UnitOfWork, key: str) -> None:
    row = queries.entry_row(uow, key)
    if row.state == "prepared":
        commands.release_or_hold(uow, row)
