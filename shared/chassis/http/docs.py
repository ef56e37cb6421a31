"""The interface described: OpenAPI 3.1 at `/openapi.json`, and a page to try it at `/docs`, all from this machine."""

from pathlib import Path
from typing import Any

import orjson
from flask import Blueprint, Response, send_from_directory

BLUEPRINT = "docs"
STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI's style sheet holds its pictures as data: addresses; nothing is inline in the page."""


def docs(document: dict[str, Any]) -> Blueprint:
    """The pages; `document` is the finished OpenAPI document."""
    blueprint = Blueprint(BLUEPRINT, __name__)
    written = orjson.dumps(document, option=orjson.OPT_INDENT_2)

    shown = (STATIC / "docs.html").read_bytes()

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        return Response(written, mimetype="application/json")

    @blueprint.get("/docs")
    def page() -> Response:
        return _with_policy(Response(shown, mimetype="text/html"))

    @blueprint.get("/docs/<path:name>")
    def asset(name: str) -> Response:
        return _with_policy(send_from_directory(STATIC, name, max_age=3600))

    return blueprint


def _with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response
