"""The same POST sent twice has one effect: the first answer is kept under the sender's key and given again.

The key is taken and the answer kept in the transaction of the effect itself, so there is never one without the
other. A refused request keeps nothing: it had no effect, and sending it again is judged anew.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import request
from sqlalchemy import Column, ColumnElement, Connection, Integer, LargeBinary, String, Table, delete, select, update
from sqlalchemy.exc import OperationalError

from shared.chassis.database import Instant, chassis_metadata, insert_new
from shared.chassis.http.problems import Trouble
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

_KEY = re.compile(r'"?([A-Za-z0-9._:/+=-]{1,128})"?', re.ASCII)
_LOCK_NOT_AVAILABLE = "55P03"


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

        A second request that comes while the first is still at work waits for it. Raises `Trouble` 422 when the
        key belongs to another request, 409 when the first takes too long.
        """
        row: dict[str, Any] = {"actor": self.actor, "operation": self.operation, "key": self.key}
        row |= {"body_digest": self.digest, "created_at": uow.now}
        try:
            if insert_new(uow.connection, idempotency_key, [row], idempotency_key.c.key):
                return None
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
                raise self._in_progress() from None
            raise
        first = uow.connection.execute(select(idempotency_key).where(self._mine())).one_or_none()
        if first is None or first.status is None:
            raise self._in_progress()
        if first.body_digest != self.digest:
            raise Trouble(
                "key-used-before",
                "This Idempotency-Key was used for a request that said something else.",
                {"next_step": "Use a new key for a new request, the same key only to send the same again."},
            )
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

    def _in_progress(self) -> Trouble:
        return Trouble(
            "in-progress",
            "A request with this Idempotency-Key is being worked on.",
            {"next_step": "Send the same again in a moment to get its answer."},
            {"Retry-After": "1"},
        )


def sent_key(actor: str, operation: str) -> Key | None:
    """The request's Idempotency-Key; None when it has none; `Trouble` 400 when it is malformed."""
    header = request.headers.get("Idempotency-Key")
    if header is None:
        return None
    found = _KEY.fullmatch(header)
    if found is None:
        text = "An Idempotency-Key is 1 to 128 letters, digits or . _ : / + = -; a UUID does well."
        raise Trouble("malformed", text)
    # The path and the query belong to what was said, and the operation's name holds neither.
    said = b"\n".join((request.full_path.encode("utf-8", "replace"), request.mimetype.encode(), request.get_data()))
    return Key(actor, operation, found[1], sha256(said).hexdigest())


def prune(connection: Connection, before: datetime) -> int:
    """Forget the keys taken before the instant; how many. The worker does it every hour."""
    return connection.execute(delete(idempotency_key).where(idempotency_key.c.created_at < before)).rowcount
