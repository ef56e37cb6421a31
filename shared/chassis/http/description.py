"""What one operation says of itself in the OpenAPI document: what it takes, and every status that can come back."""

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import apispec
import marshmallow as ma
from flask import Flask
from flask_smorest import Api
from marshmallow import fields
from werkzeug.exceptions import HTTPException

from shared.chassis.http import problems
from shared.chassis.http.body import JSON
from shared.chassis.http.fields import LARGEST_WHOLE_NUMBER

if TYPE_CHECKING:
    from shared.chassis.http.handling import Operation

_ALWAYS = (400, 401, 403, 404, 409, 422, 503)
_COMMAND = (412, 413, 415)
"""412 also where no If-Match is asked for: somebody else may be quicker between reading and writing."""

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,18}"$'},
    "description": "The ETag of the version that you have read.",
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": '^"?[A-Za-z0-9._:/+=-]{1,128}"?$'},
    "description": "Sending the same request again with the same key has no second effect.",
}
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": "The version, for If-Match."}}
_LOCATION = {"Location": {"schema": {"type": "string"}, "description": "Where the new thing is."}}
_BINARY = {"type": "string", "format": "binary"}


class FindingSchema(ma.Schema):
    """One thing that must be corrected."""

    field = fields.String(required=True)
    message = fields.String(required=True)
    rule = fields.String(required=True)
    next_step = fields.String(required=True)


class ProblemSchema(ma.Schema):
    """RFC 9457, with the members that Candour adds."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    correlation_id = fields.String(required=True)
    rule = fields.String()
    next_step = fields.String()
    allowed = fields.List(fields.String())
    current_version = fields.Integer()
    errors = fields.List(fields.Nested(FindingSchema))


class Description(Api):
    """flask-smorest's collector of the OpenAPI document, with our problems in place of its errors."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, title: str) -> None:
        app.config.update(API_TITLE=title, API_VERSION="1", OPENAPI_VERSION="3.1.0")
        super().__init__(app)
        spec: apispec.APISpec = self.spec
        spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
        spec.options["security"] = [{"token": []}]
        for status in {status for status, _ in problems.KINDS.values()}:
            content = {problems.MEDIA_TYPE: {"schema": ProblemSchema}}
            spec.components.response(
                _name(status), {"description": HTTPStatus(status).phrase, "content": content}, lazy=True
            )

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Nothing to add here: the application's one handler tells every problem."""
        return problems.as_json(problems.judged(error))


@cache
def page_of(item: type[ma.Schema]) -> type[ma.Schema]:
    """The schema of one page of a list."""
    members = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True, metadata={"description": "Goes into `after`."}),
    }
    return type(f"{item.__name__.removesuffix('Schema')}Page", (ma.Schema,), members)


def describe(operation: "Operation") -> dict[str, Any]:
    """The operation object of OpenAPI; marshmallow schemas stand in it as classes for apispec to resolve."""
    described: dict[str, Any] = {
        "operationId": operation.name,
        "parameters": _parameters(operation),
        "responses": {str(operation.status): _success(operation), **_refusals(operation)},
        "x-action": operation.action,
    }
    if operation.media_types:
        content: dict[str, Any] = {media_type: {"schema": _BINARY} for media_type in operation.media_types}
        described["requestBody"] = {"required": True, "content": content}
    elif operation.body is not None:
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": type(operation.body)}}}
    return described


def exact(document: dict[str, Any]) -> dict[str, Any]:
    """The document with what marshmallow does not tell apispec: a body takes no other names, and no whole number
    beyond 64 bits."""
    schemas = document.get("components", {}).get("schemas", {})
    operations = [item for path in document["paths"].values() for item in path.values()]
    bodies = [item["requestBody"] for item in operations if "requestBody" in item]
    reached: set[str] = set()
    while bodies:
        names = {found.rpartition("/")[2] for found in _references(bodies)} - reached
        reached |= names
        bodies = [schemas[name] for name in names]
    for name in reached:
        schemas[name].setdefault("additionalProperties", False)
    _bound_whole_numbers(document)
    return document


def _bound_whole_numbers(value: Any) -> None:
    """Say of every whole number how large it may be: what `body.parse` takes."""
    if isinstance(value, dict):
        if value.get("type") == "integer":
            value.setdefault("minimum", -LARGEST_WHOLE_NUMBER)
            value.setdefault("maximum", LARGEST_WHOLE_NUMBER)
        for inner in value.values():
            _bound_whole_numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            _bound_whole_numbers(inner)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _parameters(operation: "Operation") -> list[Any]:
    parameters: list[Any] = []
    if operation.parameters.fields:
        parameters.append({"in": "query", "schema": type(operation.parameters)})
    if operation.versioned:
        parameters.append(_IF_MATCH)
    if operation.creates:
        parameters.append(_IDEMPOTENCY_KEY)
    return parameters


def _success(operation: "Operation") -> dict[str, Any]:
    response: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.produces:
        response["content"] = {media_type: {"schema": _document(media_type)} for media_type in operation.produces}
    elif operation.returns is not None:
        shown = page_of(type(operation.returns)) if operation.paged else type(operation.returns)
        response["content"] = {JSON: {"schema": shown}}
        if not operation.paged:
            response["headers"] = {**_ETAG, **(_LOCATION if operation.status == HTTPStatus.CREATED else {})}
    return response


def _document(media_type: str) -> dict[str, str]:
    """What a document is to whoever reads it: an object where it is JSON, else bytes."""
    return {"type": "object"} if media_type.endswith(("/json", "+json")) else _BINARY


def _refusals(operation: "Operation") -> dict[str, str]:
    statuses = set(_ALWAYS)
    if operation.method != "GET":
        statuses |= set(_COMMAND)
    if operation.versioned:
        statuses.add(428)
    return {str(status): _name(status) for status in sorted(statuses)}


def _name(status: int) -> str:
    return f"Problem{status}"
