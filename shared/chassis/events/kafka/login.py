"""How to reach the cluster and log in to it: from Candour's settings to the client library's."""

import ssl
from pathlib import Path
from typing import Any, Protocol

from shared.chassis.events.broker import BrokerRefused


class KafkaSettings(Protocol):
    """Where the cluster is and who we are; `Config` has these. Servers are "host:port,host:port"."""

    @property
    def bootstrap_servers(self) -> str: ...
    @property
    def kafka_security_protocol(self) -> str: ...
    @property
    def kafka_ca_file(self) -> Path | None: ...
    @property
    def kafka_sasl_mechanism(self) -> str: ...
    @property
    def kafka_username(self) -> str: ...
    @property
    def kafka_password_file(self) -> Path | None: ...


def login(config: KafkaSettings) -> dict[str, Any]:
    """Keyword arguments of every client. Raises `BrokerRefused` naming the setting that is missing or unreadable."""
    protocol = config.kafka_security_protocol
    settings: dict[str, Any] = {
        "bootstrap_servers": config.bootstrap_servers.split(","),
        "security_protocol": protocol,
    }
    if protocol.endswith("SSL") and config.kafka_ca_file is not None:
        try:
            ssl.create_default_context(cafile=str(config.kafka_ca_file))
        except OSError as error:  # the client would only fall silent; an ssl.SSLError is an OSError too
            raise BrokerRefused(f"cannot use KAFKA_CA_FILE {config.kafka_ca_file}: {error}") from error
        settings["ssl_cafile"] = str(config.kafka_ca_file)
    if protocol.startswith("SASL"):
        settings["sasl_mechanism"] = config.kafka_sasl_mechanism
        settings["sasl_plain_username"] = config.kafka_username
        settings["sasl_plain_password"] = _password(config)
    return settings


def what_to_check(config: KafkaSettings) -> str:
    """The end of an error message: a wrong password shows itself only as a broker that never answers."""
    if config.kafka_security_protocol == "PLAINTEXT":
        return "Is it running, and is KAFKA_BOOTSTRAP_SERVERS right?"
    return (
        "If it is up, check KAFKA_SECURITY_PROTOCOL, KAFKA_CA_FILE, KAFKA_SASL_MECHANISM, KAFKA_USERNAME"
        " and what is in KAFKA_PASSWORD_FILE"
    )


def _password(config: KafkaSettings) -> str:
    if not config.kafka_username or config.kafka_password_file is None:
        raise BrokerRefused(f"{config.kafka_security_protocol} needs KAFKA_USERNAME and KAFKA_PASSWORD_FILE")
    try:
        return config.kafka_password_file.read_text().strip()
    except OSError as error:
        raise BrokerRefused(f"cannot read KAFKA_PASSWORD_FILE {config.kafka_password_file}: {error}") from error
