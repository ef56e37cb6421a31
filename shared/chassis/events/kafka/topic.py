"""The topic itself: made once with the right settings, read from end to end, its lag measured."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from kafka import KafkaConsumer, TopicPartition
from kafka import errors as kafka_errors
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, OffsetSpec

from shared.chassis.events.broker import MAX_MESSAGE_BYTES, PARTITIONS, BrokerRefused, BrokerUnavailable, Received
from shared.chassis.events.kafka.cluster import PATIENCE, Cluster
from shared.chassis.events.kafka.login import KafkaSettings
from shared.chassis.events.kafka.publisher import KafkaPublisher
from shared.chassis.events.kafka.subscription import READING, KafkaSubscription, records

SETTINGS = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
"""Keep every event for ever: views and the audit trail can be built again from the first."""

Result = TypeVar("Result")


class KafkaBroker:
    """See `Broker`. `delivery_timeout`: seconds after which a message without acknowledgement has failed."""

    def __init__(self, topic: str, config: KafkaSettings, delivery_timeout: float = 30.0) -> None:
        self.topic = topic
        self._cluster = Cluster(topic, config)
        self._delivery_timeout = delivery_timeout
        self._partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]

    def publisher(self, client: str) -> KafkaPublisher:
        return KafkaPublisher(self._cluster, client, self._delivery_timeout)

    def subscribe(self, group: str, instance: str) -> KafkaSubscription:
        return KafkaSubscription(self._cluster, group, instance)

    def read_all(self) -> Iterator[Received]:
        consumer = self._cluster.connect(KafkaConsumer, **READING, group_id=None)
        try:
            consumer.assign(self._partitions)
            ends = consumer.end_offsets(self._partitions)
            consumer.seek_to_beginning(*self._partitions)
            deadline = time.monotonic() + self._delivery_timeout
            while any(consumer.position(partition) < ends[partition] for partition in self._partitions):
                for received in records(consumer.poll(500, max_records=2000)):
                    deadline = time.monotonic() + self._delivery_timeout
                    if received.offset < ends[self._partitions[received.partition]]:
                        yield received
                if time.monotonic() > deadline:
                    raise BrokerUnavailable(f"the broker fell silent while {self.topic} was being read")
        except kafka_errors.KafkaError as error:
            raise self._cluster.translated(error, "read the topic") from error
        finally:
            consumer.close(autocommit=False, timeout_ms=5000)

    def ensure_topic(self) -> None:
        self._administer("prepare the topic", self._create_or_compare)

    def lag(self, group: str) -> dict[int, int]:
        def measure(admin: Any) -> dict[int, int]:
            committed = admin.list_group_offsets({group: self._partitions})[group]
            first = admin.list_partition_offsets(dict.fromkeys(self._partitions, OffsetSpec.EARLIEST))
            end = admin.list_partition_offsets(dict.fromkeys(self._partitions, OffsetSpec.LATEST))
            behind = {}
            for each in self._partitions:
                done = committed[each].offset if each in committed else -1
                behind[each.partition] = max(0, end[each].offset - max(done, first[each].offset))
            return behind

        return self._administer("measure the lag", measure)

    def answers(self) -> bool:
        """Whether a broker is there that serves: its port opens some time before it does."""
        try:
            with self._cluster.connect(KafkaAdminClient, bootstrap_timeout_ms=1000) as admin:
                return any(not broker.get("is_fenced") for broker in admin.describe_cluster()["brokers"])
        except (BrokerUnavailable, kafka_errors.KafkaError):
            return False

    def _administer(self, doing: str, work: Callable[[Any], Result]) -> Result:
        """Do it, and again for a while: a broker that has just started finds no coordinator or leader at first."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with self._cluster.connect(KafkaAdminClient) as admin:
                    return work(admin)
            except kafka_errors.KafkaError as error:
                if not isinstance(error, kafka_errors.RetriableError) or time.monotonic() > deadline:
                    raise self._cluster.translated(error, doing) from error
            time.sleep(0.2)

    def _create_or_compare(self, admin: Any) -> None:
        if admin.describe_topics([self.topic])[0]["error_code"]:
            configs = {**SETTINGS, "max.message.bytes": str(MAX_MESSAGE_BYTES)}
            wanted = {self.topic: {"num_partitions": PARTITIONS, "configs": configs}}
            with suppress(kafka_errors.TopicAlreadyExistsError):  # another service is creating it just now
                admin.create_topics(wanted)
            admin.wait_for_topics([self.topic])
        differences = [*self._other_settings(admin), *self._other_partitions(admin)]
        if differences:
            raise BrokerRefused(f"topic {self.topic} is not as it must be: " + "; ".join(differences))

    def _other_settings(self, admin: Any) -> Iterator[str]:
        resource = ConfigResource(ConfigResourceType.TOPIC, self.topic)
        found = admin.describe_configs([resource], config_filter="all")["topic"][self.topic]
        for name, wanted in SETTINGS.items():
            if found[name]["value"] != wanted:
                yield (
                    f"{name} is {found[name]['value']!r}, not {wanted!r}; put it right with kafka-configs.sh"
                    f" --alter --entity-type topics --entity-name {self.topic} --add-config {name}={wanted}"
                )

    def _other_partitions(self, admin: Any) -> Iterator[str]:
        found = len(admin.describe_topics([self.topic])[0]["partitions"])
        if found != PARTITIONS:
            yield (
                f"it has {found} partitions, not {PARTITIONS}; adding some would lose the order within its keys, so"
                " delete it if it is empty, or else set another KAFKA_TOPIC_PREFIX"
            )
