"""P1: the real POST /cases, through gunicorn, with token, validation, state, event and commit, over a bare handler."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from services.operations.bench import floor
from services.operations.bench.load import Load, request_bytes, run_load
from services.operations.bench.place import CANDOUR, ROOT, Place, free_port
from services.operations.bench.report import Bound, Measurement, paired
from services.registry import runtime_of, service_named
from shared.chassis.config import Config
from shared.chassis.local_issuer import LocalIssuer

WORKERS, THREADS, CONNECTIONS = 2, 8, 12
_QUESTION = (
    "{}. How many incidents of this kind did the force record in each of the years 2019 to 2024, broken down by month"
    " and by district, and how many of these led to a charge or a summons?"
)
_TEXT = "\n\n".join(
    [
        "Dear Sir or Madam,",
        "Under the Freedom of Information Act 2000 please would you provide me with the following:",
        *(_QUESTION.format(number) for number in range(1, 8)),
        "Please send the answers as a spreadsheet if that can be done within the cost limit.",
        "Yours faithfully,\nRowena Thistlewick",
    ]
)
REQUEST = {
    "authorities": ["cleveland"],
    "received_on": "2026-06-15",
    "channel": "email",
    "requester": {
        "name": "Rowena Thistlewick",
        "email": "rowena.thistlewick@requester.example.invalid",
        "category": "individual",
    },
    "text": _TEXT,
}
"""A request of 2 KB, as an officer logs it."""


def measure(place: Place, quick: bool) -> list[Measurement]:
    rounds, seconds = (2, 2.0) if quick else (5, 3.0)
    found = [_measure(place, "SQLite", None, rounds, seconds)]
    url = place.postgresql("bench")
    if url is not None:
        for name in ("bench_intake", "bench_floor"):
            place.create_database(name)
        found.append(_measure(place, "PostgreSQL", url, rounds, seconds))
    return found


def _measure(place: Place, database: str, url: str | None, rounds: int, seconds: float) -> Measurement:
    changes = {"database_url": url} if url else {}
    config = place.config("writes", web_workers=WORKERS, web_threads=THREADS, **changes)
    where = url.replace("+psycopg", "").format(service="floor") if url else str(config.state / "floor.db")
    runtime_of("intake", config).migrate()
    token = LocalIssuer.of(config).token("o.finch", ["foi-officer"])
    floor.create(where)
    body = json.dumps(REQUEST).encode()
    floors: list[Load] = []
    reals: list[Load] = []
    with _serving(place, config, where) as (floor_port, real_port):
        for round_number in range(rounds + 1):
            bare = _load(place, floor_port, request_bytes("/floor", body, token), seconds)
            real = _load(place, real_port, request_bytes("/cases", body, token), seconds)
            if round_number:  # the first round warms both
                floors.append(bare)
                reals.append(real)
    bare_rate, real_rate = paired([load.rate for load in floors], [load.rate for load in reals])
    failed = sum(load.failures for load in reals)
    cost = max(load.cost for load in [*floors, *reals])
    return Measurement(
        id="P1",
        what=f"POST /cases over a bare handler, {database}",
        unit="requests/s",
        floor=bare_rate,
        real=real_rate,
        bound=Bound("at least", 0.5),
        note=f"{database}: {CONNECTIONS} connections; the client took {cost:.0%} of one core at most; {failed} failed",
    )


def _load(place: Place, port: int, request: bytes, seconds: float) -> Load:
    return run_load(port, request, place.folder, connections=CONNECTIONS, seconds=seconds)


@contextmanager
def _serving(place: Place, config: Config, where: str) -> Iterator[tuple[int, int]]:
    """Both servers with the same settings; their ports."""
    port, settings = free_port(), ["--workers", str(WORKERS), "--threads", str(THREADS)]
    bare = [
        *("-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"), "--bind", f"127.0.0.1:{port}"),
        *settings,
        f"services.operations.bench.floor:app('{where}')",
    ]
    environment = config.environment()
    with (
        place.running(f"floor-{port}", bare, environment) as floor_server,
        place.running(f"intake-{port}", [*CANDOUR, "serve", "intake"], environment) as real_server,
    ):
        real_port = config.port(service_named("intake").port)
        floor_server.wait_for_port(port)
        real_server.wait_for_port(real_port)
        yield port, real_port
