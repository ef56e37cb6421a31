"""Nothing is mailed that has not passed the release check: what goes out is put to it, and waited for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import select, update

from services.intake.covering import Covering
from services.intake.models import release_check
from shared.chassis.database import insert_or_update
from shared.chassis.errors import Refused
from shared.chassis.events.values import Digest, MediaType
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import MessageSubmitted
from shared.contracts.publishing import DocumentChecked
from shared.contracts.ruleset import BLOCKED, OUTDATED, PASSED, REVIEW, WAITING, ruleset_in_force, standing
from shared.contracts.values import Document, FileName


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One file of a message, or its covering words, as it leaves."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def words_of(covering: Covering) -> Outgoing:
    """The covering words without the greeting's name, which is nobody's but intake's to know."""
    blind = replace(covering, name=None)
    words = "\n\n".join([blind.subject(), *blind.paragraphs()])
    return Outgoing(name="covering.txt", media_type="text/plain", content=words.encode())


def ask(uow: UnitOfWork, case_id: str, files: Iterable[Outgoing]) -> None:
    """Have those checked that nobody has asked about under the rules in force."""
    known = standings(uow, case_id)
    for file in files:
        if known.get(file.digest, OUTDATED) == OUTDATED:
            _submit(uow, case_id, file)


def worst(uow: UnitOfWork, case_id: str, files: Iterable[Outgoing]) -> str:
    """Where the message as a whole stands: `passed` only when everything in it has passed."""
    known = standings(uow, case_id)
    found = {known.get(file.digest, WAITING) for file in files}
    return next((each for each in (BLOCKED, REVIEW, OUTDATED, WAITING) if each in found), PASSED)


def refuse_unless_passed(uow: UnitOfWork, case_id: str, files: Iterable[Outgoing]) -> None:
    """Raises `Refused` for what may not leave: for a reply that is posted, or that the check has stopped already."""
    known = standings(uow, case_id)
    for file in files:
        stands = known.get(file.digest, WAITING)
        if stands != PASSED:
            raise Refused(
                f"“{file.name}” has not passed the release check: it is {stands}.",
                rule="REL-27",
                next_step="See the checks of the case in publishing. What waits is checked in a moment; what is to be "
                "reviewed needs a second officer; what is blocked has to be drawn up and signed off again.",
            )


def refuse_what_is_stopped(uow: UnitOfWork, case_id: str, files: Iterable[Outgoing]) -> None:
    """The same, but what has not been asked about yet may still pass."""
    known = standings(uow, case_id)
    refuse_unless_passed(uow, case_id, [file for file in files if known.get(file.digest) in (BLOCKED, REVIEW)])


def standings(uow: UnitOfWork, case_id: str) -> dict[str, str]:
    """Where every document of the case stands that a check was asked for or told of, by its digest."""
    in_force = ruleset_in_force(uow.config.release_policy)
    rows = uow.all(select(release_check).where(release_check.c.case_id == case_id))
    return {row.digest: standing(row.verdict, row.ruleset, accepted=row.accepted, in_force=in_force) for row in rows}


def was_last_awaited(uow: UnitOfWork, case_id: str, digest: str, files: Sequence[Outgoing]) -> bool:
    """Whether the report on this document was the last that a message waited for. Before, sending it would be in
    vain."""
    mine = any(file.digest == digest for file in files)
    return mine and worst(uow, case_id, files) not in (WAITING, OUTDATED)


def note(uow: UnitOfWork, case_id: str, event: DocumentChecked) -> None:
    """Keep what the check said."""
    told = {"verdict": str(event.verdict), "ruleset": str(event.ruleset), "accepted": False}
    insert_or_update(uow.connection, release_check, [{"case_id": case_id, "digest": str(event.digest), **told}])


def note_acceptance(uow: UnitOfWork, case_id: str, digest: str, ruleset: str) -> None:
    """Keep that a second officer let a document go under these rules."""
    this = (release_check.c.case_id == case_id, release_check.c.digest == digest)
    uow.connection.execute(update(release_check).where(*this, release_check.c.ruleset == ruleset).values(accepted=True))


def _submit(uow: UnitOfWork, case_id: str, file: Outgoing) -> None:
    kept = uow.unchecked_blobs.put(file.content, media_type=file.media_type, name=file.name)
    asked = {"case_id": case_id, "digest": kept.digest, "verdict": None, "ruleset": None, "accepted": False}
    insert_or_update(uow.connection, release_check, [asked])
    document = Document(
        digest=Digest(kept.digest), media_type=MediaType(file.media_type), size=kept.size, name=FileName(file.name)
    )
    uow.record(MessageSubmitted(document=document), subject=case_id)
