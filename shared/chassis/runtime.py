"""A service with its database, clock, documents and broker: everything that a request or a message needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uuid_utils
from sqlalchemy import Connection, Engine

from shared.chassis import timers
from shared.chassis.blobs import Blobs, open_blobs
from shared.chassis.clock import Clock, FileClock, SystemClock
from shared.chassis.config import Config
from shared.chassis.database import DATABASE_TROUBLE, open_engine
from shared.chassis.events import log, parking, relay
from shared.chassis.events.broker import Broker
from shared.chassis.events.doorbell import Doorbell
from shared.chassis.events.envelope import Envelope
from shared.chassis.events.log import Pending
from shared.chassis.identity import Actor
from shared.chassis.service import Service
from shared.chassis.uow import UnitOfWork

if TYPE_CHECKING:
    from flask import Flask

Gauge = tuple[str, dict[str, str], float]


class Runtime:
    """Nothing is opened before it is used, so a runtime may be made before a process forks."""

    def __init__(
        self, service: Service, config: Config, *, clock: Clock | None = None, broker: Broker | None = None
    ) -> None:
        self.service = service
        self.config = config
        self.clock = clock or (FileClock(config.clock_file) if config.clock_file else SystemClock())
        self._broker = broker

    @cached_property
    def engine(self) -> Engine:
        return open_engine(self.config.service_database_url(self.service.name), pool_size=self.config.web_threads + 2)

    @cached_property
    def blobs(self) -> Blobs:
        """Documents that other services may read by their digest."""
        return open_blobs(self.config.filled(self.config.blobs), "shared")

    @cached_property
    def private_blobs(self) -> Blobs:
        """Documents that only this service may read."""
        return open_blobs(self.config.filled(self.config.blobs), f"private-{self.service.name}")

    @cached_property
    def unchecked_blobs(self) -> Blobs:
        """Documents that wait to be checked: put there by whoever wants them to leave, read by who checks them."""
        return open_blobs(self.config.filled(self.config.blobs), "unchecked")

    @cached_property
    def broker(self) -> Broker:
        if self._broker is None:
            from shared.chassis.events.kafka import KafkaBroker  # only workers need the client

            self._broker = KafkaBroker(self.config.kafka_topic_prefix + self.service.topic, self.config)
        return self._broker

    @cached_property
    def doorbell(self) -> Doorbell:
        return Doorbell(Path(self.config.state) / "run" / f"{self.service.name}.bell")

    @property
    def group(self) -> str:
        """The consumer group of this service."""
        return f"{self.config.kafka_topic_prefix}candour.{self.service.name}"

    def app(self) -> "Flask":
        from shared.chassis.http.app import create_app  # only web processes need an application

        return create_app(self)

    def site(self) -> "Flask":
        from shared.chassis.http.app import create_site

        return create_site(self)

    @contextmanager
    def transaction(self) -> Iterator[tuple[Connection, list[Pending]]]:
        """A transaction and the events recorded in it: at the end of the block both are committed, or neither."""
        pending: list[Pending] = []
        with self.engine.begin() as connection:
            yield connection, pending
            if pending:
                log.append(connection, self.service.name, pending)
        if pending:
            self.doorbell.ring()

    @contextmanager
    def unit_of_work(
        self,
        actor: Actor,
        *,
        correlation_id: str | None = None,
        traceparent: str | None = None,
        expected_version: int | None = None,
    ) -> Iterator[UnitOfWork]:
        """A unit of work of its own, committed at the end of the block."""
        with self.transaction() as (connection, pending):
            yield self._working(
                connection,
                actor=actor,
                correlation_id=correlation_id,
                traceparent=traceparent,
                expected_version=expected_version,
                pending=pending,
            )

    @contextmanager
    def reading(self, actor: Actor, *, correlation_id: str | None = None) -> Iterator[UnitOfWork]:
        """A unit of work that only looks: it takes no write lock and keeps nothing."""
        with self.engine.connect().execution_options(reading=True) as connection:
            yield self._working(connection, actor=actor, correlation_id=correlation_id)

    def consuming(self, connection: Connection, envelope: Envelope, pending: list[Pending]) -> UnitOfWork:
        """The unit of work of one consumed event, inside the consumer's transaction."""
        return self._working(
            connection,
            actor=Actor.of_service(self.service.name),
            correlation_id=envelope.correlation_id,
            causation_id=envelope.id,
            traceparent=envelope.traceparent,
            pending=pending,
        )

    def _working(self, connection: Connection, *, correlation_id: str | None, **particulars: Any) -> UnitOfWork:
        return UnitOfWork(
            connection,
            now=self.clock.now(),
            config=self.config,
            blobs=self.blobs,
            private_blobs=self.private_blobs,
            unchecked_blobs=self.unchecked_blobs,
            correlation_id=correlation_id or str(uuid_utils.uuid7()),
            **particulars,
        )

    def migrate(self) -> None:
        """Bring the database to the newest shape and give it its log and its reference data."""
        from shared.chassis import migrating  # a worker never needs it

        migrating.upgrade(self)

    def migrations_pending(self) -> list[str]:
        """The migrations that the database still lacks."""
        from shared.chassis import migrating

        return migrating.pending(self)

    def gauges(self) -> list[Gauge]:
        """What is measured by looking at the database when somebody asks: (metric, labels, value)."""
        name = {"service": self.service.name}
        try:
            with self.engine.connect().execution_options(reading=True) as connection:
                waiting, oldest = relay.backlog(connection)
                late, latest = timers.overdue(connection, self.clock.now())
                parked = parking.count(connection)
                own = self.service.gauges(connection) if self.service.gauges else []
        except DATABASE_TROUBLE:
            return [("candour_database_up", {}, 0.0)]
        return [
            ("candour_database_up", {}, 1.0),
            ("candour_unpublished_events", name, float(waiting)),
            ("candour_oldest_unpublished_event_seconds", name, self._age(oldest)),
            ("candour_parked_messages", name, float(parked)),
            ("candour_timers_overdue", name, float(late)),
            ("candour_timers_overdue_seconds", name, self._age(latest)),
            *own,
        ]

    def _age(self, since: datetime | None) -> float:
        return max((self.clock.now() - since).total_seconds(), 0.0) if since else 0.0
