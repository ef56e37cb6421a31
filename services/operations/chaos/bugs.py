"""The seeded bugs: classical mistakes of an outbox and its readers, each put in the place of the chassis' own function.

They live here alone and are switched on only in processes that `process` starts, so that the product has no bug to
switch on. A harness that cannot find them proves nothing by finding nothing. All of them show on SQLite as well as on
PostgreSQL; the two that need writers to overtake each other take their number, or their look at the head, before the
transaction begins, because SQLite lets one writer in at a time.
"""

import fcntl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from services.operations.chaos.findings import BROKEN_CHAIN, DOUBLED, LOST, PARKED, PROJECTION_DIFFERS
from shared.chassis.events import log, relay
from shared.chassis.events.consumer import Consumer, _Batch
from shared.chassis.events.inbox import Progress
from shared.chassis.events.kafka.publisher import KafkaPublisher
from shared.chassis.events.log import Pending, event_log, event_log_head
from shared.chassis.events.relay import Relay
from shared.chassis.runtime import Runtime


@dataclass(frozen=True, kw_only=True)
class Bug:
    """`shows_as` are the kinds of finding any of which gives it away; `faults` are the weights of the faults that
    expose it (see `faults`), and `targets` the services whose processes they hit."""

    name: str
    what: str
    seed: Callable[[], None]
    shows_as: frozenset[str]
    faults: Mapping[str, int]
    targets: tuple[str, ...] = ("intake",)


def _mark_before_send() -> None:
    def run_once(self: Any) -> int:
        with self._engine.connect().execution_options(reading=True) as connection:
            cursor = connection.execute(select(relay.relay_cursor.c.position)).scalar_one()
            rows = log.read(connection, after=cursor, limit=relay.BATCH)
        if rows:
            self._move(cursor, rows[-1].position)
            self._publisher.publish([relay._message(row) for row in rows])
        return len(rows)

    Relay.run_once = run_once  # type: ignore[method-assign]


def _no_inbox() -> None:
    def is_next(self: Any, subject: str, source: str, number: int) -> bool:
        self._numbers[subject, source] = max(number, self._numbers.get((subject, source), 0))
        self._changed.add((subject, source))
        return True

    note = _Batch._into_inbox

    def into_inbox(self: Any, envelopes: Sequence[Any]) -> set[str]:
        note(self, envelopes)
        return {envelope.id for envelope in envelopes}

    Progress.is_next = is_next  # type: ignore[method-assign]
    _Batch._into_inbox = into_inbox  # type: ignore[method-assign]


def _two_transactions() -> None:
    @contextmanager
    def transaction(self: Any) -> Iterator[tuple[Connection, list[Pending]]]:
        pending: list[Pending] = []
        with self.engine.begin() as connection:
            yield connection, pending
        if pending:
            with self.engine.begin() as connection:
                log.append(connection, self.service.name, pending)
            self.doorbell.ring()

    Runtime.transaction = transaction  # type: ignore[method-assign]


def _offset_before_commit() -> None:
    def run_once(self: Any, timeout: float = 0.5) -> int:
        messages = self._subscription.poll(timeout)
        if messages:
            self._subscription.commit(messages)
            self._settle(messages)
        return len(messages)

    Consumer.run_once = run_once  # type: ignore[method-assign]


def _ack_unchecked() -> None:
    def send(self: Any, wave: Sequence[Any]) -> None:
        producer = self._connected()
        for message in wave:
            key = None if message.key is None else message.key.encode()
            producer.send(self._cluster.topic, message.value, key=key, headers=list(message.headers))

    KafkaPublisher._send = send  # type: ignore[method-assign]


_seen: ContextVar[Any] = ContextVar("seen")
"""What a writer took for granted before its transaction began."""


def _before_each_transaction(look: Callable[[Any], Any], forget: Callable[[Any, Any], None]) -> None:
    """Have `look` called before a transaction begins, and `forget` after one that recorded nothing."""
    sound = Runtime.transaction

    @contextmanager
    def transaction(self: Any) -> Iterator[tuple[Connection, list[Pending]]]:
        looked = look(self)
        token = _seen.set(looked)
        try:
            with sound(self) as (connection, pending):
                yield connection, pending
            if not pending:
                forget(self, looked)
        finally:
            _seen.reset(token)

    Runtime.transaction = transaction  # type: ignore[method-assign]


