"""From draft to reply: submitted by one person, returned or signed off by another, and shared only then."""

from typing import Any

from sqlalchemy import Row, select

from services.decision.casefile import read_file
from services.decision.domain import DRAFT, CaseFile, cleared, refuse_own_work, unready
from services.decision.drafting import opened, worked_on
from services.decision.letters import HTML, JSON, PDF, TEXT, as_pdf, require_sound
from services.decision.models import contributor, draft
from services.decision.records import outcome_of
from services.decision.response import response_of
from shared.chassis.blobs import Blob
from shared.chassis.errors import Invalid, Refused
from shared.chassis.events.values import Code, Digest, MediaType
from shared.chassis.uow import UnitOfWork
from shared.contracts.decision import DraftReturned, DraftSubmitted, SignedOff
from shared.contracts.response import Response
from shared.contracts.values import Document, FileName
from shared.letters.letter import Letter
from shared.letters.replies import render


def submit(uow: UnitOfWork, case_id: str) -> None:
    """Render the reply from the decisions and hand it to sign-off. Raises `Invalid` with all that is missing."""
    row = opened(uow, case_id, "submit")
    file = read_file(uow, case_id)
    if missing := unready(file, uow.today):
        raise Invalid(missing)
    response = response_of(file)
    letter = render(response, uow.today)
    require_sound(letter, file)
    kept = _keep(uow, letter, response)
    changed = worked_on(
        uow,
        row,
        state=DRAFT.next(row.state, "submit"),
        number=row.number + 1,
        submitted_by=uow.actor.id,
        overall=response.overall,
        returned_reason=None,
        **kept,
    )
    submitted = DraftSubmitted(draft=changed.number, letter=Digest(changed.letter), response=Digest(changed.response))
    uow.record(submitted, subject=case_id)


def return_draft(uow: UnitOfWork, case_id: str, *, reason: str) -> None:
    """Send the draft back to be worked on."""
    row = opened(uow, case_id, "return")
    blind = cleared("reason", reason)
    uow.advance(
        draft,
        row,
        state=DRAFT.next(row.state, "return"),
        returned_reason=blind,
        letter=None,
        letter_text=None,
        letter_pdf=None,
        template=None,
        template_version=None,
        response=None,
        overall=None,
    )
    uow.record(DraftReturned(draft=row.number, reason=blind), subject=case_id)


def sign_off(uow: UnitOfWork, case_id: str, *, letter: str) -> None:
    """Approve exactly the bytes that were read. Raises `Forbidden` to whoever had a hand in them (four eyes)."""
    row = opened(uow, case_id, "sign off")
    people = uow.all(select(contributor.c.person).where(contributor.c.case_id == case_id))
    refuse_own_work(uow.actor.id, [each.person for each in people])
    if letter != row.letter:
        raise Refused(
            "The letter that was read is not the one that was submitted.",
            rule="four eyes",
            next_step="Read the submitted letter and send its digest.",
        )
    file = read_file(uow, case_id)
    _share(uow, row, file)
    uow.advance(draft, row, state=DRAFT.next(row.state, "sign off"))
    uow.record(_signed_off(row, file), subject=case_id)


def _keep(uow: UnitOfWork, letter: Letter, response: Response) -> dict[str, Any]:
    """Store the reply in all its forms where only this service can read them; their digests, and the template's."""
    put = uow.private_blobs.put
    return {
        "letter": put(letter.html, media_type=HTML, name="letter.html").digest,
        "letter_text": put(letter.text, media_type=TEXT, name="letter.txt").digest,
        "letter_pdf": put(as_pdf(letter), media_type=PDF, name="letter.pdf").digest,
        "template": letter.template,
        "template_version": letter.version,
        "response": put(response.to_bytes(), media_type=JSON, name="response.json").digest,
    }


def _share(uow: UnitOfWork, row: Row[Any], file: CaseFile) -> None:
    """What is signed off, and nothing before that, becomes readable for the services that send and publish it."""
    documents = [(each.digest, each.media_type, each.name) for each in file.attachments]
    written = [(row.letter, HTML, "letter.html"), (row.letter_text, TEXT, "letter.txt")]
    written += [(row.letter_pdf, PDF, "letter.pdf")] if row.letter_pdf else []
    for digest, media_type, name in (*written, (row.response, JSON, "response.json"), *documents):
        shared: Blob = uow.blobs.put(uow.private_blobs.get(digest), media_type=media_type, name=name)
        assert shared.digest == digest


def _signed_off(row: Row[Any], file: CaseFile) -> SignedOff:
    return SignedOff(
        draft=row.number,
        letter=Digest(row.letter),
        letter_text=Digest(row.letter_text),
        letter_pdf=Digest(row.letter_pdf) if row.letter_pdf else None,
        template=Code(row.template) if row.template else None,
        template_version=row.template_version,
        response=Digest(row.response),
        overall=Code(row.overall),
        outcomes=tuple(outcome_of(file.decisions[part.label]) for part in file.questions),
        documents=tuple(
            Document(
                digest=Digest(each.digest),
                media_type=MediaType(each.media_type),
                size=each.size,
                name=FileName(each.name),
            )
            for each in file.attachments
        ),
    )
