"""The shapes of what is sent."""

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.decision.domain import DRAFT
from shared.law.outcomes import OUTCOMES
from shared.law.refusals import LIKELIHOODS, NCND_SIDES, WITHHOLDING_SIDES

LONGEST_TEXT = 20_000
MOST_CITATIONS = 20
MOST_FACTORS = 40
LABEL = re.compile(r"[0-9A-Za-z][0-9a-z.]{0,39}\Z")
DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Prose(fields.String):
    """A text of several lines, with its line ends made alike and nothing invisible in it."""

    def __init__(self, *, longest: int = LONGEST_TEXT, **options: Any) -> None:
        super().__init__(validate=validate.Length(max=longest), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs).replace("\r\n", "\n").strip()
        if _CONTROL.search(text):
            raise ValidationError("It holds control characters.")
        return text


class HarmSchema(Schema):
    """The harm that the act concerned would do."""

    text = Prose(load_default="")
    likelihood = fields.String(
        load_default="",
        validate=validate.OneOf(("", *LIKELIHOODS)),
        metadata={"rule": "RN-07", "next_step": f"Choose one of: {', '.join(LIKELIHOODS)}."},
    )


class FactorSchema(Schema):
    """One consideration in the public interest test."""

    side = fields.String(
        required=True,
        validate=validate.OneOf((*WITHHOLDING_SIDES, *NCND_SIDES)),
        metadata={
            "rule": "RN-08",
            "next_step": f"To withhold: {' or '.join(WITHHOLDING_SIDES)}. Neither confirming nor denying: "
            f"{' or '.join(NCND_SIDES)}.",
        },
    )
    text = Prose(required=True, longest=4_000)


class GroundsSchema(Schema):
    """Why something is refused."""

    citations = fields.List(
        fields.String(validate=validate.Length(1, 500)),
        load_default=list,
        validate=validate.Length(max=MOST_CITATIONS),
        metadata={"rule": "EXM-01", "next_step": "Cite section, subsection and limb, such as 31(1)(a)."},
    )
    in_the_alternative = fields.Boolean(load_default=False)
    harm = fields.Nested(HarmSchema, load_default=lambda: {"text": "", "likelihood": ""})
    factors = fields.List(fields.Nested(FactorSchema), load_default=list, validate=validate.Length(max=MOST_FACTORS))
    balance = Prose(load_default="")


class PointerSchema(Schema):
    """Where the information is, or may be, instead."""

    name = Prose(load_default="", longest=300)
    contact = Prose(load_default="", longest=300)
    url = fields.String(
        load_default="",
        validate=validate.Regexp(r"\A(?:https?://[^\s<>\"]{1,1000})?\Z"),
        metadata={"rule": "RN-17", "next_step": "Give the whole web address, beginning with https://."},
    )


class DecidePart(GroundsSchema):
    """The decision on one part. `answer_with` has the answer written from the record instead of `answer`."""

    outcome = fields.String(
        required=True,
        validate=validate.OneOf(tuple(OUTCOMES)),
        metadata={"rule": "RN-01", "next_step": f"Choose one of: {', '.join(OUTCOMES)}."},
    )
    answer = Prose(load_default="")
    answer_with = fields.String(load_default="", validate=validate.OneOf(("", "consulted parties")))
    searches = Prose(load_default="")
    pointer = fields.Nested(PointerSchema, load_default=lambda: {"name": "", "contact": "", "url": ""})
    other_information = fields.Nested(GroundsSchema, load_default=None, allow_none=True)


class WeighAdvice(Schema):
    """What the decision maker makes of a party's advice, and why (CON-02)."""

    followed = fields.Boolean(required=True)
    reason = Prose(required=True)


class ReturnDraft(Schema):
    """Why the draft goes back."""

    reason = Prose(required=True)


class SignOff(Schema):
    """The letter that was read, by its digest: what is signed off is these bytes and no others."""

    letter = fields.String(
        required=True,
        validate=validate.Regexp(DIGEST),
        metadata={"next_step": "Send the digest of the letter that you have read, from the case's 'draft.letter'."},
    )


class AttachmentParameters(Schema):
    """What an attached document is called, and which questions it belongs to."""

    name = fields.String(required=True, validate=validate.Length(1, 125))
    parts = fields.List(fields.String(validate=validate.Regexp(LABEL)), required=True, validate=validate.Length(1, 100))


class LetterParameters(Schema):
    """In which form the letter is wanted."""

    format = fields.String(load_default="html", validate=validate.OneOf(("html", "text")))


class CaseFilters(Schema):
    """Which cases."""

    state = fields.List(fields.String(validate=validate.OneOf(DRAFT.states)))
    authority = fields.String(validate=validate.Regexp(r"\A[a-z0-9][a-z0-9._-]{0,63}\Z"))
