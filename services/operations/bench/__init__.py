"""`candour bench`: speed, memory and growth, as ratios of the real thing to a floor measured in the same run.

A floor is the least that the same machine can do the same work with: a bare handler, producer or consumer. Floor and
real take turns, round after round, so that whatever else the machine does meanwhile falls on both.
"""

import signal
import sys
import time
from collections.abc import Callable

from services.operations import OperationFailed
from services.operations.bench import (
    checks,
    deadlines,
    draining,
    growth,
    latency,
    relaying,
    standing,
    whole_lives,
    writes,
)
from services.operations.bench.place import Place
from services.operations.bench.report import Failure, Measurement, as_json, as_table, good
from shared.chassis.config import Config

Measure = Callable[[Place, bool], list[Measurement]]

ITEMS: tuple[tuple[frozenset[str], Measure], ...] = (
    (frozenset({"P16"}), deadlines.measure),
    (frozenset({"P22", "P23", "P24"}), checks.measure),
    (frozenset({"P1"}), writes.measure),
    (frozenset({"P5"}), relaying.measure),
    (frozenset({"P9"}), draining.measure_backlog),
    (frozenset({"P7"}), latency.measure),
    (frozenset({"P17", "P18", "P19"}), standing.measure),
    (frozenset({"P10"}), whole_lives.measure),
    (frozenset({"growth"}), growth.measure),
    (frozenset({"P11"}), draining.measure_rebuild),
)
IDS = frozenset().union(*(ids for ids, _ in ITEMS))


def run(config: Config, *, only: tuple[str, ...], quick: bool, as_json: bool) -> int:
    """Measure, print the table or the JSON; 0 when every goal is met. Raises `OperationFailed` for an unknown id."""
    wanted = frozenset(only) or IDS
    if unknown := wanted - IDS:
        raise OperationFailed(f"There is no {', '.join(sorted(unknown))} to measure. Known: {', '.join(sorted(IDS))}.")
    measurements: list[Measurement] = []
    failures: list[Failure] = []
    place = Place(config)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # also then everything that was started is ended
    try:
        for ids, measure in ITEMS:
            if ids & wanted:
                _one(place, quick, ids & wanted, measure, measurements, failures)
    finally:
        place.close()
    print(_shown(measurements, failures, as_json))
    return 0 if good(measurements, failures) else 1


def _one(
    place: Place,
    quick: bool,
    ids: frozenset[str],
    measure: Measure,
    measurements: list[Measurement],
    failures: list[Failure],
) -> None:
    name = ", ".join(sorted(ids))
    print(f"Measuring {name} ...", end=" ", flush=True, file=sys.stderr)
    began = time.monotonic()
    try:
        found = [each for each in measure(place, quick) if each.id in ids]
        measurements += found
        print("; ".join(each.in_brief() for each in found), end=" ", file=sys.stderr)
    except Exception as error:  # one that cannot be measured keeps none of the others from being so
        failures.append(Failure(name, f"{type(error).__name__}: {error}"))
        print("not measured", end=" ", file=sys.stderr)
    print(f"({time.monotonic() - began:.0f} s)", flush=True, file=sys.stderr)


def _shown(measurements: list[Measurement], failures: list[Failure], machine: bool) -> str:
    return as_json(measurements, failures) if machine else as_table(measurements, failures)
