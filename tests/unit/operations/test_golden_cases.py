"""The five cases of the demonstration: as the real ones were asked, lawful, and telling nobody who asked."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

import pytest

from services.operations.golden_case import GoldenCase, golden_cases, local
from services.operations.playing import DECISION_FIELDS
from shared.chassis.events.values import BlindText
from shared.contracts.authorities import authorities
from shared.contracts.values import Label, Reference
from shared.law.calendar import is_working_day, nth_working_day_after
from shared.law.clock import due_date, in_time, working_day_number
from shared.law.grounds import Factor, Grounds, Harm, PersonalData
from shared.law.outcomes import PartDecision, Pointer, check_part, overall_outcome

CASES = golden_cases()
WMP, NORFOLK_AND_SUFFOLK, CLEVELAND = "west-midlands", "norfolk-and-suffolk", "cleveland"
GWENT, MPS = "gwent", "metropolitan"
REFERENCES = ["151_18", "FOI 001905/19", "2022/25709", "01.FOI.23.029461", "100 - 25"]

# How the real requests were built: label, parent, kind, and the mark that the request itself used ("" for none).
STRUCTURE: dict[str, list[tuple[str, str, str, str]]] = {
    WMP: [
        ("pre", "", "preamble", ""),
        *((str(number), "", "question", f"{number} –") for number in range(1, 5)),
    ],
    NORFOLK_AND_SUFFOLK: [
        ("pre", "", "preamble", ""),
        *((str(number), "", "question", f"- {number}") for number in range(1, 7)),
    ],
    GWENT: [
        ("1", "", "question", "1."),
        ("1.1", "1", "sub_question", ""),
        ("2", "", "question", "2."),
        ("2.1", "2", "sub_question", ""),
        ("3", "", "question", "3."),
        *((f"3{letter}", "3", "list_item", f"{letter})") for letter in "abcd"),
        ("3.1", "3", "sub_question", ""),
    ],
    MPS: [
        ("pre", "", "preamble", ""),
        ("1", "", "context", "1:"),
        *((f"1{letter}", "1", "question", f"1{letter}.") for letter in "abc"),
        *((str(number), "", "question", f"{number}:") for number in range(2, 5)),
        ("4a", "4", "question", "4a."),
        *((f"4a.{number}", "4a", "sub_question", "") for number in range(1, 5)),
        *((str(number), "", "question", f"{number}:") for number in range(5, 10)),
    ],
    CLEVELAND: [(str(number), "", "question", "") for number in range(1, 5)],
}

WITHHELD = {"24(1)", "31(1)(a)", "31(1)(b)"}
# What was decided in the real cases, with the provisions that the Act has for it; the second set is for any other
# information.
DECIDED: dict[str, dict[str, tuple[str, set[str], set[str]]]] = {
    WMP: dict.fromkeys("1234", ("withheld", WITHHELD, {"24(2)", "31(3)"})),
    NORFOLK_AND_SUFFOLK: {**dict.fromkeys("12346", ("disclosed", set(), set())), "5": ("not_held", set(), set())},
    GWENT: dict.fromkeys("123", ("withheld", {"24(1)", "31(1)(a)"}, set())),
    MPS: {
        **dict.fromkeys(("1a", "1b", "7", "8"), ("withheld", WITHHELD, set())),
        **dict.fromkeys(("1c", "2"), ("disclosed", set(), set())),
        **dict.fromkeys(("3", "4", "4a", "5", "6"), ("not_held", set(), set())),
        "9": ("partly_disclosed", {"40(2)", "40(3A)(a)"}, set()),
    },
    CLEVELAND: dict.fromkeys("1234", ("ncnd", {"24(2)", "31(3)"}, set())),
}

CONSULTING = tomllib.loads((files("services.consultation") / "parties.toml").read_text(encoding="utf-8"))

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)


def by_key(key: str) -> GoldenCase:
    return next(case for case in CASES if case.key == key)


def decision_tables(case: GoldenCase) -> list[dict[str, Any]]:
    """Every decision, the redrafted ones as well."""
    return [*case["decisions"], *([case["returned"]["then"]] if "returned" in case.table else [])]


def made(table: dict[str, Any], label: str) -> PartDecision:
    other = table.get("other_information")
    return PartDecision(
        label=label,
        outcome=table["outcome"],
        answer=table["answer_with"] if table.get("answer_with") else table.get("answer", ""),
        searches=table.get("searches", ""),
        pointer=Pointer(**table.get("pointer", {})),
        other_information=Grounds(**grounds(other)) if other else None,
        **grounds(table),
    )


def grounds(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "citations": tuple(table.get("citations", ())),
        "harm": Harm(**table.get("harm", {})),
        "factors": tuple(Factor(**factor) for factor in table.get("factors", ())),
        "balance": table.get("balance", ""),
        "as_at": date.fromisoformat(table["as_at"]) if "as_at" in table else None,
        "official_confirmation": table.get("official_confirmation", ""),
        "personal_data": PersonalData(**table["personal_data"]) if "personal_data" in table else None,
    }


def final_decisions(case: GoldenCase) -> dict[str, PartDecision]:
    """What goes out, by label: a redraft takes the place of what was sent back."""
    return {label: made(table, label) for table in decision_tables(case) for label in table["labels"]}


def public_texts(case: GoldenCase) -> Iterator[tuple[str, str]]:
    """Every text that leaves intake or is made outside it, with where it stands."""

    def walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, (dict, list)):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                yield from walk(item, f"{path}.{key}")
        elif isinstance(value, str):
            yield path, value

    yield from walk({key: value for key, value in case.table.items() if key != "received"}, case.key)


def test_there_are_the_five_cases_in_the_order_in_which_they_came_in() -> None:
    assert [case.key for case in CASES] == [WMP, NORFOLK_AND_SUFFOLK, GWENT, MPS, CLEVELAND]
    assert [case.reference for case in CASES] == REFERENCES


@every_case
def test_the_reference_is_the_next_one_of_its_authority(case: GoldenCase) -> None:
    for code in case["authorities"]:
        authority = authorities()[code]
        year = authority.reference_year(case["received"]["at"].date())
        assert authority.write_reference(year, authority.last_numbers[str(year)] + 1) == Reference(case.reference)


@every_case
def test_the_parts_are_labelled_and_nested_as_in_the_real_request(case: GoldenCase) -> None:
    parts = [(part["label"], part["parent"], part["kind"], part.get("visible_label", "")) for part in case["parts"]]
    assert parts == STRUCTURE[case.key]
    for label, *_ in parts:
        Label(label)


@every_case
def test_the_request_itself_bears_the_marks_of_its_parts(case: GoldenCase) -> None:
    lines = [line.strip() for line in case["received"]["text"].split("\n")]
    for *_, mark in STRUCTURE[case.key]:
        assert any(line.startswith(f"{mark} ") for line in lines) or not mark, mark


@every_case
def test_each_question_is_decided_once_as_in_the_real_case(case: GoldenCase) -> None:
    labels = [label for table in case["decisions"] for label in table["labels"]]
    assert sorted(labels) == sorted(part["label"] for part in case["parts"] if part["kind"] == "question")
    found = {
        label: (
            decision.outcome,
            set(decision.citations),
            set(decision.other_information.citations if decision.other_information else ()),
        )
        for label, decision in final_decisions(case).items()
    }
    assert found == DECIDED[case.key]


@every_case
def test_every_decision_is_lawful(case: GoldenCase) -> None:
    for table in decision_tables(case):
        assert table.keys() <= {"labels", *DECISION_FIELDS}
        assert not (table.get("answer") and table.get("answer_with"))
        for label in table["labels"]:
            assert check_part(made(table, label), case["submission"]["at"].date()) == (), label


@every_case
def test_the_likelihood_of_harm_is_stated_once_and_not_watered_down(case: GoldenCase) -> None:
    for decision in final_decisions(case).values():
        for each in filter(None, (decision, decision.other_information)):
            assert not re.search(r"\b(may|might|could|possibly|potentially)\b", each.harm.text), decision.label


@every_case
def test_reasons_to_neither_confirm_nor_deny_are_about_confirming_alone(case: GoldenCase) -> None:
    for decision in final_decisions(case).values():
        refusal = decision if decision.outcome == "ncnd" else decision.other_information
        if refusal is not None:
            reasons = " ".join((refusal.harm.text, refusal.balance, *(factor.text for factor in refusal.factors)))
            assert not re.search(r"disclos|withh|publish|releas", reasons, re.IGNORECASE), decision.label


@every_case
def test_no_text_but_the_request_tells_who_asked(case: GoldenCase) -> None:
    requester = case["received"]["requester"]
    assert requester["name"] in case["received"]["text"]
    assert requester["email"].endswith("@requester.example.invalid")
    telling = [*requester["name"].split(), requester["email"], requester["email"].partition("@")[0]]
    for path, text in public_texts(case):
        BlindText(text)
        assert not any(word.casefold() in text.casefold() for word in telling), path


@every_case
def test_texts_are_folded_without_leaving_traces(case: GoldenCase) -> None:
    for path, text in public_texts(case):
        assert text == text.strip(), path
        assert "  " not in text, path
        assert "\\" not in text, path


@every_case
def test_the_moments_are_in_their_order_within_office_hours(case: GoldenCase) -> None:
    names = ("received", "notice", "consultation", "answer", "conclusion", "submission", "returned", "resubmitted")
    order = {name: rank for rank, name in enumerate((*names, "sign_off", "dispatch", "publication"))}
    moments = [(moment, name) for moment, name, _ in case.moments]
    if "returned" in case.table:
        moments.append((local(case["returned"]["resubmitted_at"]), "resubmitted"))
    moments.append((local(case["publication"]["at"]), "publication"))
    moments.sort()
    assert [name for _, name in moments] == sorted((name for _, name in moments), key=order.__getitem__)
    assert len({moment for moment, _ in moments}) == len(moments)
    for moment, name in moments:
        assert is_working_day(moment.date()), name
        assert time(9) <= moment.time() <= time(17), name


@every_case
def test_the_expected_dates_are_those_of_the_law(case: GoldenCase) -> None:
    received, sent = case["received"]["at"].date(), case["dispatch"]["at"].date()
    expected = case["expected"]
    assert expected["due_on"] == due_date(received)
    assert expected["working_day"] == working_day_number(received, sent)
    assert expected["in_time"] == in_time(received, sent)


def test_only_cleveland_is_late() -> None:
    assert [case.key for case in CASES if not case["expected"]["in_time"]] == [CLEVELAND]


@every_case
def test_the_expected_outcomes_sites_and_parties_follow_from_the_case(case: GoldenCase) -> None:
    expected = case["expected"]
    outcomes = {label: decision.outcome for label, decision in final_decisions(case).items()}
    assert expected["outcomes"] == outcomes
    assert expected["overall"] == overall_outcome(outcomes.values())
    assert expected["sites"] == [str(site.code) for code in case["authorities"] for site in authorities()[code].sites]
    asked = {party for topic in case["topics"] for party in CONSULTING["rule"][topic]}
    asked |= {item["party"] for item in case.table.get("consultations", ())}
    assert asked <= CONSULTING["party"].keys()
    answered = [item["party"] for item in case["answers"]]
    assert sorted(expected["consulted"]) == sorted(asked) == sorted(answered)


@every_case
def test_parties_are_asked_about_parts_that_there_are(case: GoldenCase) -> None:
    labels = {part["label"] for part in case["parts"]}
    for item in case.table.get("consultations", ()):
        assert set(item["parts"]) <= labels


@every_case
def test_the_entry_goes_up_as_its_mode_says(case: GoldenCase) -> None:
    plan, sent = case["publication"], case["dispatch"]["at"].date()
    own_day = datetime.combine(nth_working_day_after(sent, 5), time(9))
    if plan["mode"] == "on its day":
        assert plan["at"] == own_day
    elif plan["mode"] == "by hand":
        assert plan["at"] < own_day
        assert plan["at"].date() == sent + timedelta(days=2)
    else:
        assert plan["mode"] == "held first"
        assert plan["reason"]


def test_all_three_ways_of_publishing_are_shown() -> None:
    assert {case["publication"]["mode"] for case in CASES} == {"on its day", "by hand", "held first"}


def test_the_metropolitan_draft_is_sent_back_and_says_the_opposite_afterwards() -> None:
    case = by_key(MPS)
    first = next(table for table in case["decisions"] if "2" in table["labels"])
    assert "are linked to a case and stored in the case management system" in first["answer"]
    assert "it is not stored in the case management system" in final_decisions(case)["2"].answer


def test_advice_is_followed_in_some_cases_and_departed_from_in_one() -> None:
    departed = [(case.key, item["party"]) for case in CASES for item in case["answers"] if not item["followed"]]
    assert departed == [(MPS, "ctphq")]
    assert all(item["reason"] for case in CASES for item in case["answers"])
