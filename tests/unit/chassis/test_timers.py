"""Work that falls due is done once, together with what it changes; what fails is tried again and holds up nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.chassis.identity import SYSTEM_ROLE, Actor
from shared.chassis.timers import LONGEST_PAUSE, Ticker, overdue, timer
from tests.support import MORNING, log_of, new_case_id
from tests.unit.chassis import parcels

SOMEBODY = Actor(id="a.person", roles=frozenset({"clerk"}), role="clerk")


def schedule(runtime, *keys, at=MORNING, name="deliver"):
    with runtime.unit_of_work(SOMEBODY) as uow:
        for key in keys:
            uow.schedule(name, key, at)


def set_timers(runtime):
    with runtime.engine.connect() as connection:
        return connection.execute(select(timer).order_by(timer.c.key)).all()


def test_a_timer_runs_when_its_time_has_come_and_not_before(runtime, clock):
    key = new_case_id()
    schedule(runtime, key, at=MORNING + timedelta(hours=1))
    assert Ticker(runtime).run_once() == 0
    clock.move(hours=1)
    assert Ticker(runtime).run_once() == 1
    (done,) = log_of(runtime)
    assert (done.subject, done.actor_id, done.actor_role) == (key, "parcels", SYSTEM_ROLE)


def test_a_timer_runs_once(runtime):
    schedule(runtime, new_case_id())
    assert [Ticker(runtime).run_once() for _ in range(3)] == [1, 0, 0]
    assert set_timers(runtime) == []


def test_setting_a_timer_again_moves_it(runtime):
    key = new_case_id()
    schedule(runtime, key)
    schedule(runtime, key, at=MORNING + timedelta(days=1))
    assert Ticker(runtime).run_once() == 0
    assert [row.due_at for row in set_timers(runtime)] == [MORNING + timedelta(days=1)]


def test_a_cancelled_timer_never_runs(runtime):
    key = new_case_id()
    schedule(runtime, key)
    with runtime.unit_of_work(SOMEBODY) as uow:
        uow.cancel("deliver", key)
    assert Ticker(runtime).run_once() == 0


def test_a_timer_of_a_unit_of_work_that_failed_was_never_set(runtime):
    def fails():
        with runtime.unit_of_work(SOMEBODY) as uow:
            uow.schedule("deliver", new_case_id(), MORNING)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert set_timers(runtime) == []


def test_one_that_fails_leaves_nothing_behind_waits_longer_each_time_and_holds_up_nobody(runtime, clock):
    bad, good = sorted([new_case_id(), new_case_id()])
    parcels.trouble[bad] = RuntimeError()
    schedule(runtime, bad, good)
    assert Ticker(runtime).run_once() == 1
    pauses = []
    for attempt in range(1, 14):
        (row,) = set_timers(runtime)
        assert (row.key, row.attempts) == (bad, attempt)
        pauses.append(row.due_at - clock.now())
        clock.instant = row.due_at
        assert Ticker(runtime).run_once() == 0
    assert pauses[:4] == [timedelta(seconds=2**attempt) for attempt in range(4)]
    assert pauses[-1] == LONGEST_PAUSE
    assert [envelope.subject for envelope in log_of(runtime)] == [good]


def test_one_that_failed_succeeds_after_the_mend(runtime, clock):
    key = new_case_id()
    parcels.trouble[key] = RuntimeError()
    schedule(runtime, key)
    Ticker(runtime).run_once()
    parcels.trouble.clear()
    clock.move(seconds=1)
    assert Ticker(runtime).run_once() == 1


def test_two_tickers_at_once_do_not_do_the_same_twice(runtime, monkeypatch):
    """Both have read the row before either has done it."""
    schedule(runtime, new_case_id())
    first, second = Ticker(runtime), Ticker(runtime)
    (row,) = set_timers(runtime)
    assert first._do(row) == 1
    assert second._do(row) == 0
    assert len(log_of(runtime)) == 1


def test_what_is_late_is_counted_for_the_alert(runtime, clock):
    schedule(runtime, new_case_id(), new_case_id())
    clock.move(minutes=5)
    with runtime.engine.connect() as connection:
        assert overdue(connection, clock.now()) == (2, MORNING)
    assert ("candour_timers_overdue_seconds", {"service": "parcels"}, 300.0) in runtime.gauges()


def test_no_more_than_asked_for_are_done_in_one_round(runtime):
    schedule(runtime, *(new_case_id() for _ in range(5)))
    assert [Ticker(runtime).run_once(most=2) for _ in range(4)] == [2, 2, 1, 0]


def test_an_errand_is_done_first_and_its_outcome_recorded(runtime):
    key = new_case_id()
    schedule(runtime, key, name="post")
    assert [Ticker(runtime).run_once() for _ in range(2)] == [1, 0]
    assert parcels.posted.count(key) == 1
    assert [row.subject for row in log_of(runtime)] == [key]


def test_an_errand_whose_timer_is_moved_meanwhile_is_recorded_all_the_same_and_falls_due_again(runtime, clock):
    """Else what it did would be forgotten and done once more: a reply would be sent twice."""
    key, later = new_case_id(), MORNING + timedelta(minutes=1)
    schedule(runtime, key, name="post")
    parcels.meanwhile.append(lambda: schedule(runtime, key, at=later, name="post"))
    assert Ticker(runtime).run_once() == 1
    assert (parcels.posted.count(key), len(log_of(runtime))) == (1, 1)
    assert [(row.key, row.due_at) for row in set_timers(runtime)] == [(key, later)]


def test_an_errand_whose_timer_is_cancelled_meanwhile_is_recorded_all_the_same(runtime):
    key = new_case_id()

    def cancel():
        with runtime.unit_of_work(SOMEBODY) as uow:
            uow.cancel("post", key)

    schedule(runtime, key, name="post")
    parcels.meanwhile.append(cancel)
    assert Ticker(runtime).run_once() == 1
    assert (parcels.posted.count(key), len(log_of(runtime)), set_timers(runtime)) == (1, 1, [])


def test_an_errand_whose_timer_was_moved_before_is_not_done(runtime):
    key = new_case_id()
    schedule(runtime, key, name="post")
    (row,) = set_timers(runtime)
    schedule(runtime, key, at=MORNING + timedelta(days=1), name="post")
    assert Ticker(runtime)._do(row) == 0
    assert key not in parcels.posted
