"""`candour cite`: what a person is told who asks what a citation is, and what is wrong with it."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.operations.citing import cite


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cite, [*arguments], input=given)


def explained(*arguments: str, given: str | None = None) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(run("--json", *arguments, given=given).stdout)
    return answer


def test_a_repealed_number_is_explained_with_what_to_use() -> None:
    result = run("40(3)")
    assert result.exit_code == 1
    assert "Wrong (EXM-09): 40(3) is no longer law: it was repealed and replaced on 25 May 2018." in result.stdout
    assert "40(3A)(a)" in result.stdout


def test_a_provision_is_explained_with_all_that_must_accompany_it() -> None:
    result = run("s.31(1)(a)")
    assert result.exit_code == 0
    for words in (
        "31(1)(a)  Law enforcement",
        "The prevention or detection of crime.",
        "For withholding; qualified, based on prejudice.",
        "would or would be likely to",
        "factors each way and a balance",
        "Not together with section 30.",
        "To neither confirm nor deny: 31(3).",
        "Police use: ",
    ):
        assert words in result.stdout


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("40(2)", "with_one_of", ["40(3A)(a)", "40(3A)(b)", "40(3B)", "40(4A)(a)", "40(4A)(b)"]),
        ("40(3A)(a)", "three_steps", True),
        ("36(2)(c)", "opinion", True),
        ("24(1)", "certificate", "24(3)"),
        ("24(2)", "use_for", "neither confirming nor denying"),
        ("21(1)", "neither_confirm_nor_deny", []),
        ("30(1)(b)", "lapses_after_years", 20),
        ("12(1)", "exemption", False),
        ("14(2)", "notice", "17(5)"),
        ("38(1)(a)", "public_interest_test", True),
    ],
)
def test_the_explanation_as_json_holds_the_catalogue(text: str, key: str, value: Any) -> None:
    (answer,) = explained(text)
    assert answer["explained"][0][key] == value
    assert answer["cited"] == [answer["explained"][0]["citation"]]
    assert not answer["blocked"]


def test_what_is_badly_written_is_made_out_and_said_to_be_so() -> None:
    result = run("31 (1()(a)")
    assert result.exit_code == 0
    assert "Mend (EXM-01): “31 (1()(a)” is not written as the Act numbers it. Write 31(1)(a)." in result.stdout


def test_a_procedural_ground_is_explained_and_said_to_be_no_exemption() -> None:
    result = run("FOIA s 12(1)")
    assert result.exit_code == 0
    assert "no exemption" in result.stdout
    assert "Notice under section 17(5)." in result.stdout


def test_several_texts_and_lines_of_standard_input_are_explained_in_order() -> None:
    found = explained("24(1)", "-", given="31(3)\n\n40(3)\n")
    assert [each["written"] for each in found] == ["24(1)", "31(3)", "40(3)"]
    assert [each["blocked"] for each in found] == [False, False, True]
    assert run("24(1)", "-", given="40(3)").exit_code == 1


@pytest.mark.parametrize("given", [b"\xff\xfe31", b"", b"\n \n"])
def test_standard_input_without_citations_is_asked_for_wrongly(given: bytes) -> None:
    result = run("-", given=given)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_nothing_to_cite_is_asked_for_wrongly() -> None:
    assert run().exit_code == 2
    assert run("").exit_code == 1


@pytest.mark.parametrize(("text", "severity", "code"), [("35(1)(a)", "B", 1), ("33(2)", "W", 0)])
def test_what_a_police_force_may_not_or_hardly_ever_use_is_told_with_what_to_do_instead(
    text: str, severity: str, code: int
) -> None:
    (answer,) = explained(text)
    (problem,) = answer["problems"]
    assert (problem["rule"], problem["severity"], answer["blocked"]) == ("EXM-07", severity, bool(code))
    assert problem["next_step"]
    assert run(text).exit_code == code


def test_grounds_to_neither_confirm_nor_deny_exclude_no_other() -> None:
    (withholding,), (neither,) = (each["explained"] for each in explained("23(1)", "23(5)"))
    assert (withholding["exclusive_with"], neither["exclusive_with"]) == (["24"], [])
