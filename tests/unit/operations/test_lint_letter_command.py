"""`candour lint-letter` on files and on standard input."""

import json

import pytest
from click.testing import CliRunner

from services.cli import main

FAULTY = """Dear applicant

Kent Police can neither confirm nor deny that it holds any further information, by virtue of section 24(1).
"""
SOUND = """Dear applicant

You asked how many boats the force has. We hold this information and disclose it: twelve.
"""


def run(*arguments, given=None):
    return CliRunner().invoke(main, ["lint-letter", *arguments], input=given)


@pytest.fixture
def letter(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text(FAULTY, encoding="utf-8")
    return str(file)


def test_a_faulty_letter_is_reported_by_severity_and_ends_in_1(letter):
    done = run(letter)
    assert done.exit_code == 1
    assert "it may not be sent" in done.stdout
    assert done.stdout.index("Must be mended") < done.stdout.index("RN-04")
    assert "Mend: " in done.stdout


def test_json_is_one_document(letter):
    done = run(letter, "--json")
    document = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (document["file"], document["verdict"]) == (letter, "block")
    assert {"RN-04", "RN-05"} <= {each["rule"] for each in document["findings"]}
    assert all(set(each) == {"rule", "severity", "where", "quote", "why", "mend"} for each in document["findings"])


def test_a_sound_letter_on_standard_input_ends_in_0():
    done = run("-", "--json", given=SOUND)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["verdict"] in ("pass", "review")


def test_the_decisions_are_held_against_the_letter(tmp_path):
    decided = tmp_path / "decided.json"
    decided.write_text(json.dumps([{"label": "1", "outcome": "not_held"}]), encoding="utf-8")
    done = run("-", "--decisions", str(decided), "--json", given=SOUND)
    assert done.exit_code == 1
    assert ("RN-01", "B") in [(each["rule"], each["severity"]) for each in json.loads(done.stdout)["findings"]]


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (["-"], b"\x00\x01", "binary"),
        (["-"], b"", "empty"),
        (["/does/not/exist"], None, "does not exist"),
        (["-", "--decisions", "-"], b"x", "only one"),
    ],
)
def test_what_cannot_be_read_is_one_message_and_ends_in_2(arguments, given, said):
    done = run(*arguments, given=given)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_decisions_that_are_no_decisions_end_in_2(letter, tmp_path):
    decided = tmp_path / "decided.json"
    decided.write_text("{}", encoding="utf-8")
    done = run(letter, "--decisions", str(decided))
    assert done.exit_code == 2
    assert "parts" in done.stderr
