"""A small service that has nothing to do with the product, to test the chassis with."""

from collections.abc import Callable

from sqlalchemy import Column, Integer, MetaData, String, Table

from shared.chassis.database import NAMING
from shared.chassis.events.consumer import Subscriptions
from shared.chassis.events.contract import event
from shared.chassis.events.values import BlindText, Code
from shared.chassis.lifecycle import Lifecycle
from shared.chassis.service import Service
from shared.chassis.timers import Timers

metadata = MetaData(naming_convention=NAMING)

parcel = Table(
    "parcel",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
)
arrival = Table(
    "arrival",
    metadata,
    Column("event_id", String(36), primary_key=True),
    Column("parcel_id", String(36), nullable=False),
    Column("place", String(64), nullable=False),
    Column("number", Integer, nullable=False),
)

PARCEL = Lifecycle(
    name="parcel",
    initial="packed",
    final=frozenset({"delivered"}),
    transitions={("packed", "send"): "travelling", ("travelling", "deliver"): "delivered"},
)


@event("test.parcels.arrived.v1")
class Arrived:
    place: Code
    note: BlindText


@event("test.parcels.greeted.v1")
class Greeted:
    place: Code


subscriptions = Subscriptions()
timers = Timers()
trouble: dict[str, Exception] = {}
"""Places at which the handler fails, with what: the tests put them in and take them out."""


@subscriptions.project(Arrived)
def keep_the_arrival(uow, event, envelope):
    uow.add(arrival, event_id=envelope.id, parcel_id=envelope.subject, place=event.place, number=envelope.number)


@subscriptions.on(Arrived)
def when_a_parcel_arrives_greet_it(uow, event, envelope):
    if event.place in trouble:
        raise trouble[event.place]
    uow.record(Greeted(place=event.place), subject=envelope.subject)


@timers.due("deliver")
def when_its_day_has_come_deliver(uow, key):
    if key in trouble:
        raise trouble[key]
    uow.record(Greeted(place=Code("door")), subject=key)


posted: list[str] = []
"""What was brought to the post, each time it was: the keys."""
meanwhile: list[Callable[[], None]] = []
"""What happens while a parcel is on its way to the post: the tests put it in; each happens once."""


def bring_to_the_post(uow, key):
    posted.append(key)
    while meanwhile:
        meanwhile.pop()()
    return "receipt"


@timers.due("post", errand=bring_to_the_post)
def when_it_was_posted_say_so(uow, key, receipt):
    uow.record(Greeted(place=Code(receipt)), subject=key)


service = Service(
    name="parcels",
    title="Parcels",
    port=8199,
    topic="test.parcels",
    routes=(),
    permissions={},
    tables=metadata,
    migrations="tests.unit.chassis.parcels_migrations",
    lifecycles=(PARCEL,),
    subscriptions=subscriptions,
    timers=timers,
    projections=(arrival,),
)
