"""What else a decision rests on; the letter as PDF, and the template that it was written with."""

import sqlalchemy as sa
from alembic import op

revision = "decision_0002"
down_revision = "decision_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("basis", sa.JSON))
    op.add_column("draft", sa.Column("letter_pdf", sa.String(64)))
    op.add_column("draft", sa.Column("template", sa.String(64)))
    op.add_column("draft", sa.Column("template_version", sa.Integer))
