"""Where correspondence belongs: what its words suggest, rule by rule."""

import pytest

from shared.law.triage import REGIMES, ROUTES, check_route, suggest


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param("TRI-01", "What are the opening hours of the station?", id="TRI-01 opening hours"),
        pytest.param("TRI-01", "Please send me a leaflet on bicycle marking.", id="TRI-01 leaflet"),
        pytest.param("TRI-02", "I want everything you hold about me.", id="TRI-02 about me"),
        pytest.param("TRI-02", "This is a subject access\nrequest.", id="TRI-02 over a line"),
        pytest.param("TRI-02", "Please disclose my body-worn video of 3 May.", id="TRI-02 my video"),
        pytest.param("TRI-03", "How much asbestos is left in each station?", id="TRI-03 asbestos"),
        pytest.param("TRI-03", "What were the carbon emissions of the fleet?", id="TRI-03 emissions"),
        pytest.param("TRI-05", "I need the road traffic collision report for the insurers.", id="TRI-05 collision"),
        pytest.param("TRI-06", "I wish to make a complaint about how I was treated.", id="TRI-06 complaint"),
        pytest.param("TRI-07", "Media enquiry: we are on deadline tonight.", id="TRI-07 press"),
        pytest.param("TRI-08", "Has the unused material been served under the CPIA?", id="TRI-08 unused material"),
        pytest.param("TRI-09", "May I have a licence to re-use your photographs?", id="TRI-09 licence"),
        pytest.param("TRI-11", "What does Police Scotland record about it?", id="TRI-11 Scotland"),
    ],
)
def test_words_hint_at_the_route_of_a_rule(rule, text):
    found = {suggestion.rule: suggestion for suggestion in suggest(text)}
    assert found[rule].quotes
    assert found[rule].why
    assert found.keys() == {rule, "TRI-04"}


@pytest.mark.parametrize(
    "text",
    [
        "How many burglaries were recorded in each of the last five years?",
        "What is the working environment policy, and how many officers had training?",
        "How many complaints about officers were upheld in 2025?",
        "Please provide the number of civilian staff employed by the press team.",
        "",
    ],
)
def test_without_a_clue_it_is_a_request_under_the_act(text):
    assert [suggestion.rule for suggestion in suggest(text)] == ["TRI-04"]


def test_two_clues_suggest_that_it_is_mixed():
    found = suggest("How much asbestos is there? I also want what you hold about me.")
    assert [suggestion.rule for suggestion in found] == ["TRI-02", "TRI-03", "TRI-04", "TRI-10"]


def test_every_rule_has_one_route_with_its_clock():
    assert [route.rule for route in ROUTES.values()] == [f"TRI-{number:02d}" for number in range(1, 12)]
    assert all(route.clock for route in ROUTES.values())
    assert set(REGIMES) == {"none", "sar", "eir", "foia", "rpsi", "mixed", "foisa"}


def test_a_route_that_does_not_exist_is_refused_with_those_that_do():
    (finding,) = check_route("wherever")
    assert "subject-access" in finding.next_step
    assert check_route("subject-access") == ()


def test_a_very_long_text_is_read_once():
    assert suggest("you hold " * 50_000 + "about me")[0].rule == "TRI-02"
