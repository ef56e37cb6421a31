"""Finds what belongs to one case."""

from typing import Any

from sqlalchemy import Row, select

from services.intake import privacy
from services.intake.authority import everyday_words
from services.intake.models import case, case_authority, part, request, requester
from shared.chassis.errors import NotFound
from shared.chassis.private import Private
from shared.chassis.uow import UnitOfWork


def case_row(uow: UnitOfWork, case_id: str) -> Row[Any]:
    """The case, or `NotFound`."""
    row = uow.once(select(case).where(case.c.id == case_id))
    if row is None:
        raise NotFound("case", case_id)
    return row


def requester_row(uow: UnitOfWork, case_id: str) -> Row[Any]:
    """Who asked, in private texts."""
    return uow.connection.execute(select(requester).where(requester.c.case_id == case_id)).one()


def details(person: Any) -> privacy.Details:
    """What must not be found in anything that others read, from a requester's row or the like."""
    known = privacy.Requester(person.name, person.email, person.postal_address, person.handle)
    return privacy.Details(known, everyday_words())


def details_of(uow: UnitOfWork, case_id: str) -> privacy.Details:
    """The same for the requester of a case."""
    return details(requester_row(uow, case_id))


def request_text(uow: UnitOfWork, case_id: str) -> Private:
    """What was sent."""
    text: Private = uow.connection.execute(select(request.c.text).where(request.c.case_id == case_id)).scalar_one()
    return text


def part_rows(uow: UnitOfWork, case_id: str) -> list[Row[Any]]:
    """The confirmed parts in their order."""
    return list(uow.all(select(part).where(part.c.case_id == case_id).order_by(part.c.position)))


def authority_codes(uow: UnitOfWork, case_ids: list[str]) -> dict[str, list[str]]:
    """The authorities of each case, the leading one first."""
    query = (
        select(case_authority.c.case_id, case_authority.c.authority)
        .where(case_authority.c.case_id.in_(case_ids))
        .order_by(case_authority.c.lead.desc(), case_authority.c.authority)
    )
    codes: dict[str, list[str]] = {case_id: [] for case_id in case_ids}
    for row in uow.all(query):
        codes[row.case_id].append(row.authority)
    return codes
