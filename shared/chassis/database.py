"""The database of a service: engines for SQLite and PostgreSQL, portable types, and the right to be the only one."""

import contextlib
import fcntl
import os
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Table,
    TypeDecorator,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

chassis_metadata = MetaData(naming_convention=NAMING)
"""The tables that every service's database has."""

DATABASE_TROUBLE = (OperationalError, InterfaceError, PoolTimeout)
"""The database is away, full, locked or overloaded: a reason to wait and try again, never a reason to give up."""


BUSY = 5
"""Seconds to wait for others who write to the same SQLite file."""


NEVER = date.max
"""What a column of dates that a list is paged by holds where there is no date: the key of a page is never null, and
such rows come last."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_engine(url: str, *, pool_size: int = 8) -> Engine:
    """An engine that connects on first use only, so that it may be made before a process forks.

    Statements' values stay out of errors (`hide_parameters`): they may be personal data.
    """
    if url.startswith("sqlite"):
        return _open_sqlite(url, pool_size)
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=2,
        connect_args={"connect_timeout": 2, "options": "-c lock_timeout=5000 -c timezone=UTC"},
    )


def _open_sqlite(url: str, pool_size: int) -> Engine:
    path = Path(url.removeprefix("sqlite:///"))
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=2,
        connect_args={"timeout": BUSY},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late: see begin() below
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # NORMAL may lose the last commits when power fails
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA wal_autocheckpoint=4000")  # the busiest pages are copied back less often

    turn = Lock()
    """Threads of this process wait here for each other. SQLite itself would have them sleep and look again, for up to
    100 ms at a time, while nobody writes."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads and then writes would fail at once when another has written meanwhile;
        # one that takes the write lock at its beginning waits its turn instead.
        if connection.get_execution_options().get("reading"):
            connection.exec_driver_sql("BEGIN")
            return
        if not connection.info.get("turn"):
            connection.info["turn"] = turn.acquire(timeout=BUSY)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def give_back(_connection: Any, record: Any) -> None:
        if record.info.pop("turn", False):
            turn.release()

    @event.listens_for(engine, "do_connect")
    def folder(_dialect: Any, _record: Any, _arguments: Any, _options: Any) -> None:
        with contextlib.suppress(OSError):  # connecting says then what is wrong, as an error of the database
            path.parent.mkdir(parents=True, exist_ok=True)

    return engine


def is_database_trouble(error: BaseException) -> bool:
    """Whether an error means that the database is not to be had just now, rather than that it said no."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, DATABASE_TROUBLE)


class Slot:
    """The right to be the only process that runs one loop of one service.

    A second process that asks gets no for an answer and stands by; when the holder dies, the operating system or
    the database releases the right at once. PostgreSQL: a session's advisory lock. SQLite: a lock on a file
    beside the database.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._connection: Connection | None = None
        self._file: int | None = None

    def take(self) -> bool:
        """Whether the right is ours now; asks again if it is not yet."""
        if self._engine.dialect.name == "sqlite":
            return self._take_file()
        return self._take_advisory_lock()

    def release(self) -> None:
        if self._connection is not None:
            # The connection is thrown away, not returned to the pool: the lock belongs to its session.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _take_file(self) -> bool:
        if self._file is not None:
            return True
        path = f"{self._engine.url.database}.{self._name}.lock"
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._file = descriptor
        return True

    def _take_advisory_lock(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.execute(text("select 1"))  # still the session that holds it?
                return True
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            key = int.from_bytes(sha256(self._name.encode()).digest()[:8], "big", signed=True)
            if connection.execute(text("select pg_try_advisory_lock(:key)"), {"key": key}).scalar():
                self._connection = connection
                return True
            connection.close()
        except DBAPIError:
            self.release()
            raise
        return False


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]], key: Column[Any]) -> set[Any]:
    """Insert those rows whose primary key is not there yet; the keys of the ones that were new."""
    return set(connection.execute(_inserting_new(connection.dialect.name, table, key), rows).scalars())


def insert_or_update(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert each row, or overwrite the one that has its primary key. All rows have the same columns."""
    connection.execute(_overwriting(connection.dialect.name, table, tuple(rows[0])), rows)


# Made once for each table: putting such a statement together costs several times what running it on SQLite does.


@cache
def _inserting_new(dialect: str, table: Table, key: Column[Any]) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing().returning(key)


@cache
def _overwriting(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _insert(dialect: str, table: Table) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)
