"""What is put under fire: real Kafka, web servers and workers of the services, in a folder and on ports of its own."""

import socket
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from services.operations import OperationFailed
from services.operations.broker import PORT as BROKER_PORT
from services.operations.broker import LocalBroker
from services.operations.chaos.bugs import PROCESS
from services.operations.chaos.databases import Databases
from services.operations.chaos.mailbox import Mailbox
from services.operations.chaos.supervisor import Child, Supervisor
from services.operations.stack import MAIL_PORT, addresses, environment, ready
from services.registry import runtime_of
from shared.chassis.config import Config
from shared.chassis.local_issuer import LocalIssuer
from shared.chassis.runtime import Runtime

OFFSETS = range(3_000, 22_000, 97)
"""Where to look for free ports: below those that systems give to outgoing connections."""
WEB_WORKERS = 2


class Rig:
    """`services` of Candour with a broker, a mail catcher and databases of their own, a seeded bug in all processes or
    none. Several rigs, one after the other, may share a `broker` that runs already; each has a topic of its own."""

    def __init__(
        self, configured: Config, services: Sequence[str], bug: str | None = None, broker: LocalBroker | None = None
    ) -> None:
        self.services = tuple(services)
        self.state = Path(tempfile.mkdtemp(prefix="candour-chaos-"))
        offset = free_offset(configured)
        self._owns_broker = broker is None
        self.broker = broker or LocalBroker(self.state, BROKER_PORT + offset)
        self._databases = Databases(configured.database_url, services)
        self.config = replace(
            configured,
            env="test",
            state=self.state,
            database_url=self._databases.url,
            blobs="{state}/blobs",
            port_offset=offset,
            web_workers=WEB_WORKERS,
            kafka_bootstrap_servers=self.broker.address,
            kafka_topic_prefix=f"{self.state.name}.",
            kafka_security_protocol="PLAINTEXT",
            oidc_issuer="candour-local",
            oidc_audience="candour",
            oidc_jwks="{state}/identity/jwks.json",
            smtp_url="",
            clock_file=None,
            log_level="WARNING",
        )
        self.mailbox = Mailbox(self.config.port(MAIL_PORT))
        self.supervisor = Supervisor()
        self._bug = bug
        self._runtimes: dict[str, Runtime] = {}

    def start(self, say: Callable[[str], None]) -> None:
        """Return once everything serves."""
        (self.state / "logs").mkdir(parents=True, exist_ok=True)
        if self._owns_broker:
            self.broker.prepare(say)
            self.broker.start()
        self._databases.make()
        for name in self.services:
            self.runtime(name).migrate()
        LocalIssuer.of(self.config)
        self.mailbox.start()
        self.broker.wait()
        for name in self.services:
            self.supervisor.add(self._child(f"{name} web", "serve", name))
            self.supervisor.add(self._child(f"{name} work", "work", name))
        self.supervisor.start()
        self.wait_until_ready()

    def wait_until_ready(self, timeout: float = 60.0) -> None:
        """Return once every service answers that it is ready. Raises `OperationFailed`."""
        end = time.monotonic() + timeout
        found = addresses(self.config)
        waiting = [found[name] for name in self.services]
        while waiting := [address for address in waiting if not ready(address)]:
            if time.monotonic() > end:
                raise OperationFailed(f"Not ready after {timeout:.0f} s: {waiting}. See {self.state / 'logs'}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End every process, and take away the databases on a server. The folder stays."""
        self.supervisor.stop()
        if self._owns_broker and self.broker.pid is not None:
            self.broker.kill()
        self.mailbox.stop()
        for runtime in self._runtimes.values():
            runtime.engine.dispose()
        self._databases.remove()

    def runtime(self, name: str) -> Runtime:
        """The service as this process sees it, from outside and without any bug."""
        if name not in self._runtimes:
            self._runtimes[name] = runtime_of(name, self.config)
        return self._runtimes[name]

    def engine(self, name: str) -> Engine:
        return self.runtime(name).engine

    def _child(self, name: str, command: str, service: str) -> Child:
        sound = [str(Path(sys.executable).with_name("candour"))]
        program = sound if self._bug is None else [sys.executable, "-m", PROCESS, self._bug]
        return Child(
            name=name,
            command=[*program, command, service],
            environment=environment(self.config),
            log=self.state / "logs" / f"{name.replace(' ', '-')}.log",
        )


def free_offset(config: Config) -> int:
    """An offset at which every port of a whole stack is free."""
    bases = [int(address.rsplit(":", 1)[1]) - config.port_offset for address in addresses(config).values()]
    bases += [BROKER_PORT, BROKER_PORT + 1, MAIL_PORT]
    start = time.time_ns() % len(OFFSETS)  # runs that begin together shall not look at the same ports
    for place in range(len(OFFSETS)):
        offset: int = OFFSETS[(start + place) % len(OFFSETS)]
        if all(_is_free(base + offset) for base in bases):
            return offset
    raise OperationFailed("There are no free ports for a stack of its own.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
