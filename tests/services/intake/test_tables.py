"""The tables are what the migrations make of them, and the projections are what the events make of them."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, delete, inspect, select

from services.intake.models import metadata
from services.intake.service import service
from shared.chassis.database import chassis_metadata
from shared.chassis.events.consumer import handle
from shared.chassis.events.envelope import Envelope
from tests.services.intake.test_messages import ANSWERED, OPENED, released
from tests.support import OtherService, take_in


def test_the_migrated_database_has_the_tables_that_the_code_declares(runtime):
    both = MetaData()
    for table in [*chassis_metadata.tables.values(), *metadata.tables.values()]:
        table.to_metadata(both)
    options = {"compare_type": True, "include_object": lambda item, name, *_: name != "alembic_version"}
    with runtime.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), both) == []
        found = inspect(connection)
        for table in metadata.tables.values():
            made = {key["name"] for key in found.get_foreign_keys(table.name)}
            assert made == {key.name for key in table.foreign_key_constraints}


def test_the_projections_come_out_the_same_when_they_are_built_again(ready, runtime, broker, clock, publishing):
    consultation = OtherService("consultation", broker, clock)
    for event in (OPENED, ANSWERED):
        consultation.says(event, subject=ready["id"])
    publishing.says(released("norfolk"), subject=ready["id"])
    take_in(runtime)
    before = projected(runtime)
    clock.move(days=30)
    with runtime.engine.begin() as connection:
        for table in service.projections:
            connection.execute(delete(table))
        for received in broker.read_all():
            envelope = Envelope.from_bytes(received.value)
            uow = runtime.consuming(connection, envelope, [])
            handle(service.subscriptions, uow, envelope, acting=False)
            assert uow.pending == []
    assert projected(runtime) == before
    assert [len(rows) for rows in before] == [1, 1]


def projected(runtime):
    with runtime.engine.connect() as connection:
        return [connection.execute(select(table).order_by(*table.primary_key)).all() for table in service.projections]
