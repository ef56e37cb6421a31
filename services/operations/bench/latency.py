"""P7: from a commit in one service to its effect in the database of another, at 50 a second, over a floor without bus.

Open loop: events are due at fixed times, and each one's latency counts from when it was due, so that a stall is
felt by all that wait behind it. The floor is a second process that is woken by the same doorbell, reads the first
one's outbox and applies the effect, with the bare driver. An observer looks into the second database, with the same
patience for both.
"""

import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from services.operations import OperationFailed
from services.operations.bench.life import case_id
from services.operations.bench.place import CANDOUR, Place
from services.operations.bench.report import Bound, Measurement, paired, quantile
from services.registry import runtime_of
from shared.chassis.events.doorbell import Doorbell
from shared.chassis.events.values import BlindText
from shared.chassis.identity import Actor
from shared.contracts.intake import RequesterRevealed

RATE = 50
LOOK = 0.0005
_FLOOR_TABLES = (
    "CREATE TABLE state (id TEXT PRIMARY KEY, version INTEGER)",
    "CREATE TABLE outbox (position INTEGER PRIMARY KEY, id TEXT, body TEXT)",
    "CREATE TABLE effect (id TEXT PRIMARY KEY, body TEXT)",
)


@dataclass
class _Observer:
    """Sees keys appear in a table, in another thread."""

    path: Path
    query: str
    seen: dict[str, float] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
        last = version = 0
        while not self.ended.is_set():
            (now,) = connection.execute("PRAGMA data_version").fetchone()
            if now != version:
                version = now
                rows = connection.execute(self.query, (last,)).fetchall()
                self.seen.update(dict.fromkeys((key for _, key in rows), time.perf_counter()))
                last = rows[-1][0] if rows else last
            time.sleep(LOOK)
        connection.close()


def measure(place: Place, quick: bool) -> list[Measurement]:
    rounds, seconds = (2, 4.0) if quick else (3, 10.0)
    with ExitStack() as stack:
        floor_round = _floor(place, stack)
        real_round = _real(place, stack)
        for warm_up in (floor_round, real_round):
            warm_up(0, 2.0)
        floors, reals = [], []
        for number in range(1, rounds + 1):
            floors.append(floor_round(number, seconds))
            reals.append(real_round(number, seconds))
    found = []
    for name, share, limit in (("p50", 0.5, 3), ("p99", 0.99, 5)):
        floor, real = paired([quantile(each, share) for each in floors], [quantile(each, share) for each in reals])
        found.append(
            Measurement(
                id="P7",
                what=f"commit to effect in the next service at {RATE}/s, {name}, over no bus",
                unit="ms",
                floor=floor * 1_000,
                real=real * 1_000,
                bound=Bound("at most", limit),
            )
        )
    return found


def _real(place: Place, stack: ExitStack) -> Callable[[int, float], list[float]]:
    """Intake records an event; its worker relays it; audit's worker enters it in the ledger."""
    config = place.config("latency", kafka_bootstrap_servers=place.broker())
    intake, audit = runtime_of("intake", config), runtime_of("audit", config)
    for runtime in (intake, audit):
        runtime.migrate()
        name = runtime.service.name
        stack.enter_context(place.running(f"{name}-work", [*CANDOUR, "work", name], config.environment()))
    observer = _Observer(Path(str(audit.engine.url.database)), "SELECT rowid, subject FROM ledger WHERE rowid > ?")
    officer = Actor("o.finch", frozenset({"foi-officer"}), role="foi-officer")
    event = RequesterRevealed(reason=BlindText("To ask which districts are meant."))

    def commit(key: str) -> None:
        with intake.unit_of_work(officer) as uow:
            uow.record(event, subject=key)

    return _observed(stack, observer, commit)


def _floor(place: Place, stack: ExitStack) -> Callable[[int, float], list[float]]:
    folder = place.folder / "no-bus"
    folder.mkdir()
    for name in ("first.db", "second.db"):
        connection = _connect(folder / name)
        for statement in _FLOOR_TABLES:
            connection.execute(statement)
        connection.close()
    stack.enter_context(place.running("no-bus", ["-m", __name__, str(folder)], place.config("no-bus").environment()))
    observer = _Observer(folder / "second.db", "SELECT rowid, id FROM effect WHERE rowid > ?")
    bell = Doorbell(folder / "bell")
    kept = _connect(folder / "first.db")

    def commit(key: str) -> None:
        kept.execute("BEGIN IMMEDIATE")
        kept.execute("INSERT INTO state VALUES (?, 1)", (key,))
        kept.execute("INSERT INTO outbox (id, body) VALUES (?, ?)", (key, "y" * 500))
        kept.execute("COMMIT")
        bell.ring()

    return _observed(stack, observer, commit)


def _observed(
    stack: ExitStack, observer: _Observer, commit: Callable[[str], None]
) -> Callable[[int, float], list[float]]:
    """A round with this commit and this observer: the latencies in seconds, sorted."""
    thread = threading.Thread(target=observer.run)
    thread.start()
    stack.callback(thread.join)
    stack.callback(observer.ended.set)

    def play(number: int, seconds: float) -> list[float]:
        due: dict[str, float] = {}
        began = time.perf_counter() + 0.05
        for place in range(int(RATE * seconds)):
            key = case_id(number * 1_000_000 + place)
            due[key] = began + place / RATE
            time.sleep(max(0.0, due[key] - time.perf_counter()))
            commit(key)
        end = time.perf_counter() + 30
        while not due.keys() <= observer.seen.keys():
            if time.perf_counter() > end:
                raise OperationFailed(f"{len(due.keys() - observer.seen.keys())} of {len(due)} had no effect in 30 s")
            time.sleep(0.01)
        return sorted(observer.seen[key] - moment for key, moment in due.items())

    return play


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _apply(folder: Path) -> None:
    """The floor's second process: whatever is new in the first database has its effect in the second."""
    source, target = _connect(folder / "first.db"), _connect(folder / "second.db")
    bell, last = Doorbell(folder / "bell"), 0
    while True:
        rows = source.execute("SELECT position, id, body FROM outbox WHERE position > ? LIMIT 500", (last,)).fetchall()
        if not rows:
            bell.wait(0.2)
            continue
        target.execute("BEGIN IMMEDIATE")
        target.executemany("INSERT OR IGNORE INTO effect VALUES (?, ?)", [row[1:] for row in rows])
        target.execute("COMMIT")
        last = rows[-1][0]


if __name__ == "__main__":
    _apply(Path(sys.argv[1]))
