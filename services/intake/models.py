"""The tables of intake. Personal data stands in `requester` and `request` alone, and comes out wrapped."""

import sqlalchemy as sa
from sqlalchemy import Column, Date, Dialect, ForeignKey, Index, Integer, MetaData, String, Table, Text, TypeDecorator

from shared.chassis.database import NAMING, Instant
from shared.chassis.private import Private

metadata = MetaData(naming_convention=NAMING)


class PrivateText(TypeDecorator[Private]):
    """A column of personal data: takes and gives `Private` only."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Private | None, dialect: Dialect) -> str | None:
        return None if value is None else value.reveal()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Private | None:
        return None if value is None else Private(value)


reference_counter = Table(
    "reference_counter",
    metadata,
    Column("series", String(64), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
"""The last number given out in each series and year."""

case = Table(
    "case",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("series", String(64), nullable=False),
    Column("reference", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("title", Text),
    Column("channel", String(20), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("warnings", sa.JSON, nullable=False),
    Column("topics", sa.JSON, nullable=False),
    Column("accepted_at", Instant),
    Column("draft", Integer),
    Column("letter", String(64)),
    Column("letter_text", String(64)),
    Column("letter_pdf", String(64)),
    Column("response", String(64)),
    Column("overall", String(64)),
    Column("outcomes", sa.JSON, nullable=False),
    Column("documents", sa.JSON, nullable=False),
    Column("answered_on", Date),
    Column("valid", sa.Boolean),
    Column("route", String(40)),
    Column("clock_state", String(30)),
    Column("parts_due", sa.JSON(none_as_null=True)),
    Index("ux_case_series_reference", "series", "reference", unique=True),
    Index("ix_case_due_on_id", "due_on", "id"),
    Index("ix_case_state_due_on_id", "state", "due_on", "id"),
)
"""`due_on`, `clock_state` and `parts_due` are what was last told of the case's clock, for lists and to tell a change
by; the deadline that people see is worked out from `received_on` and the clock events. `due_on` is `NEVER` while
nothing is due, `clock_state` null while the clock runs as it began, `parts_due` null while every part is due with it.
`valid` and `route` are null until an officer has decided them.
`letter`, `letter_text`, `letter_pdf` and `response` are digests of what was signed off. A reference is unique within
its series: two authorities may well both have a 100/25."""

case_authority = Table(
    "case_authority",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("authority", String(64), primary_key=True),
    Column("lead", sa.Boolean, nullable=False),
)

requester = Table(
    "requester",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("name", PrivateText),
    Column("email", PrivateText),
    Column("postal_address", PrivateText),
    Column("handle", PrivateText),
    Column("category", String(40), nullable=False),
)

request = Table(
    "request",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("text", PrivateText, nullable=False),
    Column("original", String(64)),
)
"""What was sent, as it was sent: people name themselves in it. `original` is the digest of the e-mail in the private
document store."""

part = Table(
    "part",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("label", String(30), nullable=False),
    Column("parent", String(30)),
    Column("kind", String(20), nullable=False),
    Column("visible_label", String(30)),
    Column("wording", Text, nullable=False),
)

dispatch = Table(
    "dispatch",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("method", String(10), nullable=False),
    Column("message_id", String(200)),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error_kind", String(40)),
    Index("ix_dispatch_state", "state"),
)
"""How the reply leaves: `waiting` for the mail relay, `sent`, or `refused` for good."""

clock_event = Table(
    "clock_event",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("parts", sa.JSON, nullable=False),
    Column("particulars", sa.JSON, nullable=False),
    Column("notice", Integer),
)
"""What has moved, or could have moved, the clock of a case: facts that are only added to. `parts` holds labels, none
for the whole request; `notice` is the number of the notice by which it was done."""

notice = Table(
    "notice",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("template", String(40), nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("letter", String(64), nullable=False),
    Column("letter_text", String(64), nullable=False),
    Column("dated", Date, nullable=False),
    Column("method", String(10), nullable=False),
    Column("message_id", String(200)),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error_kind", String(40)),
    Column("sent_on", Date),
    Index("ix_notice_state", "state"),
)
"""A notice and how it leaves: `waiting` for the mail relay, `sent`, or `refused`: to be posted. `letter` and
`letter_text` are digests in the private document store."""

review = Table(
    "review",
    metadata,
    Column("case_id", String(36), ForeignKey("case.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(20), nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("latest_on", Date, nullable=False),
    Column("in_time", sa.Boolean, nullable=False),
    Column("answered_on", Date),
    Column("outcome", String(20)),
    Column("notice", Integer),
)
"""Internal reviews of an answered case, one open at a time. `due_on` and `latest_on` are the days that the requester
was promised; `in_time` is whether it was asked for in time; `notice` is the number of the one that told the outcome."""

proclaimed_day = Table(
    "proclaimed_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("division", String(30), primary_key=True),
    Column("title", Text, nullable=False),
    Column("legal_basis", String(20), nullable=False),
    Column("source", Text, nullable=False),
    Column("first_seen", Date, nullable=False),
)
"""Bank holidays that were proclaimed after this version's table of them was made (CLK-05)."""

progress = Table(
    "progress",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("consultations", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("concluded", sa.Boolean, nullable=False),
    Column("draft_state", String(20)),
    Column("published", sa.JSON, nullable=False),
    Column("concluded_on", Date),
    Column("submitted_on", Date),
    Column("signed_off_on", Date),
)
"""What the other services have told of a case, from their events alone."""

contributor = Table(
    "contributor",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("person", String(64), primary_key=True),
)
"""Who had a hand in the reply, by the id of their token, so that somebody else reviews it."""

release_check = Table(
    "release_check",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("verdict", String(10)),
    Column("ruleset", String(64)),
    Column("accepted", sa.Boolean, nullable=False),
)
"""What publishing's release check said of a document that is to leave; `verdict` is null while it was only asked."""
