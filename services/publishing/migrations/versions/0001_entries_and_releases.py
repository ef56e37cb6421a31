"""The brief, what was approved, the entries and their releases."""

import sqlalchemy as sa
from alembic import op

revision = "publishing_0001"
down_revision = None
branch_labels = ("publishing",)
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "brief",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("authorities", sa.JSON, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
    )
    op.create_table(
        "approved",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("response", sa.String(64), nullable=False),
        sa.Column("letter", sa.String(64), nullable=False),
        sa.Column("overall", sa.String(64), nullable=False),
        sa.Column("outcomes", sa.JSON, nullable=False),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("overall", sa.String(64), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("working_day", sa.Integer, nullable=False),
        sa.Column("in_time", sa.Boolean, nullable=False),
        sa.Column("release_on", sa.Date, nullable=False),
        sa.Column("released_at", INSTANT),
        sa.Column("hold_reason", sa.Text),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawal_reason", sa.String(64)),
    )
    op.create_index("ix_entry_release_on_id", "entry", ["release_on", "id"])
    op.create_table(
        "release",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("path", sa.String(160), nullable=False),
        sa.Column("released_at", INSTANT),
        sa.ForeignKeyConstraint(["case_id"], ["entry.id"], name="fk_release_case_id_entry"),
        sa.UniqueConstraint("path", name="uq_release_path"),
    )
    op.create_index("ix_release_site_released_at_case_id", "release", ["site", "released_at", "case_id"])
