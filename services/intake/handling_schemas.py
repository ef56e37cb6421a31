"""What the API of intake takes about a request: notices to give, answers to them, how it ends, and what comes after.

Every text here goes into a letter or an event, so none may tell who asked; only the words of a clarification are the
requester's own, and private.
"""

from typing import Any

from marshmallow import Schema, fields, validate

from services.intake.domain import METHODS
from services.intake.email_request import LONGEST_TEXT
from services.intake.schemas import NOT_BLANK, PrivateString
from shared.letters.review_notices import RESULTS

LONGEST = 4_000
"""Characters of what an officer writes into a notice."""
DEAREST = 10_000_000
"""Pence."""


def _words(rule: str, next_step: str, **options: Any) -> fields.String:
    told = {"rule": rule, "next_step": next_step}
    return fields.String(validate=[validate.Length(1, LONGEST), NOT_BLANK], metadata=told, **options)


def _day(rule: str, next_step: str, **options: Any) -> fields.Date:
    return fields.Date(metadata={"rule": rule, "next_step": next_step}, **options)


def _parts() -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.Length(1, 30)),
        load_default=list,
        validate=validate.Length(max=200),
        metadata={
            "rule": "CLK-08",
            "next_step": "Name the questions by their labels; leave them out for the whole request.",
        },
    )


class GiveNotice(Schema):
    """How a notice leaves: `email` sends it now; `post` records that it was posted, today or on `posted_on`."""

    method = fields.String(load_default="email", validate=validate.OneOf(METHODS))
    posted_on = _day("CLK-01", "Give the day on which it was posted, as 2026-06-15.", load_default=None)


class RecordPosting(Schema):
    """When a notice that could not be e-mailed was posted; left out: today."""

    posted_on = _day("CLK-01", "Give the day on which it was posted, as 2026-06-15.", load_default=None)


class SeekClarification(GiveNotice):
    """What is unclear, in the words of the request, and what is needed to identify and locate the information."""

    parts = _parts()
    unclear = _words("CLK-06", "Quote what is unclear, without whoever asked.", required=True)
    needed = _words("CLK-06", "Say what is needed to identify and locate the information.", required=True)


class TakeClarification(Schema):
    """What came in answer, and whether it is enough to identify and locate the information. `text` is kept with the
    request as it was sent."""

    parts = _parts()
    received_on = _day("CLK-06", "Give the day on which the answer was delivered, as 2026-06-15.", required=True)
    sufficient = fields.Boolean(load_default=True)
    text = PrivateString(load_default=None, validate=[validate.Length(1, LONGEST_TEXT), NOT_BLANK])


class GiveFeesNotice(GiveNotice):
    """A fee under section 9, in pence: what it is for, and how it can be paid."""

    parts = _parts()
    amount_pence = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, DEAREST),
        metadata={"rule": "CLK-11", "next_step": "Give the amount in pence, as 1250."},
    )
    purpose = _words("CST-13", "Say what the fee is for, such as copying and postage.", required=True)
    how_to_pay = _words("CLK-11", "Say how the fee can be paid.", required=True)


class TakePayment(Schema):
    """The day on which the fee was received."""

    parts = _parts()
    received_on = _day("CLK-11", "Give the day on which the fee was received, as 2026-06-15.", required=True)


class ExtendTime(GiveNotice):
    """More time to weigh the public interest in the qualified exemptions cited. Beyond 40 working days in all only
    where it is exceptional."""

    parts = _parts()
    citations = fields.List(
        fields.String(validate=validate.Length(1, 60)),
        required=True,
        validate=validate.Length(1, 20),
        metadata={"rule": "CLK-14", "next_step": "Cite the qualified exemption with its limb, such as 31(1)(a)."},
    )
    estimated_on = _day("CLK-13", "Give the day by which you expect to answer, as 2026-08-07.", required=True)
    reason = _words("CLK-13", "Say why the exemption applies and what is still to be weighed.", required=True)
    exceptional = fields.Boolean(load_default=False)


