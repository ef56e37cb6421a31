"""Section 8, rule by rule: what is doubtful about a request, and what a decision that it is not valid must hold."""

from dataclasses import replace
from datetime import date

import pytest

from shared.law.requester_names import name_form
from shared.law.validity import DOUBTS, NEVER_INVALID, RequestFacts, ValidityDecision, check, check_decision, doubts

VALID = RequestFacts(written=True, name="full", reply_possible=True, describes=True)
NOT_VALID = ValidityDecision(valid=False, rules=("VAL-04",), advice="Say which years and which unit you mean.")


def test_a_valid_request_raises_no_doubt():
    assert check(VALID) == ()


@pytest.mark.parametrize(
    ("code", "rule", "severity", "changes"),
    [
        pytest.param("not-in-writing", "VAL-01", "B", {"written": False}, id="VAL-01 spoken"),
        pytest.param("no-name", "VAL-02", "W", {"name": "none"}, id="VAL-02 no name"),
        pytest.param("single-name", "VAL-02", "W", {"name": "single"}, id="VAL-02 first name"),
        pytest.param("single-name", "VAL-02", "W", {"name": "pseudonym"}, id="VAL-02 pseudonym"),
        pytest.param("no-address", "VAL-03", "B", {"reply_possible": False}, id="VAL-03 no address"),
        pytest.param("no-description", "VAL-04", "W", {"describes": False}, id="VAL-04 no description"),
        pytest.param("on-behalf", "VAL-08", "I", {"on_behalf": True}, id="VAL-08 for somebody else"),
        pytest.param(
            "received-earlier",
            "VAL-10",
            "B",
            {"received_on": date(2026, 6, 15), "first_delivered_on": date(2026, 6, 12)},
            id="VAL-10 reached somebody else earlier",
        ),
    ],
)
def test_each_doubt_is_named_with_its_rule(code, rule, severity, changes):
    facts = replace(VALID, **changes)
    assert doubts(facts) == (code,)
    (finding,) = check(facts)
    assert (finding.rule, finding.severity) == (rule, severity)
    assert finding.next_step


def test_a_spoken_request_for_environmental_information_is_valid():
    assert doubts(replace(VALID, written=False, environmental=True)) == ()


def test_a_request_that_came_to_somebody_else_on_the_same_day_was_received_on_it():
    day = date(2026, 6, 12)
    assert doubts(replace(VALID, received_on=day, first_delivered_on=day)) == ()


def test_every_doubt_can_be_earned_at_once_and_they_stand_in_order():
    worst = RequestFacts(
        written=False,
        name="none",
        reply_possible=False,
        describes=False,
        on_behalf=True,
        received_on=date(2026, 6, 15),
        first_delivered_on=date(2026, 6, 12),
    )
    assert doubts(worst) == tuple(code for code in DOUBTS if code != "single-name")


@pytest.mark.parametrize("decision", [ValidityDecision(valid=True), NOT_VALID], ids=["valid", "not valid"])
def test_a_sound_decision_raises_nothing(decision):
    assert check_decision(decision) == ()


@pytest.mark.parametrize(
    ("rule", "decision", "field"),
    [
        *(
            pytest.param(rule, replace(NOT_VALID, rules=(rule,)), "rules", id=f"{rule} never makes it invalid")
            for rule in NEVER_INVALID
        ),
        pytest.param("VAL-07", replace(NOT_VALID, rules=()), "rules", id="VAL-07 no reason"),
        pytest.param("VAL-07", replace(NOT_VALID, rules=("VAL-99",)), "rules", id="VAL-07 no such rule"),
        pytest.param("VAL-07", replace(NOT_VALID, advice=" "), "advice", id="VAL-07 no advice"),
    ],
)
def test_what_is_wrong_with_a_decision_is_named_with_its_rule(rule, decision, field):
    assert [(each.rule, each.field) for each in check_decision(decision)] == [(rule, field)]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Ada Example", "full"),
        ("A Example", "full"),
        ("A. Example", "full"),
        ("Ms Example", "full"),
        ("Siân Ap-Enghraifft", "full"),
        ("Ada", "single"),
        ("Ms", "single"),
        ("Dr Prof", "single"),
        ("Concerned Citizen", "pseudonym"),
        ("anonymous", "pseudonym"),
        ("A member of the public", "pseudonym"),
        ("", "none"),
        ("42", "none"),
    ],
    ids=str,
)
def test_the_kind_of_a_name_is_told_from_its_words(name, form):
    assert name_form(name) == form


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("ada.example@mail.invalid", "full"),
        ("ada_example@mail.invalid", "full"),
        ("ada@mail.invalid", "single"),
        ("ada.x@mail.invalid", "single"),
        ("foi.requester@mail.invalid", "single"),
        ("ada.99@mail.invalid", "single"),
        ("not an address", "single"),
    ],
    ids=str,
)
def test_an_address_that_spells_a_full_name_makes_up_for_a_short_one(address, form):
    assert name_form("Ada", address=address) == form


def test_an_organisation_needs_no_second_word():
    assert (name_form("Examplewatch", organisation=True), name_form("Anonymous", organisation=True)) == (
        "full",
        "pseudonym",
    )
