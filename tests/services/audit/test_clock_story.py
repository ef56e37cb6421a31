"""What moved a case's clock, how it ended without a reply, and what came after one, is in its story and its words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.audit.sentences import sentence
from services.audit.story import fold
from shared.chassis.events.contract import dump
from shared.chassis.events.values import BlindText, Code, Digest
from shared.contracts.intake import (
    CaseClosed,
    CaseTransferred,
    CaseTriaged,
    ClarificationReceived,
    ClarificationSought,
    CorrectionSent,
    DueDateChanged,
    FeeReceived,
    FeesNoticeGiven,
    NoticeNotTaken,
    NoticeSent,
    PartDue,
    PartReviewed,
    ReviewAnswered,
    ReviewRequested,
    TimeExtended,
    ValidityDecided,
)
from shared.contracts.values import CitationText, Label
from tests.services.audit.happenings import CAME
from tests.support import new_case_id, take_in

SOUGHT = DueDateChanged(
    old_due_on=date(2026, 7, 10),
    state=Code("awaiting_clarification"),
    cause=Code("clarification-sought"),
    explanation=BlindText("Clarification was sought on 15 June 2026."),
    parts=(PartDue(label=Label("1"), state=Code("awaiting_clarification")),),
)
CAME_IN = DueDateChanged(
    due_on=date(2026, 7, 27),
    state=Code("running"),
    cause=Code("clarification-received"),
    explanation=BlindText("Clarification was received on 26 June 2026."),
    parts=(PartDue(label=Label("1"), state=Code("running"), due_on=date(2026, 7, 27)),),
)
CLOSED = CaseClosed(how=Code("business-as-usual"), closed_on=date(2026, 6, 30), reason=BlindText("It was a leaflet."))

ASKED = ReviewRequested(asked_on=date(2026, 8, 10), due_on=date(2026, 9, 8), latest_on=date(2026, 10, 6), in_time=True)
REVIEWED = ReviewAnswered(
    answered_on=date(2026, 9, 10),
    due_on=date(2026, 9, 8),
    working_day=22,
    in_time=False,
    outcome=Code("partly_upheld"),
    parts=(
        PartReviewed(label=Label("1"), result=Code("upheld")),
        PartReviewed(label=Label("2"), result=Code("overturned")),
    ),
)
NOT_DELIVERED = NoticeNotTaken(kind=Code("review-outcome"), letter=Digest("ab" * 32))

WORDS = [
    (
        ValidityDecided(valid=False, rules=(Code("val-02"),), reason=BlindText("Nobody is named.")),
        "The request was found not valid (VAL-02), because: Nobody is named.",
    ),
    (ValidityDecided(valid=True, rules=()), "The request was found valid."),
    (
        CaseTriaged(route=Code("freedom-of-information"), regime=Code("foia")),
        "It was decided to deal with the request as freedom of information.",
    ),
    (
        ClarificationSought(
            parts=(Label("2"),),
            sought_on=date(2026, 6, 15),
            unclear=BlindText("The event."),
            needed=BlindText("Which event is meant."),
            lapse_on=date(2026, 8, 15),
        ),
        "Clarification of part 2 was sought on 15 June 2026: Which event is meant. Unanswered, it lapses after"
        " 15 August 2026.",
    ),
    (
        ClarificationReceived(parts=(), received_on=date(2026, 6, 26), sufficient=True),
        "Clarification of the whole request came on 26 June 2026: that is its new date of receipt.",
    ),
    (
        ClarificationReceived(parts=(), received_on=date(2026, 6, 26), sufficient=False),
        "Clarification of the whole request came on 26 June 2026: it is not sufficient and changes nothing.",
    ),
    (
        FeesNoticeGiven(parts=(), given_on=date(2026, 6, 16), amount_pence=1205, last_day_to_pay=date(2026, 9, 15)),
        "A fee of £12.05 for the whole request was asked for on 16 June 2026, to be paid by 15 September 2026.",
    ),
    (
        FeeReceived(parts=(Label("1"), Label("2")), received_on=date(2026, 6, 29)),
        "The fee for parts 1 and 2 was paid on 29 June 2026.",
    ),
    (
        TimeExtended(
            parts=(Label("2"),),
            citations=(CitationText("31(1)(a)"),),
            notified_on=date(2026, 7, 10),
            estimated_on=date(2026, 8, 5),
            reason=BlindText("It is balanced."),
        ),
        "Notice was given on 10 July 2026 that the public interest takes longer to weigh for part 2, until about"
        " 5 August 2026, relying on section 31(1)(a).",
    ),
    (
        CaseTransferred(
            parts=(),
            to=BlindText("the Home Office"),
            permitted_on=date(2026, 6, 19),
            transferred_on=date(2026, 6, 22),
            answered=False,
        ),
        "The whole request was handed on to the Home Office on 22 June 2026, with the permission given on"
        " 19 June 2026. Our own answer stays due.",
    ),
    (
        SOUGHT,
        "Clarification was sought on 15 June 2026. Nothing is due for now. Before: 10 July 2026.",
    ),
    (CAME_IN, "Clarification was received on 26 June 2026. It is due by 27 July 2026."),
    (
        NoticeSent(
            kind=Code("fees-notice"),
            template=Code("en.fees-notice"),
            version=1,
            letter=Digest("ab" * 32),
            sent_on=date(2026, 6, 16),
            method=Code("email"),
        ),
        "The notice “fees notice” left on 16 June 2026 by email.",
    ),
    (
        NoticeNotTaken(kind=Code("clarification"), letter=Digest("ab" * 32)),
        "The notice “clarification” could not be delivered by e-mail: it was not given.",
    ),
    (
        ASKED,
        "An internal review was asked for on 10 August 2026, due by 8 September 2026, in exceptional cases by"
        " 6 October 2026.",
    ),
    (
        replace(ASKED, in_time=False, reason=BlindText("The post was late.")),
        "An internal review was asked for on 10 August 2026, due by 8 September 2026, in exceptional cases by"
        " 6 October 2026. It came after the time for it, and is carried out all the same, because: The post was late.",
    ),
    (
        REVIEWED,
        "The internal review was answered on 10 September 2026, working day 22, late: it was due on 8 September 2026."
        " The first decision was partly upheld: part 1 upheld and part 2 overturned.",
    ),
    (
        CorrectionSent(parts=(Label("2"),), corrected_on=date(2026, 8, 12)),
        "A mistake in the reply about part 2 was put right by a letter of 12 August 2026.",
    ),
    (CLOSED, "The case was closed on 30 June 2026 as business as usual, because: It was a leaflet."),
]


@pytest.mark.parametrize(("event", "words"), WORDS, ids=[event.event_type for event, _ in WORDS])
def test_the_timeline_says_it_in_words(event, words):
    assert sentence(event.event_type, dump(event)) == words


def told(intake, *events):
    case_id = new_case_id()
    return case_id, [intake.says(event, subject=case_id) for event in events]


def test_the_story_knows_where_the_clock_stands(intake):
    _, envelopes = told(intake, CAME, SOUGHT, CAME_IN)
    states = [fold(envelopes[:number]) for number in (1, 2, 3)]
    assert [story.due_on for story in states] == [CAME.due_on, None, date(2026, 7, 27)]
    assert [story.clock_state for story in states] == [None, "awaiting_clarification", "running"]


def test_the_story_knows_how_a_case_was_closed(intake):
    _, envelopes = told(intake, CAME, CLOSED)
    story = fold(envelopes)
    assert (story.closed, story.due_on) == ("business-as-usual", None)


def test_the_story_knows_the_reviews_and_that_one_whose_outcome_was_not_delivered_is_open(intake):
    _, envelopes = told(intake, CAME, ASKED, REVIEWED, NOT_DELIVERED, REVIEWED, ASKED)
    known = [[(each.answered_on, each.outcome) for each in fold(envelopes[:number]).reviews] for number in range(1, 7)]
    nothing, answered = (None, None), (date(2026, 9, 10), "partly_upheld")
    assert known == [[], [nothing], [answered], [nothing], [answered], [answered, nothing]]


def test_what_is_known_of_a_case_shows_its_reviews_and_corrections(auditor, intake, runtime):
    case_id, _ = told(intake, CAME, ASKED, CorrectionSent(parts=(), corrected_on=date(2026, 8, 12)))
    take_in(runtime)
    shown = auditor.get(f"/cases/{case_id}").json
    assert shown["reviews"] == [
        {
            "asked_on": "2026-08-10",
            "due_on": "2026-09-08",
            "latest_on": "2026-10-06",
            "in_time": True,
            "answered_on": None,
            "outcome": None,
        }
    ]
    assert shown["corrected_on"] == "2026-08-12"


def test_what_was_known_on_a_day_has_the_clock_of_that_day(auditor, intake, runtime, clock):
    case_id, _ = told(intake, CAME)
    clock.instant += timedelta(days=3)
    intake.says(SOUGHT, subject=case_id)
    clock.instant += timedelta(days=11)
    intake.says(CAME_IN, subject=case_id)
    take_in(runtime)
    shown = auditor.get(f"/cases/{case_id}?as_at=2026-06-16").json
    assert (shown["due_on"], shown["clock_state"], shown["closed"]) == (None, "awaiting_clarification", None)
    assert shown["parts_due"] == [{"label": "1", "state": "awaiting_clarification", "due_on": None}]
    assert auditor.get(f"/cases/{case_id}").json["parts_due"][0]["due_on"] == "2026-07-27"


def test_the_list_of_cases_shows_no_due_date_while_nothing_is_due(auditor, intake, runtime):
    case_id, _ = told(intake, CAME, SOUGHT)
    take_in(runtime)
    (listed,) = [item for item in auditor.get("/cases").json["items"] if item["id"] == case_id]
    assert listed["due_on"] is None
    intake.says(CAME_IN, subject=case_id)
    take_in(runtime)
    (listed,) = [item for item in auditor.get("/cases").json["items"] if item["id"] == case_id]
    assert listed["due_on"] == "2026-07-27"
