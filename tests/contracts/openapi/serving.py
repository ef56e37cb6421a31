"""A service as it is really served, by gunicorn, and a client that says whatever bytes it is told to say."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from services.registry import service_named
from shared.chassis.config import Config
from tests.support import config_for

PATIENCE = 40.0
"""Seconds until a service answers that has just been started, on a machine that has other things to do."""


@dataclass(frozen=True)
class Answer:
    """An answer as it came over the wire; status 0 where the connection was closed without one."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    closed: bool

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Served:
    """A service that is listening."""

    port: int
    config: Config
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, timeout: float = 20.0) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def say(self, raw: bytes, timeout: float = 20.0) -> Answer:
        """Say these bytes and no more on a new connection; the first answer, once there is no more of it."""
        with self.connect(timeout) as connection:
            began = time.monotonic()
            with suppress(OSError):  # a server that has heard enough need not listen to the end
                connection.sendall(raw)
                connection.shutdown(socket.SHUT_WR)
            return answer_on(connection, began)


def answer_on(connection: socket.socket, began: float) -> Answer:
    """Everything that comes on a connection until it is closed or silent, as one answer."""
    heard, closed = b"", True
    try:
        while more := connection.recv(65_536):
            heard += more
    except TimeoutError:
        closed = False
    except OSError:
        pass
    head, _, body = heard.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = int(lines[0].split(" ")[1]) if lines[0].startswith("HTTP/") else 0
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    return Answer(status, headers, body, time.monotonic() - began, closed)


def free_offset(*ports: int) -> int:
    """What to add to all these ports to find them free."""
    for offset in range(20_000, 45_000, 7 * 13):
        chosen = offset + os.getpid() % 89
        with suppress(OSError):
            for port in ports:
                with socket.socket() as tried:
                    tried.bind(("127.0.0.1", port + chosen))
            return chosen
    raise AssertionError("no free port")


@contextmanager
def serving(name: str, state: Path, *, public: bool = False) -> Iterator[Served]:
    """`candour serve` with a migrated database, until the end of the block."""
    service = service_named(name)
    base = service.site.port if public and service.site else service.port
    config = config_for(state, CANDOUR_PORT_OFFSET=str(free_offset(base)), CANDOUR_WEB_THREADS="8")
    command = [sys.executable, "-m", "services.cli", "serve", name, *(["--public"] if public else [])]
    log = state / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=config.environment(), stdout=output, stderr=output)
    served = Served(config.port(base), config, log)
    try:
        until_it_answers(served, process)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until_it_answers(served: Served, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            if served.say(b"GET /ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"{served.address} does not answer:\n{served.log.read_text()[-2_000:]}")
