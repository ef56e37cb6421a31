"""Parked messages: what could not be handled waits here with everything that follows it for the same subject.

The other subjects go on. A person mends the cause and has it retried, or skips it with a reason, which is an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)

from shared.chassis.database import Instant, chassis_metadata, insert_new
from shared.chassis.errors import NotFound, Refused
from shared.chassis.events.broker import Received
from shared.chassis.events.contract import event
from shared.chassis.events.envelope import Envelope, Unreadable
from shared.chassis.events.inbox import inbox, subject_progress, waive_gap
from shared.chassis.events.values import BlindText, Code

BEHIND = "behind"
"""The reason of a message that is itself sound and waits for an earlier one of its subject."""

NOBODY = "00000000-0000-0000-0000-000000000000"
"""The subject of an unreadable message that does not even have a key."""

parked_message = Table(
    "parked_message",
    chassis_metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),
    Column("subject", String(36), nullable=False, index=True),
    Column("event_id", String(36)),
    Column("type", String(100)),
    Column("reason", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("parked_at", Instant, nullable=False),
    Column("retry", Boolean, nullable=False),
    Column("key", String(200), nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("headers", LargeBinary, nullable=False),
)


@event("candour.message.skipped.v1")
class MessageSkipped:
    """A person decided that a parked message shall not be handled, and why."""

    skipped_type: Code
    reason: BlindText


@dataclass(frozen=True)
class Parked:
    """Why a message could not be handled."""

    reason: str
    detail: str
    attempts: int = 0


def park(connection: Connection, message: Received, why: Parked, at: datetime) -> None:
    """Put a message aside, once, however often it is delivered."""
    envelope = readable(message)
    key = (message.key or "").replace("\0", "")
    insert_new(
        connection,
        parked_message,
        [
            {
                "partition": message.partition,
                "offset": message.offset,
                "subject": envelope.subject if envelope else key[:36] or NOBODY,
                "event_id": envelope.id if envelope else None,
                "type": envelope.type if envelope else None,
                "reason": why.reason,
                "detail": why.detail,
                "attempts": why.attempts,
                "parked_at": at,
                "retry": False,
                "key": key[:200],
                "value": message.value,
                "headers": orjson.dumps([[name, value.decode("latin-1")] for name, value in message.headers]),
            }
        ],
        parked_message.c.offset,
    )


def readable(message: Received) -> Envelope | None:
    """The message's envelope; None when it has none, or one that speaks of another subject than its key."""
    try:
        envelope = Envelope.from_bytes(message.value)
    except Unreadable:
        return None
    return envelope if envelope.subject == message.key else None


def parked_subjects(connection: Connection, subjects: set[str]) -> set[str]:
    """Those of `subjects` for which something is parked."""
    rows = connection.execute(select(parked_message.c.subject).where(parked_message.c.subject.in_(subjects)).distinct())
    return set(rows.scalars())


def waiting(connection: Connection) -> Sequence[Row[Any]]:
    """Everything that is parked, each subject's messages in order."""
    return connection.execute(
        select(parked_message).order_by(parked_message.c.partition, parked_message.c.offset)
    ).all()


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(parked_message)).scalar_one()


def due(connection: Connection) -> list[Row[Any]]:
    """The messages to try again now: the first one parked of each subject, where a person asked for a retry or
    where it only ever waited behind another that is gone."""
    first: dict[str, Row[Any]] = {}
    for row in waiting(connection):
        first.setdefault(row.subject, row)
    return [row for row in first.values() if row.retry or row.reason == BEHIND]


def as_received(row: Row[Any]) -> Received:
    headers = tuple((name, value.encode("latin-1")) for name, value in orjson.loads(row.headers))
    return Received(key=row.key, value=row.value, headers=headers, partition=row.partition, offset=row.offset)


def take_out(connection: Connection, row: Row[Any]) -> None:
    connection.execute(delete(parked_message).where(*_is(row)))


def failed_again(connection: Connection, row: Row[Any], why: Parked) -> None:
    connection.execute(
        update(parked_message)
        .where(*_is(row))
        .values(retry=False, reason=why.reason, detail=why.detail, attempts=row.attempts + why.attempts)
    )


def ask_for_retry(connection: Connection, subject: str | None, *, despite_gap: bool = False) -> int:
    """Have the running worker try again: one subject, or all. How many messages that concerns."""
    chosen = parked_message.c.subject == subject if subject else parked_message.c.offset >= 0
    if despite_gap:
        for name in connection.execute(select(parked_message.c.subject).where(chosen).distinct()).scalars():
            waive_gap(connection, name)
    return connection.execute(update(parked_message).where(chosen).values(retry=True)).rowcount


def skip(uow: Any, partition: int, offset: int, reason: BlindText) -> None:
    """Take the first parked message of a subject out for good, and record that as an event."""
    row = uow.once(
        select(parked_message).where(parked_message.c.partition == partition, parked_message.c.offset == offset)
    )
    if row is None:
        raise NotFound("parked message", f"{partition}/{offset}")
    if row.reason == BEHIND:
        raise Refused(
            "This message only waits behind an earlier one of its subject.",
            next_step="Skip or retry the first one; this one follows by itself.",
        )
    envelope = readable(as_received(row))
    if envelope is None:
        waive_gap(uow.connection, row.subject)
    else:
        _count_as_taken(uow, envelope)
    take_out(uow.connection, row)
    uow.record(MessageSkipped(skipped_type=Code(row.type or "unreadable"), reason=reason), subject=row.subject)


def _count_as_taken(uow: Any, envelope: Envelope) -> None:
    connection: Connection = uow.connection
    insert_new(
        connection,
        inbox,
        [{"event_id": envelope.id, "type": envelope.type, "taken_at": uow.now}],
        inbox.c.event_id,
    )
    where = (subject_progress.c.subject == envelope.subject, subject_progress.c.source == envelope.source)
    if not connection.execute(
        update(subject_progress)
        .where(*where, subject_progress.c.number < envelope.number)
        .values(number=envelope.number)
    ).rowcount:
        insert_new(
            connection,
            subject_progress,
            [{"subject": envelope.subject, "source": envelope.source, "number": envelope.number}],
            subject_progress.c.number,
        )


def _is(row: Row[Any]) -> tuple[Any, Any]:
    return parked_message.c.partition == row.partition, parked_message.c.offset == row.offset
