"""Proving that the event logs are as they were written: each log's own chain, then log, ledger and topic compared.

An attacker who edits a log and recomputes its chain and head, or puts an old copy in its place, is found out by the
copies that the ledger and the topic hold. What is merely on its way is counted, and is no fault.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from services import SERVICES
from services.audit.models import ledger
from services.operations import OperationFailed
from services.operations.comparing import PARKED, TAKEN, UNSENT, WAITING, Comparison
from services.operations.copies import LEDGER, LOG, TOPIC, Copy, TopicCopies, of_ledger, of_log, side_by_side
from services.operations.findings import AUDIT, Checked, Fault, Report, counted
from services.registry import runtime_of
from shared.chassis.config import Config
from shared.chassis.database import open_engine
from shared.chassis.events.broker import Broker, BrokerRefused, BrokerUnavailable
from shared.chassis.events.inbox import subject_progress
from shared.chassis.events.log import event_log_head, first_broken_link
from shared.chassis.events.parking import parked_message
from shared.chassis.events.relay import relay_cursor


def verify(
    config: Config,
    services: Sequence[str] = SERVICES,
    *,
    broker: Broker | None = None,
    read_topic: bool = True,
    patience: float = 0,
) -> Report:
    """Verify the logs of `services`, after waiting up to `patience` seconds for events that are still on their way.

    Raises `OperationFailed` when a database or the topic cannot be read.
    """
    try:
        return _verify(config, services, broker, read_topic, patience)
    except (DBAPIError, PoolTimeout) as error:
        reason = getattr(error, "orig", None) or error
        raise OperationFailed(f"A database cannot be read to its end: {reason}. See `candour doctor`.") from None
    except (TypeError, ValueError) as error:
        raise OperationFailed(f"A row of a log or of the ledger holds what nobody wrote there: {error}.") from None


def _verify(
    config: Config, services: Sequence[str], broker: Broker | None, read_topic: bool, patience: float
) -> Report:
    audit = runtime_of(AUDIT, config)
    with ExitStack() as stack:
        engines = {name: _engine(stack, config, name) for name in dict.fromkeys([*services, AUDIT])}
        _wait(engines, services, patience)
        sent = {name: _sent(engines[name]) for name in services}  # before the topic, which then holds as much
        topic = TopicCopies()
        stack.callback(topic.close)
        committed = _read_topic(topic, broker or audit.broker, audit.group) if read_topic else {}
        # The ledger's moment is fixed before that of the logs: whatever is in it was in a log by then.
        ours = stack.enter_context(_moment(engines[AUDIT]))
        faults = [*_of_nobody(TOPIC, topic.sources()), *_of_nobody(LEDGER, _ledger_sources(ours))]
        checked = []
        for name in services:
            with _moment(engines[name]) as own:
                comparison = Comparison(
                    service=name,
                    sent=sent[name],
                    with_topic=read_topic,
                    with_ledger=name != AUDIT,
                    arrival=_Arrivals(ours, committed).of,
                    broken=first_broken_link(own, name),
                )
                comparison.run(side_by_side(of_log(own, name), of_ledger(ours, name), topic.of(name)))
            faults += comparison.faults
            checked.append(_checked(comparison))
    return Report(faults=faults, checked=checked, with_topic=read_topic, unreadable=topic.unreadable)


class _Arrivals:
    """What has become of events on their way into the ledger. `committed` is how far audit has come on the topic."""

    def __init__(self, connection: Connection, committed: Mapping[int, int]) -> None:
        self._connection = connection
        self._committed = committed

    def of(self, copy: Copy, on_topic: Copy | None) -> str:
        if self._found(select(parked_message.c.offset).where(parked_message.c.event_id == copy.event_id)):
            return PARKED
        taken_in = (
            subject_progress.c.subject == copy.subject,
            subject_progress.c.source == copy.source,
            subject_progress.c.number >= copy.number,
        )
        if self._found(select(subject_progress.c.number).where(*taken_in)):
            return TAKEN
        if on_topic and on_topic.at and on_topic.at[1] < self._committed.get(on_topic.at[0], 0):
            return TAKEN  # audit has put it behind it, and yet does not have it
        return WAITING

    def _found(self, query: Select[Any]) -> bool:
        return self._connection.execute(query.limit(1)).first() is not None


def _engine(stack: ExitStack, config: Config, name: str) -> Engine:
    engine = open_engine(config.service_database_url(name), pool_size=2)
    stack.callback(engine.dispose)
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        raise OperationFailed(f"{name} has no database at {engine.url.database}. Is this the right --state?")
    return engine


@contextmanager
def _moment(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it was at one moment, however long the reading takes."""
    options: dict[str, Any] = {"reading": True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with engine.connect().execution_options(**options) as connection:
        connection.execute(select(event_log_head.c.position))  # the moment is that of the first statement
        yield connection


def _sent(engine: Engine) -> int:
    with _moment(engine) as connection:
        return connection.execute(select(relay_cursor.c.position)).scalar_one_or_none() or 0


def _read_topic(topic: TopicCopies, broker: Broker, group: str) -> dict[int, int]:
    """Read the topic; then, for each partition, how far audit's group has come: never too far, as more may have
    been published in between."""
    try:
        topic.read(broker)
        lag = broker.lag(group)
    except (BrokerUnavailable, BrokerRefused) as error:
        raise OperationFailed(
            f"The topic cannot be read: {error}. To compare logs and ledger alone: candour verify --without-topic"
        ) from None
    return {partition: end - lag.get(partition, 0) for partition, end in topic.ends.items()}


def _wait(engines: Mapping[str, Engine], services: Sequence[str], patience: float) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(_under_way(engines, name) for name in services):
        time.sleep(0.2)


def _under_way(engines: Mapping[str, Engine], name: str) -> bool:
    with _moment(engines[name]) as own:
        head = own.execute(select(event_log_head.c.position)).scalar_one_or_none() or 0
    if _sent(engines[name]) < head:
        return True
    with _moment(engines[AUDIT]) as ours:
        return name != AUDIT and _ledger_sources(ours).get(name, 0) < head


def _ledger_sources(connection: Connection) -> dict[str, int]:
    held = connection.execute(select(ledger.c.source, func.count()).group_by(ledger.c.source))
    return {row[0]: row[1] for row in held}


def _of_nobody(place: str, sources: Mapping[str, int]) -> Iterator[Fault]:
    for source in sorted(sources.keys() - set(SERVICES)):
        what = f"the {place} holds {counted(sources[source], 'event')} of a service that does not exist"
        yield Fault(service=source, position=0, event_id=None, event_type=None, what=what, disagreeing=(place,))


def _checked(comparison: Comparison) -> Checked:
    counts = comparison.counts
    return Checked(
        service=comparison.service,
        log=counts[LOG],
        ledger=counts[LEDGER],
        topic=counts[TOPIC],
        unsent=counts[UNSENT],
        waiting=counts[WAITING],
        parked=counts[PARKED],
        more_faults=comparison.more_faults,
    )
