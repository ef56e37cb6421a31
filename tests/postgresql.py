"""A private PostgreSQL for tests: a cluster of its own on a free port, gone when the tests are over.

Each test gets databases of its own, cloned from one that is migrated once per service.
"""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from services import SERVICES
from services.registry import service_named
from shared.chassis.config import Config
from shared.chassis.runtime import Runtime
from tests.ports import free_ports

LEAST = 15
ROOM = 2 << 30
"""Bytes: several times what the clusters of two workers take."""
HOW_TO_GET_IT = (
    f"PostgreSQL {LEAST} or later is needed and was not found. On Debian or Ubuntu run:\n"
    "  sudo apt-get install -y --no-install-recommends postgresql"
)


class PostgresqlMissing(Exception):
    """This machine has no PostgreSQL that will do; the message says what to run."""


class Cluster:
    """A running server. Its databases belong to the one user, who needs no password on 127.0.0.1."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = itertools.count(1)
        self._templates: set[str] = set()

    def url(self, prefix: str) -> str:
        """The setting CANDOUR_DATABASE_URL for databases with this prefix."""
        return f"postgresql+psycopg://candour@127.0.0.1:{self.port}/{prefix}_{{service}}"

    @contextmanager
    def databases(self, *services: str) -> Iterator[str]:
        """New databases of these services, migrated where they are services of Candour; the setting for them."""
        prefix = f"test_{next(self._numbers)}"
        for name in services:
            self._create(f"{prefix}_{name}", self._template(name))
        try:
            yield self.url(prefix)
        finally:
            for name in services:
                self._run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(f"{prefix}_{name}")))

    def _template(self, service: str) -> str:
        if service not in SERVICES:
            return "template1"
        name = f"template_{service}"
        if name not in self._templates:
            self._create(name, "template1")
            config = Config.load({"CANDOUR_ENV": "test", "CANDOUR_DATABASE_URL": self.url("template")})
            runtime = Runtime(service_named(service), config)
            runtime.migrate()
            runtime.engine.dispose()
            self._templates.add(name)
        return name

    def _create(self, name: str, template: str) -> None:
        statement = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")  # twice as fast as through its log
        self._run(statement.format(Identifier(name), Identifier(template)))

    def _run(self, statement: SQL) -> None:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="candour", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def running_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """A new cluster. `durable` has it wait for the disk, as it must where tests kill the machine under it; else it
    does not and lives in memory where there is room, which is several times faster. Raises `PostgresqlMissing`."""
    programs = _programs()
    owner = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="candour-postgresql-", dir=None if durable else _memory()))
    port = free_ports(1)
    try:
        if owner:
            os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
        making = ["-D", folder / "data", "-U", "candour", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _call([programs / "initdb", *making], owner)
        settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
        if not durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        options = [item for name, value in settings.items() for item in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                user=owner,
                group=owner,
                extra_groups=None if owner is None else [],
            )
        try:
            _wait_until_it_answers(port, server, folder / "log")
            yield Cluster(port)
        finally:
            server.send_signal(signal.SIGINT)  # its fast shutdown: it waits for nobody who is still connected
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A folder that is kept in memory, where this machine has one with room for a cluster."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > ROOM else None


def _programs() -> Path:
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(versions, key=lambda path: float(path.parents[1].name))
    if not found or float(found[-1].parents[1].name) < LEAST:
        raise PostgresqlMissing(HOW_TO_GET_IT)
    return found[-1].parent


def _call(command: list[str | Path], owner: str | None) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd="/",
        user=owner,
        group=owner,
        extra_groups=None if owner is None else [],
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _wait_until_it_answers(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="candour", dbname="postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            said = log.read_text(errors="replace")
            assert server.poll() is None, f"PostgreSQL ended: {said}"
            assert time.monotonic() < end, f"PostgreSQL does not answer: {said}"
            time.sleep(0.05)
