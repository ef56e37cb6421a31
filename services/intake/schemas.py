"""What the API of intake takes. Who asked is wrapped as private text the moment it is read."""

from typing import Any, get_args

from marshmallow import Schema, ValidationError, fields, validate

from services.intake.domain import CASE, CATEGORIES, CHANNELS, KINDS, METHODS
from services.intake.email_request import LONGEST_TEXT
from shared.chassis.events.values import Code
from shared.chassis.private import Private
from shared.law.clock import DueBand

_CODE = validate.And(
    validate.Length(1, 64),
    validate.Regexp(r"^[a-z0-9]+(?:[-._][a-z0-9]+)*$(?!\n)", error=f"It is not {Code.shape}."),
)
NOT_BLANK = validate.Regexp(r"\s*\S", error="It is empty.")
_WHO = {"rule": "VAL-02", "next_step": "Write the name on one line, at most 200 characters."}
_REPLY = {"rule": "VAL-03", "next_step": "Give an address that a reply can be sent to."}
_ASKED = {"rule": "VAL-04", "next_step": f"Give the words of the request, at most {LONGEST_TEXT:,} characters."}


class PrivateString(fields.String):
    """A text of personal data: checked as it is, then wrapped."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super().deserialize(value, *args, **kwargs)
        return Private(text) if isinstance(text, str) else text


class PrivateLine(PrivateString):
    """The same on one line: white space is made single."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        return " ".join(super()._deserialize(value, *args, **kwargs).split())


def _line(longest: int) -> list[validate.Validator]:
    plain = validate.Regexp(r"^[^\x00-\x1f\x7f]*$", error="It holds control characters.")
    return [validate.Length(1, longest), plain]


def _email() -> PrivateLine:
    address = validate.And(validate.Length(max=254), validate.Email(error="It is not an e-mail address."))
    return PrivateLine(validate=address, metadata={**_REPLY, "format": "email"})


class RequesterDetails(Schema):
    """Who asked, and where to reply."""

    name = PrivateLine(validate=_line(200), metadata=_WHO)
    email = _email()
    postal_address = PrivateString(validate=[validate.Length(1, 500), NOT_BLANK], metadata=_REPLY)
    handle = PrivateLine(validate=_line(100), metadata=_REPLY)
    category = fields.String(load_default="not-stated", validate=validate.OneOf(CATEGORIES))


def _authorities(**options: Any) -> fields.List[str]:
    return fields.List(
        fields.String(validate=_CODE),
        required=True,
        validate=[validate.Length(1, 10), _no_two_alike],
        metadata={"example": ["gwent"], "next_step": "Name the authorities by their codes, the leading one first."},
        **options,
    )


def _no_two_alike(codes: list[str]) -> None:
    if len(set(codes)) != len(codes):
        raise ValidationError("The same authority stands there twice.")


class LogRequest(Schema):
    """A request as staff log it."""

    authorities = _authorities()
    received_on = fields.Date(
        required=True,
        metadata={"rule": "CLK-02", "next_step": "Give the day on which it was delivered, as 2026-06-15."},
    )
    channel = fields.String(
        required=True,
        validate=validate.OneOf(CHANNELS),
        metadata={"rule": "VAL-01", "next_step": "Choose the channel by which it came, in writing."},
    )
    requester = fields.Nested(RequesterDetails, required=True)
    text = PrivateString(required=True, validate=[validate.Length(1, LONGEST_TEXT), NOT_BLANK], metadata=_ASKED)
    title = fields.String(validate=[validate.Length(1, 200), NOT_BLANK])


class WebFormRequest(RequesterDetails):
    """A request as the form on a force's website sends it."""

    authority = fields.String(required=True, validate=_CODE, metadata={"example": "gwent"})
    text = PrivateString(required=True, validate=[validate.Length(1, LONGEST_TEXT), NOT_BLANK], metadata=_ASKED)


class EmailParameters(Schema):
    """Whom the e-mail was sent to."""

    authority = _authorities()


class PartBody(Schema):
    """One part, in wording that everybody may read."""

    label = fields.String(required=True, validate=validate.Length(1, 30))
    parent = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 30))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    visible_label = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(
            r"^[0-9A-Za-z().,:/#|>\]\[*•·§●○◦▪–— -]{1,20}$(?!\n)", error="It is not the mark of a part."
        ),
        metadata={"next_step": "Give the request's own mark, such as '1.' or 'a)', or leave it out."},
    )
    wording = fields.String(
        required=True,
        validate=[validate.Length(1, 20_000), NOT_BLANK],
        metadata={"rule": "VAL-09", "next_step": "Write the part in 1 to 20,000 characters."},
    )


class ConfirmParts(Schema):
    """The parts of the request in their order."""

    parts = fields.List(fields.Nested(PartBody), required=True, validate=validate.Length(1, 200))


class AcceptCase(Schema):
    """What the case is to be called, and what it is about."""

    title = fields.String(required=True, validate=[validate.Length(1, 200), NOT_BLANK])
    topics = fields.List(
        fields.String(validate=_CODE),
        required=True,
        validate=validate.Length(max=20),
        metadata={"next_step": "Give topic codes such as prevent; rules say who is consulted about which."},
    )


class RevealRequester(Schema):
    """Why somebody needs to know who asked. The reason goes on record."""

    reason = fields.String(
        required=True,
        validate=[validate.Length(5, 1_000), NOT_BLANK],
        metadata={"rule": "CON-01", "next_step": "Say in 5 characters or more what you need it for, naming nobody."},
    )


class DispatchReply(Schema):
    """How the reply is to leave: `email` sends it; `post` records that it has left by post or another way today."""

    method = fields.String(load_default="email", validate=validate.OneOf(METHODS))


class CaseFilters(Schema):
    """All of them must fit. `q`: every word stands in the reference, the title or a part."""

    state = fields.List(fields.String(validate=validate.OneOf(CASE.states)))
    due_band = fields.String(validate=validate.OneOf(get_args(DueBand)))
    authority = fields.String(validate=_CODE)
    overdue = fields.Boolean()
    q = fields.String(validate=validate.Length(1, 100))
