"""The worker of a service: relay, consumer and timers, each a loop that can be stepped and that survives trouble."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from shared.chassis.database import Slot, is_database_trouble
from shared.chassis.events.broker import BrokerUnavailable
from shared.chassis.events.consumer import Consumer
from shared.chassis.events.relay import Relay
from shared.chassis.http import idempotency
from shared.chassis.identity import Actor
from shared.chassis.observability import metrics
from shared.chassis.timers import Ticker

if TYPE_CHECKING:
    from shared.chassis.runtime import Runtime

logger = logging.getLogger(__name__)

LOOPS = ("relay", "consumer", "timers")
LONGEST_PAUSE = 2.0
TIDY_EVERY = 3_600.0
KEYS_KEPT = timedelta(days=7)
LOOK_ROUND = 0.2
"""Seconds after which a relay looks for events that no doorbell announced, and a ticker for timers."""


class Worker:
    """Runs the loops of one service, each in a thread of its own, until it is stopped."""

    def __init__(self, runtime: "Runtime", *, only: tuple[str, ...] = LOOPS, instance: int = 1) -> None:
        self._runtime = runtime
        self._only = only
        self._instance = instance
        self._stop = threading.Event()

    def run(self) -> None:
        """Return when `stop()` was called and every loop has finished what it had in hand."""
        threads = [
            threading.Thread(target=self._keep_going, args=(name, getattr(self, f"_{name}")), name=name)
            for name in self._only
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        self._stop.set()
        self._runtime.doorbell.ring()

    def _keep_going(self, name: str, loop: Callable[[], Iterator[None]]) -> None:
        service = self._runtime.service.name
        pause = 0.2
        slot = Slot(self._runtime.engine, name if name != "consumer" else f"consumer-{self._instance}")
        while not self._stop.is_set():
            try:
                if not slot.take():
                    metrics.LOOP_STANDING_BY.labels(service, name).set(1)
                    logger.info("Another process runs the %s of %s; standing by", name, service)
                    self._stop.wait(1.0)
                    continue
                metrics.LOOP_STANDING_BY.labels(service, name).set(0)
                for _ in loop():
                    metrics.LOOP_LAST_ROUND.labels(service, name).set(time.time())
                    pause = 0.2
                    if self._stop.is_set() or not slot.take():
                        break
            except Exception as error:
                metrics.LOOP_FAILURES.labels(service, name).inc()
                expected = is_database_trouble(error) or isinstance(error, BrokerUnavailable)
                logger.log(
                    logging.WARNING if expected else logging.ERROR,
                    "The %s of %s was interrupted and starts again in %.1f s",
                    name,
                    service,
                    pause,
                    exc_info=error,
                )
                self._stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        slot.release()

    def _relay(self) -> Iterator[None]:
        service = self._runtime.service.name
        self._runtime.broker.ensure_topic()
        publisher = self._runtime.broker.publisher(f"{service}-relay")
        relay = Relay(self._runtime.engine, publisher)
        with _closing(publisher.close):
            while True:
                sent = relay.run_once()
                metrics.PUBLISHED.labels(service).inc(sent)
                yield
                if not sent:
                    self._runtime.doorbell.wait(LOOK_ROUND)

    def _consumer(self) -> Iterator[None]:
        self._runtime.broker.ensure_topic()
        subscription = self._runtime.broker.subscribe(self._runtime.group, str(self._instance))
        consumer = Consumer(self._runtime, subscription)
        with _closing(subscription.close):
            looked = 0.0
            while True:
                consumer.run_once(LOOK_ROUND)
                if time.monotonic() - looked > 1.0:
                    while consumer.retry_parked() and not self._stop.is_set():
                        pass
                    looked = time.monotonic()
                yield

    def _timers(self) -> Iterator[None]:
        ticker = Ticker(self._runtime)
        tidied = float("-inf")
        while True:
            done = ticker.run_once()
            if time.monotonic() - tidied > TIDY_EVERY:
                self._tidy()
                tidied = time.monotonic()
            yield
            if not done:
                self._stop.wait(LOOK_ROUND)

    def _tidy(self) -> None:
        with self._runtime.engine.begin() as connection:
            idempotency.prune(connection, self._runtime.clock.now() - KEYS_KEPT)
        service = self._runtime.service
        if service.upkeep is not None:
            with self._runtime.unit_of_work(Actor.of_service(service.name)) as uow:
                service.upkeep(uow)


@contextmanager
def _closing(close: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    finally:
        close()
