"""Reads everything that is known of a case here into one value."""

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, Table, select

from services.decision.domain import Advice, CaseFile, Part, ReleaseCheck, Weighing
from services.decision.models import (
    advice,
    attachment,
    brief,
    brief_part,
    consulted,
    decision,
    draft,
    release_check,
    weighing,
)
from services.decision.storing import decided_of
from shared.chassis.database import NEVER
from shared.chassis.errors import NotFound
from shared.chassis.uow import UnitOfWork
from shared.contracts.response import Attachment
from shared.contracts.ruleset import ruleset_in_force, standing


def draft_of(uow: UnitOfWork, case_id: str) -> Row[Any]:
    """The case's draft, or `NotFound`."""
    row = uow.once(select(draft).where(draft.c.id == case_id))
    if row is None:
        raise NotFound("case", case_id)
    return row


def read_file(uow: UnitOfWork, case_id: str) -> CaseFile:
    """The case's file, or `NotFound`."""
    known = uow.once(select(brief).where(brief.c.case_id == case_id))
    if known is None:
        raise NotFound("case", case_id)
    decided = uow.all(_of(decision, case_id))
    over = uow.once(_of(consulted, case_id))
    return CaseFile(
        case_id=case_id,
        reference=known.reference,
        title=known.title,
        authorities=tuple(known.authorities),
        received_on=known.received_on,
        due_on=day_due(known),
        finished=known.finished,
        parts=tuple(_part(row) for row in uow.all(_of(brief_part, case_id).order_by(brief_part.c.place))),
        decided={row.label: decided_of(row) for row in decided},
        decided_by={row.label: row.decided_by for row in decided},
        advice=_advice(uow, case_id),
        consulted=tuple(_office(each) for each in over.offices) if over else None,
        attachments=_attachments(uow, case_id),
        checks=_checks(uow, case_id),
    )


def day_due(known: Row[Any]) -> date | None:
    """When the case is due; None while nothing is, because clarification or a fee is awaited."""
    return None if known.due_on == NEVER else known.due_on


def _of(table: Table, case_id: str) -> Select[Any]:
    return select(table).where(table.c.case_id == case_id)


def _office(stored: dict[str, Any]) -> dict[str, Any]:
    return {**stored, "asked_on": date.fromisoformat(stored["asked_on"])}


def _part(row: Any) -> Part:
    return Part(label=row.label, parent=row.parent, kind=row.kind, wording=row.wording)


def _advice(uow: UnitOfWork, case_id: str) -> tuple[Advice, ...]:
    weighed = {
        row.consultation_id: Weighing(followed=row.followed, reason=row.reason, weighed_by=row.weighed_by)
        for row in uow.all(_of(weighing, case_id))
    }
    rows = uow.all(_of(advice, case_id).order_by(advice.c.consultation_id))
    return tuple(
        Advice(
            consultation_id=row.consultation_id,
            party=row.party,
            organisation=row.organisation,
            office=row.office,
            parts=tuple(row.parts),
            state=row.state,
            reply_by=row.reply_by,
            position=row.position,
            citations=tuple(row.citations),
            advice=row.advice,
            weighing=weighed.get(row.consultation_id),
        )
        for row in rows
    )


def _attachments(uow: UnitOfWork, case_id: str) -> tuple[Attachment, ...]:
    rows = uow.all(_of(attachment, case_id).order_by(attachment.c.name, attachment.c.digest))
    return tuple(
        Attachment(
            digest=row.digest,
            media_type=row.media_type,
            size=row.size,
            name=row.name,
            parts=tuple(row.parts),
        )
        for row in rows
    )


def _checks(uow: UnitOfWork, case_id: str) -> dict[str, ReleaseCheck]:
    in_force = ruleset_in_force(uow.config.release_policy)
    return {
        row.digest: ReleaseCheck(
            standing=standing(row.verdict, row.ruleset, accepted=row.accepted, in_force=in_force),
            ruleset=row.ruleset,
            report=row.report,
            findings=tuple(row.findings),
        )
        for row in uow.all(_of(release_check, case_id))
    }
