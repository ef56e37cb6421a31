"""Whether the ledger is what came: each source's events without a gap, and their chain as the source's log made it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, cast, func, select

from services.audit.models import ledger
from shared.chassis.events.envelope import Envelope, Unreadable
from shared.chassis.events.log import BrokenLink, link

CHUNK = 2_000


@dataclass(frozen=True, kw_only=True)
class SourceCheck:
    """One source's events in the ledger. `fault` is the first one that is not as it came; None when all are."""

    source: str
    events: int
    last_position: int
    contiguous: bool
    fault: BrokenLink | None


def check(connection: Connection) -> list[SourceCheck]:
    """Every source, walked from end to end."""
    held = connection.execute(
        select(ledger.c.source, func.count(), func.min(ledger.c.position), func.max(ledger.c.position))
        .group_by(ledger.c.source)
        .order_by(ledger.c.source)
    ).all()
    return [
        SourceCheck(
            source=source,
            events=events,
            last_position=last,
            contiguous=(first, last) == (1, events),
            fault=check_source(connection, source),
        )
        for source, events, first, last in held
    ]


def check_source(connection: Connection, source: str) -> BrokenLink | None:
    """The first event of the source that is not as it came, or else the first that is missing; None when all holds.

    The beginning of the source's chain is known to the source alone, so the first event's hash is taken as it is,
    and so is that of the first behind a gap. A missing event may still be on its way: the events of different cases
    do not arrive in one order. `candour verify` compares with the source's own log and tells these apart.
    """
    gap: BrokenLink | None = None
    previous, expected = None, 1
    for row in walk(connection, source):
        if row.position != expected:
            what = "it is missing: it was removed, or has not arrived yet"
            gap = gap or BrokenLink(service=source, position=expected, event_id=None, what=what)
            previous = None
        if what := misstated(row) or _unlinked(row, previous):
            return BrokenLink(service=source, position=row.position, event_id=row.event_id, what=what)
        previous, expected = row.chain, row.position + 1
    return gap


def walk(connection: Connection, source: str) -> Iterator[Any]:
    """Every ledger row of a source in order, holding only a chunk of them in memory."""
    # SQLite lets somebody who edits put a text where bytes were; as bytes again it can be judged.
    columns = (column for column in ledger.c if column.name != "body")
    body = cast(ledger.c.body, LargeBinary).label("body")
    query = select(*columns, body).where(ledger.c.source == source).order_by(ledger.c.position).limit(CHUNK)
    rows = connection.execute(query).all()
    while rows:
        yield from rows
        rows = connection.execute(query.where(ledger.c.position > rows[-1].position)).all()


def misstated(row: Row[Any]) -> str:
    """What is wrong where a row's columns do not say what its bytes say; empty when they do."""
    try:
        envelope = Envelope.from_bytes(row.body)
    except Unreadable as error:
        return f"its bytes are unreadable: {error}"
    said = {
        "source": envelope.source,
        "position": envelope.sequence,
        "event_id": envelope.id,
        "subject": envelope.subject,
        "number": envelope.number,
        "type": envelope.type,
        "recorded_at": envelope.time,
        "actor_id": envelope.actor_id,
        "actor_role": envelope.actor_role,
        "correlation_id": envelope.correlation_id,
        "causation_id": envelope.causation_id,
    }
    wrong = [name for name, value in said.items() if row._mapping[name] != value]
    return f"its columns do not say what its bytes say: {', '.join(wrong)}" if wrong else ""


def _unlinked(row: Row[Any], previous: str | None) -> str:
    if previous is None or link(previous, row.body) == row.chain:
        return ""
    return "its bytes, or the link to the event before it, were changed"
