"""Fees under section 9: the notice that asks for one, and its payment. The days between do not count (CLK-11)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from services.intake import clockwork, lapsing
from services.intake.casefile import chosen, opened
from services.intake.notifying import dated, give, heading
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import FeeReceived, FeesNoticeGiven
from shared.contracts.values import Label
from shared.law.clock import ClockEvent
from shared.letters.notices import FeesNotice


def give_notice(
    uow: UnitOfWork,
    case_id: str,
    *,
    parts: Sequence[str],
    amount_pence: int,
    purpose: str,
    how_to_pay: str,
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Ask for a fee, within the 20 working days. Until it is paid nothing is due for these parts (CLK-11, CLK-12)."""
    row = opened(uow, case_id, "give fees notice")
    labels = chosen(uow, case_id, parts)
    on = dated(uow, row, method=method, posted_on=posted_on)
    move = clockwork.moved(uow, row, ClockEvent(kind="fees_notice_given", on=on, parts=labels))
    last_day = move.last_day_to_pay
    notice = FeesNotice(
        **heading(uow, row),
        parts=labels,
        amount_pence=amount_pence,
        purpose=purpose,
        how_to_pay=how_to_pay,
        last_day_to_pay=last_day,
        others_due_on=move.others_due_on,
    )
    number = give(uow, row, notice, on, method=method)
    given = FeesNoticeGiven(
        parts=tuple(Label(label) for label in labels),
        given_on=on,
        amount_pence=amount_pence,
        last_day_to_pay=last_day,
    )
    uow.record(given, subject=case_id)
    lapsing.watch(uow, case_id, move.clock)
    return clockwork.keep(uow, row, move, notice=number)


def receive_payment(uow: UnitOfWork, case_id: str, *, parts: Sequence[str], received_on: date) -> Row[Any]:
    """Take the fee: from the next working day the days count again."""
    row = opened(uow, case_id, "take payment")
    labels = chosen(uow, case_id, parts)
    paid_on = ClockEvent(kind="fee_received", on=received_on, parts=labels)
    move = clockwork.moved(uow, row, paid_on, day="received_on")
    paid = FeeReceived(parts=tuple(Label(label) for label in labels), received_on=received_on)
    uow.record(paid, subject=case_id)
    return clockwork.keep(uow, row, move)
