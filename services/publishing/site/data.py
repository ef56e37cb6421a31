"""Entries as JSON, for whoever wants to read them with a program. Names and shapes here are a public interface."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from services.publishing.site import wording
from shared.chassis.clock import civil_date
from shared.contracts.authorities import Site
from shared.contracts.response import AnsweredPart, Response


def summary(row: Row[Any]) -> dict[str, Any]:
    """An entry as a log lists it."""
    return {
        "reference": row.reference,
        "title": row.title,
        "overall": {"code": row.overall, "title": wording.overall(row.overall)},
        "received_on": row.received_on,
        "due_on": row.due_on,
        "answered_on": row.answered_on,
        "in_time": row.in_time,
        "published_on": civil_date(row.released_at),
        "links": {"page": row.path, "self": f"{row.path}.json"},
    }


def whole(row: Row[Any], response: Response, site: Site) -> dict[str, Any]:
    """An entry with all that it says."""
    return {
        **summary(row),
        "working_day": row.working_day,
        "site": {"code": site.code, "name": site.name},
        "authorities": [{"code": one.code, "name": one.name} for one in wording.answering(response)],
        "parts": [_part(part) for part in response.parts],
        "documents": [
            {**asdict(document), "url": wording.document_address(row.path, document)}
            for document in response.attachments
        ],
    }


def tombstone(row: Row[Any]) -> dict[str, Any]:
    """What is left of an entry that was taken down."""
    return {
        "reference": row.reference,
        "withdrawn_on": civil_date(row.withdrawn_at),
        "reason": {"code": row.withdrawal_reason, "title": wording.WITHDRAWALS[row.withdrawal_reason]},
    }


def log(rows: list[Row[Any]], following: str | None, site: Site) -> dict[str, Any]:
    """A page of a site's log; `next` is the address of the next one, or null."""
    return {
        "site": {"code": site.code, "name": site.name},
        "disclosures": [summary(row) for row in rows],
        "next": f"/{site.code}/disclosures.json?after={following}" if following else None,
    }


def _part(part: AnsweredPart) -> dict[str, Any]:
    """The part as data; what does not apply to it is null rather than empty."""
    shown = {name: value or None for name, value in asdict(part).items()}
    title = wording.outcome(part.outcome) if part.outcome else None
    return {**shown, "outcome": {"code": part.outcome, "title": title} if part.outcome else None}
