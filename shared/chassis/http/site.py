"""What is particular to pages for the public: no token, reading only, and trouble told so that anybody can read it."""

from contextlib import AbstractContextManager
from html import escape
from typing import TYPE_CHECKING

from flask import Response, current_app, request

from shared.chassis.http.handling import RUNTIME
from shared.chassis.http.problems import Trouble, as_json
from shared.chassis.identity import Actor
from shared.chassis.observability import correlation

if TYPE_CHECKING:
    from shared.chassis.uow import UnitOfWork

PUBLIC = Actor(id="public", roles=frozenset(), role="public")
METHODS = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{detail}</p>
<p>If you write to us about this, quote <code>{correlation_id}</code>.</p>
<p><a href="/">Go to the first page</a></p>
</main>
</body>
</html>
"""


def reading() -> "AbstractContextManager[UnitOfWork]":
    """A unit of work that only looks, for a view of the public site."""
    return current_app.extensions[RUNTIME].reading(PUBLIC, correlation_id=correlation.correlation_id.get())


def refuse_other_methods() -> None:
    """Nothing can be changed from outside."""
    if request.method not in METHODS:
        raise Trouble("method-not-allowed", "Pages can be read here, not changed.", headers={"Allow": "GET, HEAD"})


def as_page(told: Trouble) -> Response:
    """The problem as a small page, or as JSON for whoever would rather have that."""
    wanted = request.accept_mimetypes.best_match(
        ("text/html", "application/problem+json", "application/json"), default="text/html"
    )
    if wanted != "text/html":
        return as_json(told)
    filled = _PAGE.format(
        title=escape(told.title), detail=escape(told.detail), correlation_id=correlation.correlation_id.get()
    )
    return Response(filled, told.status, told.headers, mimetype="text/html")
