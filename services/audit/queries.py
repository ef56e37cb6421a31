"""What can be asked of the ledger, and how it is shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, select

from services.audit import verification
from services.audit.domain import end_of
from services.audit.models import case_summary, ledger
from services.audit.sentences import sentence
from services.audit.story import fold
from shared.chassis.errors import NotFound
from shared.chassis.events.contract import dump
from shared.chassis.events.envelope import Envelope
from shared.chassis.uow import UnitOfWork

View = dict[str, Any]


def list_cases(filters: View) -> Select[Any]:
    """The cases that have a reference, or the one with this `reference`."""
    query = select(case_summary).where(case_summary.c.reference.is_not(None))
    if reference := filters.get("reference"):
        query = query.where(case_summary.c.reference == reference)
    return query


def show_cases(rows: Iterable[Row[Any]]) -> list[View]:
    return [{**row._mapping, "id": row.case_id, "links": _case_links(row.case_id)} for row in rows]


def list_events(filters: View) -> Select[Any]:
    """The ledger by `source`, `type` and `case_id`, as far as they are given."""
    columns = {"source": ledger.c.source, "type": ledger.c.type, "case_id": ledger.c.subject}
    return select(ledger).where(*(columns[name] == str(value) for name, value in filters.items()))


def show_events(rows: Iterable[Row[Any]]) -> list[View]:
    return [
        {
            **row._mapping,
            "case_id": row.subject,
            "digest": sha256(row.body).hexdigest(),
            "links": {"self": f"/events/{row.event_id}", "case": f"/cases/{row.subject}"},
        }
        for row in rows
    ]


def find_body(uow: UnitOfWork, event_id: str) -> bytes:
    """The bytes of an event as they came."""
    row = uow.once(select(ledger.c.body).where(ledger.c.event_id == event_id))
    if row is None:
        raise NotFound("event", event_id)
    return bytes(row.body)


def show_timeline(uow: UnitOfWork, case_id: str, as_at: date | None) -> View:
    """Everything that happened to the case by the end of `as_at`, in the order of the topic."""
    items = [
        {
            "event_id": envelope.id,
            "time": envelope.time,
            "service": envelope.source,
            "position": envelope.sequence,
            "type": envelope.type,
            "words": sentence(envelope.type, envelope.data),
            "actor_id": envelope.actor_id,
            "actor_role": envelope.actor_role,
            "correlation_id": envelope.correlation_id,
            "causation_id": envelope.causation_id,
            "data": envelope.data,
        }
        for envelope in _events_of(uow, case_id, as_at)
    ]
    own = {"self": f"/cases/{case_id}/timeline", "case": f"/cases/{case_id}"}
    return {"case_id": case_id, "as_at": as_at, "items": items, "links": own}


def show_known(uow: UnitOfWork, case_id: str, as_at: date | None) -> View:
    """What was known of the case by the end of `as_at`."""
    story = fold(_events_of(uow, case_id, as_at))
    return {
        **vars(story),
        "id": case_id,
        "as_at": as_at,
        "parts": [dump(part) for part in story.parts.values()],
        "consultations": [asdict(asked) for asked in story.consultations.values()],
        "outcomes": [dump(outcome) for outcome in story.outcomes.values()],
        "reviews": [asdict(review) for review in story.reviews],
        "published": [{"site": site, "path": path} for site, path in story.published.items()],
        "links": _case_links(case_id),
    }


def show_verification(uow: UnitOfWork) -> View:
    """What walking the whole ledger has found."""
    checks = verification.check(uow.connection)
    sources = [{**asdict(found), "intact": found.fault is None} for found in checks]
    return {"intact": all(source["intact"] for source in sources), "sources": sources}


def _events_of(uow: UnitOfWork, case_id: str, as_at: date | None) -> Iterator[Envelope]:
    query = select(ledger.c.body).where(ledger.c.subject == case_id).order_by(ledger.c.partition, ledger.c.offset)
    if as_at is not None:
        query = query.where(ledger.c.recorded_at < end_of(as_at))
    rows: Sequence[Row[Any]] = uow.all(query)
    if not rows and uow.once(select(case_summary.c.case_id).where(case_summary.c.case_id == case_id)) is None:
        raise NotFound("case", case_id)
    return (Envelope.from_bytes(row.body) for row in rows)


def _case_links(case_id: str) -> dict[str, str]:
    return {"self": f"/cases/{case_id}", "timeline": f"/cases/{case_id}/timeline"}
