"""The database is away, locked, full or overloaded: 503 and when to come again, never a 500, never a long wait."""

import json
import os
import resource
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tests.integration.survival import casework
from tests.integration.survival.postgresql_server import ask, server
from tests.integration.survival.running import running, until

pytestmark = pytest.mark.slow

AT_ONCE = 3.0
"""Seconds within which somebody must be told that the database is away."""


def assert_told_to_come_again(answer) -> None:
    assert answer.status == 503, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert answer.body["type"] == "/problems/unavailable"
    assert "database" in answer.body["detail"]


def assert_not_ready_but_alive(stack) -> None:
    ready = stack.look("intake", "/ready")
    assert (ready.status, json.loads(ready.text)["checks"]["database"].split(" (")[0]) == (503, "does not answer")
    assert stack.look("intake", "/live").status == 200


@pytest.mark.broker
@pytest.mark.postgres
def test_postgresql_stops_under_load_and_everything_goes_on_by_itself_when_it_is_back(tmp_path, kafka):
    with (
        server() as postgresql,
        postgresql.cluster.databases("intake", "audit") as url,
        running(tmp_path, CANDOUR_DATABASE_URL=url, KAFKA_BOOTSTRAP_SERVERS=kafka.address) as stack,
    ):
        stack.work("intake")
        stack.work("audit")
        stack.serve("intake")
        answers, acknowledged, slowest = Counter(), set(), 0.0
        over, numbers = threading.Event(), count()

        def keep_logging():
            nonlocal slowest
            clerk = stack.caller()
            while not over.wait(0.01):
                began = time.monotonic()
                answer = casework.log(clerk, key=f"load-{next(numbers)}")
                slowest = max(slowest, time.monotonic() - began)
                answers[answer.status] += 1
                if answer.status == 201:
                    acknowledged.add(answer.body["id"])

        load = [threading.Thread(target=keep_logging) for _ in range(4)]
        for thread in load:
            thread.start()
        try:
            until(stack.ledger, "the first event is in the ledger")
            until(lambda: answers[201] > 20, "work goes on")
            postgresql.crash()
            stack.disconnect()
            seen = answers[503]
            until(lambda: answers[503] > seen + 10, "people are told")
            assert_told_to_come_again(casework.log(stack.caller()))
            assert_not_ready_but_alive(stack)
            postgresql.start()
            before = answers[201]
            until(lambda: answers[201] > before + 20, "work goes on again")
            until(lambda: stack.look("intake", "/ready").status == 200, "intake says that it is ready")
        finally:
            over.set()
            for thread in load:
                thread.join()
        assert set(answers) == {201, 503}
        assert slowest < AT_ONCE
        assert acknowledged <= stack.cases()
        recorded = stack.recorded("intake")
        ledger = until(lambda: len(held := stack.ledger()) >= len(recorded) and held, "the workers have caught up")
        assert sorted(row.event_id for row in ledger) == sorted(recorded)
        assert acknowledged <= {row.subject for row in ledger}
        assert stack.parked("audit") == []


def test_sqlite_that_somebody_else_keeps_locked_is_told_as_503_and_the_rest_goes_on(alone):
    alone.serve("intake")
    officer = alone.caller()
    case_id = casework.log(officer).body["id"]
    holder = sqlite3.connect(alone.state / "intake.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert_told_to_come_again(casework.log(officer))
    assert officer.send("intake", "GET", f"/cases/{case_id}").status == 200, "reading needs no lock"
    holder.execute("ROLLBACK")
    holder.close()
    assert casework.log(officer).status == 201


def test_a_folder_that_cannot_be_used_is_told_as_503_until_it_can(tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with running(tmp_path / "state", CANDOUR_DATABASE_URL=f"sqlite:///{tmp_path}/data/{{service}}.db") as stack:
        stack.start("serve", "intake")
        until(lambda: stack.look("intake", "/live").status == 200, "intake lives")
        assert_told_to_come_again(casework.log(stack.caller()))
        assert_not_ready_but_alive(stack)
        (tmp_path / "data").unlink()
        stack.migrate("intake")
        assert casework.log(stack.caller()).status == 201
        assert stack.look("intake", "/ready").status == 200


def test_a_full_disk_is_told_as_503_and_leaves_nothing_half_done(alone):
    server = alone.serve("intake")
    officer = alone.caller()
    assert casework.log(officer).status == 201
    [worker] = server.workers()
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (1, most))
    for _ in range(3):
        assert_told_to_come_again(casework.log(officer))
    assert alone.look("intake", "/live").status == 200
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (most, most))
    assert casework.log(officer).status == 201
    assert len(alone.cases()) == len(alone.recorded("intake")) == 2
    os.kill(worker, 0)  # it is still the same process


def crowd(stack, people: int, requests: int) -> Counter:
    """That many people who log that many requests each, all at once; how often they got which answer."""

    def log_some(person: int) -> list[int]:
        clerk = stack.caller(f"clerk.{person}")
        return [casework.log(clerk).status for _ in range(requests)]

    with ThreadPoolExecutor(people) as pool:
        return Counter(status for statuses in pool.map(log_some, range(people)) for status in statuses)


def test_a_crowd_on_sqlite_waits_its_turn(alone):
    alone.serve("intake", CANDOUR_WEB_THREADS="2")
    answers = crowd(alone, people=16, requests=6)
    assert set(answers) <= {201, 503}
    assert answers[201] == len(alone.cases()) >= 48


@pytest.mark.postgres
def test_a_crowd_on_few_connections_is_served_or_told_to_come_again(tmp_path, postgresql):
    with postgresql.databases("intake") as url:
        database = url.rsplit("/", 1)[1].replace("{service}", "intake")
        name = f"few_{database}"
        ask(postgresql, f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 2")
        ask(postgresql, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}", database)
        with running(tmp_path, CANDOUR_DATABASE_URL=url) as stack:
            stack.serve("intake", CANDOUR_DATABASE_URL=url.replace("candour@", f"{name}@"))
            answers = crowd(stack, people=16, requests=6)
            assert set(answers) == {201, 503}, "two connections for eight threads are too few for all"
            assert answers[201] == len(stack.cases()) == len(stack.recorded("intake"))
            until(lambda: casework.log(stack.caller()).status == 201, "the crowd is gone")
