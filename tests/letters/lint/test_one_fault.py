"""One fault put into a sound letter is found, and nothing else comes to block it."""

import re

import pytest

from shared.letters.lint import lint
from tests.letters.lint.corpus import SOUND

SAMPLES = {sample.name: sample.text for sample in SOUND}
PORTS = "ports: nine questions, three outcomes, put right"
KNIVES = "totals withheld and anything else neither confirmed nor denied, put right"
PEOPLE = "a database: full answer of two forces, put right"
GROUPS = "protest groups: refused question by question, in two languages, put right"
SPIES = "neither confirmed nor denied for national security and law enforcement"
CAMERAS = "withheld for law enforcement"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        (PORTS, r"Section 31\(1\)\(a\) and \(b\)(?= - Law)|section 31\(1\)\(a\) and \(b\)", "section 31", "RN-03"),
        (PORTS, r"within 40 working days", "within 20 working days", "RN-13"),
        (PORTS, r"Questions 2 and 4 are disclosed", "Questions 2, 3 and 4 are disclosed", "RN-11"),
        (PORTS, r"complain to the Information Commissioner.*", "complain.", "RN-14"),
        (KNIVES, r"question 2, (West Midlands Police can neither)", r"your request, \1", "RN-05"),
        (KNIVES, r"section 40\(5B\)\(a\)\(i\)", "section 40(5)", "EXM-09"),
        (KNIVES, r"no later than 40 working days after", "no later than 30 working days after", "RN-13"),
        (PEOPLE, r"within 40 working days", "within 40 days", "RN-13"),
        (PEOPLE, r"17 June 2026", "17<sup>th</sup> June 2026", "RN-18"),
        (PEOPLE, r"20 May 2026 in which", "«date» in which", "RN-18"),
        (GROUPS, r"section 31\(3\)", "section 31(1)(a)", "RN-04"),
        (GROUPS, r"2\. Gwent Police can neither.*", "", "RN-01"),
        (GROUPS, r"If you|Dear Requester", "[bookmark: _Hlk1] Dear Requester", "RN-18"),
        (GROUPS, r"To say that a group is, or is not, of interest would", "Publishing the list would", "RN-06"),
        (SPIES, r"any information relevant", "any other information relevant", "RN-05"),
        (SPIES, r"24\(2\)", "24(1)", "RN-04"),
        (CAMERAS, r"Factors favouring (?s:.*?)(?=Internal review)", "", "RN-08"),
        (CAMERAS, r"Request for information", "Sussex Police response\n\nRequest for information", None),
    ],
)
def test_one_fault_in_a_sound_letter_is_found(name, old, new, rule):
    text, count = re.subn(old, new, SAMPLES[name])
    assert count
    blocking = {each.rule for each in lint(text.encode()) if each.severity == "B"}
    assert (rule in blocking) if rule else (blocking == set())
