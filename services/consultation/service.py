"""Consultation as a value."""

from services.consultation.consumer import subscriptions, timers
from services.consultation.domain import CONSULTATION, PERMISSIONS
from services.consultation.models import brief, brief_part, metadata
from services.consultation.register import seed
from services.consultation.routes import consultations, parties
from shared.chassis.service import Service
from shared.contracts import TOPIC

service = Service(
    name="consultation",
    title="Candour: consultation",
    port=8102,
    topic=TOPIC,
    routes=(consultations, parties),
    permissions=PERMISSIONS,
    tables=metadata,
    migrations="services.consultation.migrations",
    lifecycles=(CONSULTATION,),
    subscriptions=subscriptions,
    timers=timers,
    projections=(brief, brief_part),
    seed=seed,
)
