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
from typing import Any

from sqlalchemy import Connection, func, select, update

from shared.chassis.events import log
from shared.chassis.events.consumer import Consumer, _Batch
from shared.chassis.events.inbox import Progress
from shared.chassis.events.kafka.publisher import KafkaPublisher
from shared.chassis.events.log import Pending, event_log, event_log_head
from shared.chassis.events.relay import Relay
from shared.chassis.runtime import Runtime


def _put(owner: Any, name: str, wrong: Callable[..., Any]) -> None:
    """Put the bug in the place of the chassis' own function; `AttributeError` when there is none of that name."""
    getattr(owner, name)
    setattr(owner, name, wrong)


class _Kept:
    """Takes messages as a publisher does, and only keeps them."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    def publish(self, messages: Sequence[Any]) -> None:
        self.messages += messages


def _mark_before_send() -> None:
    sound = Relay.run_once

    def run_once(self: Any) -> int:
        publisher, kept = self._publisher, _Kept()
        self._publisher = kept
        try:
            sent = sound(self)
        finally:
            self._publisher = publisher
        publisher.publish(kept.messages)
        return sent

    _put(Relay, "run_once", run_once)


def _no_inbox() -> None:
    def is_next(self: Any, subject: str, source: str, number: int) -> bool:
        self._numbers[subject, source] = max(number, self._numbers.get((subject, source), 0))
        self._changed.add((subject, source))
        return True

    note = _Batch._into_inbox

    def into_inbox(self: Any, envelopes: Sequence[Any]) -> set[str]:
        note(self, envelopes)
        return {envelope.id for envelope in envelopes}

    _put(Progress, "is_next", is_next)
    _put(_Batch, "_into_inbox", into_inbox)


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

    _put(Runtime, "transaction", transaction)


def _offset_before_commit() -> None:
    sound = Consumer._settle

    def settle(self: Any, messages: Sequence[Any]) -> None:
        self._subscription.commit(messages)
        sound(self, messages)

    _put(Consumer, "_settle", settle)


def _ack_unchecked() -> None:
    def send(self: Any, wave: Sequence[Any]) -> None:
        producer = self._connected()
        for message in wave:
            key = None if message.key is None else message.key.encode()
            producer.send(self._cluster.topic, message.value, key=key, headers=list(message.headers))

    _put(KafkaPublisher, "_send", send)


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

    _put(Runtime, "transaction", transaction)


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

    _put(log, "append", append)
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

    _put(log, "append", append)
    _before_each_transaction(look, lambda _runtime, _looked: None)


PROCESS = "services.operations.chaos.process"
"""The module whose processes have a bug."""

BUGS: Mapping[str, Callable[[], None]] = {
    "mark-before-send": _mark_before_send,
    "no-inbox": _no_inbox,
    "two-transactions": _two_transactions,
    "naive-cursor": _naive_cursor,
    "offset-before-commit": _offset_before_commit,
    "ack-unchecked": _ack_unchecked,
    "unlocked-head": _unlocked_head,
}
"""What puts each bug into the process that calls it."""
