"""What the API of intake shows. Who asked goes out by `RequesterView` alone."""

from marshmallow import Schema, fields


class LinksView(Schema):
    self = fields.String(required=True)
    deadline = fields.String(required=True)
    proposal = fields.String(required=True)
    parts = fields.String(required=True)
    plan = fields.String(required=True)
    notices = fields.String(required=True)


class CaseSummary(Schema):
    """A case in a list. `due_on` is null while nothing is due, `due_band`, in working days left, once it is answered
    too; `clock` tells why."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    reference = fields.String(required=True)
    state = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    authorities = fields.List(fields.String(), required=True)
    channel = fields.String(required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    due_band = fields.String(required=True, allow_none=True)
    clock = fields.String(required=True)
    answered_on = fields.Date(required=True, allow_none=True)
    overall = fields.String(required=True, allow_none=True)
    links = fields.Nested(LinksView, required=True)


class WarningView(Schema):
    rule = fields.String(required=True)
    message = fields.String(required=True)
    next_step = fields.String(required=True)


class PartView(Schema):
    label = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    visible_label = fields.String(required=True, allow_none=True)
    wording = fields.String(required=True)


class PublishedView(Schema):
    site = fields.String(required=True)
    path = fields.String(required=True)
    withdrawn = fields.Boolean(required=True)


class ProgressView(Schema):
    """What the other services have told."""

    consultations = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    concluded = fields.Boolean(required=True)
    draft_state = fields.String(required=True, allow_none=True)
    published = fields.List(fields.Nested(PublishedView), required=True)


class DispatchView(Schema):
    """How the reply left, or what keeps it."""

    method = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    last_error_kind = fields.String(required=True, allow_none=True)


class ReviewView(Schema):
    """An internal review: `open`, `overdue` or `answered`. `due_on` is the day that was promised, `latest_on` the one
    for exceptional cases; `in_time` is whether it was asked for in time."""

    asked_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    latest_on = fields.Date(required=True)
    in_time = fields.Boolean(required=True)
    state = fields.String(required=True)
    answered_on = fields.Date(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)


class OutcomeView(Schema):
    label = fields.String(required=True)
    outcome = fields.String(required=True)
    citations = fields.List(fields.String(), required=True)


class DocumentView(Schema):
    digest = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    name = fields.String(required=True)


class CaseView(CaseSummary):
    """A case. `warnings` are doubts about section 8 that did not keep it out; `allowed` is what can be done now.
    `valid` and `route` are null until an officer has decided them; `review` is the last one, null where none was asked
    for."""

    topics = fields.List(fields.String(), required=True)
    accepted_at = fields.AwareDateTime(required=True, allow_none=True)
    warnings = fields.List(fields.Nested(WarningView), required=True)
    allowed = fields.List(fields.String(), required=True)
    valid = fields.Boolean(required=True, allow_none=True)
    route = fields.String(required=True, allow_none=True)
    parts = fields.List(fields.Nested(PartView), required=True)
    progress = fields.Nested(ProgressView, required=True)
    outcomes = fields.List(fields.Nested(OutcomeView), required=True)
    documents = fields.List(fields.Nested(DocumentView), required=True)
    dispatch = fields.Nested(DispatchView, required=True, allow_none=True)
    review = fields.Nested(ReviewView, required=True, allow_none=True)


class ReceiptView(Schema):
    """What a web form may tell the person who filled it in."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    reference = fields.String(required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    links = fields.Nested(LinksView, required=True)


class ProposedPartView(PartView):
    """`removed`: something that tells who asked was taken out of the wording."""

    removed = fields.Boolean(required=True)


class ProposalView(Schema):
    """Parts for an officer to correct and confirm."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    parts = fields.List(fields.Nested(ProposedPartView), required=True)
    links = fields.Nested(LinksView, required=True)


class RequesterView(Schema):
    """Who asked and what was sent, as it was sent. Every look is on record."""

    name = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    postal_address = fields.String(required=True, allow_none=True)
    handle = fields.String(required=True, allow_none=True)
    category = fields.String(required=True)
    text = fields.String(required=True)
