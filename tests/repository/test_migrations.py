"""Migrations: numbered, one head in each branch, and what they make is what the code declares."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from services import SERVICES
from services.registry import service_named
from shared.chassis import migrating
from shared.chassis.clock import FixedClock
from shared.chassis.database import chassis_metadata
from shared.chassis.events.memory import MemoryBroker
from tests.repository.files import ROOT
from tests.support import MORNING, runtime_for

FOLDERS = [ROOT / "shared/chassis/migrations/versions"] + [
    ROOT / "services" / name / "migrations/versions" for name in SERVICES
]


@pytest.fixture
def migrated(tmp_path: Path, database_settings, service_name):
    service = service_named(service_name)
    runtime = runtime_for(service, tmp_path, FixedClock(MORNING), MemoryBroker(service.topic), **database_settings)
    yield runtime
    runtime.engine.dispose()


each_service = pytest.mark.parametrize("service_name", SERVICES)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parents[1].name)
def test_migrations_are_numbered_without_a_gap(folder):
    names = sorted(path.name for path in folder.glob("[0-9]*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name)] == []


@each_service
def test_each_branch_has_one_head(service_name):
    script = ScriptDirectory.from_config(migrating.configuration(service_named(service_name)))
    branches = [next(iter(script.get_revision(head).branch_labels)) for head in script.get_heads()]
    assert sorted(branches) == sorted(["chassis", service_name])


@each_service
def test_the_migrated_database_is_the_declared_one(migrated, service_name):
    declared = [chassis_metadata, migrated.service.tables]
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = [
            difference
            for difference in compare_metadata(context, declared)  # type: ignore[arg-type]
            if "alembic_version" not in str(difference)
        ]
    assert differences == []


@each_service
def test_nothing_is_pending_after_migrating(migrated, service_name):
    assert migrated.migrations_pending() == []


@each_service
def test_no_two_tables_of_one_database_have_the_same_name(service_name):
    assert set(service_named(service_name).tables.tables) & set(chassis_metadata.tables) == set()


@each_service
def test_what_people_change_has_an_id_and_a_version(service_name):
    """`UnitOfWork.advance` needs both."""
    for table in service_named(service_name).tables.tables.values():
        if "version" in table.c and "id" in table.c:
            assert table.c.id.primary_key, table.name
