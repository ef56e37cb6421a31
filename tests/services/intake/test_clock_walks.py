"""Whatever is done about a case in whatever order, what was told last is what is worked out anew."""

import random
from datetime import date, timedelta

import pytest

from services.intake.domain import CASE
from tests.services.intake.acts import on, told, tried
from tests.services.intake.conftest import confirm, log

STEPS = 14
OPERATIONS = (
    "acknowledge_request",
    "seek_clarification",
    "seek_clarification",
    "take_clarification",
    "take_clarification",
    "give_fees_notice",
    "take_payment",
    "extend_time",
    "transfer_request",
    "send_holding_letter",
)


def changes(choose, operation, labels, today):
    """Something of its own for each try: some parts or all, a day that fits or does not, by post or e-mail."""
    varied = {"method": choose.choice(("email", "post"))} if not operation.startswith("take_") else {}
    if operation not in ("acknowledge_request", "send_holding_letter"):
        varied["parts"] = choose.choice(([], choose.sample(labels, 1), labels))
    if operation.startswith("take_"):
        varied["received_on"] = (today - timedelta(days=choose.randint(0, 3))).isoformat()
    if operation == "take_clarification":
        varied["sufficient"] = choose.random() < 0.8
    if operation == "extend_time":
        varied["estimated_on"] = (today + timedelta(days=choose.randint(10, 60))).isoformat()
        varied["exceptional"] = choose.random() < 0.3
    if operation == "transfer_request":
        varied["ours"] = None
    return varied


def last_told(runtime):
    told_last = told(runtime, "due-date-changed")
    if not told_last:
        return None
    parts = {part["label"]: (part["state"], part["due_on"]) for part in told_last[-1]["parts"]}
    return told_last[-1]["due_on"], told_last[-1]["state"], parts


@pytest.mark.parametrize("seed", range(8))
def test_what_was_told_last_is_what_is_worked_out_anew(officer, runtime, clock, relay, tick, seed):
    choose = random.Random(seed)
    case = confirm(officer, log(officer))
    labels = [part["label"] for part in case["parts"] if part["kind"] == "question"]
    today, done = date(2026, 6, 15), 0
    for _ in range(STEPS):
        today += timedelta(days=choose.choice((0, 0, 1, 2, 5, 40)))
        on(clock, today)
        tick()
        shown = officer.get(case["links"]["self"]).json
        if shown["state"] in CASE.final:
            break
        operation = choose.choice(OPERATIONS)
        before = told(runtime, "due-date-changed")
        answer = tried(officer, case, operation, **changes(choose, operation, labels, today))
        assert answer.status_code in (200, 409, 422), (operation, answer.text)
        done += answer.status_code == 200
        if answer.status_code != 200:
            assert answer.json.get("rule") or answer.json["errors"][0]["rule"]
            assert told(runtime, "due-date-changed") == before
        found = officer.get(case["links"]["deadline"]).json
        assert answer.status_code != 200 or (answer.json["due_on"], answer.json["clock"]) == (
            found["due_on"],
            found["state"],
        )
        if (said := last_told(runtime)) is not None:
            parts = {part["label"]: (part["state"], part["answer_by"]) for part in found["parts"]}
            assert said == (found["due_on"], found["state"], parts)
    assert done
