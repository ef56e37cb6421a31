"""A letter is held against the decisions that it is to carry."""

import json
from dataclasses import replace
from datetime import date

import pytest

from shared.letters.lint import DecisionsUnreadable, decisions, lint
from shared.letters.replies import render
from tests.letters.replies import NINE

ON = date(2026, 6, 15)
LETTER = """Kent Police
Our reference: FOI 17/26
6 July 2026

Dear applicant

Your request was received on 8 June 2026. You asked:

1. How many drones are there?
2. Where are they kept?
3. Is one used at the port?

Question 1: we hold this information and disclose it: there are nine.
Question 2: we hold this information and withhold it under section 31(1)(a).
Question 3: we neither confirm nor deny that we hold this information, under section 31(3).

This is a refusal notice for questions 2 and 3. Disclosing where they are would be likely to help thieves. Confirming or
denying would be likely to help smugglers. In favour of both is openness; against both is that crime would be helped;
on balance the latter outweighs the former.
"""
DECIDED = {
    "reference": "FOI 17/26",
    "authorities": ["Kent Police"],
    "received_on": "2026-06-08",
    "sent_on": "2026-07-06",
    "parts": [
        {"label": "1", "outcome": "disclosed"},
        {"label": "2", "outcome": "withheld", "citations": ["31(1)(a)"]},
        {"label": "3", "outcome": "ncnd", "citations": ["31(3)"]},
    ],
}


def differences(letter, decided):
    """The findings that only the decisions bring out."""
    alone = set(lint(letter.encode()))
    return [each for each in lint(letter.encode(), decisions(json.dumps(decided).encode())) if each not in alone]


def with_part(number, **changed):
    parts = [dict(part) for part in DECIDED["parts"]]
    parts[number - 1] |= changed
    return {**DECIDED, "parts": parts}


def test_nothing_is_said_about_a_letter_that_carries_its_decisions():
    assert differences(LETTER, DECIDED) == []


@pytest.mark.parametrize(
    ("decided", "rule", "severity"),
    [
        (with_part(1, outcome="not_held"), "RN-01", "B"),
        (with_part(2, outcome="disclosed"), "RN-01", "B"),
        (with_part(2, citations=["31(1)(a)", "38(1)(b)"]), "RN-03", "B"),
        (with_part(3, citations=["24(2)"]), "RN-03", "B"),
        (with_part(2, outcome="ncnd", citations=["31(3)", "31(1)(a)"]), "RN-05", "B"),
        ({**DECIDED, "parts": [*DECIDED["parts"], {"label": "4", "outcome": "disclosed"}]}, "RN-01", "B"),
        ({**DECIDED, "received_on": "2026-06-09"}, "RN-15", "W"),
        ({**DECIDED, "sent_on": "2026-07-07"}, "RN-15", "W"),
        ({**DECIDED, "authorities": ["Sussex Police"]}, "RN-16", "B"),
        ({**DECIDED, "reference": "FOI 18/26"}, "RN-16", "B"),
    ],
)
def test_what_departs_from_the_decisions_is_found(decided, rule, severity):
    assert (rule, severity) in [(each.rule, each.severity) for each in differences(LETTER, decided)]


def test_the_reply_as_data_is_understood():
    letter = render(NINE, ON)
    assert [each for each in lint(letter.text, decisions(NINE.to_bytes())) if each.severity == "B"] == []
    other = replace(
        NINE, parts=tuple(replace(part, outcome="not_held") if part.label == "2" else part for part in NINE.parts)
    )
    assert "RN-01" in [each.rule for each in lint(letter.text, decisions(other.to_bytes())) if each.severity == "B"]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (b"{", "JSON"),
        (b"3", "parts"),
        (b'{"reference": "1"}', "parts"),
        (b'{"parts": ["1"]}', "parts"),
        (b'[{"label": "1", "outcome": "perhaps"}]', "parts[1].outcome"),
        (b'[{"outcome": "disclosed"}]', "parts[1].label"),
        (b'[{"label": "1", "outcome": "withheld", "citations": "31"}]', "parts[1].citations"),
        (b'{"parts": [], "received_on": "soon"}', "received_on"),
        (b'{"parts": [], "authorities": {"a": 1}}', "authorities"),
    ],
)
def test_decisions_that_cannot_be_used_are_refused_by_the_field(raw, names):
    with pytest.raises(DecisionsUnreadable) as refused:
        decisions(raw)
    assert names in str(refused.value)
