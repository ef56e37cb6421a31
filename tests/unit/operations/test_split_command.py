"""`candour split`: the parts of a request, for a program and for a person."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from services.operations.splitting import split_request

REQUEST = """Dear Sir,

1. Which of these do you keep:
(a) dogs
(b) cats

If so, please say how many.

Yours faithfully
"""


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(split_request, [*arguments], input=given)


@pytest.mark.parametrize("name", ["request.txt", "-"])
def test_parts_are_printed_for_a_program(tmp_path: Path, name: str) -> None:
    file = tmp_path / "request.txt"
    file.write_text(REQUEST, encoding="utf-8")
    result = run(str(file) if name != "-" else "-", "--json", given=REQUEST)
    assert result.exit_code == 0
    named = ("label", "visible_label", "parent", "kind", "text")
    assert json.loads(result.stdout) == {
        "parts": [
            dict(zip(named, values, strict=True))
            for values in (
                ("pre", None, None, "preamble", "Dear Sir,"),
                ("1", "1.", None, "question", "Which of these do you keep:"),
                ("1a", "(a)", "1", "question", "dogs"),
                ("1b", "(b)", "1", "question", "cats"),
                ("1.1", None, "1", "question", "If so, please say how many."),
                ("end", None, None, "closing", "Yours faithfully"),
            )
        ]
    }


def test_parts_are_printed_as_an_outline_for_a_person() -> None:
    lines = run("-", given=REQUEST).stdout.split("\n")
    assert lines[:2] == ["pre (preamble)", "  Dear Sir,"]
    assert lines[3:5] == ["1", "  1. Which of these do you keep:"]
    assert lines[6:8] == ["  1a", "    (a) dogs"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b" \n\n", "holds no words. Give the text of a request."),
        (b"\xff\xfeD\x00", "is not plain text in UTF-8. Save the request as such."),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(given: bytes, said: str) -> None:
    result = run("-", given=given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run(str(tmp_path / "absent.txt"))
    assert result.exit_code == 2
    assert "absent.txt" in result.stderr


def test_a_mark_that_a_program_puts_before_the_text_is_no_part_of_it() -> None:
    result = run("-", "--json", given=b"\xef\xbb\xbf1. How many?\r\n2. Who?\r\n")
    assert [part["label"] for part in json.loads(result.stdout)["parts"]] == ["1", "2"]
