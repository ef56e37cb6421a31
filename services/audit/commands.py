"""What audit does with events: it writes them down, and brings the summaries of their cases up to date."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from services.audit.domain import facts
from services.audit.models import case_summary, ledger
from shared.chassis.database import insert_or_update
from shared.chassis.events.broker import Received
from shared.chassis.events.consumer import Taken
from shared.chassis.events.envelope import Envelope

_HASH = re.compile(rb"[0-9a-f]{64}")
_ENTER = insert(ledger)
_SUMMARIES = select(case_summary).where(case_summary.c.case_id.in_(bindparam("cases", expanding=True)))
_NOTHING_TOLD = {column.name: None for column in case_summary.columns}


def enter(connection: Connection, taken: Taken) -> None:
    """Enter the events in the ledger as they came, byte for byte."""
    connection.execute(_ENTER, [_entry(message, envelope) for message, envelope in taken])


def summarise(connection: Connection, envelopes: Sequence[Envelope]) -> None:
    """Add what the events tell to the summaries of their cases."""
    cases = list(dict.fromkeys(envelope.subject for envelope in envelopes))
    known = connection.execute(_SUMMARIES, {"cases": cases}).mappings()
    summaries: dict[str, dict[str, Any]] = {row["case_id"]: dict(row) for row in known}
    for envelope in envelopes:
        summary = summaries.setdefault(envelope.subject, {**_NOTHING_TOLD, "case_id": envelope.subject, "events": 0})
        summary |= facts(envelope.type, envelope.data)
        summary |= {"last_type": envelope.type, "last_at": envelope.time, "events": summary["events"] + 1}
    insert_or_update(connection, case_summary, [summaries[case] for case in cases])


def chain_of(message: Received) -> str:
    """The hash that the producer's log gave the event; empty where the message carries none."""
    carried = dict(message.headers).get("chain") or b""
    return carried.decode("ascii") if _HASH.fullmatch(carried) else ""


def _entry(message: Received, envelope: Envelope) -> dict[str, Any]:
    return {
        "source": envelope.source,
        "position": envelope.sequence,
        "event_id": envelope.id,
        "subject": envelope.subject,
        "number": envelope.number,
        "type": envelope.type,
        "recorded_at": envelope.time,
        "actor_id": envelope.actor_id,
        "actor_role": envelope.actor_role,
        "correlation_id": envelope.correlation_id,
        "causation_id": envelope.causation_id,
        "partition": message.partition,
        "offset": message.offset,
        "body": message.value,
        "chain": chain_of(message),
    }
