"""What can be asked about consultations, and how they are shown. A party sees its own alone, and never who asked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, select

from services.consultation import domain
from services.consultation.domain import WAITING
from services.consultation.models import brief, brief_part, conclusion, consultation, party, rule, topic
from shared.chassis.errors import NotFound
from shared.chassis.events.contract import dump
from shared.chassis.uow import UnitOfWork

View = dict[str, Any]


def find_consultation(uow: UnitOfWork, consultation_id: str) -> Row[Any]:
    """The consultation; `NotFound` also where it is another party's, whose existence is none of this one's business."""
    row = uow.once(_visible(uow).where(consultation.c.id == consultation_id))
    if row is None:
        raise NotFound("consultation", consultation_id)
    return row


def list_consultations(uow: UnitOfWork, filters: dict[str, Any]) -> Select[Any]:
    """The consultations that this actor may see, by `state`, `party` and whether they are `overdue`."""
    query = _visible(uow)
    if filters.get("state"):
        query = query.where(consultation.c.state.in_(filters["state"]))
    if filters.get("party"):
        query = query.where(consultation.c.party == filters["party"])
    if (overdue := filters.get("overdue")) is not None:
        late = and_(consultation.c.state.in_(WAITING), consultation.c.reply_by < uow.today)
        query = query.where(late if overdue else ~late)
    return query


def list_consultations_of_case(uow: UnitOfWork, case_id: str) -> Select[Any]:
    find_brief(uow, case_id)
    return select(consultation).where(consultation.c.case_id == case_id)


def show(uow: UnitOfWork, row: Row[Any]) -> View:
    """One consultation as it is shown."""
    return show_all(uow, [row])[0]


def show_all(uow: UnitOfWork, rows: Sequence[Row[Any]]) -> list[View]:
    """Consultations with what their cases say: two look-ups for the whole list."""
    cases = {row.case_id for row in rows}
    briefs = {row.case_id: row for row in uow.all(select(brief).where(brief.c.case_id.in_(cases)))}
    parts = uow.all(select(brief_part).where(brief_part.c.case_id.in_(cases)).order_by(brief_part.c.place))
    return [
        _view(uow, row, briefs[row.case_id], [part for part in parts if part.case_id == row.case_id]) for row in rows
    ]


def show_consulted(uow: UnitOfWork, case_id: str) -> View:
    """The list of those consulted, fit for release."""
    case = find_brief(uow, case_id)
    rows = uow.all(select(consultation).where(consultation.c.case_id == case_id))
    ended = uow.once(select(conclusion.c.consulted).where(conclusion.c.case_id == case_id))
    return {
        "reference": case.reference,
        "concluded": ended is not None,
        "consulted": ended.consulted if ended else [dump(line) for line in domain.consulted(rows)],
        "links": {"self": f"/cases/{case_id}/consulted"},
    }


def show_conclusion(uow: UnitOfWork, case_id: str) -> View:
    """How consulting on the case ended; `NotFound` while it has not."""
    find_brief(uow, case_id)
    row = uow.once(select(conclusion).where(conclusion.c.case_id == case_id))
    if row is None:
        raise NotFound("conclusion of the consultations on case", case_id)
    return {**row._mapping, "links": {"self": f"/cases/{case_id}/conclusion"}}


def find_brief(uow: UnitOfWork, case_id: str) -> Row[Any]:
    """What is known of the case; `NotFound` until it has been accepted."""
    row = uow.once(select(brief).where(brief.c.case_id == case_id))
    if row is None:
        raise NotFound("accepted case", case_id)
    return row


def find_party(uow: UnitOfWork, code: str) -> Row[Any]:
    row = uow.once(select(party).where(party.c.id == code))
    if row is None:
        raise NotFound("party", code)
    return row


def show_party(row: Row[Any]) -> View:
    return {**row._mapping, "links": {"self": f"/parties/{row.id}"}}


def list_parties() -> Select[Any]:
    return select(party)


def list_topics() -> Select[Any]:
    return select(topic)


def show_rule(uow: UnitOfWork, topic_code: str) -> View:
    """Where a topic goes. One without a rule goes to nobody and is at version 0."""
    row = uow.once(select(topic).where(topic.c.id == topic_code))
    if row is not None:
        return show_rules(uow, [row])[0]
    return {"id": topic_code, "version": 0, "parties": [], "links": {"self": f"/rules/{topic_code}"}}


def show_rules(uow: UnitOfWork, topics: Sequence[Row[Any]]) -> list[View]:
    """Where each of the topics goes: one look-up for the whole list."""
    rules = uow.all(select(rule).where(rule.c.topic.in_([row.id for row in topics])).order_by(rule.c.party))
    return [
        {
            **row._mapping,
            "parties": [each.party for each in rules if each.topic == row.id],
            "links": {"self": f"/rules/{row.id}"},
        }
        for row in topics
    ]


def _visible(uow: UnitOfWork) -> Select[Any]:
    query = select(consultation)
    return query.where(consultation.c.party == uow.actor.party) if uow.actor.role == "party" else query


def _view(uow: UnitOfWork, row: Row[Any], case: Row[Any], parts: Sequence[Row[Any]]) -> View:
    answered = row.position_taken is not None
    links = {"self": f"/consultations/{row.id}"}
    if uow.actor.role != "party":
        links["case"] = f"/cases/{row.case_id}/consultations"
    return {
        "id": row.id,
        "version": row.version,
        "state": row.state,
        "case_id": row.case_id,
        "reference": case.reference,
        "office": {"party": row.party, "organisation": row.organisation, "position": row.position},
        "parts": [part for part in parts if part.label in row.parts],
        "question": row.question,
        "opened_on": row.opened_on,
        "reply_by": row.reply_by,
        "overdue": row.state in WAITING and row.reply_by < uow.today,
        "reminders": row.reminders,
        "finished": case.finished,
        "answer": {**row._mapping, "position": row.position_taken} if answered else None,
        "links": links,
    }
