"""The client library itself, with the settings of the port and without what the port does around it: the floor under
relay and consumer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from shared.chassis.events.broker import Message
from shared.chassis.events.kafka import KafkaBroker

CHUNK = 5_000


class BareProducer:
    """Everything sent as fast as the client takes it; every acknowledgement looked at, at the end."""

    def __init__(self, broker: KafkaBroker) -> None:
        self._topic = broker.topic
        self._publisher = broker.publisher("bench")
        self._producer: Any = self._publisher._connected()

    def publish(self, messages: Sequence[Message]) -> None:
        futures = [
            self._producer.send(
                self._topic,
                message.value,
                key=None if message.key is None else message.key.encode(),
                headers=list(message.headers),
            )
            for message in messages
        ]
        for future in futures:
            future.get(60)

    def publish_all(self, messages: Iterable[Message]) -> int:
        """The same in chunks, for more than memory should hold; how many."""
        count = 0
        for chunk in _chunks(messages):
            self.publish(chunk)
            count += len(chunk)
        return count

    def close(self) -> None:
        self._publisher.close()


class BareConsumer:
    """Reads as a group of its own and notes after every poll how far it is, as whoever may lose nothing must; does
    nothing else with what comes."""

    def __init__(self, broker: KafkaBroker, group: str) -> None:
        self._subscription = broker.subscribe(group, "1")
        self._subscription._connect()
        self._consumer: Any = self._subscription._consumer

    def poll(self) -> int:
        count = sum(len(batch) for batch in self._consumer.poll(500).values())
        if count:
            self._consumer.commit()
        return count

    def close(self) -> None:
        self._subscription.close()


def _chunks(messages: Iterable[Message]) -> Iterator[list[Message]]:
    chunk: list[Message] = []
    for message in messages:
        chunk.append(message)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
