"""Further information under section 1(3): sought, and received. What comes is the new date of receipt (CLK-06)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select, update

from services.intake import clockwork, lapsing
from services.intake.casefile import chosen, details_of, opened
from services.intake.models import request
from services.intake.notifying import dated, give, heading
from shared.chassis.private import Private
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import ClarificationReceived, ClarificationSought
from shared.contracts.values import Label
from shared.law.calendar import in_words
from shared.law.clock import ClockEvent
from shared.letters.notices import Clarification


def seek(
    uow: UnitOfWork,
    case_id: str,
    *,
    parts: Sequence[str],
    unclear: str,
    needed: str,
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Ask what is needed to identify and locate the information. Until it comes nothing is due for these parts."""
    row = opened(uow, case_id, "seek clarification")
    labels = chosen(uow, case_id, parts)
    asker = details_of(uow, case_id)
    blind_unclear, blind_needed = asker.cleared(unclear, "unclear"), asker.cleared(needed, "needed")
    on = dated(uow, row, method=method, posted_on=posted_on)
    move = clockwork.moved(uow, row, ClockEvent(kind="clarification_sought", on=on, parts=labels))
    lapse_on = move.lapse_on
    notice = Clarification(
        **heading(uow, row),
        parts=labels,
        unclear=unclear,
        needed=needed,
        lapse_on=lapse_on,
        others_due_on=move.others_due_on,
    )
    number = give(uow, row, notice, on, method=method)
    sought = ClarificationSought(
        parts=tuple(Label(label) for label in labels),
        sought_on=on,
        unclear=blind_unclear,
        needed=blind_needed,
        lapse_on=lapse_on,
    )
    uow.record(sought, subject=case_id)
    lapsing.watch(uow, case_id, move.clock)
    return clockwork.keep(uow, row, move, notice=number)


def receive(
    uow: UnitOfWork,
    case_id: str,
    *,
    parts: Sequence[str],
    received_on: date,
    sufficient: bool,
    text: Private | None,
) -> Row[Any]:
    """Take the answer in: a sufficient one is the new date of receipt, another changes nothing. Its words are kept
    below those of the request, so that parts can be proposed from both."""
    row = opened(uow, case_id, "take clarification")
    labels = chosen(uow, case_id, parts)
    happened = ClockEvent(kind="clarification_received", on=received_on, parts=labels, sufficient=sufficient)
    move = clockwork.moved(uow, row, happened, day="received_on")
    if text is not None:
        _keep_words(uow, case_id, text, received_on)
    received = ClarificationReceived(
        parts=tuple(Label(label) for label in labels), received_on=received_on, sufficient=sufficient
    )
    uow.record(received, subject=case_id)
    return clockwork.keep(uow, row, move)


def _keep_words(uow: UnitOfWork, case_id: str, text: Private, received_on: date) -> None:
    this = request.c.case_id == case_id
    asked: Private = uow.connection.execute(select(request.c.text).where(this)).scalar_one()
    both = f"{asked.reveal()}\n\n[Clarification of {in_words(received_on)}]\n\n{text.reveal()}"
    uow.connection.execute(update(request).where(this).values(text=Private(both)))
