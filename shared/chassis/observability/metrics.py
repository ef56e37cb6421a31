"""Every number that Candour shows to the monitoring, by name, with its help. Labels hold our names, never data.

Label sets are made at 0 when a process starts: a series that is born at 1 has no increase, and an alert on it
never fires.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

Reading = tuple[str, dict[str, str], float]
"""One gauge as read from the database: its name, its labels and its value."""

REQUESTS = Counter(
    "candour_http_requests",
    "Requests answered, by route, method and class of status.",
    ["service", "route", "method", "status"],
)
REQUEST_SECONDS = Histogram(
    "candour_http_request_seconds",
    "Time from a request's arrival to its answer, in seconds.",
    ["service", "route", "method"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)
MESSAGES = Counter(
    "candour_messages",
    "Messages taken from the topic, by what became of them.",
    ["service", "outcome"],
)
MESSAGE_OUTCOMES = ("handled", "seen before", "retried", "parked")
STATUS_CLASSES = ("2xx", "3xx", "4xx", "5xx")

PUBLISHED = Counter("candour_events_published", "Events that have arrived on the topic.", ["service"])
LOOP_STANDING_BY = Gauge(
    "candour_loop_standing_by",
    "1 while a process of the service stands by because another one runs this loop.",
    ["service", "loop"],
    multiprocess_mode="livemax",
)
LOOP_LAST_ROUND = Gauge(
    "candour_loop_last_round_seconds",
    "When a loop last came round, in Unix time.",
    ["service", "loop"],
    multiprocess_mode="max",
)
LOOP_FAILURES = Counter(
    "candour_loop_failures", "Rounds of a loop that ended in an error and were begun again.", ["service", "loop"]
)

GAUGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "candour_database_up": ("Whether the database answered when it was asked for these numbers: 1 or 0.", ()),
    "candour_unpublished_events": ("Events in the log that have not arrived on the topic.", ("service",)),
    "candour_oldest_unpublished_event_seconds": ("Age of the oldest of those events.", ("service",)),
    "candour_timers_overdue": ("Timers whose time has come and that have not run.", ("service",)),
    "candour_timers_overdue_seconds": ("How long the oldest of those timers has waited.", ("service",)),
    "candour_parked_messages": ("Messages that wait for somebody to put right what stopped them.", ("service",)),
}
"""What is read from the database when somebody asks, by name: help and labels. See `Runtime.gauges`."""


def declare_gauge(name: str, help_text: str, *labels: str) -> None:
    """Add a gauge that a service of its own reads from its database; done when the service is imported."""
    GAUGES[name] = (help_text, labels)


def expect_requests(service: str, routes: Iterable[tuple[str, str]]) -> None:
    """Begin the series of these (method, route) pairs at 0."""
    for method, route in routes:
        REQUEST_SECONDS.labels(service, route, method)
        for status in STATUS_CLASSES:
            REQUESTS.labels(service, route, method, status)


def expect_work(service: str, loops: Iterable[str]) -> None:
    """Begin the series of a worker at 0."""
    PUBLISHED.labels(service)
    for outcome in MESSAGE_OUTCOMES:
        MESSAGES.labels(service, outcome)
    for loop in loops:
        LOOP_FAILURES.labels(service, loop)


def exposition(folder: Path | None, readings: Iterable[Reading]) -> bytes:
    """All metrics in Prometheus' text format.

    Where there is such a `folder`, the counters of all processes that write there are added up; else they are
    this process's own. A reading whose name is not in `GAUGES` raises `KeyError`.
    """
    if folder is None or not folder.is_dir():
        counted = generate_latest(REGISTRY)
    else:
        together = CollectorRegistry()
        together.register(_AllProcesses(folder))
        counted = generate_latest(together)
    gauges = CollectorRegistry()
    gauges.register(_Readings(readings))
    return counted + generate_latest(gauges)


class _AllProcesses(Collector):
    """The numbers of all processes, added up. An empty file is left out: its process was killed as it made it, or has
    not come to write in it yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        files = [str(path) for path in self._folder.glob("*.db") if _size(path)]
        merged: Iterable[Metric] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
        return merged


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # the files of a process go when it has ended
        return 0


class _Readings(Collector):
    def __init__(self, readings: Iterable[Reading]) -> None:
        self._families: dict[str, GaugeMetricFamily] = {}
        for name, labels, value in readings:
            self._family(name).add_metric([labels[label] for label in GAUGES[name][1]], value)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from self._families.values()

    def _family(self, name: str) -> GaugeMetricFamily:
        if name not in self._families:
            text, labels = GAUGES[name]
            self._families[name] = GaugeMetricFamily(name, text, labels=labels)
        return self._families[name]