class TransferRequest(GiveNotice):
    """To whom the request goes, with the permission of whoever asked. `ours` is our own answer, whether we hold
    anything; left out, it stays due."""

    parts = _parts()
    to = fields.String(
        required=True,
        validate=[validate.Length(1, 200), NOT_BLANK],
        metadata={"rule": "CLK-17", "next_step": "Name the authority that the request goes to."},
    )
    contact = _words("CLK-17", "Give the address at which that authority takes requests.", required=True)
    permitted_on = _day("CLK-17", "Give the day on which the requester agreed, as 2026-06-15.", required=True)
    ours = _words("CLK-17", "Say whether we hold anything ourselves, or leave it out.", load_default="")


class WithdrawRequest(GiveNotice):
    """The day on which the requester withdrew the request; left out: today."""

    withdrawn_on = _day("CLK-21", "Give the day on which it was withdrawn, as 2026-06-15.", load_default=None)


class DecideValidity(GiveNotice):
    """Whether it is a valid request under section 8. Where it is not: by which rules, and the advice that is owed."""

    valid = fields.Boolean(required=True)
    rules = fields.List(
        fields.String(validate=validate.Length(1, 20)),
        load_default=list,
        validate=validate.Length(max=10),
        metadata={"rule": "VAL-07", "next_step": "Name the rules that the request breaks, such as VAL-02."},
    )
    advice = _words("VAL-07", "Say what is missing and how to put it right.", load_default="")


class DecideRoute(GiveNotice):
    """What kind of request it is. `why` and, where somebody else deals with it, `contact` go into the letter."""

    route = fields.String(
        required=True,
        validate=validate.Length(1, 64),
        metadata={"rule": "TRI-04", "next_step": "Take a route from the suggestions, or its code from the table."},
    )
    why = _words("TRI-10", "Say what makes it so.", load_default="")
    contact = _words("TRI-05", "Say where the requester can turn to.", load_default="")


class SendHoldingLetter(GiveNotice):
    """Why the answer is late, and when it is expected."""

    reason = _words("RN-15", "Say what keeps the answer, without blame.", required=True)
    expected_on = _day("RN-15", "Give the day by which you expect to answer, as 2026-08-07.", required=True)


class TakeReviewRequest(GiveNotice):
    """The day on which the requester expressed dissatisfaction with the reply, in whatever words. After the time for it
    a review is at our discretion: `accept_late_because` says why it is carried out all the same."""

    asked_on = _day("CLK-18", "Give the day on which it was received, as 2026-06-15.", required=True)
    accept_late_because = _words("CLK-18", "Say why, or leave it out.", load_default=None)


class ReviewedQuestion(Schema):
    """What the review came to for one question: `reasons` say why, `now` what is disclosed or decided instead."""

    label = fields.String(required=True, validate=validate.Length(1, 30))
    result = fields.String(
        required=True,
        validate=validate.OneOf(RESULTS),
        metadata={"rule": "CLK-18", "next_step": f"Choose one of: {', '.join(RESULTS)}."},
    )
    reasons = _words("RN-18", "Say why the decision stands or falls.", required=True)
    now = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST),
        metadata={"rule": "RN-01", "next_step": "Say what is decided now; nothing where the decision stands."},
    )


class AnswerReview(GiveNotice):
    """What the review came to for every question of the case, each once."""

    reviewed = fields.List(
        fields.Nested(ReviewedQuestion),
        required=True,
        validate=validate.Length(1, 200),
        metadata={"rule": "CLK-18", "next_step": "Give the result for each question of the case."},
    )


class CorrectReply(GiveNotice):
    """Something in the reply was wrong: what it said, what is right, and what that changes in our decisions."""

    parts = _parts()
    wrong = _words("RN-18", "Say what the reply said wrongly.", required=True)
    right = _words("RN-18", "Say what is right.", required=True)
    effect = _words("RN-18", "Say what it changes in our decisions, or that it changes none.", required=True)


class NoticeParameters(Schema):
    """In which form the notice is wanted."""

    format = fields.String(load_default="html", validate=validate.OneOf(("html", "text", "pdf")))
