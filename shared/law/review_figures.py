"""What is published of internal reviews and of complaints to the regulator (STA-07, STA-08)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.law.calendar import working_days_between
from shared.law.figure_lines import Heading, Line, table
from shared.law.quarters import Quarter

ReviewOutcome = Literal["upheld", "partly_upheld", "overturned"]
"""Whether the first decision stood."""
ComplaintOutcome = Literal["upheld", "partly_upheld", "not_upheld"]
"""Whether the regulator found for the person who complained."""

REVIEW_HEADINGS = (
    Heading("reviews", "STA-07", "Internal reviews asked for"),
    Heading("within_20", "STA-07", "Answered within 20 working days", "reviews"),
    Heading("within_40", "STA-07", "Answered in 21 to 40 working days", "reviews"),
    Heading("over_40", "STA-07", "Answered in more than 40 working days", "reviews"),
    Heading("unanswered", "STA-07", "Not yet answered", "reviews"),
    Heading("upheld", "STA-07", "First decision upheld", "reviews"),
    Heading("partly_upheld", "STA-07", "First decision upheld in part", "reviews"),
    Heading("overturned", "STA-07", "First decision overturned", "reviews"),
)
COMPLAINT_HEADINGS = (
    Heading("complaints", "STA-07", "Complaints to the regulator"),
    Heading("upheld", "STA-07", "Complaint upheld", "complaints"),
    Heading("partly_upheld", "STA-07", "Complaint upheld in part", "complaints"),
    Heading("not_upheld", "STA-07", "Complaint not upheld", "complaints"),
    Heading("undecided", "STA-07", "Not yet decided", "complaints"),
    Heading("appealed", "STA-07", "Taken to the tribunal", "complaints"),
)


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """An internal review: when it was asked for and answered, and whether the first decision stood."""

    requested_on: date
    answered_on: date | None = None
    outcome: ReviewOutcome | None = None

    def __post_init__(self) -> None:
        if (self.answered_on is None) != (self.outcome is None):
            raise ValueError("a review that is answered has an outcome, and no other has (STA-07)")
        if self.answered_on is not None and self.answered_on < self.requested_on:
            raise ValueError(f"{self.answered_on.isoformat()} is before the review was asked for (CLK-18)")


@dataclass(frozen=True, kw_only=True)
class ComplaintFacts:
    """A complaint to the regulator under section 50, and whether it went on to the tribunal."""

    made_on: date
    outcome: ComplaintOutcome | None = None
    appealed: bool = False


def whole_outcome(results: Iterable[str]) -> ReviewOutcome:
    """What a review came to as a whole, from what it came to for each question: the same where all came to the same,
    else upheld in part (STA-07). Raises ValueError where nothing was reviewed."""
    found = set(results)
    if not found:
        raise ValueError("nothing was reviewed: give the result for each question (CLK-18)")
    if found == {"upheld"}:
        return "upheld"
    return "overturned" if found == {"overturned"} else "partly_upheld"


def review_table(reviews: Iterable[ReviewFacts], quarter: Quarter) -> tuple[Line, ...]:
    """The internal reviews asked for in a quarter. Raises CalendarEnds beyond the holiday table."""
    counted = (review for review in reviews if review.requested_on in quarter)
    return table(REVIEW_HEADINGS, (code for review in counted for code in _lines_of(review)))


def complaint_table(complaints: Iterable[ComplaintFacts], quarter: Quarter) -> tuple[Line, ...]:
    """The complaints made in a quarter."""
    counted = [complaint for complaint in complaints if complaint.made_on in quarter]
    codes = [code for complaint in counted for code in ("complaints", complaint.outcome or "undecided")]
    return table(COMPLAINT_HEADINGS, [*codes, *("appealed" for complaint in counted if complaint.appealed)])


def _lines_of(review: ReviewFacts) -> Iterator[str]:
    yield "reviews"
    if review.answered_on is None or review.outcome is None:
        yield "unanswered"
        return
    days = working_days_between(review.requested_on, review.answered_on)
    yield "within_20" if days <= 20 else "within_40" if days <= 40 else "over_40"
    yield review.outcome
