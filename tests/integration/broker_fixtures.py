"""A real Apache Kafka for tests: on free ports, its data in a folder of the test's own."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.operations.broker import LocalBroker
from shared.chassis.config import Config
from shared.chassis.events.kafka import KafkaBroker
from tests.ports import free_ports


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


def put_to_sleep(broker: LocalBroker) -> None:
    """Have it answer nobody until it gets SIGCONT. The signal reaches a thread only at its next turn, on a busy machine
    after what takes a message: this returns when all have stopped."""
    broker.send(signal.SIGSTOP)
    while not all(map(_has_stopped, Path(f"/proc/{broker.pid}/task").glob("*/stat"))):
        time.sleep(0.001)


def _has_stopped(thread: Path) -> bool:
    try:
        return thread.read_text().rpartition(")")[2].split()[0] == "T"
    except OSError:  # it has ended
        return True


def config_for(broker: LocalBroker, **settings: str) -> Config:
    """Settings that name this broker."""
    return Config.load({"CANDOUR_ENV": "test", "KAFKA_BOOTSTRAP_SERVERS": broker.address, **settings})


def topic_on(broker: LocalBroker, topic: str, delivery_timeout: float = 30.0) -> KafkaBroker:
    """A topic on this broker, created."""
    kafka = KafkaBroker(topic, config_for(broker), delivery_timeout)
    kafka.ensure_topic()
    return kafka
