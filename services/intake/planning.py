"""The way to the answer, counted back from its day, and counted anew from what has happened (CLK-16, CLK-22)."""

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from services.intake import clockwork, proclaimed
from services.intake.casefile import case_row
from services.intake.domain import OPEN_STATES
from services.intake.models import progress
from shared.chassis.clock import civil_date
from shared.chassis.uow import UnitOfWork
from shared.law.plan import Plan, plan
from shared.law.promptness import promptness


def plan_of(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """By when each step is to be done, and what each delay eats. Empty while nothing is due."""
    row = case_row(uow, case_id)
    clock = clockwork.clock_of(uow, row)
    first = next((part for part in clock.parts if part.answer_by == clock.answer_by), clock.parts[0])
    links = {"self": f"/cases/{case_id}/plan", "deadline": f"/cases/{case_id}/deadline"}
    if clock.answer_by is None or row.state not in (*OPEN_STATES, "answered"):
        empty: dict[str, list[Any]] = {"milestones": [], "slips": [], "promptness": []}
        return {"answer_by": None, "target_on": None, "late": False, **empty, "links": links}
    done, today = _done(uow, row), None if row.answered_on else uow.today
    calendar = proclaimed.calendar(uow)
    found = plan(clock.answer_by, done=done, today=today, calendar=calendar)
    return {
        "answer_by": found.answer_by,
        "target_on": first.target,
        "late": found.late,
        "milestones": [vars(each) for each in found.milestones],
        "slips": _slips(found),
        "promptness": promptness(today, approved_on=done.get("sign_off"), calendar=calendar) if today else [],
        "links": links,
    }


def _done(uow: UnitOfWork, row: Row[Any]) -> dict[str, date]:
    """What has been reached, on which day."""
    told = uow.once(select(progress).where(progress.c.case_id == row.id))
    reached = {
        "acceptance": civil_date(row.accepted_at) if row.accepted_at else None,
        "consultation_replies": told.concluded_on if told else None,
        "draft": told.submitted_on if told else None,
        "sign_off": told.signed_off_on if told else None,
        "dispatch": row.answered_on,
    }
    return {milestone: day for milestone, day in reached.items() if day is not None}


def _slips(found: Plan) -> list[dict[str, Any]]:
    return [
        {
            "work": slip.work,
            "over": slip.over,
            "eaten": [{"work": work, "lost": lost, "of": days} for work, lost, days in slip.eaten],
            "missing": slip.missing,
            "words": slip.in_words(),
        }
        for slip in found.slips
    ]
