"""Candour's own letters: whatever is lawfully decided, the linter finds nothing that blocks."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from services.decision.response import response_of
from shared.law.exemptions import PROVISIONS
from shared.letters.lint import decisions, lint
from shared.letters.replies import render
from shared.letters.word import word
from tests.letters.replies import NINE, part
from tests.letters.written import LETTERS, in_one_process, pdf_of
from tests.services.decision.test_letter_properties import files

ON = date(2026, 6, 15)
# The strategies put markup into what officers write, to see that a letter shows it as it is: residue, if it were real.
OF_THE_STRATEGY = ("RN-18",)


def blocking(raw, decided=None):
    return [each for each in lint(raw, decided) if each.severity == "B" and each.rule not in OF_THE_STRATEGY]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(files())
def test_no_letter_rendered_from_a_lawful_decision_is_blocked(file):
    response = response_of(file)
    letter = render(response, ON)
    decided = decisions(response.to_bytes())
    for raw in (letter.text, letter.html):
        assert blocking(raw, decided) == []


@pytest.mark.parametrize("provision", PROVISIONS.values(), ids=lambda provision: provision.text)
def test_no_provision_makes_the_letter_that_cites_it_look_wrong(provision):
    alike = next(each.reasons for each in NINE.parts if each.outcome == ("ncnd" if provision.is_ncnd else "withheld"))
    reasons = replace(alike, citations=(provision.text, *provision.with_one_of[:1]))
    refused = part("1", "ncnd" if provision.is_ncnd else "withheld", "Who was there?", reasons=reasons)
    response = replace(NINE, parts=(refused, part("2", "disclosed", "When?", answer="In May.")), attachments=())
    assert blocking(render(response, ON).text, decisions(response.to_bytes())) == []


@in_one_process
@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_of_candours_is_blocked_in_any_form(name):
    letter = LETTERS[name]
    for raw in (letter.text, letter.html, pdf_of(name), word(letter)):
        assert [each for each in lint(raw) if each.severity == "B"] == []
