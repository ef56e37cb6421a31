"""A newly proclaimed bank holiday moves every open case's due date, once each, with its cause (CLK-05)."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from services.intake import proclaimed, rederiving
from services.intake.models import case as cases
from shared.chassis.errors import Invalid
from shared.chassis.identity import Actor
from tests.services.intake.acts import act, on, told
from tests.services.intake.conftest import log

OPERATOR = Actor(id="operator", roles=frozenset({"ops"}), role="ops")
MOURNING = date(2026, 7, 1)


def proclaim(runtime, day=MOURNING, divisions=("england-and-wales", "scotland", "northern-ireland")):
    with runtime.unit_of_work(OPERATOR) as uow:
        return proclaimed.add(
            uow, day, divisions, title="A day of mourning", legal_basis="proclamation", source="The Gazette"
        )


def rederive(runtime, most=2):
    """Everything in small batches: how many were looked at, and how many moved."""
    looked, moved, after = 0, 0, ""
    while True:
        with runtime.unit_of_work(OPERATOR) as uow:
            batch = rederiving.rederive(uow, MOURNING, after=after, most=most)
        looked, moved, after = looked + batch.looked, moved + batch.moved, batch.last
        if batch.looked < most:
            return looked, moved


def test_every_open_case_is_worked_out_again_and_told_once(officer, runtime):
    open_ones = [log(officer) for _ in range(3)]
    paused = log(officer)
    act(officer, paused, "seek_clarification", method="post")
    withdrawn = log(officer)
    act(officer, withdrawn, "withdraw_request", method="post")
    before = len(told(runtime, "due-date-changed"))
    assert proclaim(runtime) == ["england-and-wales", "scotland", "northern-ireland"]
    assert rederive(runtime) == (4, 3)
    changes = told(runtime, "due-date-changed")[before:]
    assert [(each["old_due_on"], each["due_on"], each["cause"]) for each in changes] == [
        ("2026-07-14", "2026-07-15", "calendar-changed")
    ] * 3
    (explanation,) = {each["explanation"] for each in changes}
    assert explanation.startswith("Wednesday 1 July 2026 was added to the calendar as a bank holiday")
    for each in open_ones:
        shown = officer.get(each["links"]["self"]).json
        assert (shown["due_on"], shown["version"]) == ("2026-07-15", each["version"] + 1)
        days = officer.get(each["links"]["deadline"]).json["days"]
        (skipped,) = [day["why"] for day in days if day["date"] == "2026-07-01"]
        assert skipped == "Wednesday 1 July 2026 is a bank holiday throughout the United Kingdom (A day of mourning)"


def test_doing_it_again_does_nothing_twice(officer, received, runtime):
    proclaim(runtime)
    rederive(runtime)
    assert proclaim(runtime) == []
    assert rederive(runtime) == (1, 0)
    assert len(told(runtime, "due-date-changed")) == 1


def test_what_was_broken_off_between_the_day_and_the_cases_is_taken_up_again(officer, received, runtime):
    proclaim(runtime)
    assert proclaim(runtime) == []
    assert rederive(runtime) == (1, 1)


def test_whatever_is_worked_out_afterwards_knows_the_day(officer, runtime):
    proclaim(runtime)
    shown = log(officer)
    assert shown["due_on"] == "2026-07-15"
    assert rederive(runtime) == (1, 0)
    act(officer, shown, "extend_time", method="post", estimated_on="2026-08-13")
    assert officer.get(shown["links"]["self"]).json["due_on"] == "2026-08-13"


def test_a_bank_holiday_in_one_part_of_the_country_is_enough(officer, received, runtime):
    assert proclaim(runtime, divisions=("northern-ireland",)) == ["northern-ireland"]
    assert rederive(runtime) == (1, 1)


@pytest.mark.parametrize(
    ("day", "rule"), [(date(2026, 7, 4), "CLK-05"), (date(1999, 7, 1), "CLK-05"), (date(2099, 7, 1), "CLK-05")]
)
def test_a_day_that_cannot_be_a_bank_holiday_is_refused(runtime, day, rule):
    with pytest.raises(Invalid) as refused:
        proclaim(runtime, day)
    assert refused.value.findings[0].rule == rule


def test_a_day_that_the_table_has_is_not_added(runtime):
    assert proclaim(runtime, date(2026, 6, 15), ("scotland",)) == []


def test_the_added_days_can_be_read(officer, runtime):
    proclaim(runtime, divisions=("scotland",))
    found = officer.get("/calendar").json
    assert found["items"] == [
        {
            "day": "2026-07-01",
            "division": "scotland",
            "title": "A day of mourning",
            "legal_basis": "proclamation",
            "source": "The Gazette",
            "first_seen": "2026-06-15",
        }
    ]
    assert found["first_day"] < "2026" < found["last_day"]


def test_an_extension_that_moves_with_the_calendar_keeps_its_estimate(officer, received, runtime):
    act(officer, received, "extend_time", method="post")
    proclaim(runtime)
    rederive(runtime)
    assert officer.get(received["links"]["self"]).json["due_on"] == "2026-08-05"
    (part,) = officer.get(received["links"]["deadline"]).json["parts"]
    assert part["s17_notice_due"] == "2026-07-15"


def test_hundreds_of_cases_take_a_statement_or_two_each(officer, received, runtime):
    """Batches are as large as the command says, however many cases there are."""
    with runtime.engine.begin() as connection:
        row = dict(connection.execute(select(cases)).mappings().one())
        copies = [
            {**row, "id": f"0198c0de-0000-7000-8000-{n:012d}", "reference": f"FOI {n:06d}/25"} for n in range(1, 30)
        ]
        connection.execute(insert(cases), copies)
    proclaim(runtime)
    assert rederive(runtime, most=7) == (30, 30)
    assert len(told(runtime, "due-date-changed")) == 30


def test_a_case_that_was_answered_is_left_alone(officer, ready, runtime, clock):
    on(clock, date(2026, 6, 16))
    version = ready["version"]
    path = f"{ready['links']['self']}/dispatch"
    officer.post(path, json={"method": "post"}, headers={"If-Match": f'"{version}"'})
    proclaim(runtime)
    assert rederive(runtime) == (0, 0)
