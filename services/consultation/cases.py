"""The case that consultations belong to, as far as one has to know it before changing any of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from services.consultation.domain import QUESTION_KINDS, WAITING
from services.consultation.models import brief, brief_part, conclusion, consultation
from shared.chassis.errors import Finding, Invalid, NotFound, Refused
from shared.chassis.uow import UnitOfWork


def unfinished(uow: UnitOfWork, case_id: str) -> Row[Any]:
    """The case's brief, locked until this unit of work ends, so that of two changes to its consultations one is
    first. Raises `NotFound`, and `Refused` when the reply has gone or the case was closed."""
    case = uow.once(select(brief).where(brief.c.case_id == case_id).with_for_update())
    if case is None:
        raise NotFound("accepted case", case_id)
    if case.finished:
        raise Refused(
            f"{case.reference} is answered or closed: its consultations are finished.",
            next_step="What is learnt after the reply belongs to a review of it.",
        )
    return case


def refuse_when_concluded(uow: UnitOfWork, case_id: str) -> None:
    """Raise `Refused` when consulting on the case has been ended."""
    if uow.once(select(conclusion.c.case_id).where(conclusion.c.case_id == case_id)) is not None:
        raise Refused(
            "Consulting on this case is concluded.", next_step=f"See GET /cases/{case_id}/conclusion.", rule="CON-03"
        )


def waiting(uow: UnitOfWork, case_id: str) -> Sequence[Row[Any]]:
    """The case's consultations that still want a reply."""
    query = select(consultation).where(consultation.c.case_id == case_id, consultation.c.state.in_(WAITING))
    return uow.all(query.order_by(consultation.c.id))


def questions(uow: UnitOfWork, case_id: str) -> list[str]:
    """The labels of the parts that ask for something, in their order."""
    query = select(brief_part.c.label).where(
        brief_part.c.case_id == case_id, brief_part.c.kind.in_(sorted(QUESTION_KINDS))
    )
    return [row.label for row in uow.all(query.order_by(brief_part.c.place))]


def chosen(uow: UnitOfWork, case_id: str, parts: Sequence[str]) -> list[str]:
    """The chosen labels in the case's order. Raises `Invalid` for each that is not one of its questions."""
    known = questions(uow, case_id)
    next_step = f"Choose among {', '.join(known) or 'none: the case asks nothing'}."
    findings = [
        Finding(f"parts.{place}", f"No question of this case has the label {label!r}.", next_step=next_step)
        for place, label in enumerate(parts)
        if label not in known
    ]
    if findings:
        raise Invalid(findings)
    return [label for label in known if label in parts]
