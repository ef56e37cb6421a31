"""The same POST sent twice has one effect: the first answer is kept under the sender's key and given again.

The key is taken and the answer kept in the transaction of the effect itself, so there is never one without the
other. A refused request keeps nothing: it had no effect, and sending it again is judged anew. The worker prunes
the keys, so nothing here loads the web framework.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, LargeBinary, String, Table, delete, select, update
from sqlalchemy.exc import OperationalError

from shared.chassis.database import Instant, chassis_metadata, insert_new
from shared.chassis.uow import UnitOfWork

idempotency_key = Table(
    "idempotency_key",
    chassis_metadata,
    Column("actor", String(64), primary_key=True),
    Column("operation", String(200), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("body_digest", String(64), nullable=False),
    Column("status", Integer),
    Column("etag", String(30)),
    Column("location", String(500)),
    Column("body", LargeBinary),
    Column("created_at", Instant, nullable=False, index=True),
)

_LOCK_NOT_AVAILABLE = "55P03"


class KeyUsedBefore(Exception):
    """The key was used for a request that said something else."""


class InProgress(Exception):
    """The first request with this key is still at work."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers, as it goes out."""

    status: int
    body: bytes
    etag: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A sender's key for one operation, with a digest of everything else that the request says."""

    actor: str
    operation: str
    key: str
    digest: str

    def claim(self, uow: UnitOfWork) -> Answer | None:
        """Take the key: None when the request is new, else the first answer.

        A second request that comes while the first is still at work waits for it. Raises `KeyUsedBefore`, and
        `InProgress` when the first takes too long.
        """
        row: dict[str, Any] = {"actor": self.actor, "operation": self.operation, "key": self.key}
        row |= {"body_digest": self.digest, "created_at": uow.now}
        try:
            if insert_new(uow.connection, idempotency_key, [row], idempotency_key.c.key):
                return None
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
                raise InProgress from None
            raise
        first = uow.connection.execute(select(idempotency_key).where(self._mine())).one_or_none()
        if first is None or first.status is None:
            raise InProgress
        if first.body_digest != self.digest:
            raise KeyUsedBefore
        return Answer(first.status, first.body, first.etag, first.location)

    def keep(self, uow: UnitOfWork, answer: Answer) -> None:
        """Keep the answer beside the key, in the transaction of its effect."""
        uow.connection.execute(
            update(idempotency_key)
            .where(self._mine())
            .values(status=answer.status, body=answer.body, etag=answer.etag, location=answer.location)
        )

    def _mine(self) -> ColumnElement[bool]:
        columns = idempotency_key.c
        return (columns.actor == self.actor) & (columns.operation == self.operation) & (columns.key == self.key)


def prune(connection: Connection, before: datetime) -> int:
    """Forget the keys taken before the instant; how many. The worker does it every hour."""
    return connection.execute(delete(idempotency_key).where(idempotency_key.c.created_at < before)).rowcount
