"""The ends of a case that are no reply of its own, and the first of them: the requester has withdrawn it."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from services.intake import clockwork
from services.intake.casefile import opened
from services.intake.domain import CASE
from services.intake.models import case
from services.intake.notifying import dated, give, heading
from shared.chassis.database import NEVER
from shared.chassis.errors import Finding, Invalid
from shared.chassis.events.values import BlindText, Code
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import CaseClosed
from shared.law.clock import ClockEvent
from shared.letters.notices import Withdrawal

CLOSED = "closed"
"""The clock of a case that somebody else deals with."""
ACTIONS = {
    "withdrawn": "withdraw",
    "lapsed": "let lapse",
    "transferred": "close as transferred",
    "not-valid": "close as not valid",
    "other-regime": "close as other regime",
    "business-as-usual": "close as business as usual",
}
"""How a case may end without a reply of its own, and the action of its lifecycle that ends it so."""


def withdraw(
    uow: UnitOfWork, case_id: str, *, withdrawn_on: date | None, method: str, posted_on: date | None
) -> Row[Any]:
    """Close the case because the requester has withdrawn the request, and confirm it."""
    row = opened(uow, case_id, "withdraw")
    on = dated(uow, row, method=method, posted_on=posted_on)
    day = uow.today if withdrawn_on is None else withdrawn_on
    if day > on:
        mend = "Give the day on which the request was withdrawn, which is not after the letter that confirms it."
        raise Invalid([Finding("withdrawn_on", "The day lies after the letter.", "CLK-21", mend)])
    move = clockwork.moved(uow, row, ClockEvent(kind="withdrawn", on=day), day="withdrawn_on")
    give(uow, row, Withdrawal(**heading(uow, row), withdrawn_on=day), on, method=method)
    return close_with(uow, row, move, "withdrawn", day)


def close(uow: UnitOfWork, row: Row[Any], how: str, on: date, reason: BlindText | None = None) -> Row[Any]:
    """The case at its end although its clock would run on: somebody else deals with it, by another law."""
    state = _closed(uow, row, how, on, reason)
    return uow.advance(case, row, state=state, due_on=NEVER, clock_state=CLOSED, parts_due=None)


def close_with(
    uow: UnitOfWork, row: Row[Any], move: clockwork.Move, how: str, on: date, reason: BlindText | None = None
) -> Row[Any]:
    """The case at its end by what has ended its clock."""
    return clockwork.keep_end(uow, row, move, state=_closed(uow, row, how, on, reason))


def _closed(uow: UnitOfWork, row: Row[Any], how: str, on: date, reason: BlindText | None) -> str:
    uow.record(CaseClosed(how=Code(how), closed_on=on, reason=reason), subject=row.id)
    return CASE.next(row.state, ACTIONS[how])
