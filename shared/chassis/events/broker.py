"""The broker as the chassis sees it: one topic, in order within each key. `kafka` and `memory` are two of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

Item = TypeVar("Item")

PARTITIONS = 12
"""Never changed for a topic that holds messages: a key would move to another partition and lose its order."""

MAX_MESSAGE_BYTES = 1_048_576
POLL_BATCH = 500
"""Most messages that one poll returns: what one consumer can settle well within the broker's patience."""


@dataclass(frozen=True)
class Message:
    """What is published. Messages of one key keep their order; a message without a key has none."""

    key: str | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = ()

    @property
    def size(self) -> int:
        """Bytes of key, value and headers, without what the protocol adds."""
        key = len(self.key.encode()) if self.key is not None else 0
        return key + len(self.value) + sum(len(name.encode()) + len(value) for name, value in self.headers)


@dataclass(frozen=True)
class Received:
    """A message as it was read, and where it stands: offsets count from 0 in each partition."""

    key: str | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...]
    partition: int
    offset: int


class BrokerUnavailable(Exception):
    """The broker cannot be reached or did not acknowledge. Nothing is known to be stored: try again later."""


class BrokerRefused(Exception):
    """The broker answers and will go on refusing (permission, topic settings, login): a person must act."""


class InstanceFenced(BrokerRefused):
    """Another process has joined the group under this instance's name; this one must stop."""


class MessageRefused(Exception):
    """One message can never be stored. The others of the call may or may not be: publish them again."""

    def __init__(self, message: Message, reason: str) -> None:
        super().__init__(f"message of {message.size:,} bytes with key {message.key!r} was refused: {reason}")
        self.message = message
        self.reason = reason


class Publisher(Protocol):
    """Sends messages. For one thread."""

    def publish(self, messages: Sequence[Message]) -> None:
        """Return once every message is acknowledged.

        Raises `BrokerUnavailable`: publish them all again in the same order. Some may then be stored twice, but
        none before an earlier one of its key has been. Raises `MessageRefused` and `BrokerRefused`.
        """

    def close(self) -> None: ...


class Subscription(Protocol):
    """One member of a group: it has its share of the partitions to itself. For one thread."""

    def poll(self, timeout: float) -> list[Received]:
        """Up to `POLL_BATCH` messages, in order within each partition; [] when none came in `timeout` seconds.

        What was polled and not committed comes again after a restart or a change of assignment.
        Raises `BrokerUnavailable` (poll again later; a broker that is away may also look like []),
        `InstanceFenced` and `BrokerRefused`.
        """

    def commit(self, received: Sequence[Received]) -> None:
        """Note that these, and all before them in their partitions, are done with.

        What is no longer ours is left alone: its new owner is given it again. Raises `InstanceFenced`, and
        `BrokerUnavailable`, after which the next poll or commit tries once more.
        """

    def lost(self, received: Received) -> bool:
        """Whether its partition has been taken from this member since it was polled."""

    def close(self) -> None:
        """Stop reading. Commits nothing."""


class Broker(Protocol):
    """One topic."""

    topic: str

    def publisher(self, client: str) -> Publisher:
        """A publisher that the broker's own logs call `client`. Connects when it first publishes."""

    def subscribe(self, group: str, instance: str) -> Subscription:
        """Join `group` as `instance`, a name that outlives restarts. Connects when it first polls."""

    def read_all(self) -> Iterator[Received]:
        """Every message from the first to the last there is as of now, without touching any group."""

    def ensure_topic(self) -> None:
        """Create the topic if it is missing. Raises `BrokerRefused` when it is there with other settings."""

    def lag(self, group: str) -> dict[int, int]:
        """How many messages of each partition the group has not yet committed."""


def waves(items: Sequence[Item], key: Callable[[Item], str | None]) -> list[list[Item]]:
    """The items in parts that hold each key once, every key's in their order; those without a key come first.

    A client that gives up on one message goes on to the next: with two of one key on their way together, the
    later could be stored without the earlier. So a part is sent when the one before it has been acknowledged.
    """
    parts: list[list[Item]] = []
    depth: Counter[str] = Counter()
    for item in items:
        name = key(item)
        level = 0 if name is None else depth[name]
        if name is not None:
            depth[name] += 1
        if level == len(parts):
            parts.append([])
        parts[level].append(item)
    return parts
