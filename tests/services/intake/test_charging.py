"""A fees notice disregards the days up to the payment, and lapses after three months (CLK-11, CLK-12)."""

from datetime import date

import pytest

from tests.services.intake.acts import act, on, texts, told, tried


def test_no_day_counts_from_the_fees_notice_to_the_payment(officer, received, runtime, clock, relay, tick):
    on(clock, date(2026, 6, 16))
    shown = act(officer, received, "give_fees_notice")
    assert (shown["due_on"], shown["clock"]) == (None, "awaiting_fee")
    assert told(runtime, "fees-notice-given") == [
        {"parts": [], "given_on": "2026-06-16", "amount_pence": 1250, "last_day_to_pay": "2026-09-15"}
    ]
    tick()
    assert "£12.50" in texts(relay)[0]
    on(clock, date(2026, 6, 30))
    shown = act(officer, received, "take_payment", received_on="2026-06-29")
    assert (shown["due_on"], shown["clock"]) == ("2026-07-28", "running")
    assert told(runtime, "fee-received") == [{"parts": [], "received_on": "2026-06-29"}]
    causes = [change["cause"] for change in told(runtime, "due-date-changed")]
    assert causes == ["fees-notice-given", "fee-received"]
    found = officer.get(received["links"]["deadline"]).json
    assert (found["due_on"], found["days"][-1]["number"]) == ("2026-07-28", 20)


def test_a_fee_that_is_not_paid_lapses_and_closes_the_case(officer, received, runtime, clock, relay, tick):
    act(officer, received, "give_fees_notice")
    on(clock, date(2026, 9, 14))
    assert tick() == 1
    assert officer.get(received["links"]["self"]).json["state"] == "received"
    on(clock, date(2026, 9, 15))
    assert tick() == 1
    assert officer.get(received["links"]["self"]).json["state"] == "lapsed"
    tick()
    assert [notice["kind"] for notice in told(runtime, "notice-sent")] == ["fees-notice", "lapse"]


@pytest.mark.parametrize(
    ("day", "operation", "status", "rule"),
    [
        (date(2026, 6, 15), "take_payment", 409, "CLK-11"),
        (date(2026, 7, 15), "give_fees_notice", 422, "CLK-11"),
    ],
    ids=["paid before its notice", "asked for after day 20"],
)
def test_a_fee_at_the_wrong_time_is_refused(officer, received, clock, runtime, day, operation, status, rule):
    on(clock, day)
    answer = tried(officer, received, operation)
    assert answer.status_code == status
    assert (answer.json.get("rule") or answer.json["errors"][0]["rule"]) == rule
    assert told(runtime, "due-date-changed") == []


@pytest.mark.parametrize("amount", [0, -1, 10_000_001, 12.5, "12"])
def test_a_fee_is_a_sum_in_pence(officer, received, amount):
    answer = tried(officer, received, "give_fees_notice", amount_pence=amount)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "amount_pence")
