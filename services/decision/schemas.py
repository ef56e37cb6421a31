"""The shapes of what is sent."""

import re
from fractions import Fraction
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.decision.domain import DRAFT
from shared.law.exemptions import CATALOGUE, PROVISIONS
from shared.law.grounds import LIKELIHOODS, NCND_SIDES, WITHHOLDING_SIDES
from shared.law.outcomes import OUTCOMES

LONGEST_TEXT = 20_000
MOST_CITATIONS = 20
MOST_FACTORS = 40
LABEL = re.compile(r"[0-9A-Za-z][0-9a-z.]{0,39}\Z")
DIGEST = re.compile(r"[0-9a-f]{64}\Z")
CERTIFICATES = tuple(each.certificate for each in CATALOGUE.values() if each.certificate)
TO_SHOW = tuple(dict.fromkeys(wanted.what for each in PROVISIONS.values() for wanted in each.to_show))
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


class Minutes(fields.Field[Fraction]):
    """A time in minutes, exactly: a whole number, or a text such as "2.5" or "5/2"."""

    def _serialize(self, value: Fraction | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(Fraction(value))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Fraction:
        if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,6}|/[1-9][0-9]{0,5})?", str(value)):
            raise ValidationError('Not a number of minutes, such as 7, "2.5" or "5/2".')
        return Fraction(str(value))


class HarmSchema(Schema):
    """The harm that the act concerned would do."""

    text = Prose(load_default="")
    likelihood = fields.String(
        load_default="",
        validate=validate.OneOf(("", *LIKELIHOODS)),
        metadata={"rule": "RN-07", "next_step": f"Choose one of: {', '.join(LIKELIHOODS)}."},
    )


CITATIONS = {"rule": "EXM-01", "next_step": "Cite section, subsection and limb, such as 31(1)(a)."}


def citations_field() -> fields.List[str]:
    """Provisions, as people write them."""
    return fields.List(
        fields.String(validate=validate.Length(1, 500)),
        load_default=list,
        validate=validate.Length(max=MOST_CITATIONS),
        metadata=CITATIONS,
    )


class FactorSchema(Schema):
    """One consideration in the public interest test. No citations: it belongs to all that are weighed."""

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
    citations = citations_field()


class BalanceSchema(Schema):
    """Where the public interest lies for some of the provisions, weighed apart from the rest (EXM-10)."""

    citations = citations_field()
    text = Prose(load_default="")


class PersonalDataSchema(Schema):
    """Whose data they are, and the three steps of legitimate interests (EXM-09)."""

    whose = Prose(load_default="", longest=4_000)
    interest = Prose(load_default="", longest=4_000)
    necessity = Prose(load_default="", longest=4_000)
    balance = Prose(load_default="", longest=4_000)
    fairness = Prose(load_default="", longest=4_000)


class OpinionSchema(Schema):
    """The chief officer's own opinion under section 36 (EXM-07)."""

    office = Prose(load_default="", longest=300)
    on = fields.Date(load_default=None, allow_none=True)
    citations = citations_field()
    likelihood = fields.String(load_default="", validate=validate.OneOf(("", *LIKELIHOODS)))


class CertificateSchema(Schema):
    """A certificate under 23(2), 24(3) or 34(3) (EXM-08)."""

    provision = fields.String(required=True, validate=validate.OneOf(CERTIFICATES))
    by = Prose(load_default="", longest=300)
    on = fields.Date(load_default=None, allow_none=True)
    scope = Prose(load_default="", longest=4_000)


class ShowingSchema(Schema):
    """One of the things that an exemption asks to be shown (section 17(1)(c))."""

    what = fields.String(
        required=True,
        validate=validate.OneOf(TO_SHOW),
        metadata={"rule": "s17(1)(c)", "next_step": f"Choose one of: {', '.join(TO_SHOW)}."},
    )
    text = Prose(required=True, longest=4_000)


class GroundsSchema(Schema):
    """Why something is refused."""

    citations = citations_field()
    in_the_alternative = fields.Boolean(load_default=False)
    harm = fields.Nested(HarmSchema, load_default=lambda: {"text": "", "likelihood": ""})
    factors = fields.List(fields.Nested(FactorSchema), load_default=list, validate=validate.Length(max=MOST_FACTORS))
    balance = Prose(load_default="")
    balances = fields.List(
        fields.Nested(BalanceSchema), load_default=list, validate=validate.Length(max=MOST_CITATIONS)
    )
    as_at = fields.Date(load_default=None, allow_none=True)
    personal_data = fields.Nested(PersonalDataSchema, load_default=None, allow_none=True)
    opinion = fields.Nested(OpinionSchema, load_default=None, allow_none=True)
    statistical = fields.Boolean(load_default=False)
    certificates = fields.List(fields.Nested(CertificateSchema), load_default=list, validate=validate.Length(max=5))
    showings = fields.List(fields.Nested(ShowingSchema), load_default=list, validate=validate.Length(max=20))
    official_confirmation = Prose(load_default="", longest=4_000)
    oldest_record = fields.Date(load_default=None, allow_none=True)


class EstimateLineSchema(Schema):
    """One countable activity on one system of records (CST-03, CST-05)."""

    activity = fields.String(required=True, validate=validate.Length(1, 100))
    system = Prose(required=True, longest=300)
    records = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1_000_000_000))
    sample_records = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 1_000_000_000))
    sample_minutes = Minutes(load_default=Fraction(0))
    minutes_per_record = Minutes(load_default=None, allow_none=True)


class EstimateSchema(Schema):
    """What complying would cost, or only saying whether the information is held (section 12)."""

    lines = fields.List(fields.Nested(EstimateLineSchema), required=True, validate=validate.Length(max=100))
    method = Prose(load_default="")
    on = fields.Date(required=True)
    only_whether_held = fields.Boolean(load_default=False)
    advice = Prose(load_default="")
    parts = fields.List(fields.String(validate=validate.Regexp(LABEL)), load_default=list)
    relation = Prose(load_default="")


class EarlierSchema(Schema):
    """The request that a repeated one repeats (ACC-02)."""

    reference = Prose(load_default="", longest=40)
    complied_with = fields.Boolean(load_default=False)
    same_requester = fields.Boolean(load_default=False)
    similarity = Prose(load_default="")
    interval = Prose(load_default="")


class ReasonSchema(Schema):
    """Why something stands although the rule warns against it."""

    field = fields.String(required=True, validate=validate.Length(1, 200))
    rule = fields.String(required=True, validate=validate.Length(1, 20))
    reason = Prose(required=True, longest=4_000)


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
    advice = Prose(load_default="")
    estimate = fields.Nested(EstimateSchema, load_default=None, allow_none=True)
    considered = Prose(load_default="")
    earlier = fields.Nested(EarlierSchema, load_default=None, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonSchema), load_default=list, validate=validate.Length(max=40))


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

    format = fields.String(load_default="html", validate=validate.OneOf(("html", "text", "pdf", "docx")))


class CaseFilters(Schema):
    """Which cases."""

    state = fields.List(fields.String(validate=validate.OneOf(DRAFT.states)))
    authority = fields.String(validate=validate.Regexp(r"\A[a-z0-9][a-z0-9._-]{0,63}\Z"))
