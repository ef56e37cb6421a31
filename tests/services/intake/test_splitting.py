"""Parts are proposed as the request itself marks them, and nothing of it is lost."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.intake.domain import ConfirmedPart, check_parts
from services.intake.splitting import split
from tests.services.intake import requests_in_own_words as words

OUTLINES = {
    "letters below numbers": (
        words.LETTERED,
        "pre=preamble 1=context 1a<1=question 1b<1=question 1c<1=question 2=question 3=question 4=question "
        "4a<4=question 4a.1<4a=question 4a.2<4a=question 4a.3<4a=question 4a.4<4a=question "
        "5=question 6=question 7=question 8=question 9=question",
    ),
    "paragraphs": (words.PARAGRAPHS, "1=question 2=question 3=question 4=question"),
    "numbers and dashes": (words.DASHED, "pre=preamble 1=question 2=question 3=question 4=question"),
    "numbers in bullets": (
        words.JOINT,
        "pre=preamble 1=question 2=question 3=question 4=question 5=question 6=question",
    ),
    "a list in a question": (
        words.LISTED,
        "1=question 1.1<1=question 2=question 2.1<2=question 3=question 3a<3=question 3b<3=question "
        "3c<3=question 3d<3=question 3.1<3=question",
    ),
    "a letter with greeting and farewell": (
        "Dear Sir or Madam,\n\nI am writing about dogs.\n\nHow many dogs do you have?\n\nHow many bite?\nAll years.\n\n"
        "I look forward to your reply.\n\nYours faithfully,\nJ Doe",
        "pre=preamble 1=question 2=question end=closing",
    ),
    "a farewell after numbers": (
        "1) How many dogs?\n2) How many cats?\nThank you\n\nThank you for your help.\n\nRegards\nA. Smith",
        "1=question 2=question end=closing",
    ),
    "Q1 and (i)": (
        "Q1. Which of these do you hold:\n(i) maps\n(ii) plans\nQ2. Who keeps them?",
        "1=question 1.i<1=question 1.ii<1=question 2=question",
    ),
    "question in words": ("Question 1: How many?\nQuestion 2: Who?", "1=question 2=question"),
    "numbers with points": ("1.1 How many?\n1.2 Who?\n2.1 Where?", "1.1=question 1.2=question 2.1=question"),
    "numbers below numbers": ("1. About dogs.\n1.1 How many?\n1.2 Who?", "1=context 1.1<1=question 1.2<1=question"),
    "letters alone": ("Please tell me\na) how many dogs?\nb) how many cats?", "pre=preamble a=question b=question"),
    "letters far down": (
        "1. Which of these:\n" + "\n".join(f"{letter}) thing" for letter in "abcdefghij") + "\n2. Why?",
        "1=question " + " ".join(f"1{letter}<1=question" for letter in "abcdefghij") + " 2=question",
    ),
    "bullets": ("Please send:\n- the number of dogs\n- the number of cats", "pre=preamble 1=question 2=question"),
    "a number left out": ("1. How many?\n3. Who?", "1=question 3=question"),
    "years and amounts are no marks": (
        "1. How many in\n2019. Please count all\n12 dogs are known?\n2. Who?",
        "1=question 2=question",
    ),
    "one mark is none": ("1. How many dogs do you have?", "1=question"),
    "nothing asks": ("Dogs.\n\nCats.", "pre=preamble 1=question"),
    "explained afterwards": ("How many dogs?\n\nI mean the large ones.", "1=question"),
    "a label of its own beats one that is given": (
        "1. How many?\n\nPlease count all.\n\n1.1 Who?\n2. Where?",
        "1=question 1.2<1=question 1.1<1=question 2=question",
    ),
    "two requests": (
        "Request 1\n\n1. How many dogs?\n2. How many cats?\n\nRequest 2\n\n1. How many cows?\n(a) black\n(b) white",
        "pre=preamble 1=question 2=question R2.pre=preamble R2.1=question R2.1a<R2.1=question R2.1b<R2.1=question",
    ),
    "headings": (
        "1. How many dogs?\n\nCats\n\n2. How many cats?\n\nCows\n\n1. How many cows?",
        "1=question c1=context 2=question c2=context R2.1=question",
    ),
    "a message quoted below": (
        "How many cows?\n\nRegards\nJ Doe\n\nOn 3 March 2025 at 10:00, FOI wrote:\n> How many dogs?\n> Who?",
        "1=question end=closing c1=context",
    ),
    "a list that only tells": (
        "The force keeps three animals:\n1. a dog\n2. a cat\n3. a cow\n\nWhat do they eat?",
        "pre=preamble 1=question",
    ),
    "a table": (
        "| No. | Question |\n|---|---|\n| 1 | How many dogs? |\n| 2 | How many cats? |",
        "pre=preamble 1=question 2=question",
    ),
    "letters below points": (
        "1.1 How many dogs?\n(a) black\n(b) white\n1.2 How many cats?",
        "1.1=question 1.1a<1.1=question 1.1b<1.1=question 1.2=question",
    ),
    "digits below letters": (
        "A. Dogs\n1. How many?\n2. Who?\nB. Cats\n1. How many?",
        "a=context a.1<a=question a.2<a=question b=context b.1<b=question",
    ),
    "every mark is 1": ("1. How many?\n1. Who?\n1. Where?", "1=question 2=question 3=question"),
    "nothing": (" \n ", ""),
}


@pytest.mark.parametrize(("text", "outline"), OUTLINES.values(), ids=OUTLINES.keys())
def test_a_request_is_split_by_its_own_marks(text, outline):
    found = " ".join(
        f"{part.label}<{part.parent}={part.kind}" if part.parent else f"{part.label}={part.kind}"
        for part in split(text)
    )
    assert found == outline


@pytest.mark.parametrize("text", [text for text, _ in OUTLINES.values()], ids=OUTLINES.keys())
def test_no_word_of_a_request_is_lost(text):
    assert_whole(text)


MARKS = ["1.", "2)", "3 –", "- 1", "1a.", "1b", "a)", "b)", "(i)", "1.1", "Q2:", "o", "-", "2019.", "A. Smith"]
MARKS += [
    "Question One:",
    "Firstly,",
    "Lastly,",
    "1. a)",
    "A1.",
    "| 1 |",
    "> 2.",
    "•\t",
    "Request 2",
    "#3",
    "[1]",
    "(b)",
]
WORDS = [
    "Dear Sir,",
    "How many?",
    "Regards,",
    "Please list",
    "dogs",
    "Thank you",
    "the following:",
    "My earlier request was:",
    "“How many?",
    "Who?”",
    "On 3 March 2025 a@b.example.invalid wrote:",
    "-----Original Message-----",
    "Year\t2023\t2024",
    "| a | b |",
    "Staffing",
    "and if possible the cost",
    "; how many; why",
    "The force said that it uses:",
    "Who? Why?",
    "é",
    "",
]
PIECES = st.sampled_from(MARKS + WORDS)
LINES = st.lists(PIECES, max_size=5).map(" ".join)


@example("1a.\n1.1 1.\n1a.")
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_no_word_is_lost_whatever_the_marks(text):
    assert_whole(text)


@given(st.text())
def test_no_word_is_lost_whatever_the_text(text):
    assert_whole(text)


HOSTILE = [
    "Thanks\nHow?\n",
    "| a |\n",
    "On 1 2024\n",
    "- How?\n",
    "made:\na) x\n\n",
    "how many, ",
    "(1) x ",
    "; how many a",
]
HOSTILE += [
    'My request was:\n"x\n',
    "Firstly, x? Secondly, y? ",
    "1a\n1b\n",
    "From: a\n",
    "Request 2\n",
    "a\tb\n",
    "“",
    "a: b? ",
]


@pytest.mark.parametrize(
    "words", ["- 1 a\n", "- a\n", "Please x\n\n", "1.\n", "a) ", "Regards " * 9, " ", "é?", *HOSTILE]
)
def test_four_times_the_text_takes_far_less_than_sixteen_times_as_long(words):
    def taken(characters):
        before = time.process_time()
        split("1. How?\n" + words * (characters // len(words)))
        return time.process_time() - before

    def least(characters):  # of three, because what else the process does only ever adds
        return min(taken(characters) for _ in range(3))

    assert least(32_000) < 10 * (least(8_000) + 0.02)


@pytest.mark.parametrize("text", [text for text, _ in OUTLINES.values() if text.strip()])
def test_what_is_proposed_can_be_confirmed(text):
    parts = [
        ConfirmedPart(label=each.label, parent=each.parent, kind=each.kind, visible_label=None, wording=each.text)
        for each in split(text)
    ]
    assert check_parts(parts) == []


def test_the_requests_own_marks_are_kept():
    marks = [part.visible_label for part in split(words.DASHED)]
    assert marks == [None, "1 –", "2 –", "3 –", "4 –"]
    assert split(words.JOINT)[1].visible_label == "- 1"


def assert_whole(text):
    parts = split(text)
    told = "".join((part.visible_label or "") + part.text for part in parts)
    assert "".join(told.split()) == "".join(text.split())
    assert len({part.label for part in parts}) == len(parts)
