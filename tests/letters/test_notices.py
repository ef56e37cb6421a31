"""Notices of every kind: each says what the law asks of it, in both forms, and is not given where it would be wrong."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.chassis.errors import Invalid, Refused
from shared.contracts import authorities
from shared.letters.notice import render
from shared.letters.notices import REGIMES
from tests.letters.blocks import flat, read_html, read_text
from tests.letters.notices import (
    ACKNOWLEDGEMENT,
    CLARIFICATION,
    CORRECTION,
    DUE,
    EARLY,
    EXTENSION,
    FEES,
    GIVEN,
    HOLDING,
    INVALID,
    LAPSE,
    LATE,
    ON_TIME,
    OTHER,
    OUTCOME,
    REVIEW,
    TRANSFER,
)

each_notice = pytest.mark.parametrize(("notice", "on"), GIVEN.values(), ids=GIVEN)


def words(notice, on):
    return flat(render(notice, on).text.decode())


def only_words(text):
    """Without the marks that stand for layout in plain text."""
    return flat(text.translate(str.maketrans("", "", "->~.")))


@each_notice
def test_both_forms_say_the_same(notice, on):
    letter = render(notice, on)
    html = read_html(letter.html)
    text = read_text(letter.text, [block.heading for block in html.blocks])
    plain = [(each.heading, each.about, only_words(each.words)) for each in text.blocks[1:]]
    assert [(each.heading, each.about, only_words(each.words)) for each in html.blocks[1:]] == plain


@each_notice
def test_a_notice_says_who_gives_it_about_which_request_and_when_and_addresses_nobody(notice, on):
    for text in (words(notice, on), flat(render(notice, on).html.decode())):
        for expected in ("Cleveland Police", notice.reference, notice.title, "Freedom of Information Act 2000"):
            assert expected in text
        for wrong in ("Dear", "None", "Yours", "{{", "{%"):
            assert wrong not in text
    assert render(notice, on) == render(notice, on)


@each_notice
def test_what_people_type_is_shown_and_never_run(notice, on):
    typed = "<script>alert(1)</script> & “more”"
    letter = render(replace(notice, title=typed), on)
    assert b"<script" not in letter.html
    assert typed in flat(letter.text.decode())


@pytest.mark.parametrize("kind", ["clarification", "fees-notice", "extension", "holding-letter", "lapse", "correction"])
def test_a_notice_against_which_one_may_complain_has_the_particulars_of_section_17_7(kind):
    text = words(*GIVEN[kind])
    for expected in ("40 working days", "20 working days", "foi-reviews@cleveland.example.invalid", "section 50"):
        assert expected in text
    assert "Wycliffe House" in text


def test_two_authorities_give_one_notice_and_speak_as_we():
    text = words(replace(FEES, authorities=("norfolk", "suffolk")), EARLY)
    assert "This is one letter from Norfolk Constabulary and Suffolk Constabulary." in text
    assert "“We” means both of them." in text
    assert "foi-reviews@suffolk.example.invalid" in text


SAYS = {
    "CLK-01": (ACKNOWLEDGEMENT, EARLY, "That day is Tuesday 14 July 2026."),
    "CLK-01 working": (
        ACKNOWLEDGEMENT,
        EARLY,
        "weekdays are left out: - Monday 15 June 2026: a bank holiday in Scotland",
    ),
    "CLK-01 no holiday": (
        replace(ACKNOWLEDGEMENT, skipped=ACKNOWLEDGEMENT.skipped[:2]),
        EARLY,
        "No such holiday falls on a weekday between the two dates.",
    ),
    "CLK-06 what is unclear": (CLARIFICATION, EARLY, "You wrote: > Please send me everything on the usual flights."),
    "CLK-06 what is needed": (CLARIFICATION, EARLY, "- which years you are interested in"),
    "CLK-06 begins again": (CLARIFICATION, EARLY, "Those days are counted from the beginning again."),
    "CLK-08": (CLARIFICATION, EARLY, "We will answer them promptly and by Tuesday 14 July 2026."),
    "CLK-10": (CLARIFICATION, EARLY, "If we have not heard from you by the end of Sunday 16 August 2026"),
    "CLK-11": (FEES, EARLY, "both included, no working day counts towards the 20 working days"),
    "CLK-12": (FEES, EARLY, "The last day on which you can pay is Tuesday 15 September 2026."),
    "s9": (FEES, EARLY, "The fee is £42.50."),
    "CLK-13 exemption": (
        EXTENSION,
        ON_TIME,
        "section 31(1)(a) (Law enforcement): the prevention or detection of crime",
    ),
    "CLK-13 no decision yet": (EXTENSION, ON_TIME, "We have not yet reached a decision on that."),
    "CLK-13 estimate": (EXTENSION, ON_TIME, "answer questions 1 and 3 of your request, by Monday 10 August 2026"),
    "CLK-15": (EXTENSION, ON_TIME, "The other questions of your request are not affected."),
    "CLK-17 permission": (TRANSFER, EARLY, "As you agreed on Monday 15 June 2026"),
    "CLK-17 contact": (TRANSFER, EARLY, "Contact: foi@air-service.example.invalid"),
    "CLK-17 our own answer": (TRANSFER, EARLY, "We do not hold flight records of aircraft."),
    "CLK-17 still to come": (replace(TRANSFER, ours=""), EARLY, "We will do so promptly and by Tuesday 14 July 2026."),
    "RN-15": (HOLDING, LATE, "That is a breach of section 10(1), and we apologise for it."),
    "RN-15 foreseen": (HOLDING, ON_TIME, "That will be a breach of section 10(1), and we apologise for it now."),
    "VAL-02": (INVALID, EARLY, "We do not ask you to prove who you are."),
    "VAL-07": (INVALID, EARLY, "No date for an answer is running yet."),
    "CLK-10 lapsed": (LAPSE, LATE, "We have therefore closed question 2 of your request"),
    "CLK-12 lapsed": (replace(LAPSE, awaited="fee"), LATE, "The last day to pay was Saturday 4 July 2026"),
    "CLK-21": (
        replace(GIVEN["withdrawal"][0], parts=("1", "2")),
        EARLY,
        "you withdraw questions 1 and 2 of your request. We have stopped working on them. We will answer the other",
    ),
    "CLK-18": (REVIEW, LATE, "You will have the outcome by Tuesday 15 September 2026".lower()),
    "CLK-18 discretion": (
        replace(REVIEW, window_ended_on=date(2026, 7, 16)),
        LATE,
        "That time ended on Thursday 16 July 2026. We do not have to review a decision when we are asked later",
    ),
    "CLK-18 late": (OUTCOME, LATE, "It is late, and we apologise."),
    "CLK-18 results": (OUTCOME, LATE, "Question 3 of your request: our decision stands in part."),
    "s50": (OUTCOME, LATE, "Our internal review is now complete."),
}


@pytest.mark.parametrize(("notice", "on", "expected"), SAYS.values(), ids=SAYS)
def test_a_notice_says(notice, on, expected):
    assert expected.lower() in words(notice, on).lower()


def test_an_extension_about_confirming_or_denying_confirms_nothing():
    text = words(replace(EXTENSION, citations=("31(3)",)), ON_TIME)
    assert "We hold" not in text
    assert "public interest in not having to confirm or deny outweighs" in text


def test_an_extension_about_disclosing_says_that_the_information_is_held():
    assert "We hold information that is asked for in questions 1 and 3" in words(EXTENSION, ON_TIME)


@pytest.mark.parametrize("regime", REGIMES)
def test_another_regime_is_named_with_its_date(regime):
    text = words(replace(OTHER, regime=regime, contact="foi@other.example.invalid"), EARLY)
    assert text.count("Tuesday 14 July 2026") == 1
    assert "Whom to ask: foi@other.example.invalid" in text


def test_the_outcome_of_a_review_offers_no_second_one():
    assert "Ask for an internal review" not in words(OUTCOME, LATE)


WRONG = {
    "CLK-01": (replace(ACKNOWLEDGEMENT, received_on=date(2026, 6, 17)), EARLY, "received_on"),
    "CLK-01 due": (replace(ACKNOWLEDGEMENT, due_on=date(2026, 6, 12)), EARLY, "due_on"),
    "RN-18": (replace(CLARIFICATION, unclear=" \n"), EARLY, "unclear"),
    "CLK-10": (replace(CLARIFICATION, lapse_on=EARLY), EARLY, "lapse_on"),
    "CLK-11": (replace(FEES, amount_pence=0), EARLY, "amount_pence"),
    "CLK-12": (replace(FEES, last_day_to_pay=EARLY), EARLY, "last_day_to_pay"),
    "CLK-14 nothing cited": (replace(EXTENSION, citations=()), ON_TIME, "citations"),
    "CLK-14 absolute": (replace(EXTENSION, citations=("44(1)(a)",)), ON_TIME, "citations"),
    "EXM-01": (replace(EXTENSION, citations=("31",)), ON_TIME, "citations"),
    "EXM-02": (replace(EXTENSION, citations=("31(1)(a)", "24(2)")), ON_TIME, "citations"),
    "CLK-13 late": (EXTENSION, LATE, "due_on"),
    "CLK-13 estimate": (replace(EXTENSION, estimated_on=DUE), ON_TIME, "estimated_on"),
    "CLK-17": (replace(TRANSFER, permitted_on=date(2026, 6, 17)), date(2026, 6, 18), "permitted_on"),
    "TRI-10": (replace(OTHER, regime="none"), EARLY, "regime"),
    "RN-15 no day": (replace(OTHER, due_on=None), EARLY, "due_on"),
    "RN-18 contact": (replace(OTHER, regime="foisa"), EARLY, "contact"),
    "RN-15 new day": (replace(HOLDING, expected_on=LATE), LATE, "expected_on"),
    "VAL-07": (replace(INVALID, rules=()), EARLY, "rules"),
    "VAL-07 unknown": (replace(INVALID, rules=("VAL-09",)), EARLY, "rules"),
    "CLK-10 too early": (LAPSE, date(2026, 7, 4), "lapsed_on"),
    "CLK-10 unknown": (replace(LAPSE, awaited="reply"), LATE, "awaited"),
    "CLK-18": (replace(REVIEW, latest_on=REVIEW.due_on), LATE, "latest_on"),
    "CLK-18 in time": (replace(REVIEW, window_ended_on=REVIEW.asked_on), LATE, "asked_on"),
    "CLK-18 nothing": (replace(OUTCOME, reviewed=()), LATE, "reviewed"),
    "RN-01": (replace(OUTCOME, reviewed=(replace(OUTCOME.reviewed[0], now="42"),)), LATE, "reviewed.0.now"),
    "RN-18 correction": (replace(CORRECTION, effect=""), LATE, "effect"),
}


@pytest.mark.parametrize(("notice", "on", "field"), WRONG.values(), ids=WRONG)
def test_a_notice_that_would_be_wrong_is_not_given(notice, on, field, request):
    with pytest.raises(Invalid) as refused:
        render(notice, on)
    (finding,) = refused.value.findings
    assert finding.field == field
    assert finding.rule == request.node.callspec.id.split()[0]
    assert finding.message.endswith(".")
    assert finding.next_step.endswith(".")


AUTHORITY = """
[authority.{code}]
name = "Heddlu {code}"
language = "{language}"
reference = "{{number}}/{{yy}}"
review_address = "Heddlu"
review_email = "foi@heddlu.example.invalid"
sites = {{ {code} = "Heddlu {code}" }}
"""


def test_a_language_without_templates_is_refused_and_says_what_there_is(tmp_path):
    own = tmp_path / "authorities.toml"
    two = AUTHORITY.format(code="un", language="cy") + AUTHORITY.format(code="dau", language="en")
    own.write_text(two, encoding="utf-8")
    authorities.use(own)
    try:
        with pytest.raises(Refused, match="no template of the letter “correction” in the language “cy”") as refused:
            render(replace(CORRECTION, authorities=("un",)), LATE)
        assert refused.value.next_step.endswith("in one of: en.")
        with pytest.raises(Refused, match="different languages: cy, en"):
            render(replace(CORRECTION, authorities=("un", "dau")), LATE)
    finally:
        authorities.use(None)


def test_a_notice_from_before_the_particulars_of_complaint_are_known_is_refused():
    early = date(2018, 7, 2)
    with pytest.raises(Refused, match="There is no InternalReview valid on 2018-07-02"):
        render(replace(ACKNOWLEDGEMENT, received_on=early - timedelta(days=1), due_on=date(2018, 7, 30)), early)


def test_an_unknown_authority_is_refused():
    with pytest.raises(Refused, match="Nothing is known of the authority atlantis"):
        render(replace(ACKNOWLEDGEMENT, authorities=("atlantis",)), EARLY)
