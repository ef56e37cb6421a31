"""Audit as a value."""

from services.audit.consumer import subscriptions
from services.audit.domain import PERMISSIONS
from services.audit.models import case_summary, ledger, metadata
from services.audit.routes import cases, events, statistics
from shared.chassis.service import Service
from shared.contracts import TOPIC

service = Service(
    name="audit",
    title="Candour: audit",
    port=8105,
    topic=TOPIC,
    routes=(cases, events, statistics),
    permissions=PERMISSIONS,
    tables=metadata,
    migrations="services.audit.migrations",
    subscriptions=subscriptions,
    projections=(ledger, case_summary),
)
