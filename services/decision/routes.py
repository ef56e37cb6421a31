"""Decision's HTTP interface."""

from typing import Any

from services.decision import attaching, commands, letters, queries, signing
from services.decision.schemas import (
    AttachmentParameters,
    CaseFilters,
    DecidePart,
    EstimateSchema,
    LetterParameters,
    ReturnDraft,
    SignOff,
    WeighAdvice,
)
from services.decision.views import AttachedView, CaseInBrief, CaseView, LetterLintView, WorksheetView
from services.decision.worksheet import worksheet
from shared.chassis.http.body import Document, Upload
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

decisions = Routes("decisions", description="Deciding every part of a case, and signing off the reply.")

Body = dict[str, Any]
ONE_CASE = "/cases/<uuid:case_id>"


@decisions.page("/cases", action="read case", filters=CaseFilters, returns=CaseInBrief)
def list_cases(uow: UnitOfWork, filters: Body) -> queries.Page:
    """The cases, those due first first."""
    return queries.cases(uow, filters)


@decisions.query(ONE_CASE, action="read case", returns=CaseView)
def read_case(uow: UnitOfWork, case_id: str) -> Body:
    """A case with everything that its decision rests on."""
    return queries.case(uow, case_id)


@decisions.command(
    "PUT", f"{ONE_CASE}/parts/<label>", action="decide a part", body=DecidePart, returns=CaseView, versioned=True
)
def decide_part(uow: UnitOfWork, body: Body, case_id: str, label: str) -> Body:
    """Decide a question, or decide it again."""
    commands.decide_part(uow, case_id, label, body)
    return queries.case(uow, case_id)


@decisions.command(
    "POST",
    f"{ONE_CASE}/advice/<uuid:consultation_id>/weighing",
    action="weigh advice",
    body=WeighAdvice,
    returns=CaseView,
    versioned=True,
)
def weigh_advice(uow: UnitOfWork, body: Body, case_id: str, consultation_id: str) -> Body:
    """Say whether a party's advice is followed, and why."""
    commands.weigh_advice(uow, case_id, consultation_id, **body)
    return queries.case(uow, case_id)


@decisions.command(
    "POST",
    f"{ONE_CASE}/attachments",
    action="attach",
    parameters=AttachmentParameters,
    media_types=attaching.MEDIA_TYPES,
    max_body=attaching.LARGEST,
    returns=AttachedView,
    versioned=True,
    creates=True,
)
def attach_document(uow: UnitOfWork, document: Upload, case_id: str, parameters: Body) -> Body:
    """Attach a document to the answers of some questions."""
    digest = attaching.attach(uow, case_id, document.content, media_type=document.media_type, **parameters)
    return queries.attachment_of(uow, case_id, digest)


@decisions.query(f"{ONE_CASE}/attachments/<digest>", action="read case", produces=attaching.MEDIA_TYPES)
def read_attachment(uow: UnitOfWork, case_id: str, digest: str) -> Document:
    """An attached document as it will go out."""
    return Document(*attaching.document_of(uow, case_id, digest))


@decisions.command("DELETE", f"{ONE_CASE}/attachments/<digest>", action="attach", returns=CaseView, versioned=True)
def take_off_attachment(uow: UnitOfWork, case_id: str, digest: str) -> Body:
    """Take a document off the draft."""
    attaching.take_off(uow, case_id, digest)
    return queries.case(uow, case_id)


@decisions.query(
    f"{ONE_CASE}/letter",
    action="read case",
    parameters=LetterParameters,
    produces=tuple(letters.FORMS.values()),
)
def read_letter(uow: UnitOfWork, case_id: str, parameters: Body) -> Document:
    """The letter: the submitted one, or a preview of what is decided so far."""
    form = parameters["format"]
    return Document(letters.letter_in(uow, case_id, form), letters.FORMS[form])


@decisions.command(
    "POST",
    f"{ONE_CASE}/letter-lint",
    action="read case",
    media_types=letters.IMPORTED,
    max_body=letters.LARGEST,
    returns=LetterLintView,
)
def lint_letter(uow: UnitOfWork, letter: Upload, case_id: str) -> Body:
    """What is wrong with a letter that was written elsewhere. Nothing is kept."""
    return letters.linted_for(uow, case_id, letter.content)


@decisions.command(
    "POST", f"{ONE_CASE}/cost-estimate", action="decide a part", body=EstimateSchema, returns=WorksheetView
)
def work_out_cost(uow: UnitOfWork, body: Body, case_id: str) -> Body:
    """What an estimate comes to, and what is wrong with it. It is kept with the decision that rests on it."""
    return worksheet(uow, case_id, body)


@decisions.command("POST", f"{ONE_CASE}/submission", action="submit", returns=CaseView, versioned=True)
def submit_draft(uow: UnitOfWork, case_id: str) -> Body:
    """Render the reply from the decisions and hand it to sign-off."""
    signing.submit(uow, case_id)
    return queries.case(uow, case_id)


@decisions.command("POST", f"{ONE_CASE}/return", action="return", body=ReturnDraft, returns=CaseView, versioned=True)
def return_draft(uow: UnitOfWork, body: Body, case_id: str) -> Body:
    """Send the draft back to be worked on."""
    signing.return_draft(uow, case_id, **body)
    return queries.case(uow, case_id)


@decisions.command("POST", f"{ONE_CASE}/sign-off", action="sign off", body=SignOff, returns=CaseView, versioned=True)
def sign_off(uow: UnitOfWork, body: Body, case_id: str) -> Body:
    """Approve exactly the letter that was read."""
    signing.sign_off(uow, case_id, **body)
    return queries.case(uow, case_id)
