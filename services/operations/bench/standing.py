"""P17, P18, P19: the whole stack as `candour up` runs it: how soon it works, and what memory it takes after work."""

import json
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from services import SERVICES
from services.operations import OperationFailed
from services.operations.bench.memory import command_of, processes_of, pss
from services.operations.bench.place import CANDOUR, Place, Running
from services.operations.bench.report import Bound, Measurement
from services.operations.bench.writes import REQUEST
from services.operations.client import Caller
from services.operations.stack import addresses, ready
from shared.chassis.config import Config
from shared.chassis.local_issuer import LocalIssuer

PATIENCE = 60.0
LISTS = (
    ("intake", "/cases"),
    ("consultation", "/consultations"),
    ("decision", "/cases"),
    ("publishing", "/entries"),
    ("audit", "/events"),
)


def measure(place: Place, quick: bool) -> list[Measurement]:
    config = place.config("standing")
    LocalIssuer.of(config)  # the key of whoever asks; `up` would make the same
    began = time.monotonic()
    with place.running("up", [*CANDOUR, "up"], config.environment()) as up:
        _wait(up, lambda: ready(addresses(config)["intake"]))
        officer = Caller.as_person(config, "o.finch", "foi-officer")
        officer.ask("intake", "POST", "/cases", REQUEST)
        ledger = Path(config.service_database_url("audit").removeprefix("sqlite:///"))
        _wait(up, lambda: _entries(ledger) > 0)
        first_event = time.monotonic() - began
        _wait(up, lambda: all(ready(address) for address in addresses(config).values()))
        requests = 200 if quick else 2_000
        _work(config, requests)
        time.sleep(1)
        sizes = {pid: (command_of(pid), pss(pid)) for pid in processes_of(up.pid)}
    of_services = {name: sum(size for command, size in sizes.values() if _belongs(command, name)) for name in SERVICES}
    broker = sum(size for command, size in sizes.values() if "kafka.Kafka" in command)
    around = sum(size for _, size in sizes.values()) - sum(of_services.values()) - broker
    shares = ", ".join(f"{name} {size:.0f}" for name, size in of_services.items())
    return [
        Measurement(
            id="P17",
            what="memory of one service, web and work, the largest",
            unit="MB",
            real=max(of_services.values()),
            note=f"MB of each: {shares}",
        ),
        Measurement(
            id="P18",
            what="memory of all service processes together",
            unit="MB",
            real=sum(of_services.values()),
            bound=Bound("at most", 900, "real"),
            note=f"PSS after {requests * 2:,} requests; besides, the broker took {broker:.0f} MB, and what `up` runs"
            f" around the services {around:.0f} MB",
        ),
        Measurement(
            id="P19",
            what="`up` in an empty folder to the first event in the ledger",
            unit="s",
            real=first_event,
            bound=Bound("at most", 20, "real"),
        ),
    ]


def _work(config: Config, requests: int) -> None:
    """Requests to every service, half of them new cases: their events also keep the workers busy."""
    roles = ("foi-officer", "decision-maker", "publisher", "auditor")
    body = json.dumps(REQUEST).encode()

    def one_person(number: int) -> None:
        caller = Caller.as_person(config, f"person-{number}", *roles)
        for turn in range(requests // 4):
            caller.ask("intake", "POST", "/cases", body)
            service, path = LISTS[turn % len(LISTS)]
            caller.ask(service, "GET", path)
        caller.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one_person, range(4)))


def _belongs(command: str, service: str) -> bool:
    return f"work {service}" in command or f"'{service}'" in command or f"serve {service}" in command


def _entries(ledger: Path) -> int:
    try:
        connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM ledger").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.OperationalError:  # not there yet
        return 0


def _wait(up: Running, reached: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        up.check()
        if time.monotonic() > end:
            raise OperationFailed(f"Waited {PATIENCE:.0f} s in vain:\n{up.last_words()}")
        time.sleep(0.02)
