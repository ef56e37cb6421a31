"""CLK-20: an answer may be in time and yet not prompt."""

from datetime import date

import pytest

from shared.law.promptness import promptness


@pytest.mark.parametrize(
    ("today", "approved_on", "idle_since", "field"),
    [
        ("2026-07-10", "2026-07-09", None, None),
        ("2026-07-12", "2026-07-09", None, None),  # Friday alone counts
        ("2026-07-13", "2026-07-09", None, None),  # a holiday in Northern Ireland
        ("2026-07-14", "2026-07-09", None, "approved_on"),
        ("2026-07-10", None, "2026-07-06", None),
        ("2026-07-14", None, "2026-07-06", "idle_since"),
        ("2026-07-14", "2026-07-06", "2026-07-06", "approved_on"),
        ("2026-07-14", None, None, None),
    ],
)
def test_what_lies_approved_or_idle_too_long_is_told(
    today: str, approved_on: str | None, idle_since: str | None, field: str | None
) -> None:
    found = promptness(
        date.fromisoformat(today),
        approved_on=date.fromisoformat(approved_on) if approved_on else None,
        idle_since=date.fromisoformat(idle_since) if idle_since else None,
    )
    assert [each.field for each in found] == ([field] if field else [])
    assert all((each.rule, each.severity) == ("CLK-20", "I") for each in found)


def test_it_says_since_when_and_what_to_do() -> None:
    (found,) = promptness(date(2026, 7, 14), approved_on=date(2026, 7, 9))
    assert found.message == (
        "The answer was approved on Thursday 9 July 2026, 2 working days ago, and has not been sent."
    )
    assert found.next_step == "Send it; section 10(1) asks for promptness."
