from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.domain import (
    Approval,
    entry_path,
    reasons_to_hold,
    release_day,
    release_instant,
    resumed_release_day,
)
from services.publishing.site.arrangement import Question, arranged
from services.publishing.site.wording import paragraphs, size
from shared.contracts.response import Response
from shared.contracts.values import SitePath
from tests.services.publishing.replies import NINE_QUESTIONS, attachment, part


@pytest.mark.parametrize(
    ("dispatched", "released"),
    [
        (date(2026, 6, 15), date(2026, 6, 22)),  # a Monday
        (date(2026, 6, 19), date(2026, 6, 26)),  # a Friday
        (date(2026, 7, 9), date(2026, 7, 17)),  # over 13 July, a bank holiday in Northern Ireland
        (date(2026, 12, 23), date(2027, 1, 5)),  # over Christmas, the New Year and 4 January, a holiday in Scotland
    ],
)
def test_an_entry_is_released_five_working_days_after_the_reply_has_left(dispatched, released):
    assert release_day(dispatched) == released


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 6, 22), datetime(2026, 6, 22, 8, tzinfo=UTC)),  # summer time
        (date(2026, 12, 1), datetime(2026, 12, 1, 9, tzinfo=UTC)),
    ],
)
def test_it_is_released_at_nine_in_london(day, instant):
    assert release_instant(day) == instant


@pytest.mark.parametrize(
    ("planned", "today", "then"),
    [
        (date(2026, 6, 22), date(2026, 6, 17), date(2026, 6, 22)),
        (date(2026, 6, 22), date(2026, 6, 22), date(2026, 6, 23)),
        (date(2026, 6, 22), date(2026, 7, 3), date(2026, 7, 6)),
    ],
)
def test_a_resumed_entry_keeps_its_day_or_gets_the_next_working_day(planned, today, then):
    assert resumed_release_day(planned, today) == then


@pytest.mark.parametrize(
    ("reference", "slug"),
    [
        ("01.FOI.23.029461", "01-foi-23-029461"),
        ("100 - 25", "100-25"),
        ("151_18", "151-18"),
        ("FOI 001905/19", "foi-001905-19"),
        ("2022/25709", "2022-25709"),
    ],
)
def test_an_entry_stands_under_its_reference(reference, slug):
    assert entry_path("gwent", reference, ()) == f"/gwent/disclosures/{slug}"


@given(st.text("FOI0123456789 ._/-", min_size=3, max_size=40).filter(lambda text: any(map(str.isdigit, text))))
def test_the_path_of_any_reference_fits_and_is_never_one_in_use(reference):
    taken: list[str] = []
    for _ in range(4):
        path = entry_path("north-yorkshire", reference, taken)
        assert path not in taken
        taken.append(SitePath(path))


APPROVED = Approval(letter="a", outcomes={"1": "withheld"}, citations=frozenset({"31(1)(a)"}))


@pytest.mark.parametrize(
    ("approval", "sent", "shown", "rules"),
    [
        (APPROVED, "a", {"1": "withheld"}, []),
        (APPROVED, "b", {"1": "withheld"}, ["PUB-05"]),
        (APPROVED, "a", {"1": "disclosed"}, ["PUB-05"]),
        (APPROVED, "b", {}, ["PUB-05", "PUB-05"]),
        (Approval(letter="a", outcomes={}, citations=frozenset({"40(1)"})), "a", {}, ["PUB-03"]),
        (Approval(letter="a", outcomes={}, citations=frozenset({"40(5A)"})), "a", {}, ["PUB-03"]),
        (Approval(letter="a", outcomes={}, citations=frozenset({"40(2)"})), "a", {}, []),
        (
            Approval(letter="a", outcomes={"1": "vexatious"}, citations=frozenset({"14(1)"})),
            "a",
            {"1": "vexatious"},
            ["PUB-03"],
        ),
    ],
)
def test_an_entry_that_is_not_what_was_approved_or_may_not_be_published_is_held(approval, sent, shown, rules):
    reasons = reasons_to_hold(approval, sent=sent, shown=shown)
    assert [reason.split("(")[-1].rstrip(").") for reason in reasons] == rules


@st.composite
def replies(draw) -> Response:
    """A reply with any parts whatever, whose parents may be anything, themselves included."""
    labels = draw(st.lists(st.sampled_from([f"{n}{letter}" for n in range(1, 5) for letter in "abc"]), unique=True))
    parents = st.sampled_from([*labels, "", "absent"])
    outcomes = st.sampled_from(["", "disclosed", "ncnd"])
    parts = tuple(part(label, "?", draw(outcomes), parent=draw(parents)) for label in labels)
    return replace(NINE_QUESTIONS, parts=parts)


@settings(deadline=None)
@given(replies())
def test_every_part_of_a_reply_is_shown_once(reply):
    shown = []
    for block in arranged(reply):
        shown += [block.part.label, *(below.label for below in getattr(block, "below", []))]
    assert sorted(shown) == sorted(one.label for one in reply.parts)


def test_reasons_that_serve_several_questions_are_told_at_the_first_of_them():
    questions = {block.part.label: block for block in arranged(NINE_QUESTIONS) if isinstance(block, Question)}
    assert (questions["1a"].reasons_at, questions["1b"].reasons_at) == ("", "1a")
    assert [below.label for below in questions["4a"].below] == ["4a.1", "4a.2"]


def test_blank_lines_divide_paragraphs_and_line_ends_stay():
    assert paragraphs("one\ntwo\r\n \n\nthree\n") == ["one\ntwo", "three"]
    assert paragraphs("") == []


@pytest.mark.parametrize(("number", "words"), [(23, "23 bytes"), (14_200, "14 KB"), (2_300_000, "2.3 MB")])
def test_sizes_are_told_as_people_say_them(number, words):
    assert size(replace(attachment("0" * 64), size=number)) == words
