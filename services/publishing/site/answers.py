"""How the public site answers: pages from templates, data and documents, all with validators for caches."""

from datetime import datetime
from typing import Any

import orjson
from flask import Response, request
from jinja2 import Environment, PackageLoader, StrictUndefined

from services.publishing.site import wording

OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""Data and feeds may be read by anybody's pages."""

_templates = Environment(
    loader=PackageLoader("services.publishing.site"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters.update(
    day=wording.day,
    day_of=wording.day_of,
    civil=wording.civil,
    paragraphs=wording.paragraphs,
    outcome=wording.outcome,
    overall=wording.overall,
    exemption=wording.exemption,
)
_templates.globals.update(wording=wording)


def page(template: str, *, status: int = 200, changed: datetime | None = None, **values: Any) -> Response:
    """A page from a template. With `changed`, browsers need not load again what they have."""
    body = _templates.get_template(template).render(values)
    return _validated(Response(body, status, mimetype="text/html"), changed)


def data(value: Any, *, status: int = 200, changed: datetime | None = None) -> Response:
    """JSON that pages of any origin may read."""
    return _validated(Response(orjson.dumps(value), status, OPEN, mimetype="application/json"), changed)


def feed(body: bytes, media_type: str, *, changed: datetime) -> Response:
    return _validated(Response(body, 200, OPEN, content_type=media_type), changed)


def document(body: bytes, media_type: str, name: str, *, changed: datetime) -> Response:
    """A file to be kept, never shown by the browser as a page of this site."""
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    response = Response(body, 200, headers, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return _validated(response, changed)


def _validated(response: Response, changed: datetime | None) -> Response:
    """Caches keep it and ask each time whether it still holds (`no-cache`), so that a withdrawal is seen at once."""
    if changed is None:
        return response
    response.last_modified = changed
    response.add_etag()
    response.make_conditional(request)
    return response
