"""What consultation takes and shows over HTTP."""

from marshmallow import Schema, fields, validate

from services.consultation.domain import CONSULTATION, LONGEST_REPLY, POSITIONS
from shared.chassis.events.values import BlindText

CODE = validate.Length(1, 64)
OFFICE = validate.Length(1, 200)
BLIND = {"rule": "CON-01", "next_step": "Write it shorter, without anything that could tell who asked."}


class OpenConsultation(Schema):
    """Whom to ask about which parts of the case, and what."""

    party = fields.String(
        required=True, validate=CODE, metadata={"next_step": "Take a party's code from GET /parties."}
    )
    parts = fields.List(
        fields.String(validate=validate.Length(1, 40)),
        required=True,
        validate=validate.Length(1, 500),
        metadata={"next_step": "Send the labels of the questions that it is to be asked about."},
    )
    question = fields.String(required=True, validate=validate.Length(1, 5_000), metadata=BLIND)


class Answer(Schema):
    """A party's advice. It is advice: the authority's decision maker decides (CON-02)."""

    position = fields.String(
        required=True,
        validate=validate.OneOf(POSITIONS),
        metadata={"rule": "CON-02", "next_step": f"Take one of {', '.join(POSITIONS)}."},
    )
    citations = fields.List(
        fields.String(validate=validate.Length(1, 500)),
        load_default=list,
        validate=validate.Length(max=50),
        metadata={"rule": "EXM-01", "next_step": "Send each provision in full, such as 31(1)(a)."},
    )
    advice = fields.String(load_default="", validate=validate.Length(max=BlindText.longest), metadata=BLIND)


class Conclude(Schema):
    """Why the case proceeds without the replies that are missing; empty where none is."""

    reason = fields.String(
        load_default="",
        validate=validate.Length(max=2_000),
        metadata={"rule": "CON-03", "next_step": "Say in a few sentences why you proceed on the evidence held."},
    )


class ChangeParty(Schema):
    """An office that can be asked: an organisation and a position, never a person."""

    organisation = fields.String(required=True, validate=OFFICE, metadata={"next_step": "Name the organisation."})
    position = fields.String(
        required=True,
        validate=OFFICE,
        metadata={"rule": "CON-01", "next_step": "Name the position, not the person who holds it."},
    )
    reply_within = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, LONGEST_REPLY),
        metadata={"rule": "CLK-16", "next_step": f"Send working days, 1 to {LONGEST_REPLY}."},
    )


class AddParty(ChangeParty):
    """A new party."""

    party = fields.String(
        required=True, validate=CODE, metadata={"next_step": "Choose a short code such as 'home-office'."}
    )


class ChangeRule(Schema):
    """The parties that a topic goes to, all of them."""

    parties = fields.List(
        fields.String(validate=CODE),
        required=True,
        validate=validate.Length(max=50),
        metadata={"next_step": "Send the codes of all the parties that are to be asked."},
    )


class ConsultationFilters(Schema):
    state = fields.List(fields.String(validate=validate.OneOf(CONSULTATION.states)))
    party = fields.String(validate=CODE)
    overdue = fields.Boolean(metadata={"description": "Whether the day to reply by has passed without a reply."})


class Links(Schema):
    self = fields.String()
    case = fields.String()


class OfficeView(Schema):
    party = fields.String()
    organisation = fields.String()
    position = fields.String()


class PartView(Schema):
    label = fields.String()
    wording = fields.String()


class AnswerView(Schema):
    position = fields.String()
    citations = fields.List(fields.String())
    advice = fields.String()
    answered_at = fields.DateTime()


class ConsultationView(Schema):
    """One party asked about some parts of a case. `finished` says that the case is answered or closed."""

    id = fields.String()
    version = fields.Integer()
    state = fields.String()
    case_id = fields.String()
    reference = fields.String()
    office = fields.Nested(OfficeView)
    parts = fields.List(fields.Nested(PartView))
    question = fields.String()
    opened_on = fields.Date()
    reply_by = fields.Date()
    overdue = fields.Boolean()
    reminders = fields.Integer()
    finished = fields.Boolean()
    answer = fields.Nested(AnswerView, allow_none=True)
    links = fields.Nested(Links)


class ConsultedView(Schema):
    """One line of the list of those consulted."""

    organisation = fields.String(attribute="office.organisation")
    position = fields.String(attribute="office.position")
    asked_on = fields.String()
    replied = fields.Boolean()


class ConsultedListView(Schema):
    """Who was consulted on a case, fit for release."""

    reference = fields.String()
    concluded = fields.Boolean()
    consulted = fields.List(fields.Nested(ConsultedView))
    links = fields.Nested(Links)


class ConclusionView(Schema):
    """How consulting on a case ended."""

    case_id = fields.String()
    concluded_at = fields.DateTime()
    reason = fields.String()
    consulted = fields.List(fields.Nested(ConsultedView))
    links = fields.Nested(Links)


class PartyView(Schema):
    id = fields.String()
    version = fields.Integer()
    organisation = fields.String()
    position = fields.String()
    reply_within = fields.Integer()
    links = fields.Nested(Links)


class RuleView(Schema):
    """The parties that a topic goes to when a case is accepted; `id` is the topic."""

    id = fields.String()
    version = fields.Integer()
    parties = fields.List(fields.String())
    links = fields.Nested(Links)
