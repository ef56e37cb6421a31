"""Finds what belongs to one case."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from services.intake import privacy
from services.intake.authority import everyday_words
from services.intake.domain import CASE, QUESTION
from services.intake.models import case, case_authority, part, request, requester, review
from shared.chassis.errors import Finding, Invalid, NotFound, Refused
from shared.chassis.private import Private
from shared.chassis.uow import UnitOfWork


def case_row(uow: UnitOfWork, case_id: str) -> Row[Any]:
    """The case, or `NotFound`."""
    row = uow.once(select(case).where(case.c.id == case_id))
    if row is None:
        raise NotFound("case", case_id)
    return row


def opened(uow: UnitOfWork, case_id: str, action: str) -> Row[Any]:
    """The case at the version that was read, in a state that allows the action."""
    row = case_row(uow, case_id)
    uow.require_version(row)
    CASE.next(row.state, action)
    return row


def answered(uow: UnitOfWork, case_id: str) -> Row[Any]:
    """The case at the version that was read, once its reply has left."""
    row = case_row(uow, case_id)
    uow.require_version(row)
    if row.answered_on is None:
        raise Refused(
            f"A case that is '{row.state}' has no reply that could be reviewed or corrected.",
            rule="CLK-18",
            next_step="Wait until the reply has left.",
            allowed=CASE.allowed(row.state),
        )
    return row


def last_review(uow: UnitOfWork, case_id: str) -> Row[Any] | None:
    """The internal review that was asked for last; None where none was."""
    query = select(review).where(review.c.case_id == case_id).order_by(review.c.number.desc()).limit(1)
    return uow.once(query)


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


def questions(uow: UnitOfWork, case_id: str) -> tuple[str, ...]:
    """The labels of the confirmed parts that are to be answered, in their order: each has a clock (CLK-08)."""
    return tuple(each.label for each in part_rows(uow, case_id) if each.kind == QUESTION)


def chosen(uow: UnitOfWork, case_id: str, labels: Sequence[str]) -> tuple[str, ...]:
    """The chosen questions in the case's order, none where none was chosen. Raises `Invalid` for what is not one."""
    known = questions(uow, case_id)
    mend = f"Choose among {', '.join(known)}." if known else "Confirm the parts first, or name none: the whole request."
    findings = [
        Finding(f"parts.{place}", "No question of this case has this label.", "CLK-08", mend)
        for place, label in enumerate(labels)
        if label not in known
    ]
    if findings:
        raise Invalid(findings)
    return tuple(label for label in known if label in labels)


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
