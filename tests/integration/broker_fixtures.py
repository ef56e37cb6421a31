"""A real Apache Kafka for tests: on free ports, its data in a folder of the test's own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.operations.broker import LocalBroker
from shared.chassis.config import Config
from shared.chassis.events.kafka import KafkaBroker


@contextmanager
def running_broker(state: Path) -> Iterator[LocalBroker]:
    """A broker that serves; ended when the block is left, also when a test has killed it or put it to sleep."""
    broker = LocalBroker(state, free_ports(2))
    broker.prepare(say=print)
    broker.start()
    try:
        broker.wait()
        yield broker
    finally:
        broker.kill()


def config_for(broker: LocalBroker, **settings: str) -> Config:
    """Settings that name this broker."""
    return Config.load({"CANDOUR_ENV": "test", "KAFKA_BOOTSTRAP_SERVERS": broker.address, **settings})


def topic_on(broker: LocalBroker, topic: str, delivery_timeout: float = 30.0) -> KafkaBroker:
    """A topic on this broker, created."""
    kafka = KafkaBroker(topic, config_for(broker), delivery_timeout)
    kafka.ensure_topic()
    return kafka


def free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    for _ in range(100):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first = probe.getsockname()[1]
            if all(is_free(first + number) for number in range(1, count)):
                return first
    raise AssertionError("no free ports")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True
