"""Internal reviews, and who had a hand in the reply that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0003"
down_revision = "intake_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.ForeignKey("case.id", name="fk_review_case_id_case")
    op.create_table(
        "review",
        sa.Column("case_id", sa.String(36), key, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("latest_on", sa.Date, nullable=False),
        sa.Column("in_time", sa.Boolean, nullable=False),
        sa.Column("answered_on", sa.Date),
        sa.Column("outcome", sa.String(20)),
        sa.Column("notice", sa.Integer),
    )
    op.create_table(
        "contributor",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
    )
