"""What went wrong, told as RFC 9457 says. The one module that knows which trouble is which status.

A detail tells what to do about it. It never holds SQL, a value of somebody else's, or an exception's message,
except that of our own refusals, which are written for people.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import singledispatch
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response, g
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from shared.chassis import errors
from shared.chassis.database import is_database_trouble
from shared.chassis.events.envelope import TooLarge
from shared.chassis.http.idempotency import InProgress, KeyUsedBefore
from shared.chassis.identity import KeysUnavailable, NotAuthenticated
from shared.chassis.observability import correlation

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "5"
"""Seconds."""

_logger = logging.getLogger(__name__)

KINDS: dict[str, tuple[int, str]] = {
    "malformed": (400, "The request cannot be read"),
    "not-authenticated": (401, "A valid token is needed"),
    "forbidden": (403, "Not permitted"),
    "not-found": (404, "Not found"),
    "method-not-allowed": (405, "The method is not possible here"),
    "refused": (409, "Not possible in this state"),
    "in-progress": (409, "The same request is being worked on"),
    "stale-version": (412, "It has changed since you read it"),
    "too-large": (413, "Too large"),
    "unsupported-media-type": (415, "This kind of content is not taken here"),
    "invalid": (422, "Something in the request must be corrected"),
    "key-used-before": (422, "The Idempotency-Key belongs to another request"),
    "version-required": (428, "Say which version you have read"),
    "internal-error": (500, "Something went wrong on our side"),
    "unavailable": (503, "Not available just now"),
}
"""Every kind of problem by the last part of its type: status and title."""


@dataclass(eq=False)
class Trouble(Exception):
    """A problem ready to be told. Raise it in the HTTP layer; domain code raises `shared.chassis.errors`."""

    kind: str
    detail: str
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return KINDS[self.kind][0]

    @property
    def title(self) -> str:
        return KINDS[self.kind][1]

    def as_dict(self) -> dict[str, Any]:
        return {
            "type": f"/problems/{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "correlation_id": correlation.correlation_id.get(),
            **{name: value for name, value in self.members.items() if value},
        }


def invalid(findings: list[errors.Finding]) -> Trouble:
    """The 422 for what breaks a rule, one entry for each finding."""
    return Trouble(
        "invalid",
        "See 'errors' for each field, its rule and what to do.",
        {"errors": [asdict(finding) for finding in findings]},
    )


@singledispatch
def trouble(error: Exception) -> Trouble:
    """The problem that an exception amounts to."""
    if is_database_trouble(error):
        return _unavailable("The database cannot be reached or is busy. Nothing was changed; try again soon.")
    return Trouble(
        "internal-error",
        "Nothing was changed. Tell the people who run this service the correlation id.",
    )


@trouble.register
def _(error: Trouble) -> Trouble:
    return error


@trouble.register
def _(error: errors.NotFound) -> Trouble:
    return Trouble("not-found", str(error))


@trouble.register
def _(error: errors.Invalid) -> Trouble:
    return invalid(list(error.findings))


@trouble.register
def _(error: errors.Refused) -> Trouble:
    members = {"rule": error.rule, "next_step": error.next_step, "allowed": list(error.allowed)}
    return Trouble("refused", error.detail, members)


@trouble.register
def _(error: errors.Forbidden) -> Trouble:
    return Trouble("forbidden", error.detail, {"rule": error.rule, "next_step": error.next_step})


@trouble.register
def _(error: errors.StaleVersion) -> Trouble:
    members = {"current_version": error.current, "next_step": "Read it again, then repeat the change on that."}
    return Trouble("stale-version", str(error), members, {"ETag": f'"{error.current}"'})


@trouble.register
def _(error: NotAuthenticated) -> Trouble:
    challenge = 'Bearer realm="candour", error="invalid_token"'
    return Trouble("not-authenticated", str(error), headers={"WWW-Authenticate": challenge})


@trouble.register
def _(error: KeysUnavailable) -> Trouble:
    return _unavailable("The identity provider's keys cannot be read, so no token can be checked.")


@trouble.register
def _(error: KeyUsedBefore) -> Trouble:
    return Trouble(
        "key-used-before",
        "This Idempotency-Key was used for a request that said something else.",
        {"next_step": "Use a new key for a new request, the same key only to send the same again."},
    )


@trouble.register
def _(error: InProgress) -> Trouble:
    return Trouble(
        "in-progress",
        "A request with this Idempotency-Key is being worked on.",
        {"next_step": "Send the same again in a moment to get its answer."},
        {"Retry-After": "1"},
    )


@trouble.register
def _(error: TooLarge) -> Trouble:
    return Trouble("too-large", "The texts together are too long to be recorded. Attach them as a document.")


@trouble.register
def _(error: IntegrityError) -> Trouble:
    if _is_duplicate(error):
        return Trouble("refused", "The same was done by somebody else at this moment. Read again what is there.")
    return Trouble("internal-error", "Nothing was changed. Tell the people who run this service the correlation id.")


@trouble.register
def _(error: HTTPException) -> Trouble:
    """What the framework refuses: its status, in our words."""
    kind = next((kind for kind, (status, _) in KINDS.items() if status == error.code), "malformed")
    allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    headers = {"Allow": allowed} if allowed else {}
    return Trouble(kind, _FRAMEWORK.get(kind, "The request cannot be read."), headers=headers)


_FRAMEWORK = {
    "not-found": "There is nothing at this address.",
    "method-not-allowed": "See the header Allow for the methods that are possible.",
    "too-large": "The content is longer than is taken here.",
}


def as_json(told: Trouble) -> Response:
    """The problem as application/problem+json."""
    return Response(orjson.dumps(told.as_dict()), told.status, told.headers, mimetype=MEDIA_TYPE)


def judged(error: Exception) -> Trouble:
    """The problem that ended this request, noted for the request's log line and logged where it is our fault."""
    told = trouble(error)
    g.problem = told.kind
    if told.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _logger.error("a request ended in an unexpected error", exc_info=error)
    elif told.status == HTTPStatus.SERVICE_UNAVAILABLE:
        _logger.warning("a request could not be served", exc_info=error)
    return told


def _unavailable(detail: str) -> Trouble:
    return Trouble("unavailable", detail, headers={"Retry-After": RETRY_AFTER})


def _is_duplicate(error: IntegrityError) -> bool:
    """Whether a unique constraint said no: PostgreSQL's 23505, SQLite's codes for UNIQUE and PRIMARY KEY."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    return sqlstate == "23505" or getattr(error.orig, "sqlite_errorcode", None) in (1555, 2067)
