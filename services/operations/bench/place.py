"""Where the measurements happen: a temporary folder, free ports on the loopback interface, servers of their own.

Nothing here touches the state, the ports or the broker of a running Candour.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from services.operations import OperationFailed
from services.operations.broker import LocalBroker
from shared.chassis.config import Config

ROOT = Path(__file__).parents[3]
CANDOUR = ("-c", "from services.cli import main; main()")
"""The `candour` command of this installation, for this interpreter."""
_HIGHEST_PORT = 8_180
"""The stack's ports lie between this one and the mail catcher's; the broker's two lie above."""


class Place:
    """The temporary folder of one run and what has been started in it; `close` ends and removes all of it."""

    def __init__(self, config: Config) -> None:
        self._given = config
        self._stack = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="candour-bench-"))
        self._stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self._made = 0
        self._broker: LocalBroker | None = None
        self._postgresql: int | None = None

    def close(self) -> None:
        self._stack.close()

    def config(self, name: str, **changes: object) -> Config:
        """The settings of a stack with an empty state folder and ports of its own."""
        self._made += 1
        own = {"state": self.folder / f"{self._made}-{name}", "port_offset": _free_offset(), "clock_file": None}
        plain = Config.load({"CANDOUR_ENV": "development", "CANDOUR_LOG_LEVEL": self._given.log_level})
        made = replace(plain, **{**own, **changes})  # type: ignore[arg-type]
        made.state.mkdir(parents=True)
        return made

    def broker(self) -> str:
        """The address of the run's own Apache Kafka, started when first asked for."""
        if self._broker is None:
            broker = LocalBroker(self.folder / "broker", free_port())
            broker.prepare(lambda text: print(text, file=sys.stderr))
            broker.start()
            self._stack.callback(broker.stop)
            broker.wait()
            self._broker = broker
        return self._broker.address

    def postgresql(self, name: str) -> str | None:
        """The setting of databases on the run's own PostgreSQL, which waits for the disk as in production; None
        where this machine has no PostgreSQL. Its databases are named after `name` and made by `create_database`."""
        programs = postgresql_programs()
        if programs is None:
            return None
        if self._postgresql is None:
            self._postgresql = self._stack.enter_context(_running_postgresql(programs, self.folder))
        return f"postgresql+psycopg://candour@127.0.0.1:{self._postgresql}/{name}_{{service}}"

    def create_database(self, name: str) -> None:
        assert self._postgresql is not None, "postgresql comes first"
        with psycopg.connect(_postgres(self._postgresql), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())

    @contextmanager
    def running(self, name: str, command: list[str], environment: Mapping[str, str]) -> Iterator["Running"]:
        """A program of this installation, ended by SIGTERM at the end of the block."""
        log = self.folder / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=dict(environment),
                cwd=ROOT,
            )
        running = Running(process, log)
        try:
            yield running
        finally:
            running.stop()


class Running:
    """A program that was started here."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_for_port(self, port: int, timeout: float = 30.0) -> None:
        """Return when it listens. Raises `OperationFailed` with its last words."""
        end = time.monotonic() + timeout
        while not listening(port):
            if self._process.poll() is not None or time.monotonic() > end:
                raise OperationFailed(f"{self._log.stem} does not serve:\n{self.last_words()}")
            time.sleep(0.02)

    def check(self) -> None:
        """Raise `OperationFailed` when it has ended by itself."""
        if self._process.poll() is not None:
            raise OperationFailed(f"{self._log.stem} ended by itself:\n{self.last_words()}")

    def last_words(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def free_port() -> int:
    """A port of the loopback interface that nobody listens on, with the next one free as well."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port < 65_000 and not listening(port + 1):
            return port


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def postgresql_programs() -> Path | None:
    """Where the newest PostgreSQL of this machine has its programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parents[1].name))
    return found[-1].parent if found else None


def _free_offset() -> int:
    """An addition to every port that puts the whole stack where nobody listens."""
    for offset in range(20_000, 40_000, 1_200):
        ports = [*range(8_101, 8_106), _HIGHEST_PORT, 8_025, 9_092, 9_093]
        if not any(listening(port + offset) for port in ports):
            return offset
    raise OperationFailed("No range of free ports was found between 28,000 and 49,000.")


@contextmanager
def _running_postgresql(programs: Path, folder: Path) -> Iterator[int]:
    owner = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    place, port = Path(tempfile.mkdtemp(prefix="candour-bench-postgresql-")), free_port()
    identity = {"user": owner, "group": owner, "extra_groups": []} if owner else {}
    try:
        if owner:
            os.chown(place, pwd.getpwnam(owner).pw_uid, -1)
        making = ["-D", str(place / "data"), "-U", "candour", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [str(programs / "initdb"), *making],
            check=True,
            capture_output=True,
            cwd="/",
            **identity,  # type: ignore[call-overload]
        )
        options = ["-c", "listen_addresses=127.0.0.1", "-c", f"port={port}", "-c", "unix_socket_directories="]
        with (folder / "postgresql.log").open("wb") as log:
            server = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(place / "data"), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                **identity,  # type: ignore[call-overload]
            )
        try:
            _wait_until_it_answers(port)
            yield port
        finally:
            server.send_signal(signal.SIGINT)  # its fast shutdown: it waits for nobody who is still connected
            server.wait(20)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _wait_until_it_answers(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(_postgres(port), connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _postgres(port: int) -> str:
    return f"host=127.0.0.1 port={port} user=candour dbname=postgres"
