"""Timers: work that falls due is a row in the service's database, done once by the service's worker."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, Integer, String, Table, delete, func, select, update

from shared.chassis.database import Instant, chassis_metadata, insert_or_update, is_database_trouble
from shared.chassis.identity import SYSTEM_ROLE, Actor
from shared.chassis.observability import correlation

if TYPE_CHECKING:
    from shared.chassis.runtime import Runtime

timer = Table(
    "timer",
    chassis_metadata,
    Column("name", String(60), primary_key=True),
    Column("key", String(100), primary_key=True),
    Column("due_at", Instant, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
)

Handler = Callable[[Any, str], None]
logger = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass
class Timers:
    """What a service does when a timer of which name falls due. A handler takes (unit of work, key)."""

    handlers: dict[str, Handler] = field(default_factory=dict)

    def due(self, name: str) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            self.handlers[name] = handler
            return handler

        return add


def schedule(connection: Connection, name: str, key: str, at: datetime) -> None:
    """Set the timer, or move it if it is set already."""
    insert_or_update(connection, timer, [{"name": name, "key": key, "due_at": at, "attempts": 0}])


def cancel(connection: Connection, name: str, key: str) -> None:
    connection.execute(delete(timer).where(timer.c.name == name, timer.c.key == key))


def overdue(connection: Connection, now: datetime) -> tuple[int, datetime | None]:
    """How many timers should have run by now, and since when the oldest of them should have."""
    waiting, oldest = connection.execute(
        select(func.count(), func.min(timer.c.due_at)).where(timer.c.due_at < now)
    ).one()
    return waiting, oldest


class Ticker:
    """Does what is due. Each timer in its own unit of work, together with the removal of its row."""

    def __init__(self, runtime: "Runtime") -> None:
        self._runtime = runtime

    def run_once(self, most: int = 50) -> int:
        """Do up to `most` due timers; how many succeeded. One that fails is tried again after a growing pause and
        does not hold up the others."""
        now = self._runtime.clock.now()
        with self._runtime.engine.connect().execution_options(reading=True) as connection:
            rows = connection.execute(
                select(timer).where(timer.c.due_at <= now).order_by(timer.c.due_at).limit(most)
            ).all()
        return sum(self._do(row) for row in rows)

    def _do(self, row: Any) -> int:
        handler = self._runtime.service.timers.handlers[row.name]
        actor = Actor(id=self._runtime.service.name, roles=frozenset({SYSTEM_ROLE}), role=SYSTEM_ROLE)
        this = (timer.c.name == row.name, timer.c.key == row.key, timer.c.due_at == row.due_at)
        try:
            with self._runtime.unit_of_work(actor) as uow, correlation.carried(uow.correlation_id, None, None, row.key):
                if not uow.connection.execute(delete(timer).where(*this)).rowcount:
                    return 0
                handler(uow, row.key)
        except Exception as error:
            if is_database_trouble(error):
                raise
            pause = min(timedelta(seconds=2**row.attempts), LONGEST_PAUSE)
            logger.exception("The timer '%s' failed and is tried again in %s", row.name, pause)
            with self._runtime.engine.begin() as connection:
                connection.execute(
                    update(timer)
                    .where(*this)
                    .values(due_at=self._runtime.clock.now() + pause, attempts=row.attempts + 1)
                )
            return 0
        return 1
