"""Audit's tables: both are projections, filled by every event of every other service."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, MetaData, String, Table, Text

from shared.chassis.database import NAMING, Instant

metadata = MetaData(naming_convention=NAMING)

ledger = Table(
    "ledger",
    metadata,
    Column("source", String(40), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("subject", String(36), nullable=False),
    Column("number", Integer, nullable=False),
    Column("type", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor_id", String(64), nullable=False),
    Column("actor_role", String(64), nullable=False),
    Column("correlation_id", String(36), nullable=False),
    Column("causation_id", String(36)),
    Column("partition", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("chain", String(64), nullable=False),
    Index(None, "subject", "partition", "offset"),
    Index(None, "type", "recorded_at"),
)
"""One row for each event. `source` is the service that recorded it, `position` its place in that service's log,
`partition` and `offset` its place on the topic, `body` its bytes, `chain` the hash that the log gave it: empty where
the message carried none. The database itself refuses to change or remove a row."""

case_summary = Table(
    "case_summary",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("reference", String(40), index=True),
    Column("title", Text),
    Column("received_on", Date),
    Column("due_on", Date),
    Column("dispatched_on", Date),
    Column("last_type", String(100), nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("events", Integer, nullable=False),
)
"""What the events of a case come to. A fact is null until an event has told it."""
