"""What can be done with an entry. Each takes the row as read and gives the row as it is afterwards."""

from typing import Any

import orjson
from sqlalchemy import Row, select, update

from services.publishing import checking
from services.publishing.domain import (
    ENTRY,
    Approval,
    cleared,
    entry_path,
    reasons_to_hold,
    release_day,
    release_instant,
    resumed_release_day,
)
from services.publishing.models import approved, entry, release
from shared.chassis.errors import Refused
from shared.chassis.events.values import Code, Digest, MediaType
from shared.chassis.uow import UnitOfWork
from shared.contracts.authorities import authorities
from shared.contracts.intake import ResponseDispatched
from shared.contracts.publishing import EntryHeld, EntryPrepared, EntryReleased, EntryResumed, EntryWithdrawn
from shared.contracts.response import Response
from shared.contracts.ruleset import PASSED
from shared.contracts.values import Document, FileName, SitePath

RELEASE_TIMER = "release"
DATA = FileName("response.json")
"""What the reply as data is called among the documents of a case."""


def prepare(uow: UnitOfWork, brief: Row[Any], signed_off: Row[Any], sent: ResponseDispatched) -> None:
    """Make the entry of a case whose reply has left, and set the day of its release.

    Where something is wrong with it, it is held at once for a person to look at. Raises `BlobMissing` when the
    reply as data is not in the store, `Refused` for an authority that has no table in the file of authorities.
    """
    case_id = brief.case_id
    reply = uow.blobs.get(signed_off.response)
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
        overall=signed_off.overall,
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
    whole = Response.from_bytes(reply)
    _check_what_was_signed_off_unchecked(uow, case_id, signed_off.response, len(reply), whole)
    if reasons := reasons_to_hold(_approval(signed_off), sent=str(sent.letter), shown=_shown(whole)):
        hold(uow, uow.connection.execute(select(entry).where(entry.c.id == case_id)).one(), " ".join(reasons))


def hold(uow: UnitOfWork, row: Row[Any], reason: str) -> Row[Any]:
    """Stop the release until somebody resumes it. Raises `Invalid` for a reason that may tell who asked."""
    uow.require_version(row)
    state = ENTRY.next(row.state, "hold")
    uow.cancel(RELEASE_TIMER, row.id)
    uow.record(EntryHeld(reason=cleared("reason", reason)), subject=row.id)
    return uow.advance(entry, row, state=state, hold_reason=reason)


def resume(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Take the hold off; the entry is released on its day, or on the next working day where that has gone by."""
    uow.require_version(row)
    state = ENTRY.next(row.state, "resume")
    release_on = resumed_release_day(row.release_on, uow.today)
    uow.schedule(RELEASE_TIMER, row.id, release_instant(release_on))
    uow.record(EntryResumed(release_on=release_on), subject=row.id)
    return uow.advance(entry, row, state=state, release_on=release_on, hold_reason=None)


def release_or_hold(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Release an entry whose day has come. What has not passed the release check under the rules in force is held for
    a person instead (REL-27)."""
    if unchecked := what_has_not_passed(uow, row):
        return hold(uow, row, f"Not everything has passed the release check: {unchecked} (REL-27).")
    return release_now(uow, row)


def what_has_not_passed(uow: UnitOfWork, row: Row[Any]) -> str:
    """The names of what an entry shows and may not yet show, with where each stands; "" when it may be released."""
    shown = _documents(uow, row)
    stands = checking.standings(uow, row.id, shown)
    return ", ".join(f"{name} ({stands[digest]})" for digest, name in shown.items() if stands[digest] != PASSED)


def release_now(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Let the public read the entry, on every site of the case's authorities."""
    uow.require_version(row)
    state = ENTRY.next(row.state, "release")
    if unchecked := what_has_not_passed(uow, row):
        raise Refused(
            f"Not everything that the entry shows has passed the release check: {unchecked}.",
            rule="REL-27",
            next_step="See the checks of the case. What blocks has to be withdrawn; what is to be reviewed, accepted.",
        )
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


def _documents(uow: UnitOfWork, row: Row[Any]) -> dict[str, str]:
    """What an entry shows, by digest: the reply as data, and the documents."""
    approved_now = uow.connection.execute(select(approved.c.response).where(approved.c.case_id == row.id)).scalar_one()
    return {approved_now: "response.json"} | {each["digest"]: each["name"] for each in row.content["attachments"]}


def _check_what_was_signed_off_unchecked(
    uow: UnitOfWork, case_id: str, digest: str, size: int, reply: Response
) -> None:
    """A case that was signed off by a version without checks has its documents checked before the entry's day."""
    documents = [Document(digest=Digest(digest), media_type=MediaType("application/json"), size=size, name=DATA)]
    documents += (
        Document(
            digest=Digest(each.digest), media_type=MediaType(each.media_type), size=each.size, name=FileName(each.name)
        )
        for each in reply.attachments
    )
    for document in documents:
        checking.take_in(uow, case_id, document, sender="publishing", person=uow.actor.id)


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


def _approval(signed_off: Row[Any]) -> Approval:
    return Approval(
        letter=signed_off.letter,
        outcomes={part["label"]: part["outcome"] for part in signed_off.outcomes},
        citations=frozenset(citation for part in signed_off.outcomes for citation in part["citations"]),
    )


def _shown(response: Response) -> dict[str, str]:
    return {part.label: part.outcome for part in response.parts if part.outcome}
