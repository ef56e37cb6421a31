"""Consultation's tables. `brief` and `brief_part` are projections: filled by events alone."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

from shared.chassis.database import NAMING, Instant

metadata = MetaData(naming_convention=NAMING)

party = Table(
    "party",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("organisation", String(200), nullable=False),
    Column("position", String(200), nullable=False),
    Column("reply_within", Integer, nullable=False),
)
"""Whom one may ask; `id` is the party's code, `reply_within` is in working days."""

topic = Table(
    "topic",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
)

rule = Table(
    "rule",
    metadata,
    Column("topic", ForeignKey("topic.id"), primary_key=True),
    Column("party", ForeignKey("party.id"), primary_key=True),
)
"""A case on this topic is put to this party as soon as it is accepted."""

brief = Table(
    "brief",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("reference", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("authorities", JSON, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("finished", Boolean, nullable=False),
)

brief_part = Table(
    "brief_part",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("label", String(40), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("wording", Text, nullable=False),
)

consultation = Table(
    "consultation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("case_id", String(36), nullable=False),
    Column("party", ForeignKey("party.id"), nullable=False),
    Column("organisation", String(200), nullable=False),
    Column("position", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("parts", JSON, nullable=False),
    Column("question", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("reply_by", Date, nullable=False),
    Column("reminders", Integer, nullable=False),
    Column("position_taken", String(20)),
    Column("citations", JSON, nullable=False),
    Column("advice", Text, nullable=False),
    Column("answered_at", Instant),
    Index(None, "case_id", "id"),
    Index(None, "reply_by", "id"),
    Index(None, "party", "reply_by", "id"),
)
"""One party asked about some parts. `organisation` and `position` are the party's when it was asked; `parts` holds
labels; `position_taken` is null until there is advice."""

conclusion = Table(
    "conclusion",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("concluded_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("consulted", JSON, nullable=False),
)
"""Consulting on a case is over. `reason` is empty where every party has replied."""
