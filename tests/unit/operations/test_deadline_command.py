"""The command `deadline`: dates on the command line, and lists of what happened."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from services.cli import main
from services.operations.deadline_answers import answer

VECTORS = Path(__file__).parents[1] / "law" / "vectors"
ASKED = ("id", "regime", "clock", "received", "events", "parts")


def read(*names):
    return [row for name in names for row in json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))]


GOOD, REFUSED = read("receipt", "worked", "mechanics"), read("refused")


def run(*arguments, stdin=None):
    return CliRunner().invoke(main, ["deadline", *arguments], input=stdin)


def ask(rows):
    found = run("--events", "-", "--json", stdin=json.dumps([{k: row[k] for k in ASKED if k in row} for row in rows]))
    return found.exit_code, json.loads(found.stdout)


@pytest.fixture(scope="module")
def answers():
    code, answers = ask(GOOD)
    assert code == 0
    return {answer["id"]: answer for answer in answers}


@pytest.mark.parametrize("vector", GOOD, ids=[f"{row['id']}: {row['because']}" for row in GOOD])
def test_every_vector_comes_out(answers, vector):
    answer = answers[vector["id"]]
    assert {key: answer.get(key, "absent") for key in vector["expected"]} == vector["expected"]


def test_what_is_refused_names_rule_field_and_next_step_and_the_others_are_answered_all_the_same():
    code, answers = ask([*REFUSED, GOOD[0]])
    assert code == 1
    for vector, found in zip(REFUSED, answers, strict=False):
        error = found["error"]
        assert {"rule": error["rule"], "field": error["field"]} == vector["refused"], vector["id"]
        assert error["message"].endswith("."), vector["id"]
        assert error["next_step"].endswith("."), vector["id"]
    assert answers[-1]["due"] == GOOD[0]["expected"]["due"]


def test_answers_stand_in_the_order_of_the_questions():
    _, answers = ask(GOOD)
    assert [answer["id"] for answer in answers] == [vector["id"] for vector in GOOD]


def test_days_skipped_carry_their_reasons_and_those_of_a_fee_are_among_them(answers):
    skipped = {day["date"]: day["why"] for day in answers["CV-044"]["skipped"]}
    assert skipped["2026-01-02"] == "Friday 2 January 2026 is a bank holiday in Scotland (2nd January)"
    assert skipped["2025-12-13"] == "Saturday"
    assert skipped["2025-12-10"] == "disregarded from the fees notice to the payment (section 10(2))"
    assert "2026-01-12" not in skipped


def test_a_date_alone_prints_the_due_date_and_its_working():
    found = run("2026-06-12")
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0] == "Due Tuesday 14 July 2026 (running)"
    assert any("World Cup bank holiday" in line for line in lines)
    assert lines[-1] == "Due by the end of Tuesday 14 July 2026, working day 20."


@pytest.mark.parametrize(
    ("regime", "due"), [("foia", "2026-04-28"), ("eir", "2026-04-28"), ("foisa", "2026-04-27"), ("SAR", "2026-04-27")]
)
def test_a_regime_has_its_own_date(regime, due):
    found = run("2026-03-27", "--regime", regime, "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["due"] == due


def test_the_working_names_every_event_in_order():
    rows = [vector for vector in GOOD if vector["id"] == "CV-036"]
    working = ask(rows)[1][0]["working"]
    assert working[1].startswith("Clarification sought on Wednesday 14 October 2026")
    assert working[2] == (
        "Clarification received on Tuesday 3 November 2026: that is the new date of receipt, day 0"
        " (section 10(6)(b), CLK-06)."
    )


def test_people_can_read_the_answers_to_a_file_as_well(tmp_path):
    file = tmp_path / "asked.json"
    file.write_text(json.dumps([{**GOOD[0], "id": "first"}, {"id": "second", "received": "2026-02-30"}]))
    found = run("--events", str(file))
    assert found.exit_code == 1
    first, second = found.stdout.split("\n\n")
    assert first.startswith("first\nDue Thursday 20 June 2019 (answered)\n")
    assert second == ("second\nreceived: There is no day 2026-02-30. Give an existing day as YYYY-MM-DD. (CLK-01)\n")


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        ((), None, "Give either DATE"),
        (("2026-06-12", "--events", "-"), "[]", "Give either DATE"),
        (("2026-02-30",), None, "There is no day 2026-02-30"),
        (("12/06/2026",), None, "“12/06/2026” is no date"),
        (("2031-06-12",), None, "lies outside the bank holiday table"),
        (("2026-06-12", "--regime", "roman"), None, "'roman' is not one of"),
        (("--events", "-"), "{", "is no JSON"),
        (("--events", "-"), "{}", "holds no JSON list"),
        (("--events", "no-such-file.json"), None, "No such file"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_message_and_ends_with_2(arguments, stdin, said):
    found = run(*arguments, stdin=stdin)
    assert found.exit_code == 2
    assert said in found.stderr
    assert "Traceback" not in found.output


@pytest.mark.parametrize(
    "row",
    [
        None,
        [],
        {},
        {"received": 5},
        {"received": "2026-10-05", "events": {}},
        {"received": "2026-10-05", "events": ["responded"]},
        {"received": "2026-10-05", "events": [{"type": ["responded"], "on": []}]},
        {"received": "2026-10-05", "events": [{"type": "responded", "on": "2026-10-06", "parts": [{}]}]},
        {"received": "9999-12-31"},
        {"received": "2026-10-05", "clock": "ico_dn_steps", "days": 10**12},
    ],
)
def test_rows_that_make_no_sense_are_refused_one_by_one(row):
    found = run("--events", "-", "--json", stdin=json.dumps([row]))
    assert found.exit_code == 1
    (answer,) = json.loads(found.stdout)
    assert answer["error"]["message"]


def test_a_file_may_leave_the_regime_to_the_command():
    rows = [{"id": "a", "received": "2026-03-27"}, {"id": "b", "received": "2026-03-27", "regime": "FOIA"}]
    found = run("--events", "-", "--json", "--regime", "foisa", stdin=json.dumps(rows))
    assert [answer["due"] for answer in json.loads(found.stdout)] == ["2026-04-27", "2026-04-28"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates().map(str),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(), values, max_size=3),
    max_leaves=5,
)
words = st.sampled_from(sorted({event["type"] for row in GOOD for event in row["events"]}))
happenings = st.fixed_dictionaries(
    {"type": words | json_values, "on": st.dates(date(2025, 1, 1), date(2027, 12, 31)).map(str) | json_values},
    optional=dict.fromkeys(("parts", "estimate", "exemption", "days", "reason", "sufficient", "holiday"), json_values),
)
rows = st.fixed_dictionaries(
    {"id": json_values, "received": st.dates(date(2025, 1, 1), date(2027, 12, 31)).map(str) | json_values},
    optional={
        "regime": st.sampled_from(["FOIA", "EIR", "FOISA", "SAR"]) | json_values,
        "clock": st.sampled_from(sorted({row["clock"] for row in GOOD})) | json_values,
        "events": st.lists(happenings, max_size=4) | json_values,
        "parts": json_values,
    },
)


@given(rows | json_values)
def test_whatever_a_row_holds_it_is_answered_or_refused_with_a_reason(row):
    found = answer(row)
    assert ("due" in found) != ("error" in found)
    json.dumps(found)
    if "error" in found:
        assert found["error"]["rule"]
        assert found["error"]["next_step"]


def test_a_day_that_came_to_be_known_too_late_tells_what_the_date_was_before():
    (vector,) = (vector for vector in GOOD if vector["id"] == "CV-032")
    assert vector["expected"]["due_before_calendar_change"] == "2022-09-29"
    _, (answer,) = ask([{**vector, "received": "2022-09-12"}])
    assert "due_before_calendar_change" not in answer
