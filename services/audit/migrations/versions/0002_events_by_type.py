"""Events are found by their type and time: the figures of a quarter begin with the reviews asked for in it."""

from alembic import op

revision = "audit_0002"
down_revision = "audit_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_ledger_type_recorded_at", "ledger", ["type", "recorded_at"])
