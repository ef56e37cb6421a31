"""Release checks: taken in when a service wants a document to leave, done in a child process, told as an event."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Row, select

from services.publishing.domain import CHECK, cleared, refuse_what_cannot_be_accepted
from services.publishing.models import entry, release_check
from services.publishing.release_check.confinement import CleanCopy, CleanFile, Examiners, NotCleaned
from services.publishing.release_check.malware import NO_ANSWER, ScannerUnavailable
from services.publishing.release_check.policy import read_policy
from services.publishing.release_check.report import BLOCK, Finding, Report
from shared.chassis.blobs import BlobChanged, BlobMissing
from shared.chassis.errors import NotFound, Refused
from shared.chassis.events.values import Code, Digest
from shared.chassis.uow import UnitOfWork
from shared.contracts.authorities import contact_details
from shared.contracts.publishing import DocumentChecked, FindingsAccepted, Found
from shared.contracts.ruleset import ruleset_in_force, standing
from shared.contracts.values import Document

CHECK_TIMER = "check"
"""The timer that does a check; its key is the check's id."""
TABLES = frozenset(
    {
        "text/csv",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
COPIES = (
    "text/csv",
    "text/html",
    "text/plain",
    "application/pdf",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "image/jpeg",
    "image/png",
)
"""What the files of a clean copy may be."""
EARLIER, LARGEST_EARLIER = 20, 1_000_000
"""How many earlier tables of an authority a new one is compared with, and how large one may be in bytes (REL-23)."""


def take_in(uow: UnitOfWork, case_id: str, document: Document, *, sender: str, person: str) -> None:
    """Have a document checked, once under each ruleset; `person` is who wants it to leave."""
    row = _of(uow, case_id, str(document.digest))
    if row is None:
        check_id = uow.new_id()
        uow.add(
            release_check,
            id=check_id,
            version=1,
            state=CHECK.initial,
            case_id=case_id,
            digest=str(document.digest),
            name=str(document.name),
            media_type=str(document.media_type),
            size=document.size,
            sender=sender,
            submitted_by=person,
        )
        uow.schedule(CHECK_TIMER, check_id, uow.now)
    elif row.state != CHECK.initial and row.ruleset != ruleset_in_force(uow.config.release_policy):
        _again(uow, row)


def examine(uow: UnitOfWork, check_id: str) -> Report:
    """Do the check. Done outside a transaction: a large workbook takes seconds.

    Raises `ScannerUnavailable`: a document waits for a scanner that is away, and is not blocked for good by it.
    """
    row = check_row(uow, check_id)
    try:
        content = content_of(uow, row)
    except BlobChanged:
        return _not_what_was_submitted(row, ruleset_in_force(uow.config.release_policy))
    policy = uow.config.release_policy
    checking = examiners(policy, ruleset_in_force(policy), uow.config.clamd)
    report = checking.inspect(content, row.name, _earlier(uow, row))
    if report.malware == NO_ANSWER:
        raise ScannerUnavailable("The malware scanner gives no answer: see `candour doctor`.")
    return report


def note(uow: UnitOfWork, check_id: str, report: Report) -> None:
    """Keep the report and tell whoever waits for it."""
    row = check_row(uow, check_id)
    state = CHECK.next(row.state, report.verdict)
    kept = uow.blobs.put(orjson.dumps(report.as_json()), media_type="application/json", name="release-check.json")
    uow.advance(
        release_check,
        row,
        state=state,
        ruleset=report.ruleset,
        verdict=report.verdict,
        report=kept.digest,
        checked_at=uow.now,
        accepted_by=None,
        accepted_reason=None,
    )
    checked = DocumentChecked(
        digest=Digest(row.digest),
        ruleset=Code(report.ruleset),
        verdict=Code(report.verdict),
        report=Digest(kept.digest),
        findings=_counted(report),
    )
    uow.record(checked, subject=row.case_id)


def accept(uow: UnitOfWork, row: Row[Any], reason: str) -> Row[Any]:
    """Let a document go although its check asks for a second look. Raises `Refused` where it blocks, `Forbidden` for
    whoever wanted it to leave, `Invalid` for a reason that may tell who asked."""
    uow.require_version(row)
    refuse_what_cannot_be_accepted(row.state, uow.actor.id, row.submitted_by)
    state = CHECK.next(row.state, "accept")
    blind = cleared("reason", reason)
    event = FindingsAccepted(digest=Digest(row.digest), ruleset=Code(row.ruleset), reason=blind)
    uow.record(event, subject=row.case_id)
    return uow.advance(release_check, row, state=state, accepted_by=uow.actor.id, accepted_reason=str(blind))


def check_again(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    """Have a document checked once more under the rules as they are, as after a machine that was short of memory."""
    uow.require_version(row)
    return _again(uow, row)


def clean_copy(uow: UnitOfWork, check_id: str, form: str) -> CleanCopy:
    """A copy of the document rebuilt from what is visible. Nothing is kept: the same document gives the same copy.

    Raises `Refused` where there is none.
    """
    row = check_row(uow, check_id)
    policy = uow.config.release_policy
    checking = examiners(policy, ruleset_in_force(policy), uow.config.clamd)
    try:
        return checking.clean(content_of(uow, row), row.name, form)
    except NotCleaned as reason:
        raise Refused(str(reason), rule="REL-19", next_step="Mend the document by hand, and attach that.") from None
    except BlobChanged:
        raise Refused(
            "The stored bytes are not those that were submitted.",
            rule="REL-27",
            next_step="Take the document off and attach it again.",
        ) from None


def clean_file(uow: UnitOfWork, check_id: str, name: str, form: str) -> CleanFile:
    """One file of that copy. Raises `NotFound`."""
    for file in clean_copy(uow, check_id, form).files:
        if file.name == name:
            return file
    raise NotFound("file of the clean copy", name)


def check_what_has_not_left(uow: UnitOfWork) -> None:
    """Where the rules have changed, check anew what was checked under others and can still leave."""
    gone = select(entry.c.id).where(entry.c.state.in_(("released", "withdrawn")))
    old = select(release_check).where(
        release_check.c.state != CHECK.initial,
        release_check.c.ruleset != ruleset_in_force(uow.config.release_policy),
        release_check.c.case_id.not_in(gone),
    )
    for row in uow.all(old):
        _again(uow, row)


def standings(uow: UnitOfWork, case_id: str, digests: Iterable[str]) -> dict[str, str]:
    """Where each of these documents of a case stands: see `shared.contracts.ruleset`."""
    in_force = ruleset_in_force(uow.config.release_policy)
    rows = {row.digest: row for row in uow.all(select(release_check).where(release_check.c.case_id == case_id))}
    return {digest: _standing(rows.get(digest), in_force) for digest in digests}


def check_row(uow: UnitOfWork, check_id: str) -> Row[Any]:
    """The check, or `NotFound`."""
    row = uow.once(select(release_check).where(release_check.c.id == check_id))
    if row is None:
        raise NotFound("release check", check_id)
    return row


def content_of(uow: UnitOfWork, row: Row[Any]) -> bytes:
    """The bytes of the document, from where they wait or, once signed off, from where they leave. Raises `BlobChanged`
    or `BlobMissing`."""
    try:
        return uow.unchecked_blobs.get(row.digest)
    except BlobMissing:
        return uow.blobs.get(row.digest)


@lru_cache(maxsize=1)
def examiners(policy: Path | None, ruleset: str, scanner: str) -> Examiners:
    """The process that does the checks under a policy, started once for each ruleset. It ends with this one."""
    return Examiners(read_policy(policy, contact_details()), scanner=scanner)


def _earlier(uow: UnitOfWork, row: Row[Any]) -> list[tuple[str, bytes]]:
    """Tables that were published before, the newest first: a number withheld here may be the difference to one."""
    if row.media_type not in TABLES:
        return []
    released = select(entry.c.content).where(entry.c.state == "released", entry.c.id != row.case_id)
    found: list[tuple[str, bytes]] = []
    for published in uow.all(released.order_by(entry.c.released_at.desc()).limit(EARLIER)):
        for each in published.content["attachments"]:
            if each["media_type"] in TABLES and each["size"] <= LARGEST_EARLIER:
                found.append((each["name"], uow.blobs.get(each["digest"])))
    return found[:EARLIER]


def _not_what_was_submitted(row: Row[Any], ruleset: str) -> Report:
    finding = Finding(code="unreadable", severity=BLOCK, where="the stored bytes are not those that were submitted")
    return Report(file=row.name, sha256=row.digest, type="unknown", findings=(finding,), ruleset=ruleset)


def _again(uow: UnitOfWork, row: Row[Any]) -> Row[Any]:
    uow.schedule(CHECK_TIMER, row.id, uow.now)
    return uow.advance(release_check, row, state=CHECK.next(row.state, "check again"))


def _of(uow: UnitOfWork, case_id: str, digest: str) -> Row[Any] | None:
    return uow.once(select(release_check).where(release_check.c.case_id == case_id, release_check.c.digest == digest))


def _standing(row: Row[Any] | None, in_force: str) -> str:
    if row is None or row.state == CHECK.initial:
        return standing(None, None, accepted=False, in_force=in_force)
    return standing(row.verdict, row.ruleset, accepted=row.accepted_by is not None, in_force=in_force)


def _counted(report: Report) -> tuple[Found, ...]:
    places = Counter((each.code, each.rule, each.severity) for each in report.findings)
    return tuple(
        Found(code=Code(code), rule=Code(rule.lower()), severity=Code(severity), places=number)
        for (code, rule, severity), number in places.items()
    )
