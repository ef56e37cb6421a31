"""A broker in memory, for unit tests. The same suite as for Kafka holds it to the same behaviour."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from shared.chassis.events.broker import (
    MAX_MESSAGE_BYTES,
    PARTITIONS,
    POLL_BATCH,
    BrokerUnavailable,
    InstanceFenced,
    Message,
    MessageRefused,
    Received,
)


@dataclass
class _Group:
    committed: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    members: dict[str, "MemorySubscription"] = field(default_factory=dict)

    def reassign(self) -> None:
        """Deal the partitions out anew; every member starts again at what is committed, as with Kafka."""
        members = [self.members[instance] for instance in sorted(self.members)]
        for number, member in enumerate(members):
            owned = range(number, PARTITIONS, len(members))
            member.positions = {partition: self.committed[partition] for partition in owned}


class MemoryBroker:
    """One topic in memory. Set `unavailable` to True to make every call fail as if the broker were down."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.unavailable = False
        self.changed = threading.Condition()
        self._partitions: list[list[Received]] = [[] for _ in range(PARTITIONS)]
        self._groups: dict[str, _Group] = defaultdict(_Group)
        self._unkeyed = 0

    def publisher(self, client: str) -> "MemoryPublisher":
        return MemoryPublisher(self)

    def subscribe(self, group: str, instance: str) -> "MemorySubscription":
        return MemorySubscription(self, self._groups[group], instance)

    def read_all(self) -> Iterator[Received]:
        self.require_available()
        with self.changed:
            everything = [received for partition in self._partitions for received in partition]
        yield from everything

    def ensure_topic(self) -> None:
        self.require_available()

    def lag(self, group: str) -> dict[int, int]:
        self.require_available()
        committed = self._groups[group].committed
        return {number: len(partition) - committed[number] for number, partition in enumerate(self._partitions)}

    def require_available(self) -> None:
        if self.unavailable:
            raise BrokerUnavailable("the memory broker was told to be unavailable")

    def store(self, messages: Sequence[Message]) -> None:
        """Append each message to the partition of its key; messages without a key take turns."""
        with self.changed:
            for message in messages:
                if message.key is None:
                    self._unkeyed += 1
                number = self._unkeyed if message.key is None else crc32(message.key.encode())
                partition = self._partitions[number % PARTITIONS]
                partition.append(
                    Received(message.key, message.value, message.headers, number % PARTITIONS, len(partition))
                )
            self.changed.notify_all()

    def read(self, partition: int, offset: int, most: int) -> list[Received]:
        return self._partitions[partition][offset : offset + most]


class MemoryPublisher:
    """See `Publisher`."""

    def __init__(self, broker: MemoryBroker) -> None:
        self._broker = broker

    def publish(self, messages: Sequence[Message]) -> None:
        self._broker.require_available()
        for message in messages:
            if message.size > MAX_MESSAGE_BYTES:
                raise MessageRefused(message, f"larger than {MAX_MESSAGE_BYTES:,} bytes")
        self._broker.store(messages)

    def close(self) -> None:
        """There is no connection to close."""


class MemorySubscription:
    """See `Subscription`. `positions` is the next offset of each partition that is this member's own."""

    def __init__(self, broker: MemoryBroker, group: _Group, instance: str) -> None:
        self.positions: dict[int, int] = {}
        self._broker = broker
        self._group = group
        self._instance = instance
        self._joined = False

    def poll(self, timeout: float) -> list[Received]:
        deadline = time.monotonic() + timeout
        with self._broker.changed:
            while True:
                self._require_membership()
                received = self._next()
                remaining = deadline - time.monotonic()
                if received or remaining <= 0:
                    return received
                self._broker.changed.wait(remaining)

    def commit(self, received: Sequence[Received]) -> None:
        with self._broker.changed:
            self._require_membership()
            for one in received:
                if not self.lost(one):
                    done = max(one.offset + 1, self._group.committed[one.partition])
                    self._group.committed[one.partition] = done

    def lost(self, received: Received) -> bool:
        return received.partition not in self.positions

    def close(self) -> None:
        with self._broker.changed:
            if self._group.members.get(self._instance) is self:
                del self._group.members[self._instance]
                self._group.reassign()
            self.positions = {}
            self._broker.changed.notify_all()

    def _require_membership(self) -> None:
        self._broker.require_available()
        if not self._joined:
            self._joined = True
            self._group.members[self._instance] = self
            self._group.reassign()
        if self._group.members.get(self._instance) is not self:
            self.positions = {}
            raise InstanceFenced(f"another member has joined as {self._instance!r}; this one must stop")

    def _next(self) -> list[Received]:
        batch: list[Received] = []
        for partition, position in self.positions.items():
            records = self._broker.read(partition, position, POLL_BATCH - len(batch))
            self.positions[partition] = position + len(records)
            batch += records
        return batch
