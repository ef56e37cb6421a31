"""Handing a request on to another authority, with the requester's permission. Our own answer stays due (CLK-17)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from services.intake import clockwork
from services.intake.casefile import chosen, details_of, opened, questions
from services.intake.closing import close_with
from services.intake.notifying import dated, give, heading
from shared.chassis.errors import Finding, Invalid, Refused
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import CaseTransferred
from shared.contracts.values import Label
from shared.law.clock import ClockEvent
from shared.letters.notices import Transfer


def transfer(
    uow: UnitOfWork,
    case_id: str,
    *,
    parts: Sequence[str],
    to: str,
    contact: str,
    permitted_on: date,
    ours: str,
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Hand the request on and tell the requester. Where the notice of it holds our own answer, and nothing else of the
    request is left, the case is closed."""
    row = opened(uow, case_id, "transfer")
    labels = chosen(uow, case_id, parts)
    taker = details_of(uow, case_id).cleared(to, "to")
    on = dated(uow, row, method=method, posted_on=posted_on)
    if not row.received_on <= permitted_on <= on:
        mend = "Give the day on which the requester agreed: after the request, and before the transfer."
        raise Invalid([Finding("permitted_on", "The permission cannot be of this day.", "CLK-17", mend)])
    answered = bool(ours.strip())
    ends = answered and (not labels or set(labels) == set(questions(uow, case_id)))
    events = [
        ClockEvent(kind="transfer_agreed", on=permitted_on, parts=labels),
        ClockEvent(kind="transferred", on=on, parts=labels),
    ]
    move = clockwork.moved(uow, row, *events)
    notice = Transfer(
        **heading(uow, row),
        parts=labels,
        to=to,
        contact=contact,
        permitted_on=permitted_on,
        transferred_on=on,
        ours=ours,
        due_on=_due(move),
    )
    number = give(uow, row, notice, on, method=method)
    handed_on = CaseTransferred(
        parts=tuple(Label(label) for label in labels),
        to=taker,
        permitted_on=permitted_on,
        transferred_on=on,
        answered=answered,
    )
    uow.record(handed_on, subject=case_id)
    if not ends:
        return clockwork.keep(uow, row, move, notice=number)
    answer = ClockEvent(kind="responded", on=on, parts=labels)
    return close_with(uow, row, clockwork.moved(uow, row, *events, answer), "transferred", on)


def _due(move: clockwork.Move) -> date:
    """By when our own answer is due."""
    days = [part.s17_notice_due for part in move.concerned if part.s17_notice_due is not None]
    if not days:
        raise Refused(
            "Nothing is due while clarification or a fee is awaited: it is not plain yet what would be handed on.",
            rule="CLK-07",
            next_step="Take in what has come first.",
        )
    return min(days)
