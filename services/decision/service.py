"""Decision as a value."""

from services.decision.consumer import subscriptions
from services.decision.domain import DRAFT, PERMISSIONS
from services.decision.models import advice, brief, brief_part, consulted, metadata, release_check
from services.decision.routes import decisions
from shared.chassis.service import Service
from shared.contracts import TOPIC

service = Service(
    name="decision",
    title="Decision",
    port=8103,
    topic=TOPIC,
    routes=(decisions,),
    permissions=PERMISSIONS,
    tables=metadata,
    migrations="services.decision.migrations",
    lifecycles=(DRAFT,),
    subscriptions=subscriptions,
    projections=(brief, brief_part, advice, consulted, release_check),
)
