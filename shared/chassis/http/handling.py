"""A request's way from the door to the answer. One request is one transaction, committed before the answer leaves."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import marshmallow as ma
import orjson
from flask import Response, current_app, request
from sqlalchemy import Row

from shared.chassis.http import fields, pagination
from shared.chassis.http.access import permitted
from shared.chassis.http.body import JSON, MAX_BODY, Document, read_json, read_upload
from shared.chassis.http.idempotency import Answer, Key
from shared.chassis.http.problems import Trouble
from shared.chassis.observability import correlation

if TYPE_CHECKING:
    from shared.chassis.runtime import Runtime

View = Callable[..., Any]
RUNTIME = "candour"
"""Where the application keeps its runtime, in `app.extensions`."""

_KEY = re.compile(r'"?([A-Za-z0-9._:/+=-]{1,128})"?', re.ASCII)
_VERSION = re.compile(r'"([0-9]{1,18})"', re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one route, as declared."""

    name: str
    method: str
    rule: str
    view: View
    action: str
    status: int
    body: ma.Schema | None = None
    returns: ma.Schema | None = None
    parameters: ma.Schema = fields.EMPTY
    creates: bool = False
    versioned: bool = False
    paged: bool = False
    media_types: tuple[str, ...] = ()
    max_body: int = MAX_BODY
    produces: tuple[str, ...] = ()


def run_command(operation: Operation, path: dict[str, str]) -> Response:
    """Check all that can be checked without the database, then do it all in one transaction."""
    runtime = _runtime()
    actor = permitted(runtime.service.permissions, operation.action)
    asked = _asked(operation)
    given = _given(operation)
    version = _expected_version() if operation.versioned else None
    key = _sent_key(operation, actor.id)
    with runtime.unit_of_work(
        actor,
        correlation_id=correlation.correlation_id.get(),
        traceparent=correlation.traceparent.get(),
        expected_version=version,
    ) as uow:
        replayed = key.claim(uow) if key else None
        answer = replayed or _answer(operation, operation.view(uow, *given, **asked, **path))
        if key and not replayed:
            key.keep(uow, answer)
    response = _response(answer)
    if replayed:
        response.headers["Idempotent-Replay"] = "true"
    return response


def run_query(operation: Operation, path: dict[str, str]) -> Response:
    """Look something up."""
    runtime = _runtime()
    actor = permitted(runtime.service.permissions, operation.action)
    asked = _asked(operation)
    with runtime.reading(actor, correlation_id=correlation.correlation_id.get()) as uow:
        result = operation.view(uow, **asked, **path)
        if isinstance(result, Document):
            return _document_response(result)
        return _response(_answer(operation, result))


def run_page(operation: Operation, path: dict[str, str]) -> Response:
    """One page of a list."""
    runtime = _runtime()
    actor = permitted(runtime.service.permissions, operation.action)
    filters = fields.read_parameters(operation.parameters)
    after, limit = filters.pop("after", None), filters.pop("limit")
    with runtime.reading(actor, correlation_id=correlation.correlation_id.get()) as uow:
        query, key_columns, *shaping = operation.view(uow, filters, **path)
        rows, following = pagination.page(uow, query, key_columns, after, limit)
        items = shaping[0](rows) if shaping else [row._mapping for row in rows]
        assert operation.returns is not None
        shown = {"items": operation.returns.dump(items, many=True), "next": following}
    return _response(Answer(operation.status, orjson.dumps(shown)))


def _runtime() -> "Runtime":
    runtime: Runtime = current_app.extensions[RUNTIME]
    return runtime


def _given(operation: Operation) -> tuple[Any, ...]:
    if operation.media_types:
        return (read_upload(operation.media_types, operation.max_body),)
    if operation.body is not None:
        return (read_json(operation.body, required=True, limit=operation.max_body),)
    read_json(fields.EMPTY, required=False)
    return ()


def _asked(operation: Operation) -> dict[str, Any]:
    asked = fields.read_parameters(operation.parameters)
    return {} if operation.parameters is fields.EMPTY else {"parameters": asked}


def _expected_version() -> int:
    header = request.headers.get("If-Match")
    if header is None:
        raise Trouble(
            "version-required",
            "This changes something that others may be changing too: say in If-Match which version you have read.",
            {"next_step": "Read it first and send its ETag in If-Match."},
        )
    found = _VERSION.fullmatch(header)
    if found is None:
        raise Trouble("malformed", 'If-Match is one ETag as it was given out, such as "3" with its quotes.')
    return int(found[1])


def _sent_key(operation: Operation, actor: str) -> Key | None:
    header = request.headers.get("Idempotency-Key")
    if header is None or not operation.creates:
        return None
    found = _KEY.fullmatch(header)
    if found is None:
        text = "An Idempotency-Key is 1 to 128 letters, digits or . _ : / + = -; a UUID does well."
        raise Trouble("malformed", text)
    # The path and the query belong to what was said: the operation's name holds neither.
    said = b"\n".join((request.full_path.encode("utf-8", "replace"), request.mimetype.encode(), request.get_data()))
    return Key(actor, f"{operation.method} {operation.rule}", _digest(found[1].encode()), _digest(said))


def _answer(operation: Operation, result: Any) -> Answer:
    if operation.returns is None:
        return Answer(operation.status, b"")
    if isinstance(result, Row):
        result = result._mapping
    shown = operation.returns.dump(result)
    version = result.get("version") if isinstance(result, Mapping) else None
    location = shown.get("links", {}).get("self") if operation.status == HTTPStatus.CREATED else None
    etag = f'"{version}"' if version is not None else None
    return Answer(operation.status, orjson.dumps(shown), etag, location)


def _response(answer: Answer) -> Response:
    response = Response(answer.body, answer.status, mimetype=JSON if answer.body else None)
    if answer.etag is not None:
        response.headers["ETag"] = answer.etag
    if answer.location is not None:
        response.headers["Location"] = answer.location
    return response


def _document_response(document: Document) -> Response:
    response = Response(document.content, mimetype=document.media_type)
    if document.name:
        named = f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"
        response.headers["Content-Disposition"] = named
    return response


def _digest(said: bytes) -> str:
    """What a caller says may be anything, a name too; its digest tells nothing and is as good to compare."""
    return sha256(said).hexdigest()
