"""What figures need to know of a case, folded from its events."""

from dataclasses import replace
from datetime import date

import pytest

from services.audit.counted_cases import counted_case
from shared.chassis.events.contract import dump
from shared.chassis.events.values import BlindText, Code, Digest
from shared.contracts.intake import (
    CaseTriaged,
    ClarificationReceived,
    ClarificationSought,
    DueDateChanged,
    FeeReceived,
    FeesNoticeGiven,
    NoticeNotTaken,
    NoticeSent,
    PartDue,
    ReviewAnswered,
    ReviewRequested,
    TimeExtended,
    ValidityDecided,
)
from shared.contracts.values import CitationText, Label
from shared.law.case_facts import Extension, Stop
from shared.law.review_figures import ReviewFacts
from tests.services.audit.happenings import CAME, CONFIRMED, DUE, SENT, SIGNED_OFF

LETTER = Digest("cd" * 32)
JUNE_20, JULY_1, JULY_20 = date(2026, 6, 20), date(2026, 7, 1), date(2026, 7, 20)


class Told:
    """As much of an envelope as a fold reads."""

    def __init__(self, event):
        self.type, self.data = event.event_type, dump(event)


def folded(*events):
    return counted_case(Told(event) for event in (CAME, CONFIRMED, *events))


def sought(on=JUNE_20, parts=()):
    what = BlindText("Which years are meant?")
    return ClarificationSought(parts=parts, sought_on=on, unclear=what, needed=what, lapse_on=date(2026, 8, 20))


def came(parts=(), sufficient=True):
    return ClarificationReceived(parts=parts, received_on=JULY_1, sufficient=sufficient)


def changed(due_on, state="running", parts=()):
    return DueDateChanged(
        old_due_on=DUE,
        due_on=due_on,
        state=Code(state),
        cause=Code("time-extended"),
        explanation=BlindText("It moved."),
        parts=parts,
    )


FEE = FeesNoticeGiven(parts=(), given_on=JUNE_20, amount_pence=350, last_day_to_pay=date(2026, 9, 19))
PAID = FeeReceived(parts=(), received_on=JULY_1)
EXTENDED = TimeExtended(
    parts=(Label("1"),),
    citations=(CitationText("31(1)(a)"),),
    notified_on=JULY_1,
    estimated_on=date(2026, 8, 7),
    reason=BlindText("The public interest is finely balanced."),
)
ONE, OTHER, BOTH = (Label("1"),), (Label("1a"),), (Label("1"), Label("1a"))


def not_taken(kind):
    return NoticeNotTaken(kind=Code(kind), letter=LETTER)


def posted(kind):
    return NoticeSent(
        kind=Code(kind), template=Code(kind), version=1, letter=LETTER, sent_on=JULY_20, method=Code("post")
    )


def clarification(until=None, since=JUNE_20, parts=()):
    return Stop(kind="clarification", since=since, until=until, parts=parts)


@pytest.mark.parametrize(
    ("events", "stops"),
    [
        pytest.param([sought()], (clarification(),), id="awaited"),
        pytest.param([sought(), came()], (clarification(JULY_1),), id="came"),
        pytest.param([sought(), came(sufficient=False)], (clarification(),), id="insufficient"),
        pytest.param(
            [sought(), came(ONE)], (clarification(JULY_1, parts=ONE), clarification(parts=("1a",))), id="came for one"
        ),
        pytest.param(
            [sought(parts=ONE), sought(parts=OTHER), came(ONE)],
            (clarification(JULY_1, parts=ONE), clarification(parts=("1a",))),
            id="asked apart",
        ),
        pytest.param([sought(parts=BOTH), came(BOTH)], (clarification(JULY_1, parts=BOTH),), id="came for both"),
        pytest.param([FEE, PAID], (Stop(kind="fee", since=JUNE_20, until=JULY_1),), id="fee paid"),
        pytest.param([FEE, came()], (Stop(kind="fee", since=JUNE_20),), id="clarification pays no fee"),
        pytest.param([FEE, not_taken("fees-notice")], (), id="a fees notice that was not taken"),
        pytest.param(
            [FEE, not_taken("fees-notice"), posted("fees-notice")],
            (Stop(kind="fee", since=JULY_20),),
            id="a fees notice that was posted instead",
        ),
        pytest.param([sought(), not_taken("acknowledgement")], (clarification(),), id="another notice not taken"),
    ],
)
def test_a_clock_stops_while_something_is_awaited(events, stops):
    assert folded(*events).stops == stops


def test_clarification_asked_for_after_day_20_is_remembered():
    assert not folded(sought(on=DUE)).asked_too_late
    assert folded(sought(on=JULY_20)).asked_too_late


@pytest.mark.parametrize(
    ("events", "extension"),
    [
        pytest.param([EXTENDED], Extension(notified_on=JULY_1, until=date(2026, 8, 7), parts=("1",)), id="notified"),
        pytest.param([EXTENDED, not_taken("extension")], None, id="not taken"),
        pytest.param(
            [EXTENDED, not_taken("extension"), posted("extension")],
            Extension(notified_on=JULY_20, until=date(2026, 8, 7), parts=("1",)),
            id="posted instead",
        ),
    ],
)
def test_an_extension_holds_from_the_day_of_its_notice(events, extension):
    assert folded(*events).extension == extension


