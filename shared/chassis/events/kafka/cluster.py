"""Connections to the cluster, and its errors in the words of the port."""

from typing import Any

from kafka import errors as kafka_errors

from shared.chassis.events.broker import BrokerRefused, BrokerUnavailable, InstanceFenced
from shared.chassis.events.kafka.login import KafkaSettings, login, what_to_check

PATIENCE = 10.0
"""Seconds for one request, for a first connection, and for a broker that has only just started."""

_REFUSALS = (
    kafka_errors.AuthorizationError,
    kafka_errors.SaslAuthenticationFailedError,
    kafka_errors.UnsupportedSaslMechanismError,
    kafka_errors.IllegalSaslStateError,
    kafka_errors.UnsupportedVersionError,
    kafka_errors.KafkaConfigurationError,
)


class Cluster:
    """The cluster that a topic is on."""

    def __init__(self, topic: str, config: KafkaSettings) -> None:
        self.topic = topic
        self._config = config

    def connect(self, client: Any, **settings: Any) -> Any:
        """One of the library's client classes, connected and logged in."""
        common = {
            "request_timeout_ms": int(PATIENCE * 1000),
            "bootstrap_timeout_ms": int(PATIENCE * 1000),
            "retry_backoff_ms": 200,
            "reconnect_backoff_max_ms": 1000,  # the default of 30 s would be added to every longer outage
        }
        begun: list[Any] = []

        def connection(*arguments: Any, **options: Any) -> Any:
            begun.append(client.DEFAULT_CONFIG["kafka_client"](*arguments, **options))
            return begun[-1]

        try:
            return client(**{**common, **login(self._config), **settings}, kafka_client=connection)
        except kafka_errors.KafkaError as error:
            for each in begun:  # or it would leave a thread and its sockets behind each time, and outages are long
                each.close()
            raise self.translated(error, "connect") from error

    def translated(self, error: Exception, doing: str) -> Exception:
        """The library's error in the words of the port."""
        text = f"cannot {doing} ({self.topic} on {self._config.bootstrap_servers}): {error!r}"
        if isinstance(error, kafka_errors.FencedInstanceIdError):
            return InstanceFenced(f"{text}. Another process runs as the same instance; this one must stop")
        if isinstance(error, _REFUSALS):
            return BrokerRefused(f"{text}. Check the user's permissions and the KAFKA_ settings")
        return BrokerUnavailable(f"{text}. {what_to_check(self._config)}")
