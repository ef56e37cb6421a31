"""What staff see of the entries."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson
from sqlalchemy import Connection, Row, Select, func, select

from services.publishing.domain import CHECK, ENTRY
from services.publishing.models import approved, brief, entry, release, release_check
from services.publishing.release_check.confinement import CleanCopy
from shared.chassis.errors import NotFound
from shared.chassis.uow import UnitOfWork

_LISTED = [column for column in entry.c if column is not entry.c.content]


def entry_row(uow: UnitOfWork, entry_id: str) -> Row[Any]:
    """The entry as it is now. Raises `NotFound`."""
    row = uow.once(select(entry).where(entry.c.id == entry_id))
    if row is None:
        raise NotFound("entry", entry_id)
    return row


def what_is_known(uow: UnitOfWork, case_id: str) -> tuple[Row[Any], Row[Any]]:
    """The brief of a case and what was signed off. Raises `NotFound` while one of them has not arrived."""
    known = uow.once(select(brief).where(brief.c.case_id == case_id))
    signed_off = uow.once(select(approved).where(approved.c.case_id == case_id))
    if known is None or signed_off is None:
        raise NotFound("brief" if known is None else "sign-off", f"of case {case_id}")
    return known, signed_off


def entries(filters: Mapping[str, Any]) -> Select[Any]:
    """Entries in one `state`, on one `site`, or all, without their content."""
    query = select(*_LISTED)
    if "state" in filters:
        query = query.where(entry.c.state == filters["state"])
    if "site" in filters:
        query = query.where(entry.c.id.in_(select(release.c.case_id).where(release.c.site == filters["site"])))
    return query


def shown(uow: UnitOfWork, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """The rows with their sites, what may be done with them, and their links."""
    ids = [row.id for row in rows]
    places: dict[str, list[Row[Any]]] = {case_id: [] for case_id in ids}
    for place in uow.all(select(release).where(release.c.case_id.in_(ids)).order_by(release.c.site)):
        places[place.case_id].append(place)
    return [
        {
            **row._mapping,
            "sites": places[row.id],
            "allowed": ENTRY.allowed(row.state),
            "links": {"self": f"/entries/{row.id}"},
        }
        for row in rows
    ]


def checks(filters: Mapping[str, Any]) -> Select[Any]:
    """Release checks of one `case`, in one `state`, or all."""
    query = select(release_check)
    if "case" in filters:
        query = query.where(release_check.c.case_id == str(filters["case"]))
    if "state" in filters:
        query = query.where(release_check.c.state == filters["state"])
    return query


def shown_check(row: Row[Any]) -> dict[str, Any]:
    """A check with what may be done about it, and its links."""
    links = {"self": f"/checks/{row.id}", "clean_copy": f"/checks/{row.id}/clean-copy"}
    return {**row._mapping, "allowed": CHECK.allowed(row.state), "links": links}


def shown_copy(check_id: str, copy: CleanCopy, form: str) -> dict[str, Any]:
    """A clean copy, each file with what its own check found and the link to its bytes."""
    query = f"?form={form}" if form else ""
    at = f"/checks/{check_id}/clean-copy"
    return {
        "summary": copy.summary,
        "before": copy.before,
        "after": copy.after,
        "warnings": copy.warnings,
        "files": [
            {
                "name": each.name,
                "media_type": each.media_type,
                "size": len(each.data),
                "digest": each.report.sha256,
                "verdict": each.report.verdict,
                "findings": [found.as_json() for found in each.report.findings],
                "links": {"self": f"{at}/{quote(each.name)}{query}"},
            }
            for each in copy.files
        ],
    }


def with_report(uow: UnitOfWork, row: Row[Any]) -> dict[str, Any]:
    """A check with its whole report, or without one while there is none."""
    report = orjson.loads(uow.blobs.get(row.report)) if row.report else {"type": None, "malware": None, "findings": []}
    return {**shown_check(row), **{name: report[name] for name in ("type", "malware", "findings")}}


def gauges(connection: Connection) -> list[tuple[str, dict[str, str], float]]:
    """How many entries are in each state: the prepared and held ones are the unpublished backlog (PUB-04). And how many
    release checks: those that wait hold a reply up, those to review hold up a second officer."""
    counted = connection.execute(select(entry.c.state, func.count()).group_by(entry.c.state)).all()
    found = {row.state: row[1] for row in counted}
    entries_now = [("candour_entries", {"state": state}, float(found.get(state, 0))) for state in ENTRY.states]
    counted = connection.execute(select(release_check.c.state, func.count()).group_by(release_check.c.state)).all()
    found = {row.state: row[1] for row in counted}
    return entries_now + [
        ("candour_release_checks", {"state": state}, float(found.get(state, 0))) for state in CHECK.states
    ]
