"""The figures on internal reviews and complaints."""

from datetime import date, timedelta

import pytest

from shared.law.calendar import nth_working_day_after
from shared.law.quarters import Quarter
from shared.law.review_figures import ComplaintFacts, ReviewFacts, complaint_table, review_table, whole_outcome

Q2 = Quarter(2026, 2)
RECEIVED, DUE = date(2026, 6, 12), date(2026, 7, 14)


def counts(lines):
    return {line.code: line.count for line in lines if line.count}


def test_reviews_are_counted_by_when_they_were_answered_and_what_they_came_to():
    asked = date(2026, 6, 12)
    reviews = [
        ReviewFacts(requested_on=asked, answered_on=DUE, outcome="upheld"),
        ReviewFacts(requested_on=asked, answered_on=DUE + timedelta(days=1), outcome="overturned"),
        ReviewFacts(requested_on=asked, answered_on=date(2026, 9, 1), outcome="partly_upheld"),
        ReviewFacts(requested_on=asked),
        ReviewFacts(requested_on=date(2026, 7, 1)),
    ]
    assert counts(review_table(reviews, Q2)) == {
        "reviews": 4,
        "within_20": 1,
        "within_40": 1,
        "over_40": 1,
        "unanswered": 1,
        "upheld": 1,
        "partly_upheld": 1,
        "overturned": 1,
    }


@pytest.mark.parametrize(
    "facts",
    [{"answered_on": DUE}, {"outcome": "upheld"}, {"answered_on": date(2026, 6, 11), "outcome": "upheld"}],
    ids=["no outcome", "no day", "before it was asked for"],
)
def test_a_review_that_cannot_be_is_refused(facts):
    with pytest.raises(ValueError, match=r"STA-07|CLK-18"):
        ReviewFacts(requested_on=RECEIVED, **facts)


@pytest.mark.parametrize(
    ("days", "line"), [(20, "within_20"), (21, "within_40"), (40, "within_40"), (41, "over_40")], ids=str
)
def test_a_review_is_in_time_by_its_working_days(days, line):
    review = ReviewFacts(
        requested_on=RECEIVED, answered_on=nth_working_day_after(RECEIVED, days), outcome="partly_upheld"
    )
    assert counts(review_table([review], Q2)) == {"reviews": 1, line: 1, "partly_upheld": 1}


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        (["upheld"], "upheld"),
        (["upheld", "upheld"], "upheld"),
        (["overturned", "overturned"], "overturned"),
        (["partly_upheld"], "partly_upheld"),
        (["upheld", "overturned"], "partly_upheld"),
        (["partly_upheld", "overturned"], "partly_upheld"),
    ],
)
def test_a_review_comes_to_what_all_its_questions_came_to_or_is_upheld_in_part(results, outcome):
    assert whole_outcome(results) == outcome


def test_a_review_of_nothing_comes_to_nothing():
    with pytest.raises(ValueError, match="CLK-18"):
        whole_outcome([])


def test_complaints_are_counted_by_what_the_regulator_found():
    complaints = [
        ComplaintFacts(made_on=RECEIVED, outcome="not_upheld", appealed=True),
        ComplaintFacts(made_on=RECEIVED),
        ComplaintFacts(made_on=date(2026, 7, 1)),
    ]
    assert counts(complaint_table(complaints, Q2)) == {"complaints": 2, "not_upheld": 1, "undecided": 1, "appealed": 1}
