"""A web process that is told to stop finishes what it has in hand; nobody gets half an answer."""

import http.client
import signal
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tests.integration.survival import casework
from tests.integration.survival.running import until

pytestmark = pytest.mark.slow


def test_requests_in_hand_are_finished_when_the_process_is_told_to_stop(alone):
    server = alone.serve("intake")
    casework.log(alone.caller())
    holder = sqlite3.connect(alone.state / "intake.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    callers = [alone.caller(f"clerk.{number}") for number in range(4)]
    begun = threading.Barrier(5)

    def log_slowly(caller) -> int:
        begun.wait()
        return casework.log(caller).status

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(log_slowly, caller) for caller in callers]
        begun.wait()
        time.sleep(1.0)  # long enough for all four to be taken up; no answer can come yet
        server.send(signal.SIGTERM)
        time.sleep(0.5)
        assert not any(each.done() for each in waiting)
        holder.execute("ROLLBACK")
        holder.close()
        assert [each.result() for each in waiting] == [201] * 4
    assert server.popen.wait(20) == 0
    assert len(alone.cases()) == 5


def test_under_load_a_stop_shows_only_as_refused_connections_and_whoever_asks_again_is_served(alone):
    server = alone.serve("intake")
    over, numbers = threading.Event(), count()
    statuses, unanswered, acknowledged = Counter(), Counter(), []

    def keep_logging(person: int) -> None:
        clerk = alone.caller(f"clerk.{person}")
        while not over.is_set():
            key = f"clerk-{person}-{next(numbers)}"
            while True:  # the same again until there is an answer, as every caller must
                try:
                    answer = casework.log(clerk, key=key)
                except (OSError, http.client.HTTPException) as error:
                    unanswered[type(error).__name__] += 1
                    time.sleep(0.02)
                    continue
                statuses[answer.status] += 1
                if answer.status == 201:
                    acknowledged.append(answer.body["id"])
                    break

    load = [threading.Thread(target=keep_logging, args=(number,)) for number in range(6)]
    for thread in load:
        thread.start()
    try:
        for _ in range(2):
            before = statuses[201]
            until(lambda before=before: statuses[201] > before + 30, "work goes on")
            server.send(signal.SIGTERM)
            assert server.popen.wait(20) == 0
            server = alone.serve("intake")
    finally:
        over.set()
        for thread in load:
            thread.join(30)
    assert set(statuses) <= {201, 503}
    # A connection that the process closed while it was idle, or had not taken up yet, gives no answer at all.
    assert set(unanswered) <= {"ConnectionRefusedError", "ConnectionResetError", "RemoteDisconnected"}
    assert unanswered["ConnectionRefusedError"] > 0
    assert Counter(acknowledged) == Counter(alone.cases()), "every key has made one case"
