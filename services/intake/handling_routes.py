"""The HTTP interface of the front desk's decisions and letters: valid, whose, acknowledged, late, withdrawn."""

from typing import Any

from services.intake import acknowledging, closing, notifying, queries, triaging
from services.intake.handling_schemas import (
    DecideRoute,
    DecideValidity,
    GiveNotice,
    NoticeParameters,
    RecordPosting,
    SendHoldingLetter,
    WithdrawRequest,
)
from services.intake.models import notice
from services.intake.notice_views import NoticeView, SuggestionsView
from services.intake.views import CaseView
from shared.chassis.http.body import Document
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

handling = Routes("handling", description="What kind of request it is, and the notices that are given about it.")

ONE_CASE = "/cases/<uuid:case_id>"
FORMS = {"html": "text/html", "text": "text/plain", "pdf": "application/pdf"}


@handling.command(
    "POST", f"{ONE_CASE}/validity", action="decide validity", body=DecideValidity, returns=CaseView, versioned=True
)
def decide_validity(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Decide whether it is a valid request under section 8; one that is not is closed, with advice."""
    return queries.case_view(uow, triaging.decide_validity(uow, case_id, **body))


@handling.query(f"{ONE_CASE}/triage", action="triage", returns=SuggestionsView)
def suggest_routes(uow: UnitOfWork, case_id: str) -> Any:
    """Where the request may belong by its words, and every route there is. An officer decides."""
    return triaging.suggestions(uow, case_id)


@handling.command("POST", f"{ONE_CASE}/triage", action="triage", body=DecideRoute, returns=CaseView, versioned=True)
def decide_route(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Decide which law the request comes under; one that is dealt with elsewhere is closed, and the requester told."""
    return queries.case_view(uow, triaging.decide_route(uow, case_id, **body))


@handling.command(
    "POST", f"{ONE_CASE}/acknowledgement", action="acknowledge", body=GiveNotice, returns=CaseView, versioned=True
)
def acknowledge_request(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Tell the requester that the request is in, and until when it is to be answered."""
    return queries.case_view(uow, acknowledging.acknowledge(uow, case_id, **body))


@handling.command(
    "POST",
    f"{ONE_CASE}/holding-letter",
    action="send holding letter",
    body=SendHoldingLetter,
    returns=CaseView,
    versioned=True,
)
def send_holding_letter(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Own that the answer is or will be late, apologise, and say when it is expected. It stops no clock."""
    return queries.case_view(uow, acknowledging.send_holding_letter(uow, case_id, **body))


@handling.command(
    "POST", f"{ONE_CASE}/withdrawal", action="withdraw", body=WithdrawRequest, returns=CaseView, versioned=True
)
def withdraw_request(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Close the case because the requester has withdrawn the request, and confirm it."""
    return queries.case_view(uow, closing.withdraw(uow, case_id, **body))


@handling.page(f"{ONE_CASE}/notices", action="read", returns=NoticeView)
def list_notices(uow: UnitOfWork, filters: dict[str, Any], case_id: str) -> Any:
    """The notices given on the case, the first one first."""
    return queries.notices(uow, case_id), (notice.c.number,), queries.notice_views


@handling.query(
    f"{ONE_CASE}/notices/<digest>", action="read", parameters=NoticeParameters, produces=tuple(FORMS.values())
)
def read_notice(uow: UnitOfWork, case_id: str, digest: str, parameters: dict[str, Any]) -> Document:
    """A notice as it left, without the covering words."""
    letter = notifying.letter_of(uow, notifying.notice_of(uow, case_id, digest))
    form = parameters["format"]
    if form == "pdf":
        from shared.letters.pdf import pdf  # the maker of pages is heavy, and wanted only here

        return Document(pdf(letter), FORMS[form])
    return Document(letter.html if form == "html" else letter.text, FORMS[form])


@handling.command(
    "POST",
    f"{ONE_CASE}/notices/<digest>/posting",
    action="post notice",
    body=RecordPosting,
    returns=CaseView,
    versioned=True,
)
def post_notice(uow: UnitOfWork, body: dict[str, Any], case_id: str, digest: str) -> Any:
    """Record that a notice which could not be e-mailed was posted."""
    return queries.case_view(uow, notifying.record_posting(uow, case_id, digest, **body))
