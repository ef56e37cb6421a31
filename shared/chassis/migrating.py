"""Alembic, configured in code: the chassis' tables and the service's own are two branches in one database.

Each branch has one line of numbered migrations; `upgrade` brings both to their heads. Nothing is generated at run
time and there is no ini file to copy.
"""

from importlib import resources
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, select, text

from shared.chassis.events import log
from shared.chassis.events.relay import relay_cursor

if TYPE_CHECKING:
    from shared.chassis.runtime import Runtime

CHASSIS = "shared.chassis.migrations"
_ONE_AT_A_TIME = 4_269_001  # any number will do, as long as every migration uses it


def configuration(service: Any) -> AlembicConfig:
    """Alembic's settings for one service."""
    config = AlembicConfig()
    config.set_main_option("script_location", _folder(CHASSIS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations",
        "\n".join([_folder(CHASSIS) + "/versions", _folder(service.migrations) + "/versions"]),
    )
    return config


def upgrade(runtime: "Runtime") -> None:
    """Bring the database to the heads of both branches. Safe to run from several processes at once."""
    config = configuration(runtime.service)
    with runtime.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")
        _begin(runtime, connection)


def pending(runtime: "Runtime") -> list[str]:
    """The heads that the database has not reached."""
    heads = set(ScriptDirectory.from_config(configuration(runtime.service)).get_heads())
    with runtime.engine.connect().execution_options(reading=True) as connection:
        reached = set(MigrationContext.configure(connection).get_current_heads())
    return sorted(heads - reached)


def _begin(runtime: "Runtime", connection: Connection) -> None:
    log.begin(connection, runtime.service.name)
    if connection.execute(select(relay_cursor.c.name)).first() is None:
        connection.execute(insert(relay_cursor).values(name="relay", position=0))
    if runtime.service.seed:
        runtime.service.seed(connection)


def _folder(package: str) -> str:
    return str(resources.files(package))
