"""The release checks."""

import sqlalchemy as sa
from alembic import op

revision = "publishing_0002"
down_revision = "publishing_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release_check",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(130), nullable=False),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sender", sa.String(20), nullable=False),
        sa.Column("submitted_by", sa.String(64), nullable=False),
        sa.Column("ruleset", sa.String(64)),
        sa.Column("verdict", sa.String(10)),
        sa.Column("report", sa.String(64)),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("accepted_by", sa.String(64)),
        sa.Column("accepted_reason", sa.Text),
    )
    op.create_index("ix_release_check_case_id_digest", "release_check", ["case_id", "digest"], unique=True)
    op.create_index("ix_release_check_state_id", "release_check", ["state", "id"])
