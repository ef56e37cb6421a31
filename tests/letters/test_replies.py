"""Letters for the shapes that real cases take, read in both forms."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pytest

from services.decision.attaching import ENDINGS
from shared.contracts.response import KINDS_OF_DOCUMENT, Certificate, Response
from shared.letters.replies import render
from shared.letters.words import joined, paragraphs, sections, size
from tests.letters.blocks import flat, read_html, read_text
from tests.letters.replies import (
    ALL,
    ALL_DENIED,
    IN_THE_ALTERNATIVE,
    NINE,
    PEOPLE,
    REFUSED_OTHERWISE,
    RICH,
    TACTICS,
    TWO_AUTHORITIES,
    WITHHELD_AND_OTHER,
    part,
)

ON = date(2026, 6, 15)
GOLDEN = Path(__file__).parent / "golden"


def words(response):
    return flat(render(response, ON).text.decode())


@pytest.mark.parametrize("name", ["nine", "two authorities", "refused otherwise", "rich in reasons"])
def test_the_letter_reads_as_it_was_approved_to(name):
    """When the words of the letter are changed on purpose, read what it says now and keep that as the golden file."""
    assert render(ALL[name], ON).text.decode() == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_both_forms_say_the_same(name):
    letter = render(ALL[name], ON)
    html = read_html(letter.html)
    text = read_text(letter.text, [block.heading for block in html.blocks])
    plain = [(each.heading, each.about, only_words(each.words)) for each in text.blocks[1:]]
    assert [(each.heading, each.about, only_words(each.words)) for each in html.blocks[1:]] == plain


def only_words(text):
    """Without the marks that stand for layout in plain text."""
    return flat(text.translate(str.maketrans("", "", "->~.")))


def test_a_mixed_letter_groups_what_is_alike_and_says_it_once():
    read = read_html(render(NINE, ON).html)
    assert [(each.heading, each.about) for each in read.blocks if each.about] == [
        ("Information we are disclosing", "Question 1c"),
        ("Information we are disclosing", "Question 2"),
        ("Information we are disclosing in part", "Question 9"),
        ("Information that is already available to you", "Question 3"),
        ("Information we do not hold", "Questions 4 and 5"),
        ("Information we are withholding", "Questions 1a and 1b"),
        ("Information we are withholding", "Question 9"),
        ("Information we neither confirm nor deny holding", "Question 7"),
        ("If you are not satisfied with this response", "Ask for an internal review"),
        ("If you are not satisfied with this response", "Complain to the Information Commissioner"),
    ]
    assert read.words.count("keep what they plan out of those systems") == 1
    assert "For questions 1a, 1b, 3, 7 and 9 this letter is a refusal notice under section 17" in read.words


def test_what_is_not_held_says_where_was_searched_and_who_may_have_it():
    (block,) = read_html(render(NINE, ON).html).beneath("Information we do not hold")
    assert "We do not hold the information asked for in questions 4 and 5." in block.words
    assert "policy library were searched" in block.words
    assert "under our duty in section 16" in block.words.lower()
    assert "foi@npcc.example.invalid" in block.words
    assert "For how long is data kept?" in block.words


def test_already_accessible_information_is_linked():
    html = render(NINE, ON).html.decode()
    assert '<a href="https://www.gov.uk/government/collections/individuals-referred-to-prevent">' in html


def test_a_denial_names_no_other_information_and_no_holding():
    read = words(ALL_DENIED)
    assert "We neither confirm nor deny that we hold the information asked for in questions 1, 2, 3 and 4." in read
    assert "any other information" not in read
    assert "section 24(2) (National security)" in read
    assert "We have weighed both of them together." in read


def test_any_other_information_is_denied_beside_what_is_confirmed():
    read = words(WITHHELD_AND_OTHER)
    assert "We hold the information asked for in questions 1 and 2 and are withholding it." in read
    assert "we neither confirm nor deny that we hold any other information asked for in questions 1 and 2." in read


def test_two_authorities_answer_in_one_letter_and_each_reviews_its_own():
    read = words(TWO_AUTHORITIES)
    assert "one response from Norfolk Constabulary and Suffolk Constabulary" in read
    assert "foi-reviews@norfolk.example.invalid" in read
    assert "foi-reviews@suffolk.example.invalid" in read
    assert "Each authority reviews its own decision." in read
    assert "refusal" not in read


def test_sections_that_exclude_each_other_stand_in_the_alternative():
    assert (
        "We rely on section 23 and section 24 in the alternative. They cannot both apply to the same information, and "
        "to say which of them does could itself disclose what they protect."
    ) in words(IN_THE_ALTERNATIVE)
    investigations = replace(TACTICS, citations=("30(1)(b)", "31(1)(a)"))
    reply = replace(NINE, parts=(part("1", "withheld", "Who?", reasons=investigations),))
    assert "They cannot both apply to the same information." in words(reply)


def test_harm_that_no_provision_asks_for_is_still_told_where_it_was_given():
    weighed = replace(TACTICS, citations=("30(1)(b)",))
    reply = replace(NINE, parts=(part("1", "withheld", "Who?", reasons=weighed),))
    assert "The Act does not ask for harm to be shown. We have nevertheless considered what harm" in words(reply)
    reply = replace(NINE, parts=(part("1", "withheld", "Who?", reasons=replace(weighed, likelihood="")),))
    assert "This is what we took into account." in words(reply)


def test_a_document_stands_beside_the_answer_that_it_belongs_to_and_in_the_list():
    read = words(NINE)
    assert "The attached document “Retention schedule.pdf” is part of this answer." in read
    assert "Retention schedule.pdf (PDF, 48 kB), for question 2" in read


def test_a_refusal_on_cost_shows_the_estimate_and_the_way_within_the_limit():
    read = read_html(render(REFUSED_OTHERWISE, ON).html)
    first, second = read.beneath("Questions refused because of what they would cost")
    assert (first.about, second.about) == ("Questions 1 and 2", "Question 3")
    for expected in (
        "We therefore rely on section 12(1) of the Act, and this is a refusal notice under section 17(5).",
        "The limit is £450.",
        "at £25 an hour for each person. That is 18 hours of work.",
        "Records: 1,240 Minutes for each: 3.5 Measured on: 20 records Time for all: 72 hours 20 minutes",
        "Together that is 73 hours 5 minutes, which would cost £1,827.09.",
        "If you ask for one month instead of five years",
    ):
        assert expected in first.words
    assert "We hold" not in second.words
    assert "We therefore rely on section 12(2) of the Act" in second.words
    assert "similar requests 2022/25700 and 2022/25701" in second.words


def test_a_vexatious_and_a_repeated_request_are_refused_without_harm_or_public_interest():
    read = read_html(render(REFUSED_OTHERWISE, ON).html)
    (vexatious,) = read.beneath("Questions refused as vexatious")
    (repeated,) = read.beneath("Questions refused as repeated")
    assert "It is the request that we have found to be vexatious, not the person who made it." in vexatious.words
    assert "We have complied with your earlier request, reference 2022/25650" in repeated.words
    for block in (vexatious, repeated):
        assert "refusal notice under section 17(5)" in block.words
        assert "public interest lies" not in block.words
        assert "exempt" not in block.words


def test_what_is_refused_on_cost_or_as_vexatious_relies_on_no_exemption():
    assert "which provisions we rely on" in words(REFUSED_OTHERWISE)
    assert "exemption" not in words(REFUSED_OTHERWISE)


def test_the_reasons_hold_all_that_an_exemption_asks_to_be_shown():
    read = read_html(render(RICH, ON).html)
    opinion, personal, certified = (block.words for block in read.beneath("Information we are withholding"))
    assert "our Chief Constable, gave the reasonable opinion on 20 March 2023 that disclosing" in opinion
    assert "We have weighed the public interest as it stood on 30 March 2023." in opinion
    assert "Privilege: Legal advice privilege, which was not waived." in opinion
    assert "Where the balance lies for section 42(1): Advice that may be read by anybody" in opinion
    assert "weighed both of them together" not in opinion
    assert "legitimate interests, in Article 6(1)(f)" in personal
    assert "Whether it is necessary for that interest: Their organisations are published" in personal
    assert (
        "There is a certificate under section 23(2) of the Act by the Home Secretary, dated 21 March 2023." in certified
    )


def test_a_certificate_of_which_little_is_known_is_told_all_the_same():
    bare = Certificate(provision="23(2)", by="", on="", scope="")
    reply = replace(
        RICH,
        parts=(part("1", "withheld", "Who?", reasons=replace(PEOPLE, citations=("23(1)",), certificates=(bare,))),),
    )
    assert "There is a certificate under section 23(2) of the Act. Section 23(1) is absolute" in words(reply)


@pytest.mark.parametrize("name", ALL)
def test_a_reply_is_read_again_as_it_was_written(name):
    assert Response.from_bytes(ALL[name].to_bytes()) == ALL[name]


def test_a_reply_that_was_kept_before_there_was_more_to_say_can_still_be_read():
    written = orjson.loads(NINE.to_bytes())
    for part_ in written["parts"]:
        for later in ("estimate", "considered", "earlier", "advice"):
            del part_[later]
        for grounds in filter(None, (part_["reasons"], part_["other_information"])):
            for later in ("balances", "as_at", "opinion", "certificates", "personal_data", "showings"):
                del grounds[later]
    assert Response.from_bytes(orjson.dumps(written)) == NINE


def test_every_kind_of_document_that_can_be_attached_has_a_name():
    assert set(KINDS_OF_DOCUMENT) == set(ENDINGS)


def test_what_people_type_is_shown_and_never_run():
    typed = "<script>alert(1)</script> {{ 7 * 7 }} & “more”"
    letter = render(replace(NINE, title=typed, parts=(part("1", "disclosed", typed, answer=typed),)), ON)
    assert b"<script" not in letter.html
    assert flat(letter.text.decode()).count(typed) == 4
    assert read_html(letter.html).words.count(typed) >= 3


def test_nobody_is_addressed_named_or_dated():
    for name, response in ALL.items():
        letter = render(response, ON)
        for text in (letter.html.decode(), letter.text.decode()):
            assert "Dear" not in text, name
            assert "2026" not in text, name
            assert "None" not in text, name


def test_a_line_of_the_plain_text_is_no_longer_than_a_screen_is_wide():
    for response in ALL.values():
        for line in render(response, ON).text.decode().splitlines():
            assert len(line) <= 80 or "https://" in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one", [("lines", ["one"])]),
        ("one\ntwo\n\n\nthree ", [("lines", ["one", "two"]), ("lines", ["three"])]),
        ("- a\n- b\nc", [("list", ["a", "b"]), ("lines", ["c"])]),
        ("these:\n- a\n\n- b", [("lines", ["these:"]), ("list", ["a"]), ("list", ["b"])]),
        ("2 - 1\n-x", [("lines", ["2 - 1", "-x"])]),
    ],
)
def test_a_text_keeps_its_paragraphs_lines_and_lists(text, expected):
    assert paragraphs(text) == expected


def test_names_in_running_english():
    assert [joined(each) for each in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert sections(["24(1)", "31(1)(a)"]) == "sections 24(1) and 31(1)(a)"
    assert [size(each) for each in (999, 1_000, 48_213, 2_600_000)] == ["999 bytes", "1 kB", "48 kB", "2.6 MB"]
