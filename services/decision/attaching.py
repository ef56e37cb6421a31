"""Documents that go with a reply: put on and taken off while the draft is worked on, read by whoever checks it."""

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from services.decision.casefile import read_file
from services.decision.domain import CaseFile
from services.decision.drafting import opened, worked_on
from services.decision.models import attachment
from shared.chassis.errors import Finding, Invalid, NotFound, Refused
from shared.chassis.uow import UnitOfWork
from shared.contracts.values import FileName

ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/csv": ".csv",
    "text/plain": ".txt",
}
MEDIA_TYPES = tuple(ENDINGS)
LARGEST = 20 * 1024 * 1024
"""Bytes."""


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _is_spreadsheet(content: bytes) -> bool:
    """An OpenDocument file is a ZIP archive whose first entry, stored as it is, names its kind."""
    return content[:4] == b"PK\x03\x04" and b"application/vnd.oasis.opendocument.spreadsheet" in content[:200]


LOOKS_LIKE: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": lambda content: content.startswith(b"%PDF-"),
    "application/vnd.oasis.opendocument.spreadsheet": _is_spreadsheet,
    "text/csv": _is_text,
    "text/plain": _is_text,
}


def attach(uow: UnitOfWork, case_id: str, content: bytes, *, media_type: str, name: str, parts: Sequence[str]) -> str:
    """Put a document on the draft, for the questions named; its digest."""
    row = opened(uow, case_id, "attach")
    file = read_file(uow, case_id)
    if findings := _faults(file, content, media_type, name, parts):
        raise Invalid(findings)
    kept = uow.private_blobs.put(content, media_type=media_type, name=name)
    if any(each.digest == kept.digest for each in file.attachments):
        raise Refused("This document is attached already.", next_step="Take it off before you attach it again.")
    uow.add(
        attachment,
        case_id=case_id,
        digest=kept.digest,
        name=name,
        media_type=media_type,
        size=kept.size,
        parts=list(dict.fromkeys(parts)),
    )
    worked_on(uow, row)
    return kept.digest


def take_off(uow: UnitOfWork, case_id: str, digest: str) -> None:
    """Take a document off the draft."""
    row = opened(uow, case_id, "take off")
    this = (attachment.c.case_id == case_id, attachment.c.digest == digest)
    if not uow.connection.execute(delete(attachment).where(*this)).rowcount:
        raise NotFound("document on this case", digest)
    worked_on(uow, row)


def document_of(uow: UnitOfWork, case_id: str, digest: str) -> tuple[bytes, str, str]:
    """A document's bytes, media type and name."""
    this = (attachment.c.case_id == case_id, attachment.c.digest == digest)
    row = uow.once(select(attachment).where(*this))
    if row is None:
        raise NotFound("document on this case", digest)
    return uow.private_blobs.get(digest), row.media_type, row.name


def _faults(file: CaseFile, content: bytes, media_type: str, name: str, parts: Sequence[str]) -> list[Finding]:
    findings = []
    ending = ENDINGS[media_type]
    try:
        FileName(name)
    except ValueError as error:
        findings.append(Finding("name", f"The name is {error}.", next_step="Choose another name."))
    if not name.endswith(ending):
        findings.append(
            Finding("name", "The name does not fit the kind of document.", next_step=f"End it in {ending}.")
        )
    if any(each.name == name for each in file.attachments):
        message = "Another document has this name."
        findings.append(Finding("name", message, next_step="Choose another name, or take the other document off."))
    known = [part.label for part in file.questions]
    for place, label in enumerate(parts):
        if label not in known:
            next_step = f"Choose from: {', '.join(known)}."
            findings.append(Finding(f"parts.{place}", f"{label} is not a question of this case.", "RN-01", next_step))
    if not LOOKS_LIKE[media_type](content):
        message = f"The content is not {media_type}."
        findings.append(Finding("body", message, "REL-27", "Send what the Content-Type says; text is UTF-8."))
    return findings
