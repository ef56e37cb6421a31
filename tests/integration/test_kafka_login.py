"""A cluster that wants TLS and a password, as production's does."""

import datetime
import ipaddress
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from kafka.admin import KafkaAdminClient, ScramMechanism, UserScramCredentialUpsertion

from services.operations.broker import LocalBroker
from shared.chassis.events.broker import BrokerRefused, BrokerUnavailable, Message
from shared.chassis.events.kafka import KafkaBroker
from tests.integration.broker_fixtures import config_for
from tests.ports import free_ports

pytestmark = pytest.mark.broker

LISTENERS = """
listeners=PLAINTEXT://127.0.0.1:{plain},SASL_SSL://127.0.0.1:{secure},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{plain},SASL_SSL://127.0.0.1:{secure},CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location={certificate}
"""


@dataclass(frozen=True)
class SecureBroker:
    """A broker with a second listener, its authority's certificate, and a user named candour."""

    local: LocalBroker
    folder: Path
    port: int

    def topic(self, **settings: str) -> KafkaBroker:
        secured = {
            "KAFKA_BOOTSTRAP_SERVERS": f"127.0.0.1:{self.port}",
            "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
            "KAFKA_CA_FILE": str(self.folder / "authority.pem"),
            "KAFKA_USERNAME": "candour",
            "KAFKA_PASSWORD_FILE": str(self.folder / "password"),
            **settings,
        }
        return KafkaBroker(f"candour.test.{uuid.uuid4().hex}", config_for(self.local, **secured), delivery_timeout=2.0)


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureBroker]:
    folder = tmp_path_factory.mktemp("secure")
    self_signed(folder)
    (folder / "password").write_text("right\n")
    (folder / "wrong").write_text("wrong\n")
    first = free_ports(3)
    local = LocalBroker(folder, first)
    local.prepare(say=print)
    properties = local.folder / "server.properties"
    listeners = LISTENERS.format(plain=first, controller=first + 1, secure=first + 2, certificate=folder / "server.pem")
    properties.write_text(properties.read_text() + listeners)
    local.start()
    try:
        local.wait()
        with KafkaAdminClient(bootstrap_servers=local.address) as admin:
            user = UserScramCredentialUpsertion("candour", ScramMechanism.SCRAM_SHA_512, "right", iterations=4096)
            admin.alter_user_scram_credentials([user])
        yield SecureBroker(local, folder, first + 2)
    finally:
        local.kill()


def self_signed(folder: Path) -> None:
    """server.pem (key and certificate) and authority.pem (the certificate alone) for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kafka")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(private + certificate)
    (folder / "authority.pem").write_bytes(certificate)


def test_a_cluster_with_tls_and_a_password_is_written_to_and_read(secure: SecureBroker) -> None:
    topic = secure.topic()
    topic.ensure_topic()
    publisher = topic.publisher("test")
    publisher.publish([Message("a", b"1")])
    publisher.close()
    reader = topic.subscribe("readers", "reader-1")
    received = next(filter(None, (reader.poll(0.5) for _ in range(40))))
    reader.commit(received)
    reader.close()
    assert [one.value for one in received] == [b"1"]
    assert sum(topic.lag("readers").values()) == 0


@pytest.mark.parametrize(
    "settings",
    [{"KAFKA_PASSWORD_FILE": "{folder}/wrong"}, {"KAFKA_USERNAME": "nobody"}, {"KAFKA_CA_FILE": ""}],
    ids=["password", "user", "authority"],
)
def test_a_wrong_login_says_what_to_check(secure: SecureBroker, settings: dict[str, str]) -> None:
    publisher = secure.topic(**{k: v.format(folder=secure.folder) for k, v in settings.items()}).publisher("test")
    with pytest.raises((BrokerUnavailable, BrokerRefused)) as failure:
        publisher.publish([Message("a", b"1")])
    for setting in ("KAFKA_USERNAME", "KAFKA_PASSWORD_FILE", "KAFKA_CA_FILE"):
        assert setting in str(failure.value)


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("KAFKA_PASSWORD_FILE", "/nowhere/password", "cannot read KAFKA_PASSWORD_FILE /nowhere/password"),
        ("KAFKA_PASSWORD_FILE", "", "needs KAFKA_USERNAME and KAFKA_PASSWORD_FILE"),
        ("KAFKA_CA_FILE", "/nowhere/ca.pem", "cannot use KAFKA_CA_FILE /nowhere/ca.pem"),
        ("KAFKA_CA_FILE", "{folder}/password", "cannot use KAFKA_CA_FILE"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_name(secure, setting, value, named) -> None:
    publisher = secure.topic(**{setting: value.format(folder=secure.folder)}).publisher("test")
    with pytest.raises(BrokerRefused, match=named):
        publisher.publish([Message("a", b"1")])
