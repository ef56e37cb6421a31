"""What audit shows over HTTP. It takes nothing: its only source is the topic."""

from marshmallow import Schema, fields, validate


class Links(Schema):
    """Where to go from here."""

    self = fields.String(required=True)
    timeline = fields.String()
    case = fields.String()


class AsAt(Schema):
    """The day to look back from."""

    as_at = fields.Date(
        metadata={
            "description": "Only what had happened by the end of this day, Europe/London. Left out: everything.",
            "next_step": "Send a day such as 2026-06-15.",
        }
    )


class CaseFilters(Schema):
    """Which cases."""

    reference = fields.String(
        validate=validate.Length(1, 40), metadata={"next_step": "Send a case's whole public reference."}
    )


class EventFilters(Schema):
    """Which events."""

    source = fields.String(
        validate=validate.Length(1, 40),
        metadata={"description": "Recorded by this service.", "next_step": "Send a service's name such as intake."},
    )
    type = fields.String(validate=validate.Length(1, 100), metadata={"next_step": "Send a type from docs/events.md."})
    case_id = fields.UUID(metadata={"next_step": "Send a case's id."})


class CaseSummaryView(Schema):
    """A case as a line of a list. A fact is null until an event has told it."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    received_on = fields.Date(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    dispatched_on = fields.Date(required=True, allow_none=True)
    last_type = fields.String(required=True)
    last_at = fields.AwareDateTime(required=True)
    events = fields.Integer(required=True)
    links = fields.Nested(Links, required=True)


class TimelineEntry(Schema):
    """One event in words. `time` is when it was recorded, `service` where, `data` what exactly."""

    event_id = fields.String(required=True)
    time = fields.AwareDateTime(required=True)
    service = fields.String(required=True)
    position = fields.Integer(required=True)
    type = fields.String(required=True)
    words = fields.String(required=True)
    actor_id = fields.String(required=True)
    actor_role = fields.String(required=True)
    correlation_id = fields.String(required=True)
    causation_id = fields.String(required=True, allow_none=True)
    data = fields.Dict(keys=fields.String(), required=True)


class TimelineView(Schema):
    """Everything that happened to a case, in the order of the topic."""

    case_id = fields.UUID(required=True)
    as_at = fields.Date(required=True, allow_none=True)
    items = fields.List(fields.Nested(TimelineEntry), required=True)
    links = fields.Nested(Links, required=True)


class KnownPart(Schema):
    """A part in its confirmed wording."""

    label = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    wording = fields.String(required=True)


class KnownConsultation(Schema):
    """A party that was asked, by organisation and position. `followed` is null until its advice was weighed."""

    id = fields.String(required=True)
    party = fields.String(required=True)
    organisation = fields.String(required=True)
    position = fields.String(required=True)
    parts = fields.List(fields.String(), required=True)
    reply_by = fields.Date(required=True)
    state = fields.String(required=True)
    reminders = fields.Integer(required=True)
    position_taken = fields.String(required=True, allow_none=True)
    citations = fields.List(fields.String(), required=True)
    followed = fields.Boolean(required=True, allow_none=True)


class KnownOutcome(Schema):
    """What was decided about a part."""

    label = fields.String(required=True)
    outcome = fields.String(required=True)
    citations = fields.List(fields.String(), required=True)


class KnownPartDue(Schema):
    """Where the clock of a part stands. `due_on` is null while nothing is due."""

    label = fields.String(required=True)
    state = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)


class KnownDispatch(Schema):
    """That the reply went out."""

    dispatched_on = fields.Date(required=True)
    working_day = fields.Integer(required=True)
    in_time = fields.Boolean(required=True)


class KnownReview(Schema):
    """An internal review of the reply. `in_time` is whether it was asked for in time; `outcome` is whether the first
    decision stood."""

    asked_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    latest_on = fields.Date(required=True)
    in_time = fields.Boolean(required=True)
    answered_on = fields.Date(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)


class KnownSite(Schema):
    """Where the entry can be read."""

    site = fields.String(required=True)
    path = fields.String(required=True)


class KnownCaseView(Schema):
    """What was known of a case by the end of a day. What no event had told by then is null or empty."""

    id = fields.UUID(required=True)
    as_at = fields.Date(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    authorities = fields.List(fields.String(), required=True)
    channel = fields.String(required=True, allow_none=True)
    received_on = fields.Date(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    parts = fields.List(fields.Nested(KnownPart), required=True)
    consultations = fields.List(fields.Nested(KnownConsultation), required=True)
    consultations_concluded = fields.Boolean(required=True)
    outcomes = fields.List(fields.Nested(KnownOutcome), required=True)
    draft = fields.Integer(required=True, allow_none=True)
    draft_state = fields.String(required=True, allow_none=True)
    overall = fields.String(required=True, allow_none=True)
    dispatch = fields.Nested(KnownDispatch, required=True, allow_none=True)
    clock_state = fields.String(required=True, allow_none=True)
    parts_due = fields.List(fields.Nested(KnownPartDue), required=True)
    closed = fields.String(required=True, allow_none=True)
    reviews = fields.List(fields.Nested(KnownReview), required=True)
    corrected_on = fields.Date(required=True, allow_none=True)
    entry_state = fields.String(required=True, allow_none=True)
    release_on = fields.Date(required=True, allow_none=True)
    published = fields.List(fields.Nested(KnownSite), required=True)
    events = fields.Integer(required=True)
    last_at = fields.AwareDateTime(required=True, allow_none=True)
    links = fields.Nested(Links, required=True)


class EventView(Schema):
    """One row of the ledger. `digest` is the SHA-256 of the event's bytes, `chain` the hash that its log gave it."""

    event_id = fields.String(required=True)
    source = fields.String(required=True)
    position = fields.Integer(required=True)
    case_id = fields.String(required=True)
    number = fields.Integer(required=True)
    type = fields.String(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    actor_id = fields.String(required=True)
    actor_role = fields.String(required=True)
    correlation_id = fields.String(required=True)
    causation_id = fields.String(required=True, allow_none=True)
    partition = fields.Integer(required=True)
    offset = fields.Integer(required=True)
    digest = fields.String(required=True)
    chain = fields.String(required=True)
    links = fields.Nested(Links, required=True)


class FaultView(Schema):
    """An event that is not as it came. `event_id` is null where the event itself is missing."""

    position = fields.Integer(required=True)
    event_id = fields.String(required=True, allow_none=True)
    what = fields.String(required=True)


class SourceView(Schema):
    """One service's events in the ledger. `contiguous`: none is missing from the first to the last."""

    source = fields.String(required=True)
    events = fields.Integer(required=True)
    last_position = fields.Integer(required=True)
    contiguous = fields.Boolean(required=True)
    intact = fields.Boolean(required=True)
    fault = fields.Nested(FaultView, required=True, allow_none=True)


class VerificationView(Schema):
    """Whether the ledger is what came."""

    intact = fields.Boolean(required=True)
    sources = fields.List(fields.Nested(SourceView), required=True)
