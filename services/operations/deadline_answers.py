"""Answers what a file asks of the clock, as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.operations.deadline_clocks import of_a_request
from services.operations.deadline_periods import PERIODS, of_a_period, of_subject_access
from services.operations.deadline_requests import Asked, Json, read_asked
from shared.law.calendar import CalendarEnds
from shared.law.clock_events import ClockRefused
from shared.law.particulars import NoParticulars
from shared.law.working import Day


def answer(row: Any) -> Json:
    """The answer to one object, or `{"id", "error": {"rule", "field", "message", "next_step"}}`."""
    name = row.get("id") if isinstance(row, dict) else None
    try:
        return {"id": name, **_told(_answer(read_asked(row)))}
    except ClockRefused as refusal:
        return _error(name, refusal)
    except CalendarEnds as ends:
        return _error(name, ClockRefused("CLK-05", "received", str(ends), "Check the year."))
    except NoParticulars as none:
        return _error(name, ClockRefused("CLK-18", "received", str(none), "Check the year."))


def _error(name: Any, refusal: ClockRefused) -> Json:
    field = "received" if refusal.field == "received_on" else refusal.field
    told = {"rule": refusal.rule, "field": field, "message": refusal.problem, "next_step": refusal.next_step}
    return {"id": name, "error": told}


def _told(answer: Mapping[str, Any]) -> Json:
    """What applies, ready for JSON; `due` always."""
    return {key: _plain(value) for key, value in answer.items() if value is not None or key == "due"}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Day):
        return {"date": value.date.isoformat(), "why": value.why}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def _answer(asked: Asked) -> Json:
    if asked.clock in PERIODS:
        return of_a_period(asked)
    return of_subject_access(asked) if asked.regime == "sar" else of_a_request(asked)
