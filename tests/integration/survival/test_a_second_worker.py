"""A second relay or consumer, started by mistake or in reserve: one is at work, and nothing takes effect twice."""

import itertools
import signal
import time
from collections import Counter

import pytest

from services.consultation.models import consultation
from shared.chassis.events.envelope import Envelope
from shared.chassis.identity import Actor
from tests.integration.survival.postgresql_server import ask
from tests.integration.survival.running import Process, Running, running, until
from tests.integration.survival.voices import accepted
from tests.services.publishing.replies import numbered
from tests.support import new_case_id

pytestmark = [pytest.mark.broker, pytest.mark.slow]

SOMEBODY = Actor(id="o.finch", roles=frozenset({"foi-officer"}), role="foi-officer")
TAKEN_OVER = 20.0
"""Seconds after which another worker must be at work in the place of a dead one, on a busy machine."""


class Cases:
    """Cases that intake accepts; about each, consultation asks one party, once."""

    def __init__(self, stack: Running) -> None:
        self._stack = stack
        self._numbers = itertools.count(1)
        self.ids: list[str] = []

    def accept(self, count: int) -> None:
        for _ in range(count):
            case_id = new_case_id()
            with self._stack.runtime("intake").unit_of_work(SOMEBODY) as uow:
                uow.record(accepted(numbered(next(self._numbers))), subject=case_id)
            self.ids.append(case_id)

    def wait_until_all_are_put_to_their_party(self, patience: float = 60.0) -> None:
        until(lambda: len(self._asked()) >= len(self.ids), "a consultation for every case", patience)

    def assert_no_effect_is_doubled(self) -> None:
        assert Counter(row.case_id for row in self._asked()) == Counter(self.ids)
        assert len(self._stack.recorded("consultation")) == len(self.ids)
        assert self._stack.parked("consultation") == []

    def times_sent(self) -> Counter[str]:
        """How often each event of intake stands on the topic."""
        messages = list(self._stack.runtime("intake").broker.read_all())
        envelopes = [Envelope.from_bytes(message.value) for message in messages]
        return Counter(envelope.subject for envelope in envelopes if envelope.source == "intake")

    def _asked(self) -> list:
        return self._stack.rows("consultation", consultation)


@pytest.fixture
def stack(tmp_path, kafka, database_settings):
    with running(tmp_path, KAFKA_BOOTSTRAP_SERVERS=kafka.address, **database_settings) as stack:
        stack.migrate("intake", "consultation")
        yield stack


@pytest.fixture
def cases(stack):
    return Cases(stack)


@pytest.fixture
def at_work(stack, cases) -> list[Process]:
    """A worker of intake and one of consultation that have done something."""
    processes = [stack.work("intake"), stack.work("consultation")]
    cases.accept(1)
    cases.wait_until_all_are_put_to_their_party()
    return processes


@pytest.fixture
def in_reserve(stack, at_work) -> list[Process]:
    """The same once more. They say that they stand by."""
    processes = [stack.work("intake"), stack.work("consultation")]
    for process, service in zip(processes, ("intake", "consultation"), strict=True):
        for loop in ("relay", "consumer", "timers"):
            words = f"Another process runs the {loop} of {service}; standing by"
            until(lambda process=process, words=words: process.said(words), words)
    return processes


def test_a_second_worker_stands_by_and_takes_over_at_once_when_the_first_is_killed(stack, cases, at_work, in_reserve):
    third = stack.work("intake", "--only", "relay")
    until(lambda: third.said("Another process runs the relay of intake; standing by"), "the third stands by")
    assert not third.said("consumer"), "it was told to run the relay only"
    cases.accept(40)
    cases.wait_until_all_are_put_to_their_party()
    assert cases.times_sent() == Counter(cases.ids), "one relay has sent each event once"
    assert not any(process.said("standing by") for process in at_work)

    for process in at_work:
        process.kill()
    cases.accept(20)
    cases.wait_until_all_are_put_to_their_party(TAKEN_OVER)
    cases.assert_no_effect_is_doubled()
    assert cases.times_sent().keys() == set(cases.ids)


def test_a_worker_that_was_frozen_and_goes_on_later_does_no_harm(stack, cases, at_work, in_reserve, request):
    cases.accept(60)
    for process in at_work:
        process.send(signal.SIGSTOP)
    time.sleep(0.5)  # whatever it has in hand stays there
    if "postgresql" in request.node.callspec.id:
        cluster = request.getfixturevalue("postgresql")
        # The server takes the frozen ones for dead, as it does when the way to them is cut: their rights are free.
        ask(cluster, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'")
        stack.disconnect()
        cases.accept(20)
        cases.wait_until_all_are_put_to_their_party()
        for process in at_work:
            process.send(signal.SIGCONT)
        for process in at_work:
            until(lambda process=process: process.said("standing by"), "whoever was frozen stands by now")
    else:
        for process in at_work:
            process.send(signal.SIGCONT)
    cases.accept(20)
    cases.wait_until_all_are_put_to_their_party()
    cases.assert_no_effect_is_doubled()
    assert cases.times_sent().keys() == set(cases.ids)
