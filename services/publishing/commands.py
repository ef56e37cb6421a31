"""What can be done with an entry. Each takes the row as read and gives the row as it is afterwards."""

from typing import Any

import orjson
from sqlalchemy import Row, select, update

from services.publishing.domain import (
    ENTRY,
    Approval,
    entry_path,
    reasons_to_hold,
    release_day,
    release_instant,
    resumed_release_day,
)
from services.publishing.models import entry, release
from shared.chassis.errors import Finding, Invalid, Refused
from shared.chassis.events.values import BlindText, Code
from shared.chassis.uow import UnitOfWork
from shared.contracts.authorities import authorities
from shared.contracts.intake import ResponseDispatched
from shared.contracts.publishing import EntryHeld, EntryPrepared, EntryReleased, EntryResumed, EntryWithdrawn
from shared.contracts.response import Response
from shared.contracts.values import SitePath

RELEASE_TIMER = "release"


def prepare(uow: UnitOfWork, brief: Row[Any], approved: Row[Any], sent: ResponseDispatched) -> None:
    """Make the entry of a case whose reply has left, and set the day of its release.

    Where something is wrong with it, it is held at once for a person to look at. Raises `BlobMissing` when the
    reply as data is not in the store, `Refused` for an authority that has no table in the file of authorities.
    """
    case_id = brief.case_id
    reply = uow.blobs.get(approved.response)
    sites = _sites(brief.authorities)
    release_on = release_day(sent.dispatched_on)
    uow.add(
        entry,
        id=case_id,
        version=1,
        state=ENTRY.initial,
        reference=brief.reference,
        title=brief.title,
        content=orjson.loads(reply),
        overall=approved.overall,
        received_on=brief.received_on,
        due_on=sent.due_on,
        answered_on=sent.dispatched_on,
        working_day=sent.working_day,
        in_time=sent.in_time,
        release_on=release_on,
    )
    for site in sites:
        uow.add(release, case_id=case_id, site=str(site), path=_free_path(uow, site, brief.reference))
    uow.record(EntryPrepared(sites=sites, release_on=release_on), subject=case_id)
    uow.schedule(RELEASE_TIMER, case_id, release_instant(release_on))
    if reasons := reasons_to_hold(_approval(approved), sent=str(sent.letter), shown=_shown(Response.from_bytes(reply))):
        hold(uow, uow.connection.execute(select(entry).where(entry.c.id == case_id)).one(), " ".join(reasons))


def hold(uow: UnitOfWork, row: Row[Any], reason: str) -> Row[Any]:
    """Stop the release until somebody resumes it. Raises `Invalid` for a reason that may tell who asked."""
    uow.require_version(row)
    state = ENTRY.next(row.state, "hold")
    uow.cancel(RELEASE_TIMER, row.id)
    uow.record(EntryHeld(reason=_cleared("reason", reason)), subject=row.id)
    return uow.advance(entry, row, state=state, hold_reason=reason)


def resume(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Take the hold off; the entry is released on its day, or on the next working day where that has gone by."""
    uow.require_version(row)
    state = ENTRY.next(row.state, "resume")
    release_on = resumed_release_day(row.release_on, uow.today)
    uow.schedule(RELEASE_TIMER, row.id, release_instant(release_on))
    uow.record(EntryResumed(release_on=release_on), subject=row.id)
    return uow.advance(entry, row, state=state, release_on=release_on, hold_reason=None)


def release_now(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Let the public read the entry, on every site of the case's authorities."""
    uow.require_version(row)
    state = ENTRY.next(row.state, "release")
    uow.cancel(RELEASE_TIMER, row.id)
    uow.connection.execute(update(release).where(release.c.case_id == row.id).values(released_at=uow.now))
    for place in _releases(uow, row.id):
        uow.record(EntryReleased(site=Code(place.site), path=SitePath(place.path)), subject=row.id)
    return uow.advance(entry, row, state=state, released_at=uow.now)


def withdraw(uow: UnitOfWork, row: Row[Any], reason: str) -> Row[Any]:
    """Take the entry from every site at once and for good (PUB-07); `reason` is one of WITHDRAWAL_REASONS.

    An entry that nobody could read yet leaves no tombstone.
    """
    uow.require_version(row)
    state = ENTRY.next(row.state, "withdraw")
    uow.cancel(RELEASE_TIMER, row.id)
    sites = tuple(Code(place.site) for place in _releases(uow, row.id) if place.released_at is not None)
    uow.record(EntryWithdrawn(sites=sites, reason=Code(reason)), subject=row.id)
    return uow.advance(entry, row, state=state, withdrawn_at=uow.now, withdrawal_reason=reason, hold_reason=None)


def _releases(uow: UnitOfWork, case_id: str) -> list[Row[Any]]:
    return list(uow.all(select(release).where(release.c.case_id == case_id).order_by(release.c.site)))


def _sites(codes: list[str]) -> tuple[Code, ...]:
    known = authorities()
    for code in codes:
        if code not in known:
            next_step = "Add it to the file of authorities, then retry the parked message."
            raise Refused(f"There is no authority '{code}' in the file of authorities.", next_step=next_step)
    return tuple(dict.fromkeys(site.code for code in codes for site in known[code].sites))


def _free_path(uow: UnitOfWork, site: str, reference: str) -> str:
    wanted = entry_path(site, reference, ())
    similar = select(release.c.path).where(release.c.path.startswith(wanted, autoescape=True))
    return entry_path(site, reference, {row.path for row in uow.all(similar)})


def _approval(approved: Row[Any]) -> Approval:
    return Approval(
        letter=approved.letter,
        outcomes={part["label"]: part["outcome"] for part in approved.outcomes},
        citations=frozenset(citation for part in approved.outcomes for citation in part["citations"]),
    )


def _shown(response: Response) -> dict[str, str]:
    return {part.label: part.outcome for part in response.parts if part.outcome}


def _cleared(field: str, text: str) -> BlindText:
    try:
        return BlindText(text)
    except ValueError as error:
        raise Invalid(
            [Finding(field, f"It {error}.", "PUB-02", "Say why without anything that could tell who asked.")]
        ) from None
