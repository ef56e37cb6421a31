"""When a case is due, as people see it: worked out anew each time, with every day counted or skipped."""

from typing import Any

from services.intake import clockwork, proclaimed
from services.intake.casefile import case_row
from services.intake.closing import CLOSED
from shared.chassis.uow import UnitOfWork
from shared.law.calendar import FIRST_DAY, LAST_DAY
from shared.law.clock import PartClock, due_band


def deadline(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """When the case is due, and how that day was reached; then the same of each of its questions."""
    row = case_row(uow, case_id)
    clock = clockwork.clock_of(uow, row)
    first = next((part for part in clock.parts if part.answer_by == clock.answer_by), clock.parts[0])
    closed = row.clock_state == CLOSED
    on = row.answered_on or max(uow.today, first.receipt or row.received_on)
    number = proclaimed.calendar(uow).working_days_between(first.receipt or row.received_on, on)
    due_on = None if closed else clock.answer_by
    return {
        "received_on": row.received_on,
        "state": CLOSED if closed else clock.state,
        "due_on": due_on,
        "days": [] if closed else [vars(day) for day in first.days],
        "working": list(clock.working()),
        "answered_on": row.answered_on,
        "working_day": number if clock.working_day_of_response is None else clock.working_day_of_response,
        "in_time": (due_on is None or on <= due_on) if clock.in_time is None else clock.in_time,
        "due_band": None if row.answered_on or due_on is None else due_band(due_on, on),
        "parts": [_part(part) for part in clock.parts],
    }


def covered() -> dict[str, Any]:
    """The days that the table of bank holidays covers."""
    return {"first_day": FIRST_DAY, "last_day": LAST_DAY}


def _part(part: PartClock) -> dict[str, Any]:
    return {
        "label": part.part,
        "state": part.state,
        "receipt_on": part.receipt,
        "due_on": part.due,
        "s17_notice_due": part.s17_notice_due,
        "answer_by": part.answer_by,
        "lapse_on": part.lapse_on,
        "last_day_to_pay": part.last_day_to_pay,
        "skipped": [vars(day) for day in part.skipped],
        "flags": list(part.flags),
        "working": list(part.working()),
    }
