"""The WSGI applications of a service: its API, behind tokens, and the pages that some have for the public."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.routing import IntegerConverter, RequestRedirect, UUIDConverter

from shared.chassis.http import access, docs, health, site
from shared.chassis.http.body import MAX_BODY
from shared.chassis.http.description import Description, exact
from shared.chassis.http.handling import RUNTIME
from shared.chassis.http.problems import Trouble, as_json, judged
from shared.chassis.http.views import Routes
from shared.chassis.identity import Verifier
from shared.chassis.observability import correlation, metrics

if TYPE_CHECKING:
    from shared.chassis.runtime import Runtime

_logger = logging.getLogger(__name__)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_API_HEADERS = {
    **_HEADERS,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_SITE_HEADERS = {**_HEADERS, "Cache-Control": "no-cache", "Content-Security-Policy": site.POLICY}
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def create_app(runtime: "Runtime") -> Flask:
    """The API of a service. Raises `ValueError` when a route names an action that the service does not permit to
    anybody in `permissions`."""
    service = runtime.service
    app = _application(runtime, as_json, _API_HEADERS)
    verifier = Verifier.of(runtime.config)

    @app.before_request
    def nobody_without_a_token() -> None:
        if request.blueprint != health.BLUEPRINT:
            access.authenticate(verifier, by_dialog=request.blueprint == docs.BLUEPRINT)

    description = Description(app, service.title)
    for routes in service.routes:
        if isinstance(routes, Routes):
            for operation in routes.operations:
                if operation.action not in service.permissions:
                    raise ValueError(f"{operation.name}: {service.name} has no permission '{operation.action}'")
        description.register_blueprint(routes)
    health.add_metrics(app, runtime)
    app.register_blueprint(docs.docs(exact(description.spec.to_dict())))
    _expect_requests(app, service.name)
    return app


def create_site(runtime: "Runtime") -> Flask:
    """The public pages of a service: reading only, no token. Raises `ValueError` for a service that has none."""
    service = runtime.service
    if service.site is None:
        raise ValueError(f"{service.name} has no pages for the public")
    app = _application(runtime, site.as_page, _SITE_HEADERS)
    app.before_request(site.refuse_other_methods)
    app.register_blueprint(service.site.pages)
    _expect_requests(app, service.name)
    return app


class _UuidText(UUIDConverter):
    def to_python(self, value: str) -> str:  # type: ignore[override]
        return value.lower()


class _WholeNumber(IntegerConverter):
    regex = r"\d{1,18}"  # as many digits as a database column is sure to take


def _application(runtime: "Runtime", told: Callable[[Trouble], Response], headers: dict[str, str]) -> Flask:
    """What both kinds share: correlation, problems, health, headers, one log line and one count per request."""
    app = Flask(runtime.service.name, root_path=str(docs.STATIC), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.extensions[RUNTIME] = runtime
    app.url_map.converters.update(uuid=_UuidText, int=_WholeNumber)
    app.url_map.merge_slashes = False
    app.register_error_handler(Exception, lambda error: told(judged(error)))

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()
        correlation.begin(request.headers.get("X-Correlation-ID"), request.headers.get("traceparent"))
        if "\x00" in request.path:
            raise Trouble("not-found", "There is nothing at this address.")

    @app.after_request
    def finish(response: Response) -> Response:
        if isinstance(request.routing_exception, RequestRedirect):
            _stay_on_this_host(response, request.routing_exception)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers["X-Correlation-ID"] = correlation.correlation_id.get()
        _record(runtime.service.name, response.status_code)
        return response

    app.register_blueprint(health.health(runtime))
    return app


def _stay_on_this_host(response: Response, found: RequestRedirect) -> None:
    """Redirect by path alone: the framework would put in whatever host the request claims to be for."""
    parts = urlsplit(found.new_url)
    query = f"?{parts.query}" if parts.query else ""
    response.headers["Location"] = f"/{parts.path.lstrip('/')}{query}"
    response.set_data(b"")


def _record(service: str, status: int) -> None:
    """Log and count a request by its route's template: its path, query, headers and body are nobody's business."""
    seconds = perf_counter() - g.began
    route = request.url_rule.rule if request.url_rule else "(none)"
    method = request.method if request.method in _METHODS else "(other)"
    metrics.REQUESTS.labels(service, route, method, f"{status // 100}xx").inc()
    metrics.REQUEST_SECONDS.labels(service, route, method).observe(seconds)
    level = logging.DEBUG if request.blueprint == health.BLUEPRINT else logging.INFO
    if _logger.isEnabledFor(level):
        said = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
        if problem := g.get("problem"):
            said["problem"] = problem
        _logger.log(level, "request", extra=said)


def _expect_requests(app: Flask, service: str) -> None:
    methods = ((method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods or ())
    metrics.expect_requests(service, (pair for pair in methods if pair[0] != "HEAD"))
