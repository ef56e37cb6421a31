"""What people see of cases: never who asked."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, not_, or_, select

from services.intake.casefile import authority_codes, case_row, details_of, last_review, part_rows, request_text
from services.intake.domain import AFTERWARDS, CASE, HANDLING, OPEN_STATES, REVIEW
from services.intake.models import case, case_authority, dispatch, notice, part, progress
from services.intake.splitting import split
from shared.chassis.database import NEVER
from shared.chassis.uow import UnitOfWork
from shared.law.calendar import nth_working_day_after
from shared.law.clock import due_band
from shared.law.validity import DOUBTS

NO_PROGRESS: dict[str, Any] = {
    "consultations": 0,
    "answered": 0,
    "concluded": False,
    "draft_state": None,
    "published": [],
    "concluded_on": None,
    "submitted_on": None,
    "signed_off_on": None,
}
RUNNING = "running"
"""The clock of a case that nothing has moved."""
_BANDS = {"0-5": (0, 5), "6-10": (5, 10), "11-15": (10, 15), "16-20": (15, 20), "over 20": (20, None)}
"""Working days left in each band: more than the first, up to the second."""


def case_view(uow: UnitOfWork, row: Row[Any]) -> dict[str, Any]:
    """A case with all that belongs to it."""
    parts = [each._mapping for each in part_rows(uow, row.id)]
    told = uow.once(select(progress).where(progress.c.case_id == row.id))
    way = uow.once(select(dispatch).where(dispatch.c.case_id == row.id))
    values = {**row._mapping, "authorities": authority_codes(uow, [row.id])[row.id]}
    fresh, review = fresh_view(uow, values), last_review(uow, row.id)
    afterwards = _afterwards(review) if row.answered_on else ()
    return {
        **fresh,
        "allowed": [*fresh["allowed"], *afterwards],
        "parts": parts,
        "progress": told._mapping if told else NO_PROGRESS,
        "dispatch": way._mapping if way else None,
        "review": _review(review, uow.today) if review else None,
    }


def fresh_view(uow: UnitOfWork, values: Mapping[str, Any]) -> dict[str, Any]:
    """A case of which nothing but its own columns and its authorities is there yet."""
    warnings = [DOUBTS[code] for code in values["warnings"]]
    return {
        "accepted_at": None,
        "answered_on": None,
        "overall": None,
        "valid": None,
        "route": None,
        **_summary(values, uow.today),
        "warnings": warnings,
        "allowed": [action for action in CASE.allowed(values["state"]) if action in ACTIONS],
        "parts": [],
        "progress": NO_PROGRESS,
        "dispatch": None,
        "review": None,
    }


ACTIONS = frozenset({"confirm parts", "accept", "dispatch", *HANDLING, "withdraw"})
"""Those of the lifecycle that people do; the others happen."""


def case_views(uow: UnitOfWork, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """The cases of a page, in brief."""
    codes = authority_codes(uow, [row.id for row in rows])
    return [_summary({**row._mapping, "authorities": codes[row.id]}, uow.today) for row in rows]


def found_case(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """The case, or `NotFound`."""
    return case_view(uow, case_row(uow, case_id))


def proposed_parts(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """Parts as the request's text suggests them, with whoever asked taken out. What then has no words is left out."""
    row = case_row(uow, case_id)
    details = details_of(uow, case_id)
    proposed = []
    for each in split(request_text(uow, case_id).reveal()):
        wording = details.removed_from(each.text)
        shown = wording or each.visible_label
        if shown:
            told = {"label": each.label, "parent": each.parent, "kind": each.kind}
            proposed.append(
                {**told, "visible_label": each.visible_label, "wording": shown, "removed": wording != each.text}
            )
    return {"id": row.id, "version": row.version, "state": row.state, "parts": proposed, "links": _links(row.id)}


def cases(uow: UnitOfWork, filters: Mapping[str, Any]) -> Select[Any]:
    """The cases that fit all filters."""
    query = select(case)
    if filters.get("state"):
        query = query.where(case.c.state.in_(filters["state"]))
    if "authority" in filters:
        named = case_authority.c.authority == filters["authority"]
        query = query.where(exists().where(case_authority.c.case_id == case.c.id, named))
    if "overdue" in filters:
        late = _open(case.c.due_on < uow.today)
        query = query.where(late if filters["overdue"] else not_(late))
    if "due_band" in filters:
        query = query.where(_in_band(filters["due_band"], uow.today))
    for word in filters.get("q", "").split():
        query = query.where(_holds(word))
    return query


def _summary(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    due_on = None if values["due_on"] == NEVER else values["due_on"]
    answered = values.get("answered_on") is not None
    return {
        **values,
        "due_on": due_on,
        "due_band": None if answered or due_on is None else due_band(due_on, today),
        "clock": values.get("clock_state") or RUNNING,
        "links": _links(values["id"]),
    }


def _afterwards(review: Row[Any] | None) -> tuple[str, ...]:
    """What can be done about an answered case: one review is open at a time."""
    if review is None or review.state != REVIEW.initial:
        return AFTERWARDS
    return (*REVIEW.allowed(review.state), *(action for action in AFTERWARDS if action != "take review request"))


def _review(row: Row[Any], today: date) -> dict[str, Any]:
    """The review; one that is open behind the day it was promised for is overdue."""
    late = row.state == REVIEW.initial and row.due_on < today
    return {**row._mapping, "state": "overdue" if late else row.state}


def _links(case_id: str) -> dict[str, str]:
    here = f"/cases/{case_id}"
    return {
        "self": here,
        "deadline": f"{here}/deadline",
        "proposal": f"{here}/parts/proposal",
        "parts": f"{here}/parts",
        "plan": f"{here}/plan",
        "notices": f"{here}/notices",
    }


def notices(uow: UnitOfWork, case_id: str) -> Select[Any]:
    """The notices on a case, or `NotFound`."""
    case_row(uow, case_id)
    return select(notice).where(notice.c.case_id == case_id)


def notice_views(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """The notices of a page."""
    return [
        {
            **row._mapping,
            "links": {"self": f"/cases/{row.case_id}/notices/{row.letter}", "case": f"/cases/{row.case_id}"},
        }
        for row in rows
    ]


def _open(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(case.c.state.in_(OPEN_STATES), condition)


def _in_band(band: str, today: date) -> ColumnElement[bool]:
    if band == "overdue":
        return _open(case.c.due_on < today)
    more_than, up_to = _BANDS[band]
    first = nth_working_day_after(today, more_than + 1) if more_than else today
    due = [case.c.due_on >= first, case.c.due_on < NEVER]
    if up_to is not None:
        due.append(case.c.due_on <= nth_working_day_after(today, up_to + 1) - timedelta(days=1))
    return _open(and_(*due))


def _holds(word: str) -> ColumnElement[bool]:
    in_part = exists().where(part.c.case_id == case.c.id, part.c.wording.icontains(word, autoescape=True))
    return or_(
        case.c.reference.icontains(word, autoescape=True), case.c.title.icontains(word, autoescape=True), in_part
    )
