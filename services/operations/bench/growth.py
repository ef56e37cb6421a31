"""How cost grows: the same small pieces of work in a small database and in a large one, turn by turn."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select, update

from services.intake import queries
from services.intake.models import case
from services.operations.bench.life import case_id, lives
from services.operations.bench.place import Place
from services.operations.bench.relaying import fill_log
from services.operations.bench.report import Bound, Measurement, middle
from services.registry import runtime_of
from shared.chassis.events.broker import Message
from shared.chassis.events.log import event_log_head
from shared.chassis.events.relay import BATCH, Relay, relay_cursor
from shared.chassis.events.values import BlindText
from shared.chassis.http import pagination
from shared.chassis.identity import Actor
from shared.chassis.runtime import Runtime
from shared.contracts.intake import RequesterRevealed

_OFFICER = Actor("o.finch", frozenset({"foi-officer"}), role="foi-officer")
_EVENT = RequesterRevealed(reason=BlindText("To ask which districts are meant."))
_EVENTS_OF_INTAKE = 5
"""In one life."""
_EARLY, _LATE = date(2026, 1, 4), date(2026, 11, 20)
"""A hundredth and nine tenths of the cases are due before these days."""
_new = count(10**9)


class _Stopped(Exception):
    """Ends a relay's round before its cursor moves, so that it can be run again."""


class _Nowhere:
    """A publisher that takes a batch and goes no further."""

    def publish(self, messages: Sequence[Message]) -> None:
        raise _Stopped

    def close(self) -> None:
        """There is nothing to close."""


def measure(place: Place, quick: bool) -> list[Measurement]:
    small, large = (1_000, 50_000) if quick else (10_000, 1_000_000)
    sizes = {size: _database(place, size) for size in (small, large)}
    laws: tuple[tuple[str, Callable[[Runtime], Callable[[], None]], int, float], ...] = (
        ("claim of a batch by the relay", _claim, 15, 1.5),
        ("idle look of the relay", _idle, 60, 1.2),
        ("append of an event", _append, 80, 1.2),
        ("first page of the cases", _first_page, 40, 1.5),
    )
    found = []
    for what, make, times, limit in laws:
        floor, real = _in_turn([make(runtime) for runtime in sizes.values()], times)
        found.append(_law(f"{what}, {large:,} rows over {small:,}", floor, real, limit))
    floor, real = _in_turn([_page_behind(sizes[large], _EARLY), _page_behind(sizes[large], _LATE)], 40)
    found.append(_law(f"page at 9/10 of {large:,} cases over one at 1/100", floor, real, 1.2))
    for runtime in sizes.values():
        runtime.engine.dispose()
    return found


def _law(what: str, floor: float, real: float, limit: float) -> Measurement:
    return Measurement(
        id="growth", what=what, unit="ms", floor=floor * 1e3, real=real * 1e3, bound=Bound("at most", limit)
    )


def _in_turn(works: Sequence[Callable[[], None]], times: int) -> list[float]:
    """The median seconds of each, done in turn so many times."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(times + 3):
        for place, work in enumerate(works):
            began = time.perf_counter()
            work()
            if turn >= 3:  # the first ones warm the caches
                taken[place].append(time.perf_counter() - began)
    return [middle(each) for each in taken]


def _claim(runtime: Runtime) -> Callable[[], None]:
    """Reading the last batch of a log of which all before it has been published."""
    relay = Relay(runtime.engine, _Nowhere())

    def claim() -> None:
        _set_cursor(runtime, behind=min(BATCH, 1_000))
        with suppress(_Stopped):
            relay.run_once()

    return claim


def _idle(runtime: Runtime) -> Callable[[], None]:
    relay = Relay(runtime.engine, _Nowhere())
    _set_cursor(runtime, behind=0)

    def look() -> None:
        assert relay.run_once() == 0

    return look


def _append(runtime: Runtime) -> Callable[[], None]:
    def append() -> None:
        with runtime.unit_of_work(_OFFICER) as uow:
            uow.record(_EVENT, subject=case_id(next(_new)))

    return append


def _first_page(runtime: Runtime) -> Callable[[], None]:
    return lambda: _page(runtime, None)


def _page_behind(runtime: Runtime, day: date) -> Callable[[], None]:
    """The page that follows the first one of the cases due on this day or later."""
    with runtime.reading(_OFFICER) as uow:
        token = _rows(uow, queries.cases(uow, {}).where(case.c.due_on >= day), None)[1]
    assert token is not None
    return lambda: _page(runtime, token)


def _page(runtime: Runtime, after: str | None) -> None:
    with runtime.reading(_OFFICER) as uow:
        rows, following = _rows(uow, queries.cases(uow, {}), after)
        assert len(queries.case_views(uow, rows)) == pagination.DEFAULT_LIMIT
        assert following


def _rows(uow: Any, query: Any, after: str | None) -> tuple[list[Any], str | None]:
    return pagination.page(uow, query, (case.c.due_on, case.c.id), after, pagination.DEFAULT_LIMIT)


def _database(place: Place, size: int) -> Runtime:
    """An intake database with so many events and so many cases."""
    runtime = runtime_of("intake", place.config(f"growth-{size}"))
    runtime.migrate()
    path = str(runtime.engine.url.database)
    chunk = []
    for made in lives(size // _EVENTS_OF_INTAKE):
        if made.source == "intake":
            chunk.append(made)
        if len(chunk) == 50_000:
            fill_log(path, chunk)
            chunk = []
    if chunk:
        fill_log(path, chunk)
    _fill_cases(path, size)
    return runtime


def _fill_cases(path: str, size: int) -> None:
    connection = sqlite3.connect(path)
    rows = (
        (case_id(number), f"{number} - 26", f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}") for number in range(size)
    )
    connection.executemany(
        'INSERT INTO "case" (id, version, series, reference, state, channel, received_on, due_on, warnings, topics,'
        " outcomes, documents)"
        " VALUES (?, 1, 'cleveland', ?, 'received', 'email', '2026-01-05', ?, '[]', '[]', '[]', '[]')",
        rows,
    )
    connection.execute("INSERT INTO case_authority SELECT id, 'cleveland', 1 FROM \"case\"")
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def _set_cursor(runtime: Runtime, *, behind: int) -> None:
    with runtime.engine.begin() as connection:
        head = connection.execute(select(event_log_head.c.position)).scalar_one()
        connection.execute(update(relay_cursor).values(position=head - behind))
