"""The tables of publishing: what it knows of a case from events, the entries, and where they stand."""

import sqlalchemy as sa
from sqlalchemy import Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

from shared.chassis.database import NAMING, Instant

metadata = MetaData(naming_convention=NAMING)

brief = Table(
    "brief",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("reference", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("authorities", sa.JSON, nullable=False),
    Column("received_on", Date, nullable=False),
)
approved = Table(
    "approved",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("response", String(64), nullable=False),
    Column("letter", String(64), nullable=False),
    Column("overall", String(64), nullable=False),
    Column("outcomes", sa.JSON, nullable=False),
)
entry = Table(
    "entry",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reference", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("content", sa.JSON, nullable=False),
    Column("overall", String(64), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("answered_on", Date, nullable=False),
    Column("working_day", Integer, nullable=False),
    Column("in_time", sa.Boolean, nullable=False),
    Column("release_on", Date, nullable=False),
    Column("released_at", Instant),
    Column("hold_reason", Text),
    Column("withdrawn_at", Instant),
    Column("withdrawal_reason", String(64)),
    Index(None, "release_on", "id"),
)
"""`id` is the case id. `content` is the `Response` as data. `hold_reason` is empty unless the entry is held."""

release = Table(
    "release",
    metadata,
    Column("case_id", String(36), ForeignKey(entry.c.id), primary_key=True),
    Column("site", String(64), primary_key=True),
    Column("path", String(160), nullable=False, unique=True),
    Column("released_at", Instant),
    Index(None, "site", "released_at", "case_id"),
)
"""Where an entry will stand from when it is prepared, and since when it can be read there. A withdrawn entry keeps
its paths, because its tombstones stand there."""

release_check = Table(
    "release_check",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("case_id", String(36), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("name", String(130), nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sender", String(20), nullable=False),
    Column("submitted_by", String(64), nullable=False),
    Column("ruleset", String(64)),
    Column("verdict", String(10)),
    Column("report", String(64)),
    Column("checked_at", Instant),
    Column("accepted_by", String(64)),
    Column("accepted_reason", Text),
    Index(None, "case_id", "digest", unique=True),
    Index(None, "state", "id"),
)
"""One document that is to leave, in one case. `sender` is the service that asked, `submitted_by` the person; `report`
is the digest of the last report, `ruleset` the rules it was made under."""
