"""The service: the API for staff, and the pages that the public reads."""

from services.publishing.check_routes import checks
from services.publishing.checking import check_what_has_not_left
from services.publishing.consumer import subscriptions, timers
from services.publishing.domain import CHECK, ENTRY, PERMISSIONS
from services.publishing.models import approved, brief, metadata
from services.publishing.queries import gauges
from services.publishing.routes import entries
from services.publishing.site.pages import pages
from shared.chassis.observability.metrics import declare_gauge
from shared.chassis.service import Service, Site
from shared.contracts import TOPIC

declare_gauge("candour_entries", "Entries of the disclosure log, by state.", "state")
declare_gauge("candour_release_checks", "Release checks of documents that are to leave, by state.", "state")

service = Service(
    name="publishing",
    title="Candour publishing",
    port=8104,
    topic=TOPIC,
    routes=(entries, checks),
    permissions=PERMISSIONS,
    tables=metadata,
    migrations="services.publishing.migrations",
    lifecycles=(ENTRY, CHECK),
    subscriptions=subscriptions,
    timers=timers,
    projections=(brief, approved),
    gauges=gauges,
    upkeep=check_what_has_not_left,
    site=Site(port=8180, pages=pages),
)
