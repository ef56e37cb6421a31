"""The unit of work: one transaction, one instant, one actor. Only its owner commits; nothing deeper down does."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import uuid_utils
from sqlalchemy import Connection, Row, Select, Table, insert, select, update

from shared.chassis import timers
from shared.chassis.clock import civil_date
from shared.chassis.errors import StaleVersion
from shared.chassis.events.log import Pending
from shared.chassis.identity import Actor

if TYPE_CHECKING:
    from shared.chassis.blobs import Blobs
    from shared.chassis.config import Config

_insert = cache(insert)
"""One statement for each table: putting it together anew costs more than an insert into SQLite."""


class UnitOfWork:
    """What a command or a handler works with. State and events are written together, or not at all."""

    def __init__(
        self,
        connection: Connection,
        *,
        now: datetime,
        actor: Actor,
        config: "Config",
        blobs: "Blobs",
        private_blobs: "Blobs",
        unchecked_blobs: "Blobs",
        correlation_id: str,
        causation_id: str | None = None,
        traceparent: str | None = None,
        expected_version: int | None = None,
        pending: list[Pending] | None = None,
    ) -> None:
        self.connection = connection
        self.now = now
        self.actor = actor
        self.config = config
        self.blobs = blobs
        self.private_blobs = private_blobs
        self.unchecked_blobs = unchecked_blobs
        self.correlation_id = correlation_id
        self.causation_id = causation_id
        self.traceparent = traceparent
        self.expected_version = expected_version
        self.pending = [] if pending is None else pending
        self._made: set[str] = set()

    @property
    def today(self) -> date:
        """The civil date of this unit of work, Europe/London."""
        return civil_date(self.now)

    def record(self, event: Any, *, subject: str) -> None:
        """Have the event written to the log, in the order of recording, when this unit of work commits."""
        self.pending.append(
            Pending(
                event=event,
                subject=subject,
                at=self.now,
                actor_id=self.actor.id,
                actor_role=self.actor.role,
                correlation_id=self.correlation_id,
                causation_id=self.causation_id,
                traceparent=self.traceparent,
                subject_is_new=subject in self._made,
            )
        )

    def schedule(self, timer: str, key: str, at: datetime) -> None:
        """Have `timer` fall due for `key` at the instant; setting it again moves it."""
        timers.schedule(self.connection, timer, key, at, self.correlation_id)

    def cancel(self, timer: str, key: str) -> None:
        timers.cancel(self.connection, timer, key)

    def new_id(self) -> str:
        """A new opaque key: UUID version 7, so that keys sort by the time they were made."""
        made = str(uuid_utils.uuid7())
        self._made.add(made)
        return made

    def once(self, query: Select[Any]) -> Row[Any] | None:
        """The one row of the query, or None."""
        return self.connection.execute(query).one_or_none()

    def all(self, query: Select[Any]) -> Sequence[Row[Any]]:
        return self.connection.execute(query).all()

    def add(self, table: Table, *rows: dict[str, Any], **values: Any) -> None:
        """Insert one row given by keywords, or several given as mappings."""
        if rows or values:
            self.connection.execute(_insert(table), list(rows) or [values])

    def require_version(self, row: Row[Any]) -> None:
        """Refuse with `StaleVersion` when the row is not at the version that the person has read (If-Match)."""
        if self.expected_version is not None and row.version != self.expected_version:
            raise StaleVersion(row.version)

    def advance(self, table: Table, row: Row[Any], **changes: Any) -> Row[Any]:
        """Change the row and raise its version by one; the row as it is now.

        Raises `StaleVersion` when somebody else changed it since it was read, so that of two people one wins and
        the other is told.
        """
        changed = self.connection.execute(
            update(table)
            .where(table.c.id == row.id, table.c.version == row.version)
            .values(version=row.version + 1, **changes)
            .returning(table)
        ).one_or_none()
        if changed is None:
            current = self.connection.execute(select(table.c.version).where(table.c.id == row.id)).scalar()
            raise StaleVersion(current or 0)
        return changed
