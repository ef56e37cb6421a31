"""Instants are UTC, days are London's, and a demonstration's clock moves all processes together."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.chassis.clock import FileClock, FixedClock, SystemClock, civil_date


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-01-15T23:59:59+00:00", date(2026, 1, 15)),
        ("2026-06-15T22:59:59+00:00", date(2026, 6, 15)),
        ("2026-06-15T23:00:00+00:00", date(2026, 6, 16)),  # midnight in summer time
        ("2026-03-29T00:59:59+00:00", date(2026, 3, 29)),  # the hour before the clocks go forward
        ("2026-10-24T23:00:00+00:00", date(2026, 10, 25)),  # the day on which they go back
        ("2026-10-26T00:00:00+02:00", date(2026, 10, 25)),
    ],
)
def test_the_day_of_an_instant_is_londons(instant, day):
    assert civil_date(datetime.fromisoformat(instant)) == day


def test_the_machines_clock_is_aware_and_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_fixed_clock_stands_still_until_it_is_moved():
    clock = FixedClock(datetime(2026, 6, 15, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.move(days=1, hours=2)
    assert clock.now() == datetime(2026, 6, 16, 2, tzinfo=UTC)


def close_to(instant, expected):
    return abs(instant - expected) < timedelta(seconds=5)


def test_a_clock_file_that_is_not_there_shifts_nothing(tmp_path):
    assert close_to(FileClock(tmp_path / "clock").now(), datetime.now(UTC))


def test_who_reads_the_same_file_is_on_the_same_day(tmp_path):
    path = tmp_path / "demo" / "clock"
    mover, reader = FileClock(path), FileClock(path)
    then = datetime(2023, 4, 3, 9, tzinfo=UTC)
    mover.set(then)
    assert close_to(reader.now(), then)
    mover.set(then + timedelta(days=30))
    os.utime(path, ns=(1, 1))  # a file system with coarse times must not hide the change
    assert close_to(reader.now(), then + timedelta(days=30))
    assert list(path.parent.iterdir()) == [path]
