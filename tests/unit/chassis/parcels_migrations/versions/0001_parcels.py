"""Parcels and their arrivals."""

import sqlalchemy as sa
from alembic import op

revision = "parcels_0001"
down_revision = None
branch_labels = ("parcels",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parcel",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
    )
    op.create_table(
        "arrival",
        sa.Column("event_id", sa.String(36), primary_key=True),
        sa.Column("parcel_id", sa.String(36), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
    )
