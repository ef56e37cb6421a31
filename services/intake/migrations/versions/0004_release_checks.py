"""What the release check said of what is to leave."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0004"
down_revision = "intake_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release_check",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("verdict", sa.String(10)),
        sa.Column("ruleset", sa.String(64)),
        sa.Column("accepted", sa.Boolean, nullable=False),
    )
