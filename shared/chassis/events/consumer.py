"""The consumer: takes events from the topic and makes each take effect exactly once, in order within its subject.

One transaction for a whole polled batch where all goes well; one for each event where something fails. Offsets are
committed after the database: a crash in between delivers some events again, and the inbox ends those.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from shared.chassis.database import insert_new, is_database_trouble
from shared.chassis.errors import Problem
from shared.chassis.events import parking
from shared.chassis.events.broker import Received, Subscription
from shared.chassis.events.contract import UnknownShape, load
from shared.chassis.events.envelope import Envelope, Unreadable
from shared.chassis.events.inbox import Gap, Progress, inbox
from shared.chassis.events.log import Pending
from shared.chassis.observability import correlation, metrics

if TYPE_CHECKING:
    from shared.chassis.runtime import Runtime

Handler = Callable[[Any, Any, Envelope], None]
Taken = Sequence[tuple[Received, Envelope]]
Witness = Callable[[Connection, Taken], None]
logger = logging.getLogger(__name__)

ATTEMPTS = 5
PAUSES = (0.05, 0.1, 0.2, 0.4)


@dataclass
class Subscriptions:
    """What a service does about which events.

    A handler takes (unit of work, event, envelope). One that *projects* fills tables made of events alone, takes
    its times and keys from the event, and records nothing: such tables can be rebuilt from the topic, byte for
    byte. One that is *on* an event may command and record.
    """

    projecting: dict[str, list[Handler]] = field(default_factory=dict)
    acting: dict[str, list[Handler]] = field(default_factory=dict)
    witness: Witness | None = None

    def project(self, *events: Any) -> Callable[[Handler], Handler]:
        return self._into(self.projecting, events)

    def on(self, *events: Any) -> Callable[[Handler], Handler]:
        return self._into(self.acting, events)

    def every(self, witness: Witness) -> Witness:
        """What projects every event whatever its type. It takes (connection, [(message, envelope), ...]): all that
        take effect together, in order, so that it can write them in few statements."""
        self.witness = witness
        return witness

    def types(self) -> list[str]:
        return sorted({*self.projecting, *self.acting})

    def wants(self, event_type: str) -> bool:
        return self.witness is not None or event_type in self.projecting or event_type in self.acting

    def handlers(self, event_type: str, *, acting: bool) -> list[Handler]:
        """The handlers of one event type: those that project first, then, when `acting`, those that act."""
        projecting = self.projecting.get(event_type, [])
        return projecting + self.acting.get(event_type, []) if acting else projecting

    @staticmethod
    def _into(table: dict[str, list[Handler]], events: Sequence[Any]) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            for declared in events:
                table.setdefault(declared.event_type, []).append(handler)
            return handler

        return add


class Consumer:
    """One per service and instance; whoever runs it holds the service's consumer slot. Without `acting` only the
    handlers that project are run."""

    def __init__(self, runtime: "Runtime", subscription: Subscription, *, acting: bool = True) -> None:
        self._runtime = runtime
        self._acting = acting
        self._subscription = subscription
        self._name = runtime.service.name
        self._held: list[Received] = []

    def run_once(self, timeout: float = 0.5) -> int:
        """Poll once and settle what came; how many messages. When the database is away it raises, keeps the
        messages, and goes on with them the next time."""
        if not self._held:
            self._held = self._subscription.poll(timeout)
        self._held = [message for message in self._held if not self._subscription.lost(message)]
        if not self._held:
            return 0
        self._settle(self._held)
        settled, self._held = self._held, []
        self._subscription.commit(settled)
        return len(settled)

    def retry_parked(self) -> int:
        """Try again what is due among the parked messages, each subject in order; how many were handled."""
        with self._runtime.engine.connect().execution_options(reading=True) as connection:
            rows = parking.due(connection)
        return sum(self._retry(row) for row in rows)

    def _settle(self, messages: Sequence[Received]) -> None:
        try:
            self._in_one_transaction(messages)
        except Exception as error:
            if is_database_trouble(error):
                raise
            for message in messages:
                self._settle_alone(message)

    def _settle_alone(self, message: Received) -> None:
        for attempt in range(ATTEMPTS):
            try:
                return self._in_one_transaction([message])
            except Exception as error:
                if is_database_trouble(error):
                    raise
                why = _why(error, attempt + 1)
                if attempt < len(PAUSES) and why.reason == "failed":
                    time.sleep(PAUSES[attempt])
                    continue
                break
        with self._runtime.engine.begin() as connection:
            parking.park(connection, message, why, self._runtime.clock.now())
        metrics.MESSAGES.labels(self._name, "parked").inc()
        logger.error(
            "A message is parked with all that follows for its subject. List: candour parked list %s",
            self._name,
            extra={"subject": message.key, "reason": why.reason, "detail": why.detail},
        )
        return None

    def _retry(self, row: Any) -> int:
        try:
            with self._transaction() as batch:
                parking.take_out(batch.connection, row)
                batch.take([parking.as_received(row)], despite_parked=True)
        except Exception as error:
            if is_database_trouble(error):
                raise
            with self._runtime.engine.begin() as connection:
                parking.failed_again(connection, row, _why(error, 1))
            return 0
        metrics.MESSAGES.labels(self._name, "retried").inc()
        return 1

    def _in_one_transaction(self, messages: Sequence[Received]) -> None:
        with self._transaction() as batch:
            batch.take(messages)

    @contextmanager
    def _transaction(self) -> Iterator["_Batch"]:
        with self._runtime.transaction() as (connection, pending):
            yield _Batch(self._runtime, connection, pending, acting=self._acting)


class _Batch:
    """Messages that take effect together: one transaction, one append to the log."""

    def __init__(self, runtime: "Runtime", connection: Connection, pending: list[Pending], *, acting: bool) -> None:
        self._runtime = runtime
        self._subscriptions = runtime.service.subscriptions
        self._acting = acting
        self._name = runtime.service.name
        self._pending = pending
        self.connection = connection

    def take(self, messages: Sequence[Received], *, despite_parked: bool = False) -> None:
        """Let the messages take effect. Those of a subject that has something parked wait behind it, unless this
        is the retry of the first one parked."""
        others = [(message, envelope) for message in messages if (envelope := _envelope(message)).source != self._name]
        subjects = {envelope.subject for _, envelope in others}
        stopped = set() if despite_parked else parking.parked_subjects(self.connection, subjects)
        progress = Progress(self.connection, subjects)
        wanted = []
        for message, envelope in others:
            if envelope.subject in stopped:
                behind = parking.Parked(parking.BEHIND, "waits behind an earlier message of its subject")
                parking.park(self.connection, message, behind, self._runtime.clock.now())
            elif not progress.is_next(envelope.subject, envelope.source, envelope.number):
                metrics.MESSAGES.labels(self._name, "seen before").inc()
            elif self._subscriptions.wants(envelope.type):
                wanted.append((message, envelope))
        fresh = self._into_inbox([envelope for _, envelope in wanted])
        self._let_take_effect([(message, envelope) for message, envelope in wanted if envelope.id in fresh])
        progress.save()

    def _into_inbox(self, envelopes: Sequence[Envelope]) -> set[str]:
        if not envelopes:
            return set()
        at = self._runtime.clock.now()
        rows = [{"event_id": envelope.id, "type": envelope.type, "taken_at": at} for envelope in envelopes]
        return insert_new(self.connection, inbox, rows, inbox.c.event_id)

    def _let_take_effect(self, taken: Taken) -> None:
        if self._subscriptions.witness is not None and taken:
            self._subscriptions.witness(self.connection, taken)
        for _, envelope in taken:
            if self._subscriptions.handlers(envelope.type, acting=self._acting):
                uow = self._runtime.consuming(self.connection, envelope, self._pending)
                with correlation.carried(uow.correlation_id, envelope.id, envelope.traceparent, envelope.subject):
                    handle(self._subscriptions, uow, envelope, acting=self._acting)
        metrics.MESSAGES.labels(self._name, "handled").inc(len(taken))


def handle(subscriptions: Subscriptions, uow: Any, envelope: Envelope, *, acting: bool) -> None:
    """Give one event to its handlers."""
    handlers = subscriptions.handlers(envelope.type, acting=acting)
    if handlers:
        event = load(envelope.type, envelope.data)
        for handler in handlers:
            handler(uow, event, envelope)


def _envelope(message: Received) -> Envelope:
    envelope = Envelope.from_bytes(message.value)
    if message.key != envelope.subject:
        raise Unreadable("the message's key is not its subject")
    return envelope


def _why(error: Exception, attempts: int) -> parking.Parked:
    if isinstance(error, Unreadable):
        return parking.Parked("unreadable", str(error), attempts)
    if isinstance(error, Gap):
        return parking.Parked("gap", str(error), attempts)
    if isinstance(error, UnknownShape):
        return parking.Parked("unknown shape", str(error), attempts)
    # The text of any other error may hold what the message held; its kind, and a Problem's own words, may not.
    words = f": {error}" if isinstance(error, Problem) else ""
    return parking.Parked("failed", f"{type(error).__name__}{words}", attempts)
