"""What every change of a draft has in common: the version that was read, a state that allows it, and its trace."""

from typing import Any

from sqlalchemy import Row

from services.decision.casefile import draft_of
from services.decision.domain import DRAFT
from services.decision.models import contributor, draft
from shared.chassis.database import insert_new
from shared.chassis.uow import UnitOfWork


def opened(uow: UnitOfWork, case_id: str, action: str) -> Row[Any]:
    """The draft, at the version that was read and in a state that allows the action."""
    row = draft_of(uow, case_id)
    uow.require_version(row)
    DRAFT.next(row.state, action)
    return row


def worked_on(uow: UnitOfWork, row: Row[Any], **changes: Any) -> Row[Any]:
    """The draft at its next version, and whoever did it known to have had a hand in it."""
    mine = {"case_id": row.id, "person": uow.actor.id}
    insert_new(uow.connection, contributor, [mine], contributor.c.person)
    return uow.advance(draft, row, **changes)
