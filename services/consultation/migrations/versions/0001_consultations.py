"""Parties, rules, consultations and what is known of the cases they are about."""

import sqlalchemy as sa
from alembic import op

revision = "consultation_0001"
down_revision = None
branch_labels = ("consultation",)
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "party",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("position", sa.String(200), nullable=False),
        sa.Column("reply_within", sa.Integer, nullable=False),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "rule",
        sa.Column("topic", sa.String(64), sa.ForeignKey("topic.id", name="fk_rule_topic_topic"), primary_key=True),
        sa.Column("party", sa.String(64), sa.ForeignKey("party.id", name="fk_rule_party_party"), primary_key=True),
    )
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
    op.create_table(
        "brief_part",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("label", sa.String(40), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column(
            "party", sa.String(64), sa.ForeignKey("party.id", name="fk_consultation_party_party"), nullable=False
        ),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("position", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("parts", sa.JSON, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("reply_by", sa.Date, nullable=False),
        sa.Column("reminders", sa.Integer, nullable=False),
        sa.Column("position_taken", sa.String(20)),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("advice", sa.Text, nullable=False),
        sa.Column("answered_at", INSTANT),
    )
    op.create_index("ix_consultation_case_id_id", "consultation", ["case_id", "id"])
    op.create_index("ix_consultation_reply_by_id", "consultation", ["reply_by", "id"])
    op.create_index("ix_consultation_party_reply_by_id", "consultation", ["party", "reply_by", "id"])
    op.create_table(
        "conclusion",
        sa.Column("case_id", sa.String(36), primary_key=True),
        sa.Column("concluded_at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("consulted", sa.JSON, nullable=False),
    )
