"""The shapes of what is shown."""

from marshmallow import Schema, fields

from services.decision.schemas import EarlierSchema, EstimateSchema, GroundsSchema, PointerSchema, ReasonSchema


class FindingView(Schema):
    """One thing to put right ("B"), to put right or give a `reason` for ("W"), or to know ("I")."""

    field = fields.String(required=True)
    message = fields.String(required=True)
    rule = fields.String(required=True)
    next_step = fields.String(required=True)
    severity = fields.String(required=True)
    reason = fields.String(required=True)


class DecisionView(GroundsSchema):
    """What was decided about a part, as it was sent."""

    outcome = fields.String(required=True)
    answer = fields.String(required=True)
    searches = fields.String(required=True)
    pointer = fields.Nested(PointerSchema, required=True)
    other_information = fields.Nested(GroundsSchema, required=True, allow_none=True)
    advice = fields.String(required=True)
    estimate = fields.Nested(EstimateSchema, required=True, allow_none=True)
    considered = fields.String(required=True)
    earlier = fields.Nested(EarlierSchema, required=True, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)
    decided_by = fields.String(required=True)


class PartView(Schema):
    """One part of the case."""

    label = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    wording = fields.String(required=True)
    decision = fields.Nested(DecisionView, required=True, allow_none=True)
    findings = fields.List(fields.Nested(FindingView), required=True)


class WeighingView(Schema):
    """What was made of advice."""

    followed = fields.Boolean(required=True)
    reason = fields.String(required=True)
    weighed_by = fields.String(required=True)


class AdviceView(Schema):
    """A party that was asked, and what it said."""

    consultation_id = fields.String(required=True)
    party = fields.String(required=True)
    organisation = fields.String(required=True)
    office = fields.String(required=True)
    parts = fields.List(fields.String(), required=True)
    state = fields.String(required=True)
    reply_by = fields.Date(required=True, allow_none=True)
    position = fields.String(required=True, allow_none=True)
    citations = fields.List(fields.String(), required=True)
    advice = fields.String(required=True, allow_none=True)
    weighing = fields.Nested(WeighingView, required=True, allow_none=True)


class ConsultedView(Schema):
    """One line of the list of those consulted, fit for release."""

    party = fields.String(required=True)
    organisation = fields.String(required=True)
    position = fields.String(required=True)
    asked_on = fields.Date(required=True)
    replied = fields.Boolean(required=True)


class AttachmentLinks(Schema):
    """Where a document is."""

    self = fields.String(required=True)


class AttachmentView(Schema):
    """A document that goes with the reply. `version` is the draft's."""

    digest = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    parts = fields.List(fields.String(), required=True)
    links = fields.Nested(AttachmentLinks, required=True)


class AttachedView(AttachmentView):
    """A document just attached, with the version that the draft has now."""

    version = fields.Integer(required=True)


class CheckedFindingView(Schema):
    """One kind of thing that the release check found, and in how many places. Where, its report says."""

    code = fields.String(required=True)
    rule = fields.String(required=True)
    severity = fields.String(required=True)
    places = fields.Integer(required=True)


class ReleaseCheckView(Schema):
    """Where a document that would leave stands with the release check: `passed`, `waiting` for its report, `outdated`
    while it is checked again under new rules, `review` by a second officer, or `blocked`. Nothing is signed off unless
    everything has passed. `report` is the digest by which publishing knows the report."""

    digest = fields.String(required=True)
    name = fields.String(required=True)
    standing = fields.String(required=True)
    ruleset = fields.String(required=True, allow_none=True)
    report = fields.String(required=True, allow_none=True)
    findings = fields.List(fields.Nested(CheckedFindingView), required=True)


class DraftView(Schema):
    """The submissions of the draft; the digests name the submitted bytes."""

    number = fields.Integer(required=True)
    submitted_by = fields.String(required=True, allow_none=True)
    letter = fields.String(required=True, allow_none=True)
    letter_text = fields.String(required=True, allow_none=True)
    letter_pdf = fields.String(required=True, allow_none=True)
    template = fields.String(required=True, allow_none=True)
    template_version = fields.Integer(required=True, allow_none=True)
    response = fields.String(required=True, allow_none=True)
    overall = fields.String(required=True, allow_none=True)
    returned_reason = fields.String(required=True, allow_none=True)


class LetterFindingView(Schema):
    """One thing wrong with a letter, or worth knowing, and where it stands."""

    rule = fields.String(required=True)
    severity = fields.String(required=True)
    where = fields.String(required=True)
    quote = fields.String(required=True)
    why = fields.String(required=True)
    mend = fields.String(required=True)


class LetterLintView(Schema):
    """What the linter says of a letter: `block`, `review` or `pass`, and why."""

    verdict = fields.String(required=True)
    findings = fields.List(fields.Nested(LetterFindingView), required=True)


class WorksheetView(Schema):
    """What a cost estimate comes to: whole minutes and pence, each rounded up, against the limit."""

    provision = fields.String(required=True)
    minutes = fields.Integer(required=True)
    pence = fields.Integer(required=True)
    limit_pence = fields.Integer(required=True)
    limit_minutes = fields.Integer(required=True)
    exceeds = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FindingView), required=True)


class CaseLinks(Schema):
    """Where to go from a case."""

    self = fields.String(required=True)
    letter = fields.String(required=True)


class CaseInBrief(Schema):
    """A case as a line of a list."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    reference = fields.String(required=True)
    title = fields.String(required=True)
    authorities = fields.List(fields.String(), required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    finished = fields.Boolean(required=True)
    questions = fields.Integer(required=True)
    decided = fields.Integer(required=True)
    links = fields.Nested(CaseLinks, required=True)


class CaseView(CaseInBrief):
    """A case with everything that its decision rests on. `due_on` is null while nothing is due, `unready` is what
    stands in the way of submitting it, and `allowed` what may be done with its draft now."""

    draft = fields.Nested(DraftView, required=True)
    parts = fields.List(fields.Nested(PartView), required=True)
    advice = fields.List(fields.Nested(AdviceView), required=True)
    consulted = fields.List(fields.Nested(ConsultedView), required=True, allow_none=True)
    attachments = fields.List(fields.Nested(AttachmentView), required=True)
    checks = fields.List(fields.Nested(ReleaseCheckView), required=True)
    unready = fields.List(fields.Nested(FindingView), required=True)
    allowed = fields.List(fields.String(), required=True)
