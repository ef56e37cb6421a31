"""What audit shows of the published figures."""

from marshmallow import Schema, fields, validate


class FiguresOf(Schema):
    """Whose figures, and as they stood on which day."""

    authority = fields.String(
        validate=validate.Length(1, 64),
        metadata={
            "description": "One authority, by its code; without it all are counted together.",
            "next_step": "Send the code of an authority.",
        },
    )
    as_at = fields.Date(
        metadata={
            "description": "As they stood at the end of this day, Europe/London; without it, today.",
            "next_step": "Send a day as YYYY-MM-DD.",
        }
    )


class LineView(Schema):
    """One figure. `within` is the code of the figure in the same table that it is a part of."""

    code = fields.String(required=True)
    rule = fields.String(required=True)
    title = fields.String(required=True)
    within = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class RateView(Schema):
    """A share. `per_cent` has one place, rounded down; null where there is nothing to take a share of."""

    code = fields.String(required=True)
    rule = fields.String(required=True)
    title = fields.String(required=True)
    numerator = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    per_cent = fields.String(required=True, allow_none=True)


class RegimeView(Schema):
    """The figures under one law: "foia", or "eir". `reviews` are the internal reviews that were asked for in the
    quarter, whenever the request was received. `final_after` is the last day of the quarter's last case, null while
    that cannot be told; `band` is how the regulator's self-assessment would rate the share answered in time."""

    regime = fields.String(required=True)
    provisional = fields.Boolean(required=True)
    final_after = fields.Date(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)
    rates = fields.List(fields.Nested(RateView), required=True)
    code_of_practice = fields.List(fields.Nested(LineView), required=True)
    categories = fields.List(fields.Nested(LineView), required=True)
    exemptions = fields.List(fields.Nested(LineView), required=True)
    extensions = fields.List(fields.Nested(LineView), required=True)
    reviews = fields.List(fields.Nested(LineView), required=True)


class LeftOutView(Schema):
    """A case that could not be counted, and why: its events contradict each other."""

    case_id = fields.String(required=True)
    why = fields.String(required=True)


class CountingRuleView(Schema):
    """How figures under a rule are counted, in words to be published with them."""

    rule = fields.String(required=True)
    words = fields.String(required=True)


class QuarterLinks(Schema):
    """Where to go from here."""

    self = fields.String(required=True)
    csv = fields.String(required=True)


class QuarterView(Schema):
    """The figures of a quarter. They are provisional until its last case has passed its last day."""

    quarter = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    as_at = fields.Date(required=True)
    authority = fields.String(required=True, allow_none=True)
    provisional = fields.Boolean(required=True)
    regimes = fields.List(fields.Nested(RegimeView), required=True)
    left_out = fields.List(fields.Nested(LeftOutView), required=True)
    counting_rules = fields.List(fields.Nested(CountingRuleView), required=True)
    links = fields.Nested(QuarterLinks, required=True)


class BacklogView(Schema):
    """The overdue requests by how long ago they were received; those over twelve months are also over six."""

    as_at = fields.Date(required=True)
    authority = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
    up_to_six_months = fields.Integer(required=True)
    over_six_months = fields.Integer(required=True)
    over_twelve_months = fields.Integer(required=True)
    oldest_received_on = fields.Date(required=True, allow_none=True)
    left_out = fields.List(fields.Nested(LeftOutView), required=True)
