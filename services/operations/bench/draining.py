"""P9 and P11: a backlog drained by a service, and projections rebuilt, over reading the same messages only."""

import time
from collections.abc import Callable
from itertools import count

from services.operations.bench.bare import BareConsumer, BareProducer
from services.operations.bench.life import lives
from services.operations.bench.place import Place
from services.operations.bench.report import Bound, Measurement, paired
from services.registry import runtime_of, service_named
from shared.chassis.config import Config
from shared.chassis.events import replay
from shared.chassis.events.consumer import Consumer
from shared.chassis.events.kafka import KafkaBroker

_EVENTS_OF_A_LIFE = 20
_numbers = count(1)


def measure_backlog(place: Place, quick: bool) -> list[Measurement]:
    """P9, for the ledger, which keeps every event, and for a service that acts on some."""
    rounds, events = (2, 4_000) if quick else (3, 12_000)
    config = place.config("draining", kafka_bootstrap_servers=place.broker())
    topic = _filled(config, "bench.draining", events)
    found = []
    for name, acting in (("audit", "the ledger"), ("decision", "decision, which acts")):
        floors, reals = [], []
        for _ in range(rounds):
            floors.append(_drain_bare(topic, events))
            reals.append(_drain(place, topic, name, events))
        floor, real = paired(floors, reals)
        found.append(
            Measurement(
                id="P9",
                what=f"drain of a backlog by {acting}, over a bare consumer",
                unit="events/s",
                floor=floor,
                real=real,
                bound=Bound("at least", 0.4),
            )
        )
    return found


def measure_rebuild(place: Place, quick: bool) -> list[Measurement]:
    """P11: the ledger and the case summaries, rebuilt from every message of the topic."""
    events = 50_000 if quick else 1_000_000
    config = place.config("rebuilding", kafka_bootstrap_servers=place.broker())
    topic = _filled(config, "bench.rebuilding", events)
    began = time.perf_counter()
    read = sum(1 for _ in topic.read_all())
    floor = time.perf_counter() - began
    began = time.perf_counter()
    rebuilt = replay.replay(service_named("audit"), config, topic, config.state / "rebuilt.db")
    real = time.perf_counter() - began
    rebuilt.engine.dispose()
    assert read == events, f"{read:,} messages came of {events:,}"
    return [
        Measurement(
            id="P11",
            what=f"rebuild of the ledger from {events:,} events, over reading them from the topic",
            unit="s",
            floor=floor,
            real=real,
            bound=Bound("at most", 6),
        )
    ]


def _filled(config: Config, name: str, events: int) -> KafkaBroker:
    topic = KafkaBroker(name, config)
    topic.ensure_topic()
    producer = BareProducer(topic)
    try:
        producer.publish_all(made.message() for made in lives(events // _EVENTS_OF_A_LIFE))
    finally:
        producer.close()
    return topic


def _drain_bare(topic: KafkaBroker, events: int) -> float:
    consumer = BareConsumer(topic, f"bench-{next(_numbers)}")
    try:
        first = _first(consumer.poll)
        began, left = time.perf_counter(), events - first
        while left > 0:
            left -= consumer.poll()
        return (events - first) / (time.perf_counter() - began)
    finally:
        consumer.close()


def _drain(place: Place, topic: KafkaBroker, name: str, events: int) -> float:
    """By the service's own consumer, into a new database."""
    number = next(_numbers)
    runtime = runtime_of(name, place.config(f"drain-{name}"))
    runtime.migrate()
    subscription = topic.subscribe(f"bench-{number}", "1")
    consumer = Consumer(runtime, subscription)
    try:
        first = _first(consumer.run_once)
        began, left = time.perf_counter(), events - first
        while left > 0:
            left -= consumer.run_once()
        return (events - first) / (time.perf_counter() - began)
    finally:
        subscription.close()
        runtime.engine.dispose()


def _first(poll: Callable[[], int]) -> int:
    """Wait until the group has formed and the first messages have come: that is not part of reading. How many."""
    while not (got := poll()):
        pass
    return got
