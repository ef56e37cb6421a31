"""The broker was never started, or has died: people work on, and every event arrives when it is back."""

import threading
from collections import defaultdict

import pytest

from services.operations.broker import LocalBroker
from tests.integration.survival import casework
from tests.integration.survival.running import Running, running, until
from tests.ports import free_ports

pytestmark = [pytest.mark.broker, pytest.mark.slow]


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory):
    """A broker of our own that does not run yet."""
    broker = LocalBroker(tmp_path_factory.mktemp("broker"), free_ports(2))
    broker.prepare(say=print)
    yield broker
    broker.kill()


@pytest.fixture
def stack(tmp_path, broker):
    """Intake at work, and audit."""
    with running(tmp_path, KAFKA_BOOTSTRAP_SERVERS=broker.address) as stack:
        stack.migrate("intake", "audit")
        stack.work("intake")
        stack.work("audit")
        stack.serve("intake")
        yield stack


def whole_ledger(stack: Running) -> list:
    """The ledger, once it holds as many events as intake has recorded."""
    log = until(lambda: stack.recorded("intake"), "intake has recorded something")
    return until(lambda: len(held := stack.ledger()) >= len(log) and held, f"{len(log)} events are in the ledger")


def assert_once_and_in_order(stack: Running, ledger: list) -> None:
    """What the ledger holds is what intake has recorded: each event once, those of a case in their order."""
    assert sorted(row.event_id for row in ledger) == sorted(stack.recorded("intake"))
    numbers = defaultdict(list)
    for row in ledger:
        numbers[row.subject].append(row.number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert stack.parked("audit") == []


def test_without_a_broker_people_work_on_and_all_events_arrive_when_it_is_started(stack, broker):
    assert broker.pid is None
    officer = stack.caller()
    cases = [casework.log(officer).body["id"] for _ in range(3)]
    casework.accept(officer, cases[0])
    assert stack.look("intake", "/ready").status == 200
    assert stack.cases() == set(cases)
    advice = stack.command("doctor", CANDOUR_LOG_LEVEL="ERROR")
    assert f"nothing answers at {broker.address}; start it: candour broker" in advice.stdout
    assert "5 events wait for the relay" in advice.stdout
    assert stack.ledger() == []

    broker.start()
    broker.wait()
    assert_once_and_in_order(stack, whole_ledger(stack))


def test_a_broker_that_is_killed_under_load_costs_nobody_an_event(stack, broker):
    if broker.pid is None:
        broker.start()
    broker.wait()
    officer = stack.caller()
    casework.log(officer)
    until(stack.ledger, "the first event is in the ledger")
    over, answers = threading.Event(), []

    def keep_logging():
        clerk = stack.caller()
        while not over.wait(0.01):
            answers.append(casework.log(clerk).status)

    load = threading.Thread(target=keep_logging)
    load.start()
    try:
        until(lambda: len(answers) > 10, "work goes on")
        broker.kill()
        done = len(answers)
        until(lambda: len(answers) > done + 20, "work goes on without a broker")
        assert stack.look("intake", "/ready").status == 200
        casework.accept(officer, min(stack.cases()))
        broker.start()
        broker.wait()
    finally:
        over.set()
        load.join()
    assert set(answers) == {201}
    assert_once_and_in_order(stack, whole_ledger(stack))
