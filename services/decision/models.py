"""Decision's tables. `brief`, `brief_part`, `advice` and `consulted` are projections: filled by events alone."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, MetaData, String, Table, Text

from shared.chassis.database import NAMING

metadata = MetaData(naming_convention=NAMING)

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
    Index(None, "due_on", "case_id"),
)

brief_part = Table(
    "brief_part",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("label", String(40), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("parent", String(40)),
    Column("kind", String(64), nullable=False),
    Column("wording", Text, nullable=False),
)

advice = Table(
    "advice",
    metadata,
    Column("consultation_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("party", String(64), nullable=False),
    Column("organisation", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reply_by", Date),
    Column("position", String(64)),
    Column("citations", JSON, nullable=False),
    Column("advice", Text),
)
"""What a party was asked, and what it said. `office` is the post that was asked; `advice` is null until it comes."""

consulted = Table(
    "consulted",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("offices", JSON, nullable=False),
)
"""Consulting on the case is over: whom it was, by organisation and position, fit for release."""

draft = Table(
    "draft",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("submitted_by", String(64)),
    Column("letter", String(64)),
    Column("letter_text", String(64)),
    Column("letter_pdf", String(64)),
    Column("template", String(64)),
    Column("template_version", Integer),
    Column("response", String(64)),
    Column("overall", String(40)),
    Column("returned_reason", Text),
)
"""The reply in the making; `id` is the case's. The digests name the submitted bytes, and with the template are null
while it is worked on; `number` counts the submissions."""

decision = Table(
    "decision",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("label", String(40), primary_key=True),
    Column("outcome", String(40), nullable=False),
    Column("answer", Text, nullable=False),
    Column("searches", Text, nullable=False),
    Column("grounds", JSON, nullable=False),
    Column("pointer", JSON, nullable=False),
    Column("other_information", JSON(none_as_null=True)),
    Column("basis", JSON(none_as_null=True)),
    Column("decided_by", String(64), nullable=False),
)
"""`grounds` and `other_information` hold citations, harm, factors and balance as `storing` writes them; `basis` holds
the advice, the estimate, what was considered, the earlier request, and the reasons for what the law warns against."""

weighing = Table(
    "weighing",
    metadata,
    Column("consultation_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, index=True),
    Column("followed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("weighed_by", String(64), nullable=False),
)

attachment = Table(
    "attachment",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("name", String(130), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("parts", JSON, nullable=False),
)

contributor = Table(
    "contributor",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("person", String(64), primary_key=True),
)
"""Everybody who ever had a hand in a case's draft, even in what was replaced later: none of them may sign it off."""

release_check = Table(
    "release_check",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("ruleset", String(64), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("report", String(64), nullable=False),
    Column("findings", JSON, nullable=False),
    Column("accepted", Boolean, nullable=False),
)
"""What publishing's release check said of a document, last."""
