"""What every change of a draft has in common: the version that was read, a state that allows it, and its trace."""

from typing import Any

from sqlalchemy import Row, select

from services.decision.casefile import draft_of
from services.decision.domain import DRAFT
from services.decision.models import brief, contributor, draft
from shared.chassis.database import insert_new
from shared.chassis.errors import Refused
from shared.chassis.uow import UnitOfWork


def opened(uow: UnitOfWork, case_id: str, action: str) -> Row[Any]:
    """The draft, at the version that was read and in a state that allows the action, of a case that is not closed."""
    row = draft_of(uow, case_id)
    uow.require_version(row)
    DRAFT.next(row.state, action)
    known = uow.once(select(brief.c.reference).where(brief.c.case_id == case_id, brief.c.finished))
    if known is not None:
        raise Refused(
            f"{known.reference} is closed: nothing more is to be decided.",
            next_step="See the case at the front desk: its timeline says how it was closed, and why.",
        )
    return row


def worked_on(uow: UnitOfWork, row: Row[Any], **changes: Any) -> Row[Any]:
    """The draft at its next version, and whoever did it known to have had a hand in it."""
    mine = {"case_id": row.id, "person": uow.actor.id}
    insert_new(uow.connection, contributor, [mine], contributor.c.person)
    return uow.advance(draft, row, **changes)
