"""The event log, the relay's cursor, the inbox, parked messages, timers and idempotency keys."""

import sqlalchemy as sa
from alembic import op

from shared.chassis.migrations.append_only import append_only

revision = "chassis_0001"
down_revision = None
branch_labels = ("chassis",)
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "event_log_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("log_id", sa.String(36), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_event_log_head_only_one"),
    )
    op.create_table(
        "event_log",
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("event_id", name="uq_event_log_event_id"),
    )
    op.create_index("ux_event_log_subject_number", "event_log", ["subject", "number"], unique=True)
    append_only("event_log")
    op.create_table(
        "relay_cursor",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.String(36), primary_key=True),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
    )
    op.create_table(
        "subject_progress",
        sa.Column("subject", sa.String(36), primary_key=True),
        sa.Column("source", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table("gap_waiver", sa.Column("subject", sa.String(36), primary_key=True))
    op.create_table(
        "parked_message",
        sa.Column("partition", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("offset", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("event_id", sa.String(36)),
        sa.Column("type", sa.String(100)),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("parked_at", INSTANT, nullable=False),
        sa.Column("retry", sa.Boolean, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("headers", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_parked_message_subject", "parked_message", ["subject"])
    op.create_table(
        "timer",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("key", sa.String(100), primary_key=True),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("correlation_id", sa.String(36), nullable=False),
    )
    op.create_index("ix_timer_due_at", "timer", ["due_at"])
    op.create_table(
        "idempotency_key",
        sa.Column("actor", sa.String(64), primary_key=True),
        sa.Column("operation", sa.String(200), primary_key=True),
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("etag", sa.String(30)),
        sa.Column("location", sa.String(500)),
        sa.Column("body", sa.LargeBinary),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_index("ix_idempotency_key_created_at", "idempotency_key", ["created_at"])
