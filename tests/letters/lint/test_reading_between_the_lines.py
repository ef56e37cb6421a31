"""The small parts of the linter: labels, periods, dates, headings, citations."""

from datetime import date

import pytest

from shared.letters.lint.citing import citations_in
from shared.letters.lint.dates import Dates, dates_of
from shared.letters.lint.labels import covers, labels_in, leading_label
from shared.letters.lint.periods import periods_in
from shared.letters.lint.sections import is_heading, role_of


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("In regards to Questions 1c, 2 and 3, I have decided", ("1c", "2", "3")),
        ("Q4 - The figures are", ("4",)),
        ("questions 1 to 4 are refused", ("1", "2", "3", "4")),
        ("parts 1(a) to 1(c)", ("1a", "1b", "1c")),
        ("your second question", ("2",)),
        ("Q5c(i) and question 4a.1", ("5c.i", "4a.1")),
        ("question R2.1", ("r2.1",)),
        ("within 20 working days of question time", ()),
        ("part of the answer", ()),
    ],
)
def test_the_questions_that_a_sentence_names_are_read(text, labels):
    assert labels_in(text) == labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Q1c - Please say", "1c"),
        ("3) bar", "3"),
        ("17th June 2026", None),
        ("20 working days", None),
        ("1 - How", "1"),
    ],
)
def test_a_paragraph_may_begin_with_its_label(text, label):
    assert leading_label(text) == label


def test_a_question_covers_what_stands_beneath_it():
    assert covers("1", "1a")
    assert covers("5c.i", "5c")
    assert not covers("1", "11")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You may ask for a review within 40 working days of the date of this letter.", [(40, "working days", True)]),
        ("We aim to reply within 20 working days of receiving your complaint.", [(20, "working days", False)]),
        ("Requests must reach us within forty (40) working days of our response.", [(40, "working days", True)]),
        ("A review will be completed within two months.", [(2, "months", False)]),
        ("You must notify us that you want a review within 40 days of the date of its response to your request.",
         [(40, "days", True)]),
        ("You can appeal up to 28 days after this decision; we take no more than 20 working days to answer.",
         [(28, "days", True), (20, "working days", False)]),
    ],
)  # fmt: skip
def test_a_period_is_for_asking_or_for_answering(sentence, expected):
    assert [(each.number, each.unit, each.asking) for each in periods_in(sentence)] == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["17<sup>th</sup> June 2019", "your request received on the 22<sup>nd</sup> May 2019"],
         Dates(received=date(2019, 5, 22), sent=date(2019, 6, 17))),
        (["Date: 3/8/2026", "On 8 June 2026 you asked us for the rota"],
         Dates(received=date(2026, 6, 8), sent=date(2026, 8, 3))),
        (["Request received", "8 June 2026"], Dates(received=date(2026, 6, 8))),
        (["It is due by 7 July 2026."], Dates(due=date(2026, 7, 7))),
        (["Between 1 May 2026 and 2 May 2026 there were 12."], Dates()),
        (["On 31 February 2026 we received"], Dates()),
    ],
)  # fmt: skip
def test_the_dates_of_a_letter_are_told_apart(paragraphs, expected):
    assert dates_of(paragraphs) == expected


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Factors favouring disclosure of information for S31:", "factors_for"),
        ("Considerations supporting non-disclosure", "factors_against"),
        ("Overall Harm", "harm"),
        ("Evidence of harm", "harm"),
        ("Balancing test", "balance"),
        ("COMPLAINT RIGHTS", "review"),
        ("RESPONSE", "reply"),
        ("What you asked for", "request"),
        ("The Information Commissioner", "regulator"),
    ],
)
def test_a_heading_says_what_stands_beneath_it(heading, role):
    assert is_heading(heading)
    assert role_of(heading) == role


@pytest.mark.parametrize(
    ("text", "provisions", "bare"),
    [
        ("by virtue of Section 24(1) of the Freedom of Information Act", ("24(1)",), ()),
        ("Factors for S31:", (), ("31",)),
        ("Section 31(1)(a), (b) and (c)", ("31(1)(a)", "31(1)(b)", "31(1)(c)"), ()),
        ("- 24(2)", ("24(2)",), ()),
    ],
)
def test_citations_are_found_in_running_text(text, provisions, bare):
    (cited,) = citations_in(text)
    assert (cited.provisions, cited.bare) == (provisions, bare)


@pytest.mark.parametrize(
    "text",
    ["section 45 of the Data Protection Act 2018", "section 22A of the Police Act 1996", "section 17 of the Act"],
)
def test_sections_of_other_acts_and_other_sections_are_passed_over(text):
    assert list(citations_in(text)) == []
