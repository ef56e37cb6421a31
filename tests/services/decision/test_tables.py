"""The tables are what the migrations make of them."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData

from services.decision.models import metadata
from shared.chassis.database import chassis_metadata


def test_the_migrated_database_has_the_tables_that_the_code_declares(runtime):
    both = MetaData()
    for table in [*chassis_metadata.tables.values(), *metadata.tables.values()]:
        table.to_metadata(both)
    options = {"compare_type": True, "include_object": lambda item, name, *_: name != "alembic_version"}
    with runtime.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), both) == []
