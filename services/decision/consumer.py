"""What decision does when something happens elsewhere."""

from typing import Any

from sqlalchemy import update

from services.decision.domain import ANSWERED, CONTEXT, DRAFT, LAPSED, OUTSTANDING, OVERDUE, QUESTION
from services.decision.models import advice, brief, brief_part, consulted, draft, release_check
from shared.chassis.database import NEVER, insert_new, insert_or_update
from shared.chassis.events.consumer import Subscriptions
from shared.chassis.events.contract import dump
from shared.chassis.events.envelope import Envelope
from shared.chassis.uow import UnitOfWork
from shared.contracts.consultation import (
    ConsultationAnswered,
    ConsultationOpened,
    ConsultationOverdue,
    ConsultationsConcluded,
)
from shared.contracts.intake import CaseAccepted, CaseClosed, DueDateChanged, ResponseDispatched
from shared.contracts.publishing import DocumentChecked, FindingsAccepted
from shared.contracts.values import Office

subscriptions = Subscriptions()


@subscriptions.project(CaseAccepted)
def keep_the_brief(uow: UnitOfWork, event: CaseAccepted, envelope: Envelope) -> None:
    case_id = envelope.subject
    known = {
        "case_id": case_id,
        "reference": str(event.reference),
        "title": str(event.title),
        "authorities": dump(event.authorities),
        "received_on": event.received_on,
        "due_on": event.due_on,
        "finished": False,
    }
    parts = [{"case_id": case_id, "place": place, **dump(part)} for place, part in enumerate(event.parts)]
    insert_or_update(uow.connection, brief, [known])
    if parts:
        insert_or_update(uow.connection, brief_part, parts)


@subscriptions.on(CaseAccepted)
def when_a_case_is_accepted_begin_its_draft(uow: UnitOfWork, event: CaseAccepted, envelope: Envelope) -> None:
    begun = {"id": envelope.subject, "version": 1, "state": DRAFT.initial, "number": 0}
    insert_new(uow.connection, draft, [begun], draft.c.id)


@subscriptions.project(ConsultationOpened)
def keep_who_was_asked(uow: UnitOfWork, event: ConsultationOpened, envelope: Envelope) -> None:
    asked = {
        **_asked(envelope.subject, event.consultation_id, event.office, dump(event.parts)),
        "state": OUTSTANDING,
        "reply_by": event.reply_by,
        "citations": [],
    }
    insert_or_update(uow.connection, advice, [asked])


@subscriptions.project(ConsultationOverdue)
def keep_that_advice_is_overdue(uow: UnitOfWork, event: ConsultationOverdue, envelope: Envelope) -> None:
    this = (advice.c.consultation_id == event.consultation_id, advice.c.state == OUTSTANDING)
    uow.connection.execute(update(advice).where(*this).values(state=OVERDUE))


@subscriptions.project(ConsultationAnswered)
def keep_the_advice(uow: UnitOfWork, event: ConsultationAnswered, envelope: Envelope) -> None:
    given = {
        **_asked(envelope.subject, event.consultation_id, event.office, dump(event.parts)),
        "state": ANSWERED,
        "position": str(event.position),
        "citations": dump(event.citations),
        "advice": str(event.advice),
    }
    insert_or_update(uow.connection, advice, [given])


@subscriptions.project(ConsultationsConcluded)
def keep_who_was_consulted(uow: UnitOfWork, event: ConsultationsConcluded, envelope: Envelope) -> None:
    offices = [
        {**dump(each.office), "asked_on": each.asked_on.isoformat(), "replied": each.replied}
        for each in event.consulted
    ]
    insert_or_update(uow.connection, consulted, [{"case_id": envelope.subject, "offices": offices}])


@subscriptions.project(DueDateChanged)
def keep_when_the_case_is_due_now(uow: UnitOfWork, event: DueDateChanged, envelope: Envelope) -> None:
    this = update(brief).where(brief.c.case_id == envelope.subject)
    uow.connection.execute(this.values(due_on=event.due_on or NEVER))


@subscriptions.project(DueDateChanged)
def keep_which_questions_are_still_asked(uow: UnitOfWork, event: DueDateChanged, envelope: Envelope) -> None:
    """One that lapsed because it was never made clear is only context now; a late answer makes it a question again."""
    for part in event.parts:
        this = (brief_part.c.case_id == envelope.subject, brief_part.c.label == part.label)
        kind = CONTEXT if part.state == LAPSED else QUESTION
        uow.connection.execute(update(brief_part).where(*this).values(kind=kind))


@subscriptions.project(ResponseDispatched)
def keep_that_the_case_is_finished(uow: UnitOfWork, event: ResponseDispatched, envelope: Envelope) -> None:
    uow.connection.execute(update(brief).where(brief.c.case_id == envelope.subject).values(finished=True))


@subscriptions.project(CaseClosed)
def keep_that_nothing_more_is_to_be_answered(uow: UnitOfWork, event: CaseClosed, envelope: Envelope) -> None:
    uow.connection.execute(update(brief).where(brief.c.case_id == envelope.subject).values(finished=True))


@subscriptions.project(DocumentChecked)
def keep_what_the_release_check_said(uow: UnitOfWork, event: DocumentChecked, envelope: Envelope) -> None:
    told = {
        "case_id": envelope.subject,
        "digest": str(event.digest),
        "ruleset": str(event.ruleset),
        "verdict": str(event.verdict),
        "report": str(event.report),
        "findings": dump(event.findings),
        "accepted": False,
    }
    insert_or_update(uow.connection, release_check, [told])


@subscriptions.project(FindingsAccepted)
def keep_that_a_second_officer_let_it_go(uow: UnitOfWork, event: FindingsAccepted, envelope: Envelope) -> None:
    this = (release_check.c.case_id == envelope.subject, release_check.c.digest == str(event.digest))
    same = release_check.c.ruleset == str(event.ruleset)
    uow.connection.execute(update(release_check).where(*this, same).values(accepted=True))


def _asked(case_id: str, consultation_id: str, office: Office, parts: list[str]) -> dict[str, Any]:
    return {
        "consultation_id": str(consultation_id),
        "case_id": case_id,
        "party": str(office.party),
        "organisation": str(office.organisation),
        "office": str(office.position),
        "parts": parts,
    }
