"""Drafts with their decisions, attachments and contributors; the briefs and the advice that events bring."""

import sqlalchemy as sa
from alembic import op

revision = "decision_0001"
down_revision = None
branch_labels = ("decision",)
depends_on = None


def upgrade() -> None:
    _from_events()
    op.create_table(
        "draft",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("submitted_by", sa.String(64)),
        sa.Column("letter", sa.String(64)),
        sa.Column("letter_text", sa.String(64)),
        sa.Column("response", sa.String(64)),
        sa.Column("overall", sa.String(40)),
        sa.Column("returned_reason", sa.Text),
    )
    op.create_table(
        "decision",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("label", sa.String(40), primary_key=True),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("searches", sa.Text, nullable=False),
        sa.Column("grounds", sa.JSON, nullable=False),
        sa.Column("pointer", sa.JSON, nullable=False),
        sa.Column("other_information", sa.JSON),
        sa.Column("decided_by", sa.String(64), nullable=False),
    )
    op.create_table(
        "weighing",
        sa.Column("consultation_id", sa.String(36), primary_key=True),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("followed", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("weighed_by", sa.String(64), nullable=False),
    )
    op.create_index("ix_weighing_case_id", "weighing", ["case_id"])
    op.create_table(
        "attachment",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(130), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("parts", sa.JSON, nullable=False),
    )
    op.create_table(
        "contributor",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
    )


def _from_events() -> None:
    op.create_table(
        "brief",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("authorities", sa.JSON, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
    )
    op.create_index("ix_brief_due_on_case_id", "brief", ["due_on", "case_id"])
    op.create_table(
        "brief_part",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("label", sa.String(40), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("parent", sa.String(40)),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
    )
    op.create_table(
        "advice",
        sa.Column("consultation_id", sa.String(36), primary_key=True),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("party", sa.String(64), nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("parts", sa.JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reply_by", sa.Date),
        sa.Column("position", sa.String(64)),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("advice", sa.Text),
    )
    op.create_index("ix_advice_case_id", "advice", ["case_id"])
    op.create_table(
        "consulted",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("offices", sa.JSON, nullable=False),
    )
