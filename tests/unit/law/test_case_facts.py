"""What can be said of a case on a day, and which facts cannot be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.law.case_facts import CaseFacts, Extension, PartFacts, Stop

RECEIVED, DUE = date(2026, 6, 12), date(2026, 7, 14)
OPEN = CaseFacts(authorities=("one",), received_on=RECEIVED, due_on=DUE, parts=(PartFacts(label="1"),))


def answered(*outcomes, on=DUE, citations=(), **changes):
    parts = tuple(PartFacts(label=str(n), outcome=outcome, citations=citations) for n, outcome in enumerate(outcomes))
    return replace(OPEN, parts=parts, answered_on=on, **changes)


@pytest.mark.parametrize(
    ("timing", "case"),
    [
        pytest.param("in_time", answered("disclosed", on=DUE), id="STA-03 on day 20"),
        pytest.param("late", answered("disclosed", on=DUE + timedelta(days=1)), id="STA-03 on the day after"),
        pytest.param(
            "in_extended_time",
            answered("withheld", on=date(2026, 8, 11), extension=Extension(notified_on=DUE, until=date(2026, 8, 11))),
            id="STA-03 within an extension",
        ),
        pytest.param(
            "late",
            answered("withheld", on=date(2026, 8, 12), extension=Extension(notified_on=DUE, until=date(2026, 8, 11))),
            id="STA-03 beyond an extension",
        ),
        pytest.param(
            "late",
            answered(
                "withheld",
                on=date(2026, 8, 11),
                extension=Extension(notified_on=DUE + timedelta(days=1), until=date(2026, 8, 11)),
            ),
            id="STA-03 an extension notified too late permits nothing",
        ),
        pytest.param(
            "in_time",
            answered("withheld", on=DUE, extension=Extension(notified_on=DUE, until=date(2026, 8, 11))),
            id="STA-03 an extension that was not needed",
        ),
        pytest.param(
            "late",
            answered(
                "withheld",
                "disclosed",
                on=date(2026, 8, 11),
                extension=Extension(notified_on=DUE, until=date(2026, 8, 11), parts=("0",)),
            ),
            id="STA-03 a part that was not extended makes it late",
        ),
        pytest.param(
            "late",
            replace(
                answered("disclosed", on=DUE),
                parts=(
                    PartFacts(label="0", outcome="disclosed"),
                    PartFacts(label="1", outcome="disclosed", due_on=DUE - timedelta(days=1)),
                ),
            ),
            id="STA-03 as late as its latest part",
        ),
        pytest.param("late", answered("disclosed", asked_too_late=True), id="STA-03 clarification asked for too late"),
        pytest.param(
            "in_time",
            answered(
                "disclosed",
                on=date(2026, 8, 25),
                due_on=date(2026, 8, 25),
                stops=(Stop(kind="clarification", since=date(2026, 6, 20), until=date(2026, 7, 25)),),
            ),
            id="STA-03 within the clock that clarification began anew",
        ),
    ],
)
def test_an_answer_is_in_time_or_late_by_its_worst_part(timing, case):
    assert case.timing == timing


@pytest.mark.parametrize(
    ("on", "stopped"),
    [(date(2026, 6, 19), False), (date(2026, 6, 20), True), (date(2026, 7, 1), True), (date(2026, 7, 2), False)],
    ids=str,
)
def test_a_clock_is_stopped_from_the_day_of_asking_to_the_day_before_the_answer(on, stopped):
    stop = Stop(kind="fee", since=date(2026, 6, 20), until=date(2026, 7, 2))
    assert replace(OPEN, stops=(stop,)).stopped(on) is stopped


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answered_on": date(2026, 6, 11)}, "CLK-01"),
        ({"answered_on": DUE}, "STA-03"),
        ({"answered_on": DUE, "due_on": None}, "due date"),
        ({"closed": "withdrawn"}, "together"),
        ({"closed": "forgotten", "closed_on": DUE}, "STA-01"),
        ({"parts": (PartFacts(label="1", outcome="granted"),)}, "disclosed"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_facts_that_cannot_be_are_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        replace(OPEN, **changes)
