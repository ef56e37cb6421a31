"""Intake, declared."""

from sqlalchemy import Connection, func, select

from services.intake import models
from services.intake.clock_routes import clocks
from services.intake.consumer import subscriptions, timers
from services.intake.domain import CASE, OPEN_STATES, PERMISSIONS, REVIEW
from services.intake.handling_routes import handling
from services.intake.review_routes import reviews
from services.intake.routes import cases
from shared.chassis.observability.metrics import declare_gauge
from shared.chassis.service import Service
from shared.contracts import TOPIC

declare_gauge("candour_open_cases", "Cases that are neither answered nor closed yet, by state.", "state")
declare_gauge("candour_replies_refused_by_relay", "Replies that wait because the mail relay did not take them.")
declare_gauge("candour_notices_refused_by_relay", "Notices that wait because the mail relay did not take them.")


def gauges(connection: Connection) -> list[tuple[str, dict[str, str], float]]:
    """How many cases are open in each state, and how many replies and notices the mail relay has not taken."""
    columns = models.case.c
    counted = select(columns.state, func.count()).where(columns.state.in_(OPEN_STATES)).group_by(columns.state)
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(counted)}
    way = models.dispatch.c
    failed = select(func.count()).where(way.state == "waiting", way.attempts > 0)
    kept = models.notice.c
    unsent = select(func.count()).where(kept.state == "waiting", kept.attempts > 0)
    return [
        *(("candour_open_cases", {"state": state}, float(found.get(state, 0))) for state in OPEN_STATES),
        ("candour_replies_refused_by_relay", {}, float(connection.execute(failed).scalar_one())),
        ("candour_notices_refused_by_relay", {}, float(connection.execute(unsent).scalar_one())),
    ]


service = Service(
    name="intake",
    title="Candour intake",
    port=8101,
    topic=TOPIC,
    routes=(cases, clocks, handling, reviews),
    permissions=PERMISSIONS,
    tables=models.metadata,
    migrations="services.intake.migrations",
    lifecycles=(CASE, REVIEW),
    subscriptions=subscriptions,
    timers=timers,
    projections=(models.progress, models.contributor),
    gauges=gauges,
)
