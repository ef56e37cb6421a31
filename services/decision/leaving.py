"""What leaves with a reply: every document of it is put to the release check, and none is signed off without."""

from typing import Any

from sqlalchemy import Row

from services.decision.domain import CaseFile, not_passed
from services.decision.letters import HTML, JSON, PDF, TEXT
from shared.chassis.blobs import Blob
from shared.chassis.errors import Refused
from shared.chassis.events.values import Digest, MediaType
from shared.chassis.uow import UnitOfWork
from shared.contracts.decision import DocumentSubmitted
from shared.contracts.ruleset import PASSED
from shared.contracts.values import Document, FileName

FORMS = {
    "letter": ("letter.html", HTML),
    "letter_text": ("letter.txt", TEXT),
    "letter_pdf": ("letter.pdf", PDF),
    "response": ("response.json", JSON),
}
"""The letter's forms by the column of the draft that holds the digest: name and media type."""


def put_to_check(uow: UnitOfWork, case_id: str, kept: Blob, content: bytes) -> None:
    """Have a document checked, whose bytes are read by the check alone until the reply is signed off (REL-27)."""
    uow.unchecked_blobs.put(content, media_type=kept.media_type, name=kept.name)
    uow.record(DocumentSubmitted(document=as_document(kept)), subject=case_id)


def as_document(kept: Any) -> Document:
    """A stored document as events name it."""
    return Document(
        digest=Digest(kept.digest),
        media_type=MediaType(kept.media_type),
        size=kept.size,
        name=FileName(kept.name),
    )


def leaving(row: Row[Any], file: CaseFile) -> dict[str, str]:
    """Everything that would leave with the draft as it is: the name of each document by its digest."""
    forms = {getattr(row, column): name for column, (name, _) in FORMS.items() if getattr(row, column)}
    return forms | {each.digest: each.name for each in file.attachments}


def refuse_what_has_not_passed(row: Row[Any], file: CaseFile) -> None:
    """Raises `Refused` unless everything that would leave has passed under the rules in force."""
    if findings := list(not_passed(leaving(row, file), file.checks, "")):
        first = findings[0]
        others = f" And {len(findings) - 1} more." if len(findings) > 1 else ""
        raise Refused(f"{first.message}{others}", rule=first.rule, next_step=first.next_step)


def is_passed(file: CaseFile, digest: str) -> bool:
    """Whether these bytes have passed already, so that they need not be checked again."""
    return digest in file.checks and file.checks[digest].standing == PASSED
