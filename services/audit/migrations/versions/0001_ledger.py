"""The ledger, and the summary of each case."""

import sqlalchemy as sa
from alembic import op

from shared.chassis.migrations.append_only import append_only

revision = "audit_0001"
down_revision = None
branch_labels = ("audit",)
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("position", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("actor_id", sa.String(64), nullable=False),
        sa.Column("actor_role", sa.String(64), nullable=False),
        sa.Column("correlation_id", sa.String(36), nullable=False),
        sa.Column("causation_id", sa.String(36)),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("source", "position", name="pk_ledger"),
        sa.UniqueConstraint("event_id", name="uq_ledger_event_id"),
    )
    op.create_index("ix_ledger_subject_partition_offset", "ledger", ["subject", "partition", "offset"])
    append_only("ledger")
    op.create_table(
        "case_summary",
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("reference", sa.String(40)),
        sa.Column("title", sa.Text),
        sa.Column("received_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("dispatched_on", sa.Date),
        sa.Column("last_type", sa.String(100), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_summary"),
    )
    op.create_index("ix_case_summary_reference", "case_summary", ["reference"])
