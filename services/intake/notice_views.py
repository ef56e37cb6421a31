"""What the API of intake shows of notices and of where a request may belong."""

from marshmallow import Schema, fields


class NoticeLinks(Schema):
    self = fields.String(required=True)
    case = fields.String(required=True)


class NoticeView(Schema):
    """A notice: what wrote it, the digest of its page, and how it left, or what keeps it. One that is `refused` was
    not given: it can be posted, or, where it would have moved the clock, given anew."""

    number = fields.Integer(required=True)
    kind = fields.String(required=True)
    template = fields.String(required=True)
    template_version = fields.Integer(required=True)
    letter = fields.String(required=True)
    dated = fields.Date(required=True)
    method = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    last_error_kind = fields.String(required=True, allow_none=True)
    sent_on = fields.Date(required=True, allow_none=True)
    links = fields.Nested(NoticeLinks, required=True)


class SuggestionView(Schema):
    rule = fields.String(required=True)
    route = fields.String(required=True)
    regime = fields.String(required=True)
    why = fields.String(required=True)


class RouteView(Schema):
    """One way to deal with a request, the law and the clock that it comes under, and what is different there."""

    code = fields.String(required=True)
    rule = fields.String(required=True)
    title = fields.String(required=True)
    regime = fields.String(required=True)
    clock = fields.String(required=True)
    differences = fields.List(fields.String(), required=True)


class SuggestionsView(Schema):
    """Where a request may belong by its words, and every route there is. `route` is what was decided; null until
    then."""

    route = fields.String(required=True, allow_none=True)
    suggestions = fields.List(fields.Nested(SuggestionView), required=True)
    routes = fields.List(fields.Nested(RouteView), required=True)
