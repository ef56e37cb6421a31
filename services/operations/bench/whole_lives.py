"""P10: whole lives of cases a second, from request to published entry, over the raw limit of the same commits.

The limit is one process with the bare driver that does, for each of 20 events, the three commits that the design has:
state and event; effect and inbox; ledger. No HTTP, no bus, no rules.
"""

import itertools
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

from services.operations.bench.place import CANDOUR, Place
from services.operations.bench.report import Measurement
from services.operations.golden_case import GoldenCase, golden_cases
from services.operations.playing import Player
from services.operations.stack import addresses, ready
from shared.chassis.clock import FileClock
from shared.chassis.config import Config

OFFICES = 4
"""How many cases are worked on at a time."""
EVENTS = 20


class _NoClock:
    """Takes the place of the demonstration's clock: here everything happens now."""

    def set(self, _moment: datetime) -> None:
        """Nothing is moved."""


def measure(place: Place, quick: bool) -> list[Measurement]:
    seconds, cases = (2.0, 8) if quick else (5.0, 32)
    before = _raw_limit(place.folder / "raw-1", seconds)
    config = place.config("lives")
    with place.running("up-lives", [*CANDOUR, "up"], config.environment()) as up:
        end = time.monotonic() + 60
        while not all(ready(address) for address in addresses(config).values()):
            up.check()
            assert time.monotonic() < end, up.last_words()
            time.sleep(0.05)
        _play(config, cases // 4, "warm")
        real = cases / _play(config, cases, "life")
    after = _raw_limit(place.folder / "raw-2", seconds)
    return [
        Measurement(
            id="P10",
            what="whole lives of cases over raw commits",
            unit="cases/s",
            floor=(before + after) / 2,
            real=real,
            note=f"{OFFICES} cases at a time, through HTTP, Kafka, mail, audit, site; {EVENTS * 3} raw commits a case",
        )
    ]


def _play(config: Config, cases: int, name: str) -> float:
    """Seconds for so many cases."""
    numbers = itertools.count()
    templates = [case for case in golden_cases() if case["publication"]["mode"] != "held first"]

    def one_office(_: int) -> None:
        while (number := next(numbers)) < cases:
            player = Player(config, cast(FileClock, _NoClock()), lambda text: None)
            player.play(_again(templates[number % len(templates)], f"{name}-{number}"))

    began = time.perf_counter()
    with ThreadPoolExecutor(OFFICES) as pool:
        list(pool.map(one_office, range(OFFICES)))
    return time.perf_counter() - began


def _again(case: GoldenCase, key: str) -> GoldenCase:
    """The same case once more, released by hand."""
    moment = case.moments[-1][0].replace(tzinfo=None)
    return replace(case, key=key, table={**case.table, "publication": {"mode": "by hand", "at": moment}})


def _raw_limit(folder: Path, seconds: float) -> float:
    """Cases a second."""
    folder.mkdir()
    connections = []
    for name in ("service", "other", "ledger"):
        connection = sqlite3.connect(folder / f"{name}.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE state (id TEXT PRIMARY KEY, body TEXT)")
        connection.execute("CREATE TABLE event (id TEXT PRIMARY KEY, body TEXT)")
        connections.append(connection)
    began, cases = time.perf_counter(), 0
    while (taken := time.perf_counter() - began) < seconds:
        for event in range(EVENTS):
            for connection in connections:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO state VALUES (?, ?)", (f"{cases}-{event}", "x" * 400))
                connection.execute("INSERT INTO event VALUES (?, ?)", (f"{cases}-{event}", "y" * 500))
                connection.execute("COMMIT")
        cases += 1
    for connection in connections:
        connection.close()
    return cases / taken
