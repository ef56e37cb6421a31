"""What the public may see: entries that are released, and the tombstones of those that were."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from services.publishing.models import entry, release
from shared.chassis.errors import NotFound
from shared.chassis.http.pagination import page
from shared.chassis.uow import UnitOfWork

PAGE = 20
"""Entries on one page of a log, and in a feed."""

NEVER = datetime(2005, 1, 1, tzinfo=UTC)
"""The last change of a log that holds nothing: the day on which the right of access came into force."""

_HERE = release.c.released_at.is_not(None)


def newest(uow: UnitOfWork, site: str, after: str | None = None) -> tuple[list[Row[Any]], str | None]:
    """One page of a site's log, the newest first, and the token of the next page.

    Raises `Invalid` for a token that no page gave out.
    """
    keys = (release.c.released_at.desc(), release.c.case_id.desc())
    return page(uow, _listed(site).where(entry.c.state == "released"), keys, after, PAGE)


def withdrawn_lately(uow: UnitOfWork, site: str) -> Sequence[Row[Any]]:
    """The latest tombstones of a site, for those who follow its feed."""
    query = _listed(site).where(entry.c.state == "withdrawn")
    return uow.all(query.order_by(entry.c.withdrawn_at.desc(), entry.c.id).limit(PAGE))


def last_change(uow: UnitOfWork, site: str) -> datetime:
    """When something was last released on the site or taken from it."""
    query = select(func.max(release.c.released_at), func.max(entry.c.withdrawn_at))
    row = uow.connection.execute(query.join_from(entry, release).where(release.c.site == site, _HERE)).one()
    return max((instant for instant in row if instant is not None), default=NEVER)


def one(uow: UnitOfWork, site: str, slug: str) -> Row[Any]:
    """The entry that stands, or stood, at this address; its `state` is released or withdrawn. Raises `NotFound`."""
    query = select(entry, release.c.path).join_from(entry, release)
    row = uow.once(query.where(release.c.path == f"/{site}/disclosures/{slug}", _HERE))
    if row is None:
        raise NotFound("disclosure", slug)
    return row


def _listed(site: str) -> Select[Any]:
    shown = (entry.c.id, entry.c.reference, entry.c.title, entry.c.overall, entry.c.received_on, entry.c.answered_on)
    late = (entry.c.due_on, entry.c.in_time, entry.c.withdrawn_at)
    place = (release.c.path, release.c.released_at, release.c.case_id)
    return select(*shown, *late, *place).join_from(entry, release).where(release.c.site == site, _HERE)
