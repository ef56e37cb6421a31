"""Whether a process lives, whether it can serve, and its numbers."""

from threading import Lock, Thread
from typing import TYPE_CHECKING

import orjson
from flask import Blueprint, Flask, Response, g
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text

from shared.chassis.database import is_database_trouble
from shared.chassis.http.problems import Trouble
from shared.chassis.observability import metrics

if TYPE_CHECKING:
    from shared.chassis.runtime import Runtime

PATIENCE = 1.0
"""Seconds that the database has to answer in."""
OPS = "ops"
"""The role that may read the metrics."""
BLUEPRINT = "health"


class Readiness:
    """Looks whether the database answers in time and has the newest shape.

    The look runs in a thread of its own, because a database that has gone without closing its connections leaves
    the asker waiting for minutes. At most one look is under way.
    """

    def __init__(self, runtime: "Runtime") -> None:
        self._runtime = runtime
        self._looking = Lock()
        self._found: dict[str, str] = {}

    def checks(self) -> dict[str, str]:
        """Each check with 'ok' or what is wrong."""
        if self._looking.acquire(blocking=False):
            self._found = {"database": f"did not answer within {PATIENCE:g} s", "migrations": "not known"}
            look = Thread(target=self._look, daemon=True, name="readiness")
            look.start()
            look.join(PATIENCE)
        return dict(self._found)

    def _look(self) -> None:
        try:
            with self._runtime.engine.connect().execution_options(reading=True) as connection:
                connection.execute(text("select 1"))
            pending = self._runtime.migrations_pending()
            missing = f"missing: {', '.join(pending)}" if pending else "ok"
            self._found = {"database": "ok", "migrations": missing}
        except Exception as error:
            kind = "does not answer" if is_database_trouble(error) else "failed"
            self._found = {"database": f"{kind} ({type(error).__name__})", "migrations": "not known"}
        finally:
            self._looking.release()


def health(runtime: "Runtime") -> Blueprint:
    """`/live`: the process answers. `/ready`: it can serve; 503 with what stands in the way."""
    blueprint = Blueprint(BLUEPRINT, __name__)
    readiness = Readiness(runtime)

    @blueprint.get("/live")
    def live() -> Response:
        return _json({"status": "live"})

    @blueprint.get("/ready")
    def ready() -> Response:
        checks = readiness.checks()
        if any(found != "ok" for found in checks.values()):
            raise Trouble("unavailable", "Not ready; see 'checks'.", {"checks": checks}, {"Retry-After": "5"})
        return _json({"status": "ready", "checks": checks})

    return blueprint


def add_metrics(app: Flask, runtime: "Runtime") -> None:
    """`/metrics` in Prometheus' format, for the role ops; it answers without the database too."""

    @app.get("/metrics")
    def numbers() -> Response:
        if OPS not in g.actor.roles:
            raise Trouble("forbidden", "Metrics are for the role ops.")
        folder = runtime.config.metrics_folder(runtime.service.name)
        return Response(metrics.exposition(folder, runtime.gauges()), content_type=CONTENT_TYPE_LATEST)


def _json(value: dict[str, object]) -> Response:
    return Response(orjson.dumps(value), mimetype="application/json")
