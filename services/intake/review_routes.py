"""The HTTP interface of what comes after the reply: an internal review, and the correction of a mistake."""

from typing import Any

from services.intake import correcting, queries, reviewing
from services.intake.handling_schemas import AnswerReview, CorrectReply, TakeReviewRequest
from services.intake.views import CaseView
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

reviews = Routes("reviews", description="What comes after the reply: internal reviews and corrections.")

ONE_CASE = "/cases/<uuid:case_id>"


@reviews.command(
    "POST",
    f"{ONE_CASE}/review",
    action="take review request",
    body=TakeReviewRequest,
    returns=CaseView,
    versioned=True,
)
def take_review_request(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Take dissatisfaction with the reply as a request for an internal review, and tell when it will be answered."""
    return queries.case_view(uow, reviewing.take_request(uow, case_id, **body))


@reviews.command(
    "POST", f"{ONE_CASE}/review/outcome", action="answer review", body=AnswerReview, returns=CaseView, versioned=True
)
def answer_review(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Tell the outcome of the internal review; by somebody who had no hand in the reply."""
    return queries.case_view(uow, reviewing.answer(uow, case_id, **body))


@reviews.command(
    "POST", f"{ONE_CASE}/correction", action="correct reply", body=CorrectReply, returns=CaseView, versioned=True
)
def correct_reply(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Put right by a letter what the reply said wrongly."""
    return queries.case_view(uow, correcting.correct(uow, case_id, **body))
