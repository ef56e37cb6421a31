"""One request, received on a Monday, and what happens to its clock, for the tests to tell briefly."""

from datetime import date

from shared.law.clock import CaseClock, ClockEvent, PartClock, case_clock, part_clock

RECEIVED = date(2026, 10, 5)
DUE = date(2026, 11, 2)


def day(text: str) -> date:
    return date.fromisoformat(text)


def event(kind: str, on: str, *parts: str, **particulars: object) -> ClockEvent:
    return ClockEvent(kind=kind, on=day(on), parts=parts, **particulars)


def one(*events: ClockEvent, received: date = RECEIVED, **options: object) -> PartClock:
    return part_clock(received, events, "1", **options)


def case(*events: ClockEvent, parts: tuple[str, ...] = ("1", "2", "3")) -> CaseClock:
    return case_clock(RECEIVED, parts, events)
