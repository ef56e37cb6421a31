"""The service: the API for staff, and the pages that the public reads."""

from services.publishing.consumer import subscriptions, timers
from services.publishing.domain import ENTRY, PERMISSIONS
from services.publishing.models import approved, brief, metadata
from services.publishing.queries import gauges
from services.publishing.routes import entries
from services.publishing.site.pages import pages
from shared.chassis.observability.metrics import declare_gauge
from shared.chassis.service import Service, Site
from shared.contracts import TOPIC

declare_gauge("candour_entries", "Entries of the disclosure log, by state.", "state")

service = Service(
    name="publishing",
    title="Candour publishing",
    port=8104,
    topic=TOPIC,
    routes=(entries,),
    permissions=PERMISSIONS,
    tables=metadata,
    migrations="services.publishing.migrations",
    lifecycles=(ENTRY,),
    subscriptions=subscriptions,
    timers=timers,
    projections=(brief, approved),
    gauges=gauges,
    site=Site(port=8180, pages=pages),
)
