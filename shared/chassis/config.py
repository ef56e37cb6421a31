"""Every setting, declared once with its type, default and help; the only module that reads the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LARGEST_OFFSET = 56_000


class ConfigError(Exception):
    """The settings are wrong. `errors` lists everything that is wrong with them, not only the first thing."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("The settings are wrong:\n" + "\n".join(f"  - {error}" for error in errors))
        self.errors = errors


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return parse


def _whole_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise ValueError("must be a whole number") from None
    if number < 0:
        raise ValueError("must not be negative")
    return number


def _at_least_one(text: str) -> int:
    number = _whole_number(text)
    if number == 0:
        raise ValueError("must be 1 or more")
    return number


def _offset(text: str) -> int:
    number = _whole_number(text)
    if number > LARGEST_OFFSET:
        raise ValueError(f"must be at most {LARGEST_OFFSET}: ports end at 65535")
    return number


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _database_url(text: str) -> str:
    if "{service}" not in text:
        raise ValueError("must contain {service}: each service has a database of its own")
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
    return text


def _readable(text: str) -> Path | None:
    if text and not os.access(text, os.R_OK):
        raise ValueError("must be a file that can be read")
    return _path(text)


def _scanner(text: str) -> str:
    address = urlsplit(text)
    is_file = address.scheme == "unix" and bool(address.path)
    is_port = address.scheme == "tcp" and bool(address.hostname and address.port)
    if text and not is_file and not is_port:
        raise ValueError("must be unix:///path or tcp://host:port")
    return text


