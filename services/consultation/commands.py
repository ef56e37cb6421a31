"""What may be done about consultations. Every function works in the caller's unit of work and commits nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select

from services.consultation import cases, domain
from services.consultation.domain import CONSULTATION, cleared
from services.consultation.models import conclusion, consultation, party, rule
from shared.chassis.errors import Finding, Invalid, Refused
from shared.chassis.events.contract import dump
from shared.chassis.events.values import BlindText, Code, Identifier
from shared.chassis.uow import UnitOfWork
from shared.contracts.consultation import (
    ConsultationAnswered,
    ConsultationOpened,
    ConsultationOverdue,
    ConsultationReminded,
    ConsultationsConcluded,
)
from shared.contracts.values import CitationText, Label

REMIND = "remind"
OVERDUE = "overdue"
"""The timers of a consultation; their key is its id. One that falls due after the reply finds nothing to do: taking it
away with the reply would lock the same two rows in the other order than the timer does."""


def open_consultation(
    uow: UnitOfWork, case_id: str, *, party_code: str, parts: Sequence[str], question: str
) -> Row[Any]:
    """Ask one party about some parts of a case (CON-01). Raises `Refused` while it has not replied on any of them."""
    case = cases.unfinished(uow, case_id)
    cases.refuse_when_concluded(uow, case_id)
    asked = uow.once(select(party).where(party.c.id == party_code))
    if asked is None:
        next_step = "Take a party's code from GET /parties."
        raise Invalid([Finding("party", f"There is no party {party_code!r}.", next_step=next_step)])
    labels = cases.chosen(uow, case_id, parts)
    for row in cases.waiting(uow, case_id):
        if row.party == asked.id and not set(labels).isdisjoint(row.parts):
            next_step = "Remind it of that consultation, or ask about other parts."
            raise Refused(f"{asked.organisation} has yet to reply on these parts.", next_step=next_step)
    return _ask(uow, case, asked, labels, cleared("question", question))


def open_by_rule(uow: UnitOfWork, case_id: str, topics: Iterable[str]) -> None:
    """Put every question of a newly accepted case to the parties that its topics name, each asked once."""
    case = cases.unfinished(uow, case_id)
    labels = cases.questions(uow, case_id)
    asked_before = select(consultation.c.party).where(consultation.c.case_id == case_id)
    named = select(rule.c.party).where(rule.c.topic.in_(list(topics)))
    to_ask = select(party).where(party.c.id.in_(named), party.c.id.not_in(asked_before)).order_by(party.c.id)
    if labels:
        for asked in uow.all(to_ask):
            _ask(uow, case, asked, labels, BlindText(domain.STANDARD_QUESTION))


def answer(uow: UnitOfWork, row: Row[Any], *, position: str, citations: Sequence[str], advice: str) -> Row[Any]:
    """Take the party's advice. It decides nothing (CON-02)."""
    _require_current(uow, row)
    state = CONSULTATION.next(row.state, "answer")
    provisions = domain.cited(citations)
    text = cleared("advice", advice, may_be_empty=True)
    domain.check_advice(position, provisions, text)
    changes = {"position_taken": position, "citations": list(provisions), "advice": text, "answered_at": uow.now}
    answered = uow.advance(consultation, row, state=state, **changes)
    uow.record(
        ConsultationAnswered(
            consultation_id=Identifier(row.id),
            office=domain.office(row),
            parts=tuple(Label(label) for label in row.parts),
            position=Code(position),
            citations=tuple(CitationText(provision) for provision in provisions),
            advice=text,
        ),
        subject=row.case_id,
    )
    return answered


def remind(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Ask the party again (CON-03)."""
    _require_current(uow, row)
    state = CONSULTATION.next(row.state, "remind")
    reminded = uow.advance(consultation, row, state=state, reminders=row.reminders + 1)
    event = ConsultationReminded(consultation_id=Identifier(row.id), party=Code(row.party), reminder=reminded.reminders)
    uow.record(event, subject=row.case_id)
    return reminded


def fall_overdue(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Note that the day to reply by has passed. That is neither a veto nor more time (CON-03, CLK-16)."""
    late = uow.advance(consultation, row, state=CONSULTATION.next(row.state, "fall overdue"))
    event = ConsultationOverdue(consultation_id=Identifier(row.id), party=Code(row.party), reply_by=row.reply_by)
    uow.record(event, subject=row.case_id)
    return late


def conclude(uow: UnitOfWork, case_id: str, *, reason: str) -> None:
    """End consulting on a case, with a reason where some have not replied: their silence is no veto (CON-03)."""
    cases.unfinished(uow, case_id)
    cases.refuse_when_concluded(uow, case_id)
    why = cleared("reason", reason, may_be_empty=True)
    silent = cases.waiting(uow, case_id)
    if silent and not why:
        names = ", ".join(dict.fromkeys(row.organisation for row in silent))
        next_step = "Say why you proceed on the evidence held, or wait for the reply."
        raise Invalid([Finding("reason", f"There is no reply yet from: {names}.", "CON-03", next_step)])
    close_unanswered(uow, case_id)
    lines = domain.consulted(uow.all(select(consultation).where(consultation.c.case_id == case_id)))
    kept = [dump(line) for line in lines]
    uow.add(conclusion, case_id=case_id, concluded_at=uow.now, reason=why, consulted=kept)
    uow.record(ConsultationsConcluded(consulted=lines, reason=why or None), subject=case_id)


def close_unanswered(uow: UnitOfWork, case_id: str) -> None:
    """Close what is still waiting for a reply."""
    for row in cases.waiting(uow, case_id):
        uow.advance(consultation, row, state=CONSULTATION.next(row.state, "close without reply"))


def _ask(uow: UnitOfWork, case: Row[Any], asked: Row[Any], labels: Sequence[str], question: BlindText) -> Row[Any]:
    key = uow.new_id()
    reply_by = domain.reply_by(uow.today, asked.reply_within, case.due_on)
    uow.add(
        consultation,
        id=key,
        version=1,
        case_id=case.case_id,
        party=asked.id,
        organisation=asked.organisation,
        position=asked.position,
        state=CONSULTATION.initial,
        parts=list(labels),
        question=question,
        opened_on=uow.today,
        reply_by=reply_by,
        reminders=0,
        citations=[],
        advice="",
    )
    if (at := domain.remind_at(uow.today, reply_by)) is not None:
        uow.schedule(REMIND, key, at)
    uow.schedule(OVERDUE, key, domain.overdue_at(reply_by))
    row = uow.connection.execute(select(consultation).where(consultation.c.id == key)).one()
    uow.record(
        ConsultationOpened(
            consultation_id=Identifier(key),
            office=domain.office(row),
            parts=tuple(Label(label) for label in labels),
            reply_by=reply_by,
            question=question,
        ),
        subject=case.case_id,
    )
    return row


def _require_current(uow: UnitOfWork, row: Row[Any]) -> None:
    """Refuse where the person has read another version (`StaleVersion`) or the reply has gone (`Refused`)."""
    uow.require_version(row)
    cases.unfinished(uow, row.case_id)
