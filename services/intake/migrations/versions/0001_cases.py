"""Cases with their authorities, requesters, requests, parts, dispatch and progress; the counters of references."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0001"
down_revision = None
branch_labels = ("intake",)
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reference_counter",
        sa.Column("series", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("series", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("warnings", sa.JSON, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("accepted_at", INSTANT),
        sa.Column("draft", sa.Integer),
        sa.Column("letter", sa.String(64)),
        sa.Column("letter_text", sa.String(64)),
        sa.Column("response", sa.String(64)),
        sa.Column("overall", sa.String(64)),
        sa.Column("outcomes", sa.JSON, nullable=False),
        sa.Column("documents", sa.JSON, nullable=False),
        sa.Column("answered_on", sa.Date),
    )
    op.create_index("ux_case_series_reference", "case", ["series", "reference"], unique=True)
    op.create_index("ix_case_due_on_id", "case", ["due_on", "id"])
    op.create_index("ix_case_state_due_on_id", "case", ["state", "due_on", "id"])
    op.create_table(
        "case_authority",
        _case_id("case_authority"),
        sa.Column("authority", sa.String(64), primary_key=True),
        sa.Column("lead", sa.Boolean, nullable=False),
    )
    op.create_table(
        "requester",
        _case_id("requester"),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("postal_address", sa.Text),
        sa.Column("handle", sa.Text),
        sa.Column("category", sa.String(40), nullable=False),
    )
    op.create_table(
        "request",
        _case_id("request"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("original", sa.String(64)),
    )
    op.create_table(
        "part",
        _case_id("part"),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("label", sa.String(30), nullable=False),
        sa.Column("parent", sa.String(30)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("visible_label", sa.String(30)),
        sa.Column("wording", sa.Text, nullable=False),
    )
    op.create_table(
        "dispatch",
        _case_id("dispatch"),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("message_id", sa.String(200)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error_kind", sa.String(40)),
    )
    op.create_index("ix_dispatch_state", "dispatch", ["state"])
    op.create_table(
        "progress",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("consultations", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("concluded", sa.Boolean, nullable=False),
        sa.Column("draft_state", sa.String(20)),
        sa.Column("published", sa.JSON, nullable=False),
    )


def _case_id(table: str) -> sa.Column[str]:
    key = sa.ForeignKey("case.id", name=f"fk_{table}_case_id_case")
    return sa.Column("case_id", sa.String(36), key, primary_key=True)
