"""From draft to reply: submitted by one person, returned or signed off by another, and shared only then."""

from typing import Any

from sqlalchemy import Row, select

from services.decision.casefile import read_file
from services.decision.domain import DRAFT, CaseFile, cleared, refuse_own_work, unready
from services.decision.drafting import opened, worked_on
from services.decision.leaving import FORMS, as_document, is_passed, put_to_check, refuse_what_has_not_passed
from services.decision.letters import as_pdf, require_sound
from services.decision.models import contributor, draft
from services.decision.records import outcome_of
from services.decision.response import response_of
from shared.chassis.blobs import Blob
from shared.chassis.errors import Invalid, Refused
from shared.chassis.events.values import Code, Digest
from shared.chassis.uow import UnitOfWork
from shared.contracts.decision import DraftReturned, DraftSubmitted, SignedOff
from shared.contracts.response import Response
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
    kept = _keep(uow, file, letter, response)
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
    """Approve exactly the bytes that were read and checked. Raises `Forbidden` to whoever had a hand in them (four
    eyes), `Refused` while anything of them has not passed the release check."""
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
    refuse_what_has_not_passed(row, file)
    _share(uow, row, file)
    uow.advance(draft, row, state=DRAFT.next(row.state, "sign off"))
    uow.record(_signed_off(row, file), subject=case_id)


def _keep(uow: UnitOfWork, file: CaseFile, letter: Letter, response: Response) -> dict[str, Any]:
    """Store the reply in all its forms where only this service can read them, and have each checked; their digests,
    and the letter's template."""
    contents = {
        "letter": letter.html,
        "letter_text": letter.text,
        "letter_pdf": as_pdf(letter),
        "response": response.to_bytes(),
    }
    digests = {}
    for column, content in contents.items():
        name, media_type = FORMS[column]
        kept = uow.private_blobs.put(content, media_type=media_type, name=name)
        digests[column] = kept.digest
        if not is_passed(file, kept.digest):
            put_to_check(uow, file.case_id, kept, content)
    return {**digests, "template": letter.template, "template_version": letter.version}


def _share(uow: UnitOfWork, row: Row[Any], file: CaseFile) -> None:
    """What is signed off, and nothing before that, becomes readable for the services that send and publish it."""
    documents = [(each.digest, each.media_type, each.name) for each in file.attachments]
    written = [(getattr(row, column), media_type, name) for column, (name, media_type) in FORMS.items()]
    for digest, media_type, name in (*(each for each in written if each[0]), *documents):
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
        documents=tuple(as_document(each) for each in file.attachments),
    )
