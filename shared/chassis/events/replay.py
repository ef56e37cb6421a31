"""Replay: what a service derives from events alone, built again from the topic and compared with what it has.

Only handlers that project are run, so nothing is commanded, sent or recorded a second time. The consumer itself does
it, with its order, its rules on duplicates and its parking: what it would have parked is parked here too.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Row, String, Table, Text, select

from shared.chassis.config import Config
from shared.chassis.database import open_engine
from shared.chassis.events.broker import Broker, Received
from shared.chassis.events.consumer import Consumer
from shared.chassis.events.inbox import inbox
from shared.chassis.runtime import Runtime
from shared.chassis.service import Service

BATCH = 500
"""Messages that are applied in one transaction."""

MOST_TOLD = 20
"""Differences of one table that are told one by one; the others are counted."""

Keyed = tuple[tuple[Any, ...], Row[Any]]


class NotEmpty(Exception):
    """The database to rebuild in has taken events in already."""


class _WholeTopic:
    """See `Subscription`: the topic as it is now, from its first message, in no group."""

    def __init__(self, broker: Broker) -> None:
        self._messages = broker.read_all()

    def poll(self, timeout: float) -> list[Received]:
        return list(islice(self._messages, BATCH))

    def commit(self, received: Sequence[Received]) -> None:
        """There is no group to note it for."""

    def lost(self, received: Received) -> bool:
        return False

    def close(self) -> None:
        """There is no connection to close."""


def replay(service: Service, config: Config, broker: Broker, into: Engine | Path | str) -> Runtime:
    """Build the service's projections from the whole topic; the runtime that has them.

    `into` is an empty database: its engine, its URL, or the path of an SQLite file that is made. It is migrated
    here. Documents are read from where the live service has them. Raises `NotEmpty` and `BrokerUnavailable`.

    What a person let the live service skip, or go on without, is not on the topic: such a message is found parked
    in the rebuilt database.
    """
    runtime = Runtime(service, config, broker=broker)
    runtime.engine = _engine(into)
    runtime.migrate()
    with runtime.engine.connect().execution_options(reading=True) as connection:
        if connection.execute(select(inbox.c.event_id).limit(1)).first():
            raise NotEmpty(f"{runtime.engine.url!r} has taken events in already; name an empty database")
    consumer = Consumer(runtime, _WholeTopic(broker), acting=False)
    while consumer.run_once(0):
        pass
    return runtime


def differences(live: Engine, rebuilt: Engine, tables: Iterable[Table]) -> list[str]:
    """What is not byte for byte the same in both databases; empty when all is.

    Rows are compared in the order of the primary key while both tables are read once, so memory stays flat. A line
    names table, key and columns, never what they hold. Raises `ValueError` for a table without a primary key.
    """
    found: list[str] = []
    with (
        live.connect().execution_options(reading=True) as ours,
        rebuilt.connect().execution_options(reading=True) as theirs,
    ):
        for table in tables:
            lines = _compared(table, _in_order(ours, table), _in_order(theirs, table))
            found += islice(lines, MOST_TOLD)
            if more := sum(1 for _ in lines):
                found.append(f"{table.name}: and {more:,} more")
    return found


def _engine(into: Engine | Path | str) -> Engine:
    if isinstance(into, Engine):
        return into
    return open_engine(f"sqlite:///{into}" if isinstance(into, Path) else into)


def _in_order(connection: Connection, table: Table) -> Iterator[Keyed]:
    keys = list(table.primary_key)
    if not keys:
        raise ValueError(f"{table.name} has no primary key to compare its rows by")
    # A server sorts texts by its own language's rules unless it is told to go by code point, as Python does.
    by_code_point = connection.dialect.name == "postgresql"
    order = [key.collate("C") if by_code_point and isinstance(key.type, String | Text) else key for key in keys]
    streaming = {"stream_results": True, "yield_per": 1_000}
    for row in connection.execute(select(table).order_by(*order), execution_options=streaming):
        yield tuple(row._mapping[key] for key in keys), row


def _compared(table: Table, live: Iterator[Keyed], rebuilt: Iterator[Keyed]) -> Iterator[str]:
    ours, theirs = next(live, None), next(rebuilt, None)
    while ours or theirs:
        if theirs is None or (ours and ours[0] < theirs[0]):
            assert ours
            yield f"{table.name} {_shown(ours[0])}: is there, and the topic does not say so"
            ours = next(live, None)
        elif ours is None or theirs[0] < ours[0]:
            yield f"{table.name} {_shown(theirs[0])}: the topic says so, and it is not there"
            theirs = next(rebuilt, None)
        else:
            if columns := _differing(table, ours[1], theirs[1]):
                yield f"{table.name} {_shown(ours[0])}: differs in {', '.join(columns)}"
            ours, theirs = next(live, None), next(rebuilt, None)


def _differing(table: Table, ours: Row[Any], theirs: Row[Any]) -> list[str]:
    return [
        column.name
        for column, mine, other in zip(table.columns, ours, theirs, strict=True)
        if _written(mine) != _written(other)
    ]


def _written(value: Any) -> bytes:
    """One writing for one value, whichever database it came from."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, datetime):
        return value.isoformat().encode()
    if isinstance(value, dict | list):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return repr(value).encode()


def _shown(key: tuple[Any, ...]) -> str:
    return "/".join(str(part) for part in key)
