"""Documents that go with a reply: put on and taken off while the draft is worked on, read by whoever checks it."""

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from services.decision.casefile import read_file
from services.decision.domain import CaseFile
from services.decision.drafting import opened, worked_on
from services.decision.leaving import is_passed, put_to_check
from services.decision.models import attachment
from shared.chassis.errors import Finding, Invalid, NotFound, Refused
from shared.chassis.uow import UnitOfWork
from shared.contracts.values import FileName

OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."
ENDINGS = {
    "application/pdf": ".pdf",
    f"{OPEN_DOCUMENT}spreadsheet": ".ods",
    f"{OPEN_DOCUMENT}text": ".odt",
    f"{OPEN_DOCUMENT}presentation": ".odp",
    f"{OFFICE}spreadsheetml.sheet": ".xlsx",
    f"{OFFICE}wordprocessingml.document": ".docx",
    f"{OFFICE}presentationml.presentation": ".pptx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/csv": ".csv",
    "text/plain": ".txt",
}
"""What may be attached, and its ending. Whether it may leave is for the release check to say (REL-19, REL-27)."""
MEDIA_TYPES = tuple(ENDINGS)
LARGEST = 20 * 1024 * 1024
"""Bytes."""


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


LOOKS_LIKE: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": lambda content: content.startswith(b"%PDF-"),
    "image/jpeg": lambda content: content.startswith(b"\xff\xd8\xff"),
    "image/png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
    "text/csv": _is_text,
    "text/plain": _is_text,
}
"""The rest are ZIP archives; an OpenDocument's first entry, stored as it is, names its kind."""


def _looks_like(content: bytes, media_type: str) -> bool:
    if media_type in LOOKS_LIKE:
        return LOOKS_LIKE[media_type](content)
    is_archive = content.startswith(b"PK\x03\x04")
    return is_archive and (media_type.startswith(OFFICE) or media_type.encode() in content[:200])


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
    if not is_passed(file, kept.digest):
        put_to_check(uow, case_id, kept, content)
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
    if not _looks_like(content, media_type):
        message = f"The content is not {media_type}."
        findings.append(Finding("body", message, "REL-27", "Send what the Content-Type says; text is UTF-8."))
    return findings
