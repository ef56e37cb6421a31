"""A PostgreSQL server that can be stopped as by a crash, and started again on its data."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL

from tests.integration.survival.running import until
from tests.postgresql import Cluster, running_cluster


class Server:
    """`cluster` makes databases on it."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.ask("SELECT 1")
        data = Path(self.ask("SHOW data_directory")[0][0])
        self._pid = int((data / "postmaster.pid").read_text().split()[0])
        self._owner = data.stat()
        self._command = Path(f"/proc/{self._pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        self._again: subprocess.Popen[bytes] | None = None

    def ask(self, statement: str, database: str = "postgres") -> list[tuple]:
        """Run a statement as the superuser; its rows."""
        return ask(self.cluster, statement, database)

    def crash(self) -> None:
        """Stop at once: every connection is cut and nothing is written down in order."""
        os.kill(self._pid, signal.SIGQUIT)
        until(lambda: not self._listens(), "PostgreSQL has stopped")
        if self._again is not None:
            self._again.wait(30)

    def start(self) -> None:
        """Start it again; returns at once, as the operating system's supervisor would."""
        as_its_owner = {"user": self._owner.st_uid, "group": self._owner.st_gid, "extra_groups": []}
        self._again = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **(as_its_owner if os.geteuid() == 0 else {}),
        )
        self._pid = self._again.pid

    def stop(self) -> None:
        if self._again is not None:
            self._again.send_signal(signal.SIGINT)
            self._again.wait(30)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.cluster.port)) == 0


@contextmanager
def server() -> Iterator[Server]:
    """One that waits for the disk, so that what it has promised outlives a crash."""
    with running_cluster(durable=True) as cluster:
        found = Server(cluster)
        try:
            yield found
        finally:
            found.stop()


def ask(cluster: Cluster, statement: str, database: str = "postgres") -> list[tuple]:
    """Run a statement as the superuser; its rows."""
    with psycopg.connect(
        host="127.0.0.1", port=cluster.port, user="candour", dbname=database, autocommit=True
    ) as connection:
        cursor = connection.execute(SQL(statement))
        return cursor.fetchall() if cursor.description else []
