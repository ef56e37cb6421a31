"""The fold of a clock against two oracles that share nothing with it, nor with each other.

One walks from day to day as the Act words it, over the bank holidays that the `holidays` package knows. The other
strikes days out of the list of working days made from the raw table.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import product
from random import Random

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.clock import ClockEvent, ClockRefused, PartClock, case_clock, part_clock

NEVER_PROCLAIMED = {date(2006, 11, 30), date(2010, 1, 4), date(2011, 1, 4)}
PACKAGE = {
    day
    for part in ("ENG", "WLS", "SCT", "NIR")
    for day in holidays.country_holidays("GB", subdiv=part, years=range(2015, 2029))
} - NEVER_PROCLAIMED
TABLE = tomllib.loads(files("shared.law").joinpath("bank_holidays.toml").read_text(encoding="utf-8"))
CLOSED = {row["date"].toordinal() for row in TABLE["holiday"]}
WORKING = [
    day
    for day in range(date(2015, 1, 1).toordinal(), date(2028, 12, 31).toordinal() + 1)
    if day % 7 not in (6, 0) and day not in CLOSED
]

SOUGHT, RECEIVED, TOO_LITTLE = "clarification_sought", "clarification_received", "too little"
NOTICE, PAID, EXTENDED, ANSWERED = "fees_notice_given", "fee_received", "time_extended", "responded"
KINDS = (SOUGHT, RECEIVED, TOO_LITTLE, NOTICE, PAID, EXTENDED, ANSWERED)


def possible(pattern: Sequence[str]) -> bool:
    """Whether things can happen in this order at all."""
    sought = unpaid = False
    for place, kind in enumerate(pattern):
        if kind in (RECEIVED, TOO_LITTLE) and not sought:
            return False
        if (kind == PAID) != unpaid and kind in (PAID, NOTICE):
            return False
        if kind == ANSWERED and place + 1 < len(pattern):
            return False
        sought = kind == SOUGHT or (sought and kind != RECEIVED)
        unpaid = kind == NOTICE or (unpaid and kind != PAID)
    return True


PATTERNS = [pattern for length in range(4) for pattern in product(KINDS, repeat=length) if possible(pattern)]


@dataclass(frozen=True)
class Expected:
    """What an oracle says; `refused`: a fees notice came after working day 20."""

    due: date | None = None
    ceiling: date | None = None
    extended: bool | None = None
    late: bool = False
    refused: bool = False


def events(pattern: Sequence[str], days: Sequence[date]) -> list[ClockEvent]:
    return [
        ClockEvent(kind=RECEIVED if kind == TOO_LITTLE else kind, on=day, sufficient=kind != TOO_LITTLE)
        for kind, day in zip(pattern, days, strict=True)
    ]


def by_walking(received: date, pattern: Sequence[str], days: Sequence[date]) -> Expected:
    """Day by day, counting as it goes."""
    open_question = open_notice = late = False
    extended: bool | None = None
    count, day, left = 0, received, list(zip(pattern, days, strict=True))
    due = ceiling = None
    while left or ((due is None or ceiling is None) and not open_question and not open_notice):
        counts = day != received and day.weekday() < 5 and day not in PACKAGE and not open_notice and not open_question
        touched = False
        for kind, on in list(left):
            if on != day:
                break
            left.pop(0)
            over = count > 20 or (count == 20 and day != due)
            if kind == SOUGHT:
                late = late or (over and not open_question and not open_notice)
                open_question = True
            elif kind == RECEIVED:
                open_question, count, due, ceiling, extended, touched = False, 0, None, None, None, True
            elif kind == NOTICE:
                if over and not open_question:
                    return Expected(refused=True)
                open_notice = touched = True
                due = None if due == day else due
            elif kind == PAID:
                open_notice, touched = False, True
            elif kind == EXTENDED:
                runs = not open_question and not open_notice
                extended = extended or (runs and not over)
        if counts and not touched:
            count += 1
            due = day if count == 20 else due
            ceiling = day if count == 40 else ceiling
        day += timedelta(days=1)
    if open_question or open_notice:
        return Expected(extended=extended, late=late)
    return Expected(due, ceiling, extended, late)


def by_striking_out(received: date, pattern: Sequence[str], days: Sequence[date]) -> Expected:
    """From the list of working days, without those that do not count."""

    def after(receipt: date, spans: Sequence[tuple[date, date]], n: int) -> date:
        start = bisect_right(WORKING, receipt.toordinal())
        struck = {day for first, last in spans for day in range(first.toordinal(), last.toordinal() + 1)}
        return date.fromordinal([day for day in WORKING[start : start + 200] if day not in struck][n - 1])

    receipt, spans, asked, noticed = received, [], None, None
    extended, late = None, False
    for kind, on in zip(pattern, days, strict=True):
        due = None if asked or noticed else after(receipt, spans, 20)
        if kind == SOUGHT:
            late = late or (due is not None and on > due)
            asked = on
        elif kind == RECEIVED:
            receipt, asked, extended = on, None, None
        elif kind == NOTICE:
            if due is not None and on > due:
                return Expected(refused=True)
            noticed = on
        elif kind == PAID and noticed:
            spans.append((noticed, on))
            noticed = None
        elif kind == EXTENDED:
            extended = extended or (due is not None and on <= due)
    if asked or noticed:
        return Expected(extended=extended, late=late)
    return Expected(after(receipt, spans, 20), after(receipt, spans, 40), extended, late)


def ours(received: date, happened: Sequence[ClockEvent]) -> Expected:
    try:
        clock = part_clock(received, happened, "1")
    except ClockRefused as refusal:
        return Expected(refused=refusal.rule == "CLK-11")
    extended = clock.extension.accepted if clock.extension else None
    return Expected(clock.due, clock.ceiling, extended, "clarification_sought_late" in clock.flags)


def check(received: date, pattern: Sequence[str], gaps: Sequence[int]) -> PartClock | None:
    days, day = [], received
    for gap in gaps[: len(pattern)]:
        day += timedelta(days=gap)
        days.append(day)
    happened = events(pattern, days)
    expected = by_striking_out(received, pattern, days)
    assert by_walking(received, pattern, days) == expected, (received, pattern, days)
    assert ours(received, happened) == expected, (received, pattern, days)
    return None if expected.refused else part_clock(received, happened, "1")


@pytest.mark.parametrize("year", range(2015, 2029))
def test_every_day_of_receipt_agrees_with_both_oracles_and_meets_many_patterns_of_events(year: int) -> None:
    day = date(year, 1, 1)
    last = min(date(year, 12, 31), date(2028, 6, 30))
    while day <= last:
        number = day.toordinal()
        check(day, (), ())
        for step in range(3):
            pattern = PATTERNS[(number * 3 + step) % len(PATTERNS)]
            check(day, pattern, (number % 31, (number // 3) % 29, (number // 7) % 23))
        day += timedelta(days=1)


gaps = st.lists(st.integers(0, 45), min_size=3, max_size=3)


@given(st.dates(date(2015, 1, 1), date(2028, 5, 31)), st.sampled_from(PATTERNS), gaps)
def test_any_pattern_of_up_to_three_events_agrees_with_both_oracles(
    received: date, pattern: Sequence[str], gaps: list[int]
) -> None:
    check(received, pattern, gaps)


@given(st.dates(date(2015, 1, 1), date(2028, 5, 31)), st.sampled_from(PATTERNS), gaps)
def test_the_days_of_a_clock_are_numbered_without_a_gap_up_to_the_due_date(
    received: date, pattern: Sequence[str], gaps: list[int]
) -> None:
    clock = check(received, pattern, gaps)
    if clock is not None and clock.due is not None:
        assert [day.number for day in clock.days if day.number] == list(range(1, 21))
        assert clock.days[-1].date == clock.due
        assert all(day.why for day in clock.skipped)


@given(st.dates(date(2015, 1, 1), date(2028, 5, 31)), st.sampled_from(PATTERNS), gaps)
def test_what_happens_to_one_part_leaves_the_others_alone(
    received: date, pattern: Sequence[str], gaps: list[int]
) -> None:
    days = [received + timedelta(days=sum(gaps[: place + 1])) for place in range(len(pattern))]
    whole = events(pattern, days)
    happened = [replace(event, parts=("2",)) for event in whole]
    if ours(received, whole).refused:
        with pytest.raises(ClockRefused, match="CLK-11"):
            case_clock(received, ["1", "2"], happened)
        return
    case = case_clock(received, ["1", "2"], happened)
    assert case.part("1").due == part_clock(received, [], "1").due
    assert case.part("2").due == part_clock(received, whole, "2").due
    assert case.due == min(part.due for part in case.parts if part.due and part.state != "answered")


@given(st.dates(date(2015, 1, 1), date(2028, 5, 31)), st.sampled_from(PATTERNS), gaps, st.randoms())
def test_the_order_in_which_events_are_told_makes_no_difference(
    received: date, pattern: Sequence[str], gaps: list[int], random: Random
) -> None:
    days = [received + timedelta(days=sum(gaps[: place + 1]) + place) for place in range(len(pattern))]
    told = events(pattern, days)
    shuffled = random.sample(told, len(told))
    assert ours(received, shuffled) == ours(received, told)
