"""The event log: one append-only, gapless, hash-chained table per service, which is outbox and audit record in one.

Each row's hash is SHA-256 over the previous row's hash, a newline and the row's bytes. Locking the one head row
gives the next position and the previous hash together, so positions are given in the order of commits: a reader
that goes by position can never pass over one that commits late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import uuid_utils
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    bindparam,
    cast,
    func,
    insert,
    select,
    update,
)

from shared.chassis.database import Instant, chassis_metadata
from shared.chassis.events.contract import dump
from shared.chassis.events.envelope import Envelope, Unreadable

event_log = Table(
    "event_log",
    chassis_metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("subject", String(36), nullable=False),
    Column("number", Integer, nullable=False),
    Column("type", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ux_event_log_subject_number", "subject", "number", unique=True),
)

event_log_head = Table(
    "event_log_head",
    chassis_metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True, autoincrement=False),
    Column("log_id", String(36), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

# Made once: on the way of every command, putting a statement together costs as much as running it.
_HEAD = select(event_log_head.c.position, event_log_head.c.hash).with_for_update()
_LAST_NUMBER = select(func.max(event_log.c.number)).where(event_log.c.subject == bindparam("about"))
_INSERT = insert(event_log)
# SQLite lets somebody who edits put a text where bytes were; as bytes again it can be judged.
_READ = select(
    *(column for column in event_log.c if column.name != "body"),
    cast(event_log.c.body, LargeBinary).label("body"),
).order_by(event_log.c.position)
_MOVE_HEAD = update(event_log_head).values(position=bindparam("to"), hash=bindparam("linked"))


@dataclass(frozen=True, kw_only=True)
class Pending:
    """An event that has been recorded in a unit of work and not yet been written to the log. Its subject is new when
    the same unit of work made its key: then there is no need to look how many events it has."""

    event: Any
    subject: str
    at: datetime
    actor_id: str
    actor_role: str
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    subject_is_new: bool


@dataclass(frozen=True, kw_only=True)
class BrokenLink:
    """Where a log is not what it was when written. `event_id` is None where the row itself is gone."""

    service: str
    position: int
    event_id: str | None
    what: str


def link(previous: str, body: bytes) -> str:
    """The hash of a row from the hash before it and its own bytes."""
    return sha256(previous.encode("ascii") + b"\n" + body).hexdigest()


def genesis(service: str, log_id: str) -> str:
    """The hash that the first row builds on. It pins the log: another service's log, or a new one put in its
    place, begins differently."""
    return sha256(f"{service}\n{log_id}".encode()).hexdigest()


def begin(connection: Connection, service: str) -> None:
    """Make the head row of a new log; done once, right after the first migration."""
    if connection.execute(select(event_log_head.c.id)).first() is None:
        log_id = str(uuid_utils.uuid7())
        connection.execute(
            insert(event_log_head).values(id=1, log_id=log_id, position=0, hash=genesis(service, log_id))
        )


def append(connection: Connection, service: str, pending: Sequence[Pending]) -> None:
    """Write the events at the end of the log, in this order, in the caller's transaction."""
    head = connection.execute(_HEAD).one()
    new = {item.subject for item in pending if item.subject_is_new}
    numbers = dict.fromkeys(new, 0) | _last_numbers(connection, {item.subject for item in pending} - new)
    position, previous, rows = head.position, head.hash, []
    for item in pending:
        position += 1
        numbers[item.subject] = numbers[item.subject] + 1
        envelope = Envelope(
            id=str(uuid_utils.uuid7()),
            source=service,
            type=item.event.event_type,
            subject=item.subject,
            time=item.at,
            sequence=position,
            number=numbers[item.subject],
            actor_id=item.actor_id,
            actor_role=item.actor_role,
            correlation_id=item.correlation_id,
            causation_id=item.causation_id,
            traceparent=item.traceparent,
            data=dump(item.event),
        )
        body = envelope.to_bytes()
        previous = link(previous, body)
        rows.append(
            {
                "position": position,
                "event_id": envelope.id,
                "subject": envelope.subject,
                "number": envelope.number,
                "type": envelope.type,
                "recorded_at": envelope.time,
                "body": body,
                "hash": previous,
            }
        )
    connection.execute(_INSERT, rows)
    connection.execute(_MOVE_HEAD, {"to": position, "linked": previous})


def read(connection: Connection, *, after: int, limit: int) -> Sequence[Any]:
    """The next rows behind a position, in order."""
    return connection.execute(_READ.where(event_log.c.position > after).limit(limit)).all()


def walk(connection: Connection, *, chunk: int = 2_000) -> Iterator[Row[Any]]:
    """Every row in order, holding only a chunk of them in memory."""
    after = 0
    while rows := read(connection, after=after, limit=chunk):
        yield from rows
        after = rows[-1].position


def first_broken_link(connection: Connection, service: str) -> BrokenLink | None:
    """Walk the whole chain and name the first row that is not as written; None when all holds.

    An attacker who recomputes every later hash and the head as well is found only by comparing with the ledger
    and the topic, which hold their own copies.
    """
    head = connection.execute(select(event_log_head)).one_or_none()
    if head is None:
        return BrokenLink(service=service, position=0, event_id=None, what="the head of the log is gone")
    previous, expected = genesis(service, head.log_id), 1
    for row in walk(connection):
        what = _fault(row, expected, previous)
        if what:
            gone = row.position != expected
            return BrokenLink(service=service, position=expected, event_id=None if gone else row.event_id, what=what)
        previous, expected = row.hash, expected + 1
    if (head.position, head.hash) != (expected - 1, previous):
        return BrokenLink(
            service=service,
            position=expected,
            event_id=None,
            what=f"the log ends at {expected - 1} but its head says {head.position}: events were removed at the end",
        )
    return None


def _fault(row: Row[Any], expected: int, previous: str) -> str:
    if row.position != expected:
        return f"the event is gone: the next one found is {row.position}"
    if link(previous, row.body) != row.hash:
        return "its bytes, or the link to the event before it, were changed"
    try:
        envelope = Envelope.from_bytes(row.body)
    except Unreadable as error:
        return f"its bytes are unreadable: {error}"
    written = (
        envelope.sequence,
        envelope.id,
        envelope.subject,
        envelope.number,
        envelope.type,
        envelope.time,
    )
    if written != (row.position, row.event_id, row.subject, row.number, row.type, row.recorded_at):
        return "its columns do not say what its bytes say"
    return ""


def _last_numbers(connection: Connection, subjects: set[str]) -> dict[str, int]:
    return {subject: connection.execute(_LAST_NUMBER, {"about": subject}).scalar() or 0 for subject in sorted(subjects)}
