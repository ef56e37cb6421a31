"""What moves the clock, the notices that were given, and the days proclaimed since; what was told of a case's clock."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0002"
down_revision = "intake_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("letter_pdf", sa.String(64)))
    op.add_column("case", sa.Column("valid", sa.Boolean))
    op.add_column("case", sa.Column("route", sa.String(40)))
    op.add_column("case", sa.Column("clock_state", sa.String(30)))
    op.add_column("case", sa.Column("parts_due", sa.JSON))
    for name in ("concluded_on", "submitted_on", "signed_off_on"):
        op.add_column("progress", sa.Column(name, sa.Date))
    op.create_table(
        "clock_event",
        _case_id("clock_event"),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("parts", sa.JSON, nullable=False),
        sa.Column("particulars", sa.JSON, nullable=False),
        sa.Column("notice", sa.Integer),
    )
    op.create_table(
        "notice",
        _case_id("notice"),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("template_version", sa.Integer, nullable=False),
        sa.Column("letter", sa.String(64), nullable=False),
        sa.Column("letter_text", sa.String(64), nullable=False),
        sa.Column("dated", sa.Date, nullable=False),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("message_id", sa.String(200)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error_kind", sa.String(40)),
        sa.Column("sent_on", sa.Date),
    )
    op.create_index("ix_notice_state", "notice", ["state"])
    op.create_table(
        "proclaimed_day",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("division", sa.String(30), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("legal_basis", sa.String(20), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("first_seen", sa.Date, nullable=False),
    )


def _case_id(table: str) -> sa.Column[str]:
    key = sa.ForeignKey("case.id", name=f"fk_{table}_case_id_case")
    return sa.Column("case_id", sa.String(36), key, primary_key=True)
