"""Letters that answer nothing and stop no clock: that the request is in, and that its answer is late (CLK-21)."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from services.intake import clockwork
from services.intake.casefile import details_of, opened
from services.intake.notifying import dated, give, heading
from shared.chassis.errors import Refused
from shared.chassis.uow import UnitOfWork
from shared.law.clock import CaseClock, ClockEvent
from shared.letters.notices import Acknowledgement, HoldingLetter


def acknowledge(uow: UnitOfWork, case_id: str, *, method: str, posted_on: date | None) -> Row[Any]:
    """Tell the requester that the request is in, and until when it is to be answered, with the days not counted."""
    row = opened(uow, case_id, "acknowledge")
    on = dated(uow, row, method=method, posted_on=posted_on)
    move = clockwork.moved(uow, row, ClockEvent(kind="acknowledged", on=on))
    due_on = _due(move.clock)
    notice = Acknowledgement(**heading(uow, row), due_on=due_on, skipped=_skipped(move.clock))
    number = give(uow, row, notice, on, method=method)
    return clockwork.keep(uow, row, move, notice=number)


def send_holding_letter(
    uow: UnitOfWork, case_id: str, *, reason: str, expected_on: date, method: str, posted_on: date | None
) -> Row[Any]:
    """Own that the answer is or will be late, apologise, and say when it is expected (RN-15)."""
    row = opened(uow, case_id, "send holding letter")
    details_of(uow, case_id).cleared(reason, "reason")
    on = dated(uow, row, method=method, posted_on=posted_on)
    move = clockwork.moved(uow, row, ClockEvent(kind="holding_letter_sent", on=on))
    due_on = _due(move.clock)
    notice = HoldingLetter(**heading(uow, row), due_on=due_on, reason=reason, expected_on=expected_on)
    number = give(uow, row, notice, on, method=method)
    return clockwork.keep(uow, row, move, notice=number)


def _due(clock: CaseClock) -> date:
    if clock.due is None:
        raise Refused(
            "Nothing is due while clarification or a fee is awaited.",
            rule="CLK-07",
            next_step="Wait for it, or take in what has come.",
        )
    return clock.due


def _skipped(clock: CaseClock) -> tuple[tuple[date, str], ...]:
    """The days up to the due date that do not count, each with why."""
    first = next(part for part in clock.parts if part.due == clock.due)
    return tuple((day.date, day.why) for day in first.skipped if day.why is not None)
