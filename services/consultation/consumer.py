"""What consultation does about the events of others, and when a day has come."""

from sqlalchemy import select, update

from services.consultation import commands
from services.consultation.domain import CONSULTATION
from services.consultation.models import brief, brief_part, consultation
from shared.chassis.database import NEVER, insert_or_update
from shared.chassis.events.consumer import Subscriptions
from shared.chassis.events.envelope import Envelope
from shared.chassis.timers import Timers
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import CaseAccepted, CaseClosed, DueDateChanged, ResponseDispatched

subscriptions = Subscriptions()
timers = Timers()


@subscriptions.project(CaseAccepted)
def keep_the_brief_of_the_case(uow: UnitOfWork, event: CaseAccepted, envelope: Envelope) -> None:
    known = {
        "case_id": envelope.subject,
        "reference": event.reference,
        "title": event.title,
        "authorities": list(event.authorities),
        "received_on": event.received_on,
        "due_on": event.due_on,
        "finished": False,
    }
    insert_or_update(uow.connection, brief, [known])
    parts = [
        {
            "case_id": envelope.subject,
            "label": part.label,
            "place": place,
            "kind": part.kind,
            "wording": part.wording,
        }
        for place, part in enumerate(event.parts)
    ]
    if parts:
        insert_or_update(uow.connection, brief_part, parts)


@subscriptions.on(CaseAccepted)
def when_a_case_is_accepted_ask_the_parties_of_its_topics(
    uow: UnitOfWork, event: CaseAccepted, envelope: Envelope
) -> None:
    commands.open_by_rule(uow, envelope.subject, event.topics)


@subscriptions.project(DueDateChanged)
def note_when_the_case_is_due_now(uow: UnitOfWork, event: DueDateChanged, envelope: Envelope) -> None:
    this = update(brief).where(brief.c.case_id == envelope.subject)
    uow.connection.execute(this.values(due_on=event.due_on or NEVER))


@subscriptions.project(ResponseDispatched)
def note_that_the_reply_has_gone(uow: UnitOfWork, event: ResponseDispatched, envelope: Envelope) -> None:
    uow.connection.execute(update(brief).where(brief.c.case_id == envelope.subject).values(finished=True))


@subscriptions.project(CaseClosed)
def note_that_nothing_more_is_to_be_answered(uow: UnitOfWork, event: CaseClosed, envelope: Envelope) -> None:
    uow.connection.execute(update(brief).where(brief.c.case_id == envelope.subject).values(finished=True))


@subscriptions.on(ResponseDispatched)
def when_the_reply_has_gone_wait_for_nobody(uow: UnitOfWork, event: ResponseDispatched, envelope: Envelope) -> None:
    commands.close_unanswered(uow, envelope.subject)


@subscriptions.on(CaseClosed)
def when_a_case_is_closed_wait_for_nobody(uow: UnitOfWork, event: CaseClosed, envelope: Envelope) -> None:
    commands.close_unanswered(uow, envelope.subject)


@timers.due(commands.REMIND)
def when_the_day_to_reply_by_is_near_remind_the_party(uow: UnitOfWork, key: str) -> None:
    row = uow.once(select(consultation).where(consultation.c.id == key))
    if row is not None and "remind" in CONSULTATION.allowed(row.state):
        commands.remind(uow, row)


@timers.due(commands.OVERDUE)
def when_the_day_to_reply_by_has_passed_note_it(uow: UnitOfWork, key: str) -> None:
    row = uow.once(select(consultation).where(consultation.c.id == key))
    if row is not None and "fall overdue" in CONSULTATION.allowed(row.state):
        commands.fall_overdue(uow, row)
