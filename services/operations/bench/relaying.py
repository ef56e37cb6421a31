"""P5: what a service's relay sends in a second, over a bare producer of the same client sending the same messages."""

import sqlite3
import time
from itertools import islice
from typing import Any

from services.operations.bench.bare import BareProducer
from services.operations.bench.life import Made, lives
from services.operations.bench.place import Place
from services.operations.bench.report import Bound, Measurement, paired
from services.registry import runtime_of
from shared.chassis.events.kafka import KafkaBroker
from shared.chassis.events.relay import BATCH, Relay

SOURCE = "decision"
_PER_LIFE = 9
"""Events that the decision service records in one life: of all services the most."""


def measure(place: Place, quick: bool) -> list[Measurement]:
    rounds, each = (3, 2_000) if quick else (5, 6_000)
    config = place.config("relaying", kafka_bootstrap_servers=place.broker())
    runtime = runtime_of(SOURCE, config)
    runtime.migrate()
    wanted = (made for made in lives((rounds + 1) * each // _PER_LIFE + 100) if made.source == SOURCE)
    made = list(islice(wanted, (rounds + 1) * each))
    fill_log(str(runtime.engine.url.database), made)
    topic = KafkaBroker("bench.relaying", config)
    topic.ensure_topic()
    bare, publisher = BareProducer(topic), topic.publisher("bench-relay")
    relay = Relay(runtime.engine, publisher)
    floors, reals = [], []
    try:
        for number in range(rounds + 1):
            messages = [one.message() for one in made[number * each : (number + 1) * each]]
            floor = _seconds(bare.publish, messages)
            real = _seconds(_relay, relay, each)
            if number:  # the first round warms both
                floors.append(each / floor)
                reals.append(each / real)
    finally:
        bare.close()
        publisher.close()
        runtime.engine.dispose()
    floor, real = paired(floors, reals)
    return [
        Measurement(
            id="P5",
            what="relay over a bare producer",
            unit="events/s",
            floor=floor,
            real=real,
            bound=Bound("at least", 0.6),
            note=f"a backlog of cases 50 at a time, {BATCH} events in a batch; every acknowledgement waited for",
        )
    ]


def fill_log(path: str, made: list[Made]) -> None:
    """Put the events at the end of the log of an SQLite database, as if they had been recorded."""
    connection = sqlite3.connect(path)
    (last,) = connection.execute("SELECT coalesce(max(position), 0) FROM event_log").fetchone()
    rows = (
        (
            last + place,
            one.event_id,
            one.subject,
            one.number,
            one.type,
            f"{one.at:%Y-%m-%d %H:%M:%S.%f}",
            one.body,
            one.hash,
        )
        for place, one in enumerate(made, start=1)
    )
    connection.executemany("INSERT INTO event_log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("UPDATE event_log_head SET position = ?, hash = ?", (last + len(made), made[-1].hash))
    connection.commit()
    connection.close()


def _relay(relay: Relay, count: int) -> None:
    while count > 0:
        count -= relay.run_once()


def _seconds(work: Any, *arguments: Any) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began
