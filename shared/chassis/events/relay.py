"""The relay: takes events from a service's log to the topic, in order, and moves its cursor when they have arrived.

Nothing is ever skipped. The publisher has at most one event of a subject on its way at a time, so that a later one
never passes an earlier one. A crash between arrival and the cursor's move sends some events again with the same id;
every reader expects that.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Engine, String, Table, bindparam, select, update

from shared.chassis.database import chassis_metadata
from shared.chassis.events import log
from shared.chassis.events.broker import Message, Publisher
from shared.chassis.events.envelope import CONTENT_TYPE

relay_cursor = Table(
    "relay_cursor",
    chassis_metadata,
    Column("name", String(20), primary_key=True),
    Column("position", BigInteger, nullable=False),
)

BATCH = 2_000
"""Most events that are sent before the cursor moves: enough that each wave of the publisher is worth its wait."""

_CURSOR = select(relay_cursor.c.position)
_NEXT = (
    select(log.event_log.c.position, log.event_log.c.subject, log.event_log.c.body, log.event_log.c.hash)
    .where(log.event_log.c.position > bindparam("cursor"))
    .order_by(log.event_log.c.position)
    .limit(BATCH)
)


class Relay:
    """One per service; whoever runs it holds the service's relay slot."""

    def __init__(self, engine: Engine, publisher: Publisher) -> None:
        self._engine = engine
        self._publisher = publisher

    def run_once(self) -> int:
        """Send the next batch; how many events arrived. Raises `BrokerUnavailable` with the cursor where it was."""
        with self._engine.connect().execution_options(reading=True) as connection:
            cursor = connection.execute(_CURSOR).scalar_one()
            rows = connection.execute(_NEXT, {"cursor": cursor}).all()
        if rows:
            self._publisher.publish([_message(row) for row in rows])
            self._move(cursor, rows[-1].position)
        return len(rows)

    def _move(self, old: int, new: int) -> None:
        with self._engine.begin() as connection:
            # Compared and set: a relay that was stopped for minutes and wakes must not drag the cursor back.
            connection.execute(update(relay_cursor).where(relay_cursor.c.position == old).values(position=new))


def backlog(connection: Connection) -> tuple[int, datetime | None]:
    """How many events wait to be sent, and since when the oldest of them does (None when none)."""
    cursor = connection.execute(select(relay_cursor.c.position)).scalar_one()
    head = connection.execute(select(log.event_log_head.c.position)).scalar_one()
    oldest = connection.execute(
        select(log.event_log.c.recorded_at).where(log.event_log.c.position == cursor + 1)
    ).scalar()
    return head - cursor, oldest


def _message(row: Any) -> Message:
    return Message(
        key=row.subject,
        value=row.body,
        headers=(("content-type", CONTENT_TYPE.encode()), ("chain", row.hash.encode())),
    )
