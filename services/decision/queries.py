"""What can be looked up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, func, select

from services.decision.casefile import draft_of, read_file
from services.decision.domain import DRAFT, QUESTION, CaseFile, told, unready
from services.decision.letter import render
from services.decision.models import brief, brief_part, decision, draft
from services.decision.records import shown
from services.decision.response import response_of
from shared.chassis.errors import Finding
from shared.chassis.uow import UnitOfWork
from shared.law.outcomes import PartDecision, check_part

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
        "parts": _parts(file),
        "advice": [asdict(each) for each in file.advice],
        "attachments": [_attachment(case_id, asdict(each)) for each in file.attachments],
        "unready": [_finding(each, "B") for each in unready(file)] if row.state == DRAFT.initial else [],
        "allowed": DRAFT.allowed(row.state),
        "links": _links(case_id),
    }


def attachment_of(uow: UnitOfWork, case_id: str, digest: str) -> dict[str, Any]:
    """One attached document, with the version that the draft has now."""
    found = next(each for each in read_file(uow, case_id).attachments if each.digest == digest)
    return {**_attachment(case_id, asdict(found)), "version": draft_of(uow, case_id).version}


def letter(uow: UnitOfWork, case_id: str, form: str) -> bytes:
    """The letter, `html` or `text`: the submitted bytes where it is submitted, else a preview of what is decided."""
    row = draft_of(uow, case_id)
    digest = row.letter if form == "html" else row.letter_text
    if digest is not None:
        return uow.private_blobs.get(digest)
    preview = render(response_of(read_file(uow, case_id)), uow.today, preview=True)
    return preview.html if form == "html" else preview.text


def _parts(file: CaseFile) -> Iterable[dict[str, Any]]:
    for part in file.parts:
        found = file.decisions.get(part.label)
        view = {**shown(found), "decided_by": file.decided_by[part.label]} if found else None
        yield {**asdict(part), "decision": view, "findings": _findings(found)}


def _findings(decided: PartDecision | None) -> list[dict[str, str]]:
    return [_finding(told(each), each.severity) for each in check_part(decided)] if decided else []


def _finding(finding: Finding, severity: str) -> dict[str, str]:
    return {**asdict(finding), "severity": severity}


def _attachment(case_id: str, document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "links": {"self": f"/cases/{case_id}/attachments/{document['digest']}"}}


def _links(case_id: str) -> dict[str, str]:
    return {"self": f"/cases/{case_id}", "letter": f"/cases/{case_id}/letter"}
