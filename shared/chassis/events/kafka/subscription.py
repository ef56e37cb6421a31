"""Reading as a member of a group, and reading everything without one."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka import errors as kafka_errors
from kafka.consumer.subscription_state import ConsumerRebalanceListener
from kafka.structs import OffsetAndMetadata

from shared.chassis.events.broker import POLL_BATCH, BrokerUnavailable, Received
from shared.chassis.events.kafka.cluster import PATIENCE, Cluster

SESSION = 10.0
"""Seconds after which a silent member is taken to be dead, and within which a restarted one finds its place."""
OUTSIDE = 3 * SESSION
"""Seconds after which a member that cannot prove that it is one joins anew: longer than any ordinary change of
assignment takes, and no more than a person who waits for an event will forgive."""

READING = {
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    "isolation_level": "read_committed",
    "allow_auto_create_topics": False,
}
_NO_LONGER_OURS = (
    kafka_errors.CommitFailedError,
    kafka_errors.RebalanceInProgressError,
    kafka_errors.IllegalGenerationError,
    kafka_errors.UnknownMemberIdError,
)


class _Assignment(ConsumerRebalanceListener):
    """What happens to our partitions. Called on the client's own thread, where nothing may wait.

    `lost` are those taken away, `given` those that we have read from, lost, and been given again.
    """

    def __init__(self) -> None:
        self.lost: set[int] = set()
        self.read: set[int] = set()
        self.given: set[int] = set()

    def on_partitions_assigned(self, assigned: Any) -> None:
        numbers = {each.partition for each in assigned}
        self.given |= numbers & self.read
        self.lost -= numbers

    def on_partitions_revoked(self, revoked: Any) -> None:
        self.lost |= {each.partition for each in revoked}

    on_partitions_lost = on_partitions_revoked


class KafkaSubscription:
    """See `Subscription`. A static member: a restart within `SESSION` finds its partitions where they were."""

    def __init__(self, cluster: Cluster, group: str, instance: str) -> None:
        self._cluster = cluster
        self._group = group
        self._instance = instance
        self._consumer: Any = None
        self._assignment = _Assignment()
        self._owed: dict[int, int] = {}
        self._proven = time.monotonic()

    def poll(self, timeout: float) -> list[Received]:
        try:
            self._connect()
            self._settle()
            self._prove_membership()
            received = list(records(self._consumer.poll(int(timeout * 1000))))
            received = [one for one in received if one.partition not in self._assignment.given]
            self._read_again_what_was_given_again()
        except kafka_errors.KafkaError as error:
            raise self._cluster.translated(error, f"read as {self._instance} of {self._group}") from error
        self._assignment.read.update(one.partition for one in received)
        return received

    def commit(self, received: Sequence[Received]) -> None:
        for one in received:
            self._owed[one.partition] = max(one.offset + 1, self._owed.get(one.partition, 0))
        try:
            self._settle()
        except kafka_errors.KafkaError as error:
            raise self._cluster.translated(error, f"commit as {self._instance} of {self._group}") from error

    def lost(self, received: Received) -> bool:
        return received.partition in self._assignment.lost

    def close(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            with suppress(kafka_errors.KafkaError):  # the group notices by itself that this member is gone
                consumer.close(autocommit=False, timeout_ms=5000)

    def _connect(self) -> None:
        if self._consumer is None:
            self._consumer = self._cluster.connect(
                KafkaConsumer,
                **READING,
                client_id=self._instance,
                group_id=self._group,
                group_instance_id=self._instance,
                max_poll_records=POLL_BATCH,
                max_poll_interval_ms=300_000,
                session_timeout_ms=int(SESSION * 1000),
                heartbeat_interval_ms=3000,
            )
            self._consumer.subscribe([self._cluster.topic], listener=self._assignment)
            try:
                self._learn_the_partitions()
            except (kafka_errors.KafkaError, BrokerUnavailable):
                self.close()
                raise
            self._proven = time.monotonic()

    def _learn_the_partitions(self) -> None:
        """Have the client know the partitions of what it has subscribed to before it joins, which it does when polled.

        Whichever member leads the group deals the partitions out. A client that has not heard of them yet deals out
        none, or joins twice in a row and, where the second time takes longer than a poll, forgets to take its place.
        """
        deadline = time.monotonic() + PATIENCE
        while self._cluster.topic not in self._consumer.topics():
            if time.monotonic() > deadline:
                raise BrokerUnavailable(f"the broker does not tell the partitions of {self._cluster.topic}")
            time.sleep(0.1)

    def _settle(self) -> None:
        """Commit what is owed, as far as it is still ours: its new owner is given the rest again."""
        lost = self._assignment.lost
        with suppress(*_NO_LONGER_OURS):
            self._commit({partition: offset for partition, offset in self._owed.items() if partition not in lost})
        self._owed.clear()

    def _read_again_what_was_given_again(self) -> None:
        """Go back to what is committed where a partition was taken away and given back.

        The client goes on at its old place, but whoever looked in between was told that the messages are lost to us,
        and dropped them: they would never come again.
        """
        for number in sorted(self._assignment.given):
            partition = TopicPartition(self._cluster.topic, number)
            committed = self._consumer.committed(partition, timeout_ms=5000)
            with suppress(ValueError):  # it has been taken away once more
                self._consumer.seek(partition, committed or 0)
            self._assignment.given.discard(number)

    def _prove_membership(self) -> None:
        """Commit again what is committed already.

        A member that is fenced while it has nothing to do learns it in no other way: the client stops its
        heartbeats, says nothing, and goes on reading. One that has fallen out of its group may not notice either:
        where it can prove nothing for too long it is closed, and the next poll begins anew.
        """
        unproven = time.monotonic() - self._proven
        if unproven < SESSION / 2:
            return
        if self._consumer.assignment():
            partition = min(self._consumer.assignment())
            with suppress(*_NO_LONGER_OURS):
                committed = self._consumer.committed(partition, timeout_ms=5000)
                self._commit({partition.partition: committed or 0})
                return
        if unproven > OUTSIDE:
            self.close()
            raise BrokerUnavailable(f"{self._instance} has been outside {self._group} for {unproven:.0f} s")

    def _commit(self, offsets: dict[int, int]) -> None:
        if offsets:
            named = {
                TopicPartition(self._cluster.topic, partition): OffsetAndMetadata(offset, "", -1)
                for partition, offset in offsets.items()
            }
            self._consumer.commit(named, timeout_ms=5000)
            self._proven = time.monotonic()


def records(polled: Any) -> Iterator[Received]:
    """What the client's poll returned, in the words of the port."""
    for batch in polled.values():
        for record in batch:
            key = None if record.key is None else record.key.decode()
            yield Received(key, record.value, tuple(record.headers), record.partition, record.offset)
