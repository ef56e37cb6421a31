"""Some of Candour's processes, as they are really run: with databases, ports and a topic of their own."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Table, select

from services.audit.models import ledger
from services.intake.models import case
from services.operations.broker import PORT as BROKER_PORT
from services.operations.client import Caller
from services.operations.stack import MAIL_PORT, addresses, ready
from services.registry import runtime_of
from shared.chassis.config import Config
from shared.chassis.events.log import event_log
from shared.chassis.events.parking import waiting
from shared.chassis.local_issuer import LocalIssuer
from shared.chassis.runtime import Runtime
from tests.ports import SURVIVAL_OFFSETS, is_free

PATIENCE = 60.0
"""Seconds that anything may take before a test fails: machines under load are slow, and must not be wrong."""
SPELL = 0.05


def until(reached: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """What `reached` returns as soon as that is true; fail when it does not become so."""
    end = time.monotonic() + patience
    while True:
        found = reached()
        if found:
            return found
        assert time.monotonic() < end, f"not within {patience:g} s: {what}"
        time.sleep(SPELL)


@dataclass(frozen=True)
class Reply:
    """What came back from a path that needs no token. Status 0: nothing did."""

    status: int
    headers: dict[str, str]
    text: str


class Process:
    """One process of Candour. It leads a process group of its own, which ends with it."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "services.cli", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.popen.pid

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it, and what it has started, as a crash would."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait(PATIENCE)

    def said(self, words: str) -> bool:
        """Whether these words stand in its log by now."""
        return words in self.log.read_text(errors="replace")

    def workers(self) -> list[int]:
        """The processes that it has started itself."""
        return [int(word) for word in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]


class Running:
    """Nothing runs at first; what a test starts ends with the `running` block."""

    def __init__(self, state: Path, **settings: str) -> None:
        self.config = Config.load(
            {
                "CANDOUR_ENV": "test",
                "CANDOUR_STATE": str(state),
                "CANDOUR_PORT_OFFSET": str(_free_offset()),
                "KAFKA_TOPIC_PREFIX": f"survival-{uuid4().hex[:8]}.",
                **settings,
            }
        )
        self.state = state
        self.processes: list[Process] = []
        self._runtimes: dict[str, Runtime] = {}
        (state / "logs").mkdir(parents=True, exist_ok=True)
        LocalIssuer.of(self.config)

    def runtime(self, service: str) -> Runtime:
        """The service as this process sees it: the same database, topic and documents."""
        if service not in self._runtimes:
            self._runtimes[service] = runtime_of(service, self.config)
        return self._runtimes[service]

    def migrate(self, *services: str) -> None:
        for service in services:
            self.runtime(service).migrate()

    def serve(self, *services: str, **settings: str) -> Process:
        """Start the web processes of these services and return when all are ready; the last one."""
        started = [self.start("serve", service, **settings) for service in services]
        for service, process in zip(services, started, strict=True):
            address = addresses(self.config)[service]
            until(lambda address=address: ready(address), f"{service} is ready, see {process.log}")
        return started[-1]

    def work(self, service: str, *arguments: str) -> Process:
        return self.start("work", service, *arguments)

    def start(self, *arguments: str, **settings: str) -> Process:
        log = self.state / "logs" / f"{len(self.processes)}-{'-'.join(arguments).strip('-')}.log"
        process = Process(list(arguments), self.environment(**settings), log)
        self.processes.append(process)
        return process

    def environment(self, **settings: str) -> dict[str, str]:
        return self.config.environment(PYTHONUNBUFFERED="1", **settings)

    def command(self, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run one command of `candour` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *arguments],
            capture_output=True,
            text=True,
            env=self.environment(**settings),
            timeout=PATIENCE,
            check=False,
        )

    def caller(self, person: str = "o.finch", *roles: str) -> Caller:
        """Somebody at the HTTP interfaces; an officer unless told otherwise. For one thread."""
        return Caller.as_person(self.config, person, *(roles or ("foi-officer",)))

    def look(self, service: str, path: str, **headers: str) -> Reply:
        """GET a path of a service without a token of ours."""
        request = urllib.request.Request(addresses(self.config)[service] + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Reply(answer.status, dict(answer.headers), answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, dict(error.headers), error.read().decode())
        except OSError:
            return Reply(0, {}, "")

    def cases(self) -> set[str]:
        """The ids of all cases in intake's database."""
        return {row.id for row in self.rows("intake", case)}

    def recorded(self, service: str) -> list[str]:
        """The ids of all events in the log of a service, in order."""
        return [row.event_id for row in self._all(service, select(event_log).order_by(event_log.c.position))]

    def ledger(self) -> list[Any]:
        """What the ledger holds, in the order of the topic."""
        return self._all("audit", select(ledger).order_by(ledger.c.partition, ledger.c.offset))

    def parked(self, service: str) -> list[Any]:
        with self.runtime(service).engine.connect().execution_options(reading=True) as connection:
            return list(waiting(connection))

    def rows(self, service: str, table: Table) -> list[Any]:
        """Everything in a table of a service."""
        return self._all(service, select(table))

    def _all(self, service: str, query: Any) -> list[Any]:
        with self.runtime(service).engine.connect().execution_options(reading=True) as connection:
            return list(connection.execute(query).all())

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
        self.disconnect()

    def disconnect(self) -> None:
        """Let go of this process's own connections to the databases; new ones are made when they are needed."""
        for runtime in self._runtimes.values():
            runtime.engine.dispose()


@contextmanager
def running(state: Path, **settings: str) -> Iterator[Running]:
    """Processes that end when the block is left, also those that a test has put to sleep."""
    found = Running(state, **settings)
    try:
        yield found
    finally:
        found.stop()


def read_json(done: "subprocess.CompletedProcess[str]") -> Any:
    """What a command with --json has printed."""
    return json.loads(done.stdout)


def _free_offset() -> int:
    """An offset at which every port of a whole stack is free."""
    config = Config.load({"CANDOUR_ENV": "test"})
    bases = [int(address.rsplit(":", 1)[1]) for address in addresses(config).values()]
    bases += [BROKER_PORT, BROKER_PORT + 1, MAIL_PORT]
    for _ in range(200):
        offset = random.choice(SURVIVAL_OFFSETS)
        if all(is_free(base + offset) for base in bases):
            return offset
    raise AssertionError("no free ports")
