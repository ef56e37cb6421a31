"""`candour calendar`: a proclaimed day is recorded, every open case worked out again, and running it twice is safe."""

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.registry import runtime_of
from tests.support import config_for

DAY = ("--date", "2027-07-01", "--title", "A day of mourning", "--basis", "proclamation", "--source", "The Gazette")


@pytest.fixture
def candour(tmp_path):
    runtime_of("intake", config_for(tmp_path)).migrate()

    def run(*words):
        settings = {"CANDOUR_ENV": "test", "CANDOUR_STATE": str(tmp_path)}
        return CliRunner().invoke(main, ["calendar", *words], env=settings)

    return run


def test_a_day_is_added_once_and_listed(candour):
    first = candour("add", *DAY, "--division", "scotland")
    assert (first.exit_code, first.output) == (
        0,
        "Thursday 1 July 2027 is recorded for Scotland.\n0 of 0 open cases have another due date now.\n",
    )
    again = candour("add", *DAY, "--division", "scotland")
    assert (again.exit_code, again.output.splitlines()[0]) == (0, "That day was in the calendar already.")
    listed = candour("list")
    assert "2027-07-01  Scotland" in listed.output
    (row,) = json.loads(candour("list", "--json").output)
    assert {name: row[name] for name in ("date", "division", "legal_basis")} == {
        "date": "2027-07-01",
        "division": "scotland",
        "legal_basis": "proclamation",
    }


def test_all_is_every_division(candour):
    added = candour("add", *DAY, "--division", "all")
    assert added.output.startswith("Thursday 1 July 2027 is recorded for England and Wales and Scotland and Northern")
    assert len(json.loads(candour("list", "--json").output)) == 3


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--date", "2027-07-03", *DAY[2:], "--division", "all"), 1, "no weekday. Give the weekday"),
        (("--date", "2099-07-01", *DAY[2:], "--division", "all"), 1, "does not reach this day"),
        (("--date", "2027-02-30", *DAY[2:], "--division", "all"), 2, "2027-02-30"),
        ((*DAY, "--division", "wales"), 2, "wales"),
        ((*DAY,), 2, "--division"),
        ((*DAY, "--division", "all", "--person", "Ann Example"), 2, "--person"),
    ],
)
def test_what_cannot_be_added_is_said_in_one_message(candour, words, code, told):
    answer = candour("add", *words)
    assert answer.exit_code == code
    assert told in answer.output
    assert "Traceback" not in answer.output
    assert json.loads(candour("list", "--json").output) == []
