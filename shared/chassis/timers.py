"""Timers: work that falls due is a row in the service's database, done once by the service's worker."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, Integer, String, Table, delete, func, select, update

from shared.chassis.database import Instant, chassis_metadata, insert_or_update, is_database_trouble
from shared.chassis.identity import Actor
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
    Column("correlation_id", String(36), nullable=False),
)

Handler = Callable[..., None]
Errand = Callable[[Any, str], Any]
logger = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass
class Timers:
    """What a service does when a timer of which name falls due.

    A handler takes (unit of work, key). Where it must first do something outside the database that may take long,
    such as handing over a mail, that is its errand: it is done before, with no transaction that others would wait
    for, from (a unit of work that only looks, key); the handler gets what came of it as a third argument. What an
    errand did has happened: its handler is told even when the timer was moved meanwhile, and then the timer falls due
    again when it was moved to. An errand whose handler did not get to commit is done again, and two workers may do the
    same one at once: its handler looks whether there is anything left to record.
    """

    handlers: dict[str, Handler] = field(default_factory=dict)
    errands: dict[str, Errand] = field(default_factory=dict)

    def due(self, name: str, errand: Errand | None = None) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            self.handlers[name] = handler
            if errand is not None:
                self.errands[name] = errand
            return handler

        return add


def schedule(connection: Connection, name: str, key: str, at: datetime, correlation_id: str) -> None:
    """Set the timer, or move it if it is set already."""
    row = {"name": name, "key": key, "due_at": at, "attempts": 0, "correlation_id": correlation_id}
    insert_or_update(connection, timer, [row])


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
        try:
            with correlation.carried(row.correlation_id, None, None, row.key):
                return self._handle(row)
        except Exception as error:
            if is_database_trouble(error):
                raise
            pause = min(timedelta(seconds=2 ** min(row.attempts, 10)), LONGEST_PAUSE)
            logger.exception("The timer '%s' failed and is tried again in %s", row.name, pause)
            with self._runtime.engine.begin() as connection:
                later = {"due_at": self._runtime.clock.now() + pause, "attempts": row.attempts + 1}
                connection.execute(update(timer).where(*_is(row)).values(**later))
            return 0

    def _handle(self, row: Any) -> int:
        declared = self._runtime.service.timers
        actor = Actor.of_service(self._runtime.service.name)
        handler, errand = declared.handlers[row.name], declared.errands.get(row.name)
        outcome = []
        if errand is not None:
            with self._runtime.reading(actor, correlation_id=row.correlation_id) as uow:
                if uow.once(select(timer).where(*_is(row))) is None:
                    return 0
                outcome = [errand(uow, row.key)]
        with self._runtime.unit_of_work(actor, correlation_id=row.correlation_id) as uow:
            taken = uow.connection.execute(delete(timer).where(*_is(row))).rowcount
            if not taken and errand is None:
                return 0
            moved = uow.once(select(timer).where(timer.c.name == row.name, timer.c.key == row.key))
            handler(uow, row.key, *outcome)
            if moved is not None:  # the pause that a handler wants does not put off what has changed meanwhile
                uow.schedule(row.name, row.key, moved.due_at)
        return 1


def _is(row: Any) -> tuple[Any, ...]:
    return timer.c.name == row.name, timer.c.key == row.key, timer.c.due_at == row.due_at
