"""What the release check said of the documents of a reply."""

import sqlalchemy as sa
from alembic import op

revision = "decision_0003"
down_revision = "decision_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release_check",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("ruleset", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("report", sa.String(64), nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("accepted", sa.Boolean, nullable=False),
    )
