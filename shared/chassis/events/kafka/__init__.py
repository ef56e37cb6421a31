"""The broker, spoken to in Kafka's protocol. Only the modules in here know the client library (kafka-python 3.0).

Three things that client must not be asked to do: pause and resume a partition (it may then stay silent for ever),
commit inside a rebalance listener (it raises), be built before a fork (it is dead in the child).
"""

import logging

from shared.chassis.events.kafka.login import KafkaSettings
from shared.chassis.events.kafka.topic import KafkaBroker

__all__ = ["KafkaBroker", "KafkaSettings"]

# The client tells of every attempt to reach a broker that is away, several times a second; the worker's own line
# about the same says all that a person needs.
logging.getLogger("kafka").setLevel(logging.CRITICAL)
