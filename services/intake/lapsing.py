"""What was asked for and never came: those parts' clocks end, and with the last the case (CLK-10, CLK-12)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from services.intake import clockwork
from services.intake.casefile import case_row
from services.intake.closing import close_with
from services.intake.domain import CASE
from services.intake.notifying import give_if_possible, heading
from shared.chassis.clock import CIVIL
from shared.chassis.uow import UnitOfWork
from shared.law.clock import CaseClock, ClockEvent, PartClock
from shared.letters.notices import Lapse

LAPSE = "lapse"
"""The timer of the last day for what is awaited; its key is the case id."""
ASKED_BY = {"clarification": "clarification_sought", "fee": "fees_notice_given"}
"""What may be awaited, and the kind of clock event that asked for it."""


class Awaited(NamedTuple):
    """Something that was asked for: what, on which day, and the last day for it."""

    what: str
    asked_on: date
    last_day: date


def watch(uow: UnitOfWork, case_id: str, clock: CaseClock) -> None:
    """Have the case looked at on the day after the next last day of what it waits for."""
    days = [day for part in clock.parts if (day := _last_day(part)) is not None and day >= uow.today]
    if days:
        uow.schedule(LAPSE, case_id, datetime.combine(min(days) + timedelta(days=1), time(0), CIVIL))


def let_lapse(uow: UnitOfWork, case_id: str) -> None:
    """End what was awaited in vain, and tell the requester. Nothing is done where it has come meanwhile."""
    row = case_row(uow, case_id)
    if "let lapse" not in CASE.allowed(row.state):
        return
    clock = clockwork.clock_of(uow, row)
    watch(uow, case_id, clock)
    events = clockwork.events_of(uow, case_id)
    over = [part for part in clock.parts if (day := _last_day(part)) is not None and day < uow.today]
    for awaited in dict.fromkeys(_awaited(part, events) for part in over):
        these = [part.part for part in over if _awaited(part, events) == awaited]
        labels = () if len(these) == len(clock.parts) else tuple(these)
        move = clockwork.moved(uow, row, ClockEvent(kind="lapsed", on=uow.today, parts=labels))
        notice = Lapse(
            **heading(uow, row),
            parts=labels,
            awaited=awaited.what,
            asked_on=awaited.asked_on,
            lapsed_on=awaited.last_day,
        )
        give_if_possible(uow, row, notice)
        if move.clock.state == "lapsed":
            close_with(uow, row, move, "lapsed", uow.today)
            return
        row = clockwork.keep(uow, row, move)


def _last_day(part: PartClock) -> date | None:
    return {"awaiting_clarification": part.lapse_on, "awaiting_fee": part.last_day_to_pay}.get(part.state)


def _awaited(part: PartClock, events: Sequence[ClockEvent]) -> Awaited:
    what = "fee" if part.state == "awaiting_fee" else "clarification"
    asked: Iterable[date] = (event.on for event in events if event.kind == ASKED_BY[what] and event.concerns(part.part))
    last_day = _last_day(part)
    assert last_day is not None, "what is awaited has a last day"
    return Awaited(what, max(asked), last_day)
