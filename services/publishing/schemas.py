"""What the internal API takes and shows."""

from marshmallow import Schema, fields, validate

from services.publishing.domain import CHECK, ENTRY, WITHDRAWAL_REASONS
from services.publishing.release_check.cleaning.copying import FORMS
from shared.contracts.authorities import sites


class Hold(Schema):
    """Why the release is stopped. It goes into an event, so it may not tell who asked."""

    reason = fields.String(
        required=True,
        validate=[validate.Length(1, 500), validate.Regexp(r"^[\s\S]*\S", error="It is blank.")],
        metadata={
            "rule": "PUB-02",
            "next_step": "Say why in 1 to 500 characters, without anything that could tell who asked.",
        },
    )


class Withdrawal(Schema):
    """Why the entry is taken down. The class is shown to everybody on the tombstone."""

    reason = fields.String(
        required=True,
        validate=validate.OneOf(WITHDRAWAL_REASONS),
        metadata={"rule": "PUB-07", "next_step": f"Choose one of: {', '.join(WITHDRAWAL_REASONS)}."},
    )


class Acceptance(Schema):
    """Why a document may leave although its check asks for a second look. It goes into an event."""

    reason = fields.String(
        required=True,
        validate=[validate.Length(1, 500), validate.Regexp(r"^[\s\S]*\S", error="It is blank.")],
        metadata={
            "rule": "REL-24",
            "next_step": "Say what you looked at and why it may leave, in 1 to 500 characters that name nobody.",
        },
    )


class CheckFilters(Schema):
    case = fields.UUID(metadata={"description": "Only checks of this case."})
    state = fields.String(validate=validate.OneOf(CHECK.states), metadata={"description": "Only checks in this state."})


class CheckLinks(Schema):
    self = fields.String(required=True)
    clean_copy = fields.String(required=True)


class CheckSummary(Schema):
    """The release check of one document. `submitted_by` wants it to leave; `accepted_by` has looked at the findings."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(CHECK.states))
    case_id = fields.UUID(required=True)
    digest = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sender = fields.String(required=True)
    submitted_by = fields.String(required=True)
    ruleset = fields.String(required=True, allow_none=True)
    verdict = fields.String(required=True, allow_none=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)
    accepted_by = fields.String(required=True, allow_none=True)
    accepted_reason = fields.String(required=True, allow_none=True)
    allowed = fields.List(fields.String(), required=True)
    links = fields.Nested(CheckLinks, required=True)


class CheckFindingView(Schema):
    """One thing that the document hides or gives away, where, and how to mend it. The excerpt is made unreadable."""

    code = fields.String(required=True)
    rule = fields.String(required=True)
    severity = fields.String(required=True)
    where = fields.String(required=True)
    excerpt = fields.String(required=True)
    mend = fields.String(required=True)


class CheckView(CheckSummary):
    """A check with its whole report. `malware` is what the virus scanner said: `not configured` is no pass."""

    type = fields.String(required=True, allow_none=True)
    malware = fields.String(required=True, allow_none=True)
    findings = fields.List(fields.Nested(CheckFindingView), required=True)


class CopyParameters(Schema):
    """How the clean copy is wanted."""

    form = fields.String(
        load_default="",
        validate=validate.OneOf(("", *FORMS)),
        metadata={"description": "What a spreadsheet becomes: csv (the default), xlsx or ods."},
    )


class CleanFileLinks(Schema):
    self = fields.String(required=True)


class CleanFileView(Schema):
    """One file of a clean copy, with the verdict of its own check and what was found. `size` is in bytes."""

    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    digest = fields.String(required=True)
    verdict = fields.String(required=True)
    findings = fields.List(fields.Nested(CheckFindingView), required=True)
    links = fields.Nested(CleanFileLinks, required=True)


class CleanCopyView(Schema):
    """A copy rebuilt from what is visible: how much there was, how much is left, and what its reader has to know."""

    summary = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)
    warnings = fields.List(fields.String(), required=True)
    files = fields.List(fields.Nested(CleanFileView), required=True)


class EntryFilters(Schema):
    state = fields.String(
        validate=validate.OneOf(ENTRY.states), metadata={"description": "Only entries in this state."}
    )
    site = fields.String(
        validate=validate.OneOf(sorted(sites())), metadata={"description": "Only entries of this site, by its code."}
    )


class PlaceView(Schema):
    """Where an entry stands, or will stand, on the public pages."""

    site = fields.String(required=True)
    path = fields.String(required=True)
    released_at = fields.AwareDateTime(required=True, allow_none=True)


class EntryLinks(Schema):
    self = fields.String(required=True)


class EntrySummary(Schema):
    """An entry without what it says. `id` is the case id; `allowed` are the actions that its state allows."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ENTRY.states))
    reference = fields.String(required=True)
    title = fields.String(required=True)
    overall = fields.String(required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    answered_on = fields.Date(required=True)
    working_day = fields.Integer(required=True)
    in_time = fields.Boolean(required=True)
    release_on = fields.Date(required=True)
    released_at = fields.AwareDateTime(required=True, allow_none=True)
    hold_reason = fields.String(required=True, allow_none=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)
    withdrawal_reason = fields.String(required=True, allow_none=True)
    sites = fields.List(fields.Nested(PlaceView), required=True)
    allowed = fields.List(fields.String(), required=True)
    links = fields.Nested(EntryLinks, required=True)


class EntryView(EntrySummary):
    """A whole entry. `content` is the reply as data, exactly as it is or will be public."""

    content = fields.Dict(required=True)
