"""What the API of intake shows of the clock and the plan of a case."""

from marshmallow import Schema, fields


class DayView(Schema):
    date = fields.Date(required=True)
    number = fields.Integer(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class SkippedView(Schema):
    date = fields.Date(required=True)
    why = fields.String(required=True)


class PartClockView(Schema):
    """The clock of one question; an empty label is the whole request. `receipt_on` is day 0: the day that a sufficient
    clarification came, where one was needed. `due_on` is working day 20, null while nothing is due; `answer_by` is the
    estimated day where an extension stands, else the same. `flags` are what an auditor would ask about."""

    label = fields.String(required=True)
    state = fields.String(required=True)
    receipt_on = fields.Date(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    s17_notice_due = fields.Date(required=True, allow_none=True)
    answer_by = fields.Date(required=True, allow_none=True)
    lapse_on = fields.Date(required=True, allow_none=True)
    last_day_to_pay = fields.Date(required=True, allow_none=True)
    skipped = fields.List(fields.Nested(SkippedView), required=True)
    flags = fields.List(fields.String(), required=True)
    working = fields.List(fields.String(), required=True)


class DeadlineView(Schema):
    """When the case is due, with every day up to then and the working in words: that of the question which is due
    first. `due_on` is null while nothing is due. `working_day` is today's number, or that of the day of the answer;
    `in_time` tells whether an answer on it is."""

    received_on = fields.Date(required=True)
    state = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    days = fields.List(fields.Nested(DayView), required=True)
    working = fields.List(fields.String(), required=True)
    answered_on = fields.Date(required=True, allow_none=True)
    working_day = fields.Integer(required=True)
    in_time = fields.Boolean(required=True)
    due_band = fields.String(required=True, allow_none=True)
    parts = fields.List(fields.Nested(PartClockView), required=True)


class MilestoneView(Schema):
    """A milestone on the way to the answer: `first` planned for a day, now for `by`, and when it was reached."""

    milestone = fields.String(required=True)
    first = fields.Date(required=True)
    by = fields.Date(required=True)
    done_on = fields.Date(required=True, allow_none=True)


class EatenView(Schema):
    work = fields.String(required=True)
    lost = fields.Integer(required=True)
    of = fields.Integer(required=True)


class SlipView(Schema):
    """A step that is `over` by some working days, what of later ones it eats, and how many days cannot be found."""

    work = fields.String(required=True)
    over = fields.Integer(required=True)
    eaten = fields.List(fields.Nested(EatenView), required=True)
    missing = fields.Integer(required=True)
    words = fields.String(required=True)


class PromptnessView(Schema):
    rule = fields.String(required=True)
    message = fields.String(required=True)
    next_step = fields.String(required=True)


class PlanLinks(Schema):
    self = fields.String(required=True)
    deadline = fields.String(required=True)


class PlanView(Schema):
    """The way to the answer, counted back from its day. `target_on` is the day that the authority aims at; `late`: the
    answer can no longer be in time; `promptness`: what has lain too long. Empty while nothing is due."""

    answer_by = fields.Date(required=True, allow_none=True)
    target_on = fields.Date(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    milestones = fields.List(fields.Nested(MilestoneView), required=True)
    slips = fields.List(fields.Nested(SlipView), required=True)
    promptness = fields.List(fields.Nested(PromptnessView), required=True)
    links = fields.Nested(PlanLinks, required=True)


class ProclaimedDayView(Schema):
    day = fields.Date(required=True)
    division = fields.String(required=True)
    title = fields.String(required=True)
    legal_basis = fields.String(required=True)
    source = fields.String(required=True)
    first_seen = fields.Date(required=True)


class CalendarView(Schema):
    """The days that were added to the table of bank holidays, which covers `first_day` to `last_day`."""

    items = fields.List(fields.Nested(ProclaimedDayView), required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