def _naive_cursor() -> None:
    """Positions come from a sequence, before the commit, as those of any autoincrement column do; the relay goes by
    position and never sees one that commits after a later one."""

    def draw(runtime: Any) -> tuple[Any, int]:
        return runtime, _count(runtime, lambda last: last + 1)

    def give_back(runtime: Any, drawn: Any) -> None:
        _count(runtime, lambda last: last - 1 if last == drawn[1] else last)

    sound = log.append

    def append(connection: Connection, service: str, pending: Sequence[Pending]) -> None:
        head = connection.execute(select(event_log_head).with_for_update()).one()
        runtime, number = _seen.get()
        connection.execute(update(event_log_head).values(position=number - 1))
        sound(connection, service, pending[:1])
        last = connection.execute(select(func.max(event_log.c.position))).scalar_one()
        connection.execute(update(event_log_head).values(position=max(head.position, last)))
        for item in pending[1:]:
            _seen.set(draw(runtime))
            append(connection, service, [item])

    log.append = append
    _before_each_transaction(draw, give_back)


def _count(runtime: Any, step: Callable[[int], int]) -> int:
    """Move the service's sequence, which no transaction holds back; where it is then."""
    with (runtime.config.state / f"{runtime.service.name}.sequence").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        number = step(int(file.read() or 0))
        file.seek(0)
        file.truncate()
        file.write(str(number))
    return number


def _unlocked_head() -> None:
    """The hash that the next event builds on is read without the lock, so that two writers may build on the same."""

    def look(runtime: Any) -> str:
        with runtime.engine.connect().execution_options(reading=True) as connection:
            return str(connection.execute(select(event_log_head.c.hash)).scalar_one())

    sound = log.append

    def append(connection: Connection, service: str, pending: Sequence[Pending]) -> None:
        connection.execute(select(event_log_head).with_for_update())
        connection.execute(update(event_log_head).values(hash=_seen.get()))
        sound(connection, service, pending)

    log.append = append
    _before_each_transaction(look, lambda _runtime, _looked: None)


PROCESS = "services.operations.chaos.process"
"""The module whose processes have a bug."""

_FREEZE = {"freeze": 3, "work": 1}
_HOLD_WORK = {"hold work": 3, "work": 1}
_HOLD_WEB = {"hold web": 1}
_CROWD = {"web worker": 1}

BUGS = {
    bug.name: bug
    for bug in (
        Bug(
            name="mark-before-send",
            what="the relay moves its cursor before the events have arrived",
            seed=_mark_before_send,
            shows_as=frozenset({LOST}),
            faults=_FREEZE,
        ),
        Bug(
            name="no-inbox",
            what="the consumer notes what it takes in, and never looks whether it has before",
            seed=_no_inbox,
            shows_as=frozenset({DOUBLED, PARKED, PROJECTION_DIFFERS}),
            faults=_FREEZE,
        ),
        Bug(
            name="two-transactions",
            what="state and events are committed one after the other",
            seed=_two_transactions,
            shows_as=frozenset({LOST}),
            faults=_HOLD_WEB,
        ),
        Bug(
            name="naive-cursor",
            what="positions are given out before the commit, and the relay goes by position",
            seed=_naive_cursor,
            shows_as=frozenset({LOST}),
            faults=_CROWD,
        ),
        Bug(
            name="offset-before-commit",
            what="the consumer commits its offsets before its database",
            seed=_offset_before_commit,
            shows_as=frozenset({LOST, PARKED}),
            faults=_HOLD_WORK,
            targets=("consultation", "audit"),
        ),
        Bug(
            name="ack-unchecked",
            what="the publisher does not wait for what the broker says",
            seed=_ack_unchecked,
            shows_as=frozenset({LOST}),
            faults=_FREEZE,
        ),
        Bug(
            name="unlocked-head",
            what="the head of the chain is read without its lock",
            seed=_unlocked_head,
            shows_as=frozenset({BROKEN_CHAIN}),
            faults=_CROWD,
        ),
    )
}
