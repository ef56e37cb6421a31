"""The databases of a run: its own and nobody else's, on SQLite in its folder or on the configured PostgreSQL server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

SQLITE = "sqlite:///{state}/{service}.db"


class Databases:
    """Makes a run's databases and takes them away. `url` is the setting CANDOUR_DATABASE_URL that names them."""

    def __init__(self, configured: str, services: Sequence[str]) -> None:
        self._server: Engine | None = None
        self._names: list[str] = []
        self.url = SQLITE
        if not configured.startswith("sqlite"):
            prefix = f"candour_chaos_{uuid4().hex[:8]}"
            server = make_url(configured.replace("{service}", "service"))
            self.url = server.set(database=f"{prefix}_SERVICE").render_as_string(hide_password=False)
            self.url = self.url.replace("SERVICE", "{service}")
            self._server = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
            self._names = [f"{prefix}_{name}" for name in services]

    def make(self) -> None:
        self._each("create database {}")

    def remove(self) -> None:
        self._each("drop database if exists {} with (force)")
        if self._server is not None:
            self._server.dispose()

    def _each(self, statement: str) -> None:
        if self._server is not None:
            with self._server.connect() as connection:
                for name in self._names:
                    connection.execute(text(statement.format(name)))


@contextmanager
def hold(engine: Engine) -> Iterator[None]:
    """Keep every writer of a service waiting, as a long transaction of somebody else would. Nothing is changed."""
    with engine.connect() as connection, connection.begin() as transaction:
        if engine.dialect.name == "postgresql":  # on SQLite the beginning of a transaction has locked already
            connection.execute(text("lock table event_log_head, subject_progress in exclusive mode"))
        yield
        transaction.rollback()
