"""What can be looked up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, func, select

from services.decision.casefile import day_due, draft_of, read_file
from services.decision.domain import DRAFT, QUESTION, UNCHECKED, CaseFile, Decided, told, unready
from services.decision.leaving import leaving
from services.decision.models import brief, brief_part, decision, draft
from services.decision.storing import shown
from shared.chassis.errors import Finding
from shared.chassis.uow import UnitOfWork
from shared.law.outcomes import check_part

Page = tuple[Select[Any], tuple[ColumnElement[Any], ...], Callable[[Sequence[Row[Any]]], list[dict[str, Any]]]]


def cases(uow: UnitOfWork, filters: Mapping[str, Any]) -> Page:
    """The cases, those due first first."""
    query = select(brief, draft.c.version, draft.c.state).join(draft, draft.c.id == brief.c.case_id)
    if filters.get("state"):
        query = query.where(draft.c.state.in_(filters["state"]))
    if filters.get("authority"):
        code = f'"{filters["authority"]}"'
        query = query.where(cast(brief.c.authorities, String).contains(code, autoescape=True))
    return query, (brief.c.due_on, brief.c.case_id), lambda rows: _in_brief(uow, rows)


def _in_brief(uow: UnitOfWork, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    these = [row.case_id for row in rows]
    number = func.count().label("number")
    asked = select(brief_part.c.case_id, number).where(brief_part.c.kind == QUESTION).group_by(brief_part.c.case_id)
    made = select(decision.c.case_id, number).group_by(decision.c.case_id)
    questions = {row.case_id: row.number for row in uow.all(asked.where(brief_part.c.case_id.in_(these)))}
    decided = {row.case_id: row.number for row in uow.all(made.where(decision.c.case_id.in_(these)))}
    return [
        {
            **row._mapping,
            "id": row.case_id,
            "due_on": day_due(row),
            "questions": questions.get(row.case_id, 0),
            "decided": decided.get(row.case_id, 0),
            "links": _links(row.case_id),
        }
        for row in rows
    ]


def case(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """A case with everything that its decision rests on."""
    row = draft_of(uow, case_id)
    file = read_file(uow, case_id)
    names = ("reference", "title", "authorities", "received_on", "due_on", "finished", "consulted")
    return {
        **{name: getattr(file, name) for name in names},
        "id": row.id,
        "version": row.version,
        "state": row.state,
        "questions": len(file.questions),
        "decided": len(file.decisions),
        "draft": row._mapping,
        "parts": _parts(file, uow.today),
        "advice": [asdict(each) for each in file.advice],
        "attachments": [_attachment(case_id, asdict(each)) for each in file.attachments],
        "checks": _checks(row, file),
        "unready": [_finding(each, "B") for each in unready(file, uow.today)] if row.state == DRAFT.initial else [],
        "allowed": DRAFT.allowed(row.state),
        "links": _links(case_id),
    }


def attachment_of(uow: UnitOfWork, case_id: str, digest: str) -> dict[str, Any]:
    """One attached document, with the version that the draft has now."""
    found = next(each for each in read_file(uow, case_id).attachments if each.digest == digest)
    return {**_attachment(case_id, asdict(found)), "version": draft_of(uow, case_id).version}


def _parts(file: CaseFile, today: date) -> Iterable[dict[str, Any]]:
    for part in file.parts:
        found = file.decided.get(part.label)
        view = {**shown(found), "decided_by": file.decided_by[part.label]} if found else None
        yield {**asdict(part), "decision": view, "findings": _findings(found, today) if found else []}


def _findings(found: Decided, today: date) -> list[dict[str, str]]:
    return [_finding(told(each), each.severity, found.reason_for(each)) for each in check_part(found.decision, today)]


def _finding(finding: Finding, severity: str, reason: str = "") -> dict[str, str]:
    return {**asdict(finding), "severity": severity, "reason": reason}


def _attachment(case_id: str, document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "links": {"self": f"/cases/{case_id}/attachments/{document['digest']}"}}


def _checks(row: Row[Any], file: CaseFile) -> list[dict[str, Any]]:
    """Where everything that would leave stands with the release check."""
    return [
        {"digest": digest, "name": name, **asdict(file.checks.get(digest, UNCHECKED))}
        for digest, name in leaving(row, file).items()
    ]


def _links(case_id: str) -> dict[str, str]:
    return {"self": f"/cases/{case_id}", "letter": f"/cases/{case_id}/letter"}