def _setting(variable: str, default: str, help_text: str, parse: Callable[[str], Any] = str) -> Any:
    return field(metadata={"variable": variable, "default": default, "help": help_text, "parse": parse})


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one process. Build it with `Config.load()`; tests build it from a mapping."""

    env: str = _setting(
        "CANDOUR_ENV",
        "development",
        "development, test or production. Production refuses the local token issuer and the movable clock.",
        _one_of("development", "test", "production"),
    )
    state: Path = _setting("CANDOUR_STATE", "var", "Folder for databases, blobs, broker data and logs.", Path)
    database_url: str = _setting(
        "CANDOUR_DATABASE_URL",
        "sqlite:///{state}/{service}.db",
        "Where each service keeps its data; {service} and {state} are filled in.",
        _database_url,
    )
    blobs: str = _setting(
        "CANDOUR_BLOBS",
        "{state}/blobs",
        "Where documents are kept: a folder, or s3://bucket/prefix (S3 and what speaks its language).",
    )
    port_offset: int = _setting(
        "CANDOUR_PORT_OFFSET",
        "0",
        "Added to every port, so that two stacks can run on one machine.",
        _offset,
    )
    bind: str = _setting("CANDOUR_BIND", "127.0.0.1", "The address that the services listen on.")
    web_workers: int = _setting("CANDOUR_WEB_WORKERS", "1", "Web worker processes per service.", _at_least_one)
    web_threads: int = _setting("CANDOUR_WEB_THREADS", "8", "Threads per web worker.", _at_least_one)
    kafka_bootstrap_servers: str = _setting(
        "KAFKA_BOOTSTRAP_SERVERS",
        "",
        "host:port,... of an existing Kafka cluster. Empty: the local broker of `candour broker`.",
    )
    kafka_topic_prefix: str = _setting(
        "KAFKA_TOPIC_PREFIX", "", "Put before the topic and the group names, to share a cluster."
    )
    kafka_security_protocol: str = _setting(
        "KAFKA_SECURITY_PROTOCOL",
        "PLAINTEXT",
        "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.",
        _one_of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
    )
    kafka_ca_file: Path | None = _setting(
        "KAFKA_CA_FILE", "", "PEM file of the authority that signed the cluster's certificates.", _path
    )
    kafka_sasl_mechanism: str = _setting("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512", "How to log in to the cluster.")
    kafka_username: str = _setting("KAFKA_USERNAME", "", "The user to log in to the cluster as.")
    kafka_password_file: Path | None = _setting(
        "KAFKA_PASSWORD_FILE",
        "",
        "File that holds that user's password, so that it is in no environment.",
        _path,
    )
    oidc_issuer: str = _setting(
        "OIDC_ISSUER", "candour-local", "Who must have issued a token (its `iss`). Default: the local issuer."
    )
    oidc_audience: str = _setting("OIDC_AUDIENCE", "candour", "Whom a token must be meant for (its `aud`).")
    oidc_jwks: str = _setting(
        "OIDC_JWKS",
        "{state}/identity/jwks.json",
        "The issuer's public keys: an https address or a file.",
    )
    smtp_url: str = _setting(
        "SMTP_URL",
        "",
        "smtp://host:port or smtps://host:port of the mail relay. Empty: the mail catcher of `candour up`.",
    )
    smtp_sender: str = _setting("SMTP_SENDER", "foi@candour.invalid", "The address that replies are sent from.")
    authorities_file: Path | None = _setting(
        "CANDOUR_AUTHORITIES",
        "",
        "TOML file of the authorities served. Empty: the ones that come with Candour.",
        _path,
    )
    release_policy: Path | None = _setting(
        "CANDOUR_RELEASE_POLICY",
        "",
        "TOML file of the authority's own rules for the release check. Empty: the rules that come with Candour.",
        _readable,
    )
    clamd: str = _setting(
        "CANDOUR_CLAMD",
        "",
        "unix:///path or tcp://host:port of a clamd that scans what is to leave. Empty: no malware scan, and told so.",
        _scanner,
    )
    clock_file: Path | None = _setting(
        "CANDOUR_CLOCK_FILE", "", "File that shifts the clock of every process; never in production.", _path
    )
    log_level: str = _setting(
        "CANDOUR_LOG_LEVEL",
        "INFO",
        "DEBUG, INFO, WARNING or ERROR.",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    )

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read the settings; raise `ConfigError` with every mistake at once."""
        source = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        errors = []
        for item in fields(cls):
            variable = item.metadata["variable"]
            try:
                values[item.name] = item.metadata["parse"](source.get(variable, item.metadata["default"]))
            except ValueError as error:
                errors.append(f"{variable} {error}")
        if values.get("env") == "production":
            errors += cls._production_errors(values)
        if errors:
            raise ConfigError(errors)
        return cls(**values)

    @staticmethod
    def _production_errors(values: Mapping[str, Any]) -> list[str]:
        errors = []
        if values.get("clock_file"):
            errors.append("CANDOUR_CLOCK_FILE must be empty in production: the clock is the machine's")
        if values.get("oidc_issuer") == "candour-local":
            errors.append("OIDC_ISSUER must name your identity provider in production")
        if not values.get("kafka_bootstrap_servers"):
            errors.append("KAFKA_BOOTSTRAP_SERVERS must name your cluster in production")
        if not values.get("smtp_url"):
            errors.append("SMTP_URL must name your mail relay in production")
        return errors

    def service_database_url(self, service: str) -> str:
        return self.database_url.replace("{state}", str(self.state)).replace("{service}", service)

    def filled(self, text: str) -> str:
        """A setting's text with {state} put in."""
        return text.replace("{state}", str(self.state))

    def port(self, base: int) -> int:
        return base + self.port_offset

    @property
    def bootstrap_servers(self) -> str:
        return self.kafka_bootstrap_servers or f"127.0.0.1:{self.port(9092)}"

    @property
    def mail_relay(self) -> str:
        return self.smtp_url or f"smtp://127.0.0.1:{self.port(8025)}"

    def metrics_folder(self, service: str) -> Path | None:
        """Where the processes of a service keep their counters together; None where they do not share them."""
        return self._counters(service) if "PROMETHEUS_MULTIPROC_DIR" in os.environ else None

    def share_metrics(self, service: str) -> None:
        """Have this process keep its counters where the other processes of the service keep theirs. The metrics
        library looks for the folder when it is imported: call this before."""
        self._counters(service).mkdir(parents=True, exist_ok=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(self._counters(service))

    def _counters(self, service: str) -> Path:
        return self.state / "run" / "metrics" / service

    def environment(self, **extra: str) -> dict[str, str]:
        """The environment of a child process: this one's, these settings, and `extra`."""
        settings = {item.metadata["variable"]: str(getattr(self, item.name) or "") for item in fields(self)}
        settings["CANDOUR_PORT_OFFSET"] = str(self.port_offset)
        return {**os.environ, **settings, **extra}


def sample_env() -> str:
    """The text of `.env.sample`: every setting with its help and its default."""
    lines = ["# Every setting of Candour, with its default. Generated by `make docs`; do not edit.\n"]
    for item in fields(Config):
        meta = item.metadata
        lines.append(f"\n# {meta['help']}\n# {meta['variable']}={meta['default']}\n")
    return "".join(lines)