def test_an_extension_moves_the_estimated_date_and_never_day_20():
    parts = (
        PartDue(label=Label("1"), state=Code("extended_pit"), due_on=date(2026, 8, 7)),
        PartDue(label=Label("1a"), state=Code("running"), due_on=DUE),
    )
    facts = folded(EXTENDED, changed(date(2026, 8, 7), "extended_pit", parts))
    assert facts.due_on == DUE
    assert [part.due_on for part in facts.parts] == [None, DUE]


def test_a_clock_that_stands_elsewhere_moves_day_20_of_its_parts():
    parts = (
        PartDue(label=Label("1"), state=Code("awaiting_clarification")),
        PartDue(label=Label("1a"), state=Code("running"), due_on=date(2026, 8, 3)),
    )
    facts = folded(changed(date(2026, 8, 3), parts=parts))
    assert facts.due_on == date(2026, 8, 3)
    assert [part.due_on for part in facts.parts] == [None, date(2026, 8, 3)]


def test_day_20_is_the_one_that_the_clock_told_last_and_not_the_one_that_went_with_the_answer():
    assert folded(changed(date(2026, 8, 3)), SIGNED_OFF, SENT).due_on == date(2026, 8, 3)


def test_an_answer_brings_its_outcomes_and_the_citations_of_each():
    facts = folded(SIGNED_OFF, SENT)
    assert [(part.outcome, part.citations) for part in facts.parts] == [
        ("ncnd", ("24(2)", "31(3)")),
        ("partly_disclosed", ("40(2)",)),
    ]
    assert (facts.answered_on, facts.timing, facts.result) == (date(2026, 7, 9), "in_time", "granted_in_part")


@pytest.mark.parametrize(("regime", "counted"), [("foia", "foia"), ("eir", "eir"), ("mixed", "foia")])
def test_a_request_is_counted_under_the_law_that_it_was_found_to_come_under(regime, counted):
    assert folded(CaseTriaged(route=Code("route"), regime=Code(regime))).regime == counted


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([ValidityDecided(valid=False, rules=(Code("val-04"),))], id="not valid"),
        pytest.param([CaseTriaged(route=Code("subject-access"), regime=Code("sar"))], id="subject access"),
        pytest.param([CaseTriaged(route=Code("business-as-usual"), regime=Code("none"))], id="business as usual"),
    ],
)
def test_what_is_no_valid_request_under_either_law_does_not_count(events):
    assert folded(*events) is None


def test_nothing_is_counted_before_anything_tells_of_a_receipt():
    assert counted_case(iter([Told(SENT)])) is None


def test_an_event_that_breaks_its_contract_tells_nothing():
    broken = Told(SENT)
    broken.data = {}
    facts = counted_case([Told(CAME), broken])
    assert facts.answered_on is None


ASKED = ReviewRequested(asked_on=JULY_20, due_on=date(2026, 8, 18), latest_on=date(2026, 9, 16), in_time=True)
REVIEWED = ReviewAnswered(
    answered_on=date(2026, 8, 3),
    due_on=date(2026, 8, 18),
    working_day=9,
    in_time=True,
    outcome=Code("overturned"),
    parts=(),
)
NOT_TAKEN = NoticeNotTaken(kind=Code("review-outcome"), letter=LETTER)
OPEN_REVIEW = ReviewFacts(requested_on=JULY_20)
ANSWERED_REVIEW = ReviewFacts(requested_on=JULY_20, answered_on=date(2026, 8, 3), outcome="overturned")


@pytest.mark.parametrize(
    ("events", "reviews"),
    [
        ((), ()),
        ((ASKED,), (OPEN_REVIEW,)),
        ((ASKED, REVIEWED), (ANSWERED_REVIEW,)),
        ((ASKED, REVIEWED, ASKED), (ANSWERED_REVIEW, OPEN_REVIEW)),
        ((ASKED, REVIEWED, NOT_TAKEN), (OPEN_REVIEW,)),
        ((ASKED, REVIEWED, NOT_TAKEN, REVIEWED), (ANSWERED_REVIEW,)),
        ((ASKED, REVIEWED, NoticeNotTaken(kind=Code("correction"), letter=LETTER)), (ANSWERED_REVIEW,)),
    ],
    ids=["none", "open", "answered", "a second", "not delivered", "given anew", "another letter not delivered"],
)
def test_the_reviews_of_a_case_are_known_with_what_they_came_to(events, reviews):
    assert folded(SIGNED_OFF, SENT, *events).reviews == reviews


def test_a_review_that_was_answered_before_it_was_asked_for_is_a_contradiction():
    with pytest.raises(ValueError, match="CLK-18"):
        folded(SIGNED_OFF, SENT, ASKED, replace(REVIEWED, answered_on=JULY_1))
