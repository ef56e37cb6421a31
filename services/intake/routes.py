"""The HTTP interface of intake."""

from typing import Any

from services.intake import commands, dispatching, queries
from services.intake.authority import authorities_named
from services.intake.domain import ConfirmedPart
from services.intake.models import case
from services.intake.schemas import (
    AcceptCase,
    CaseFilters,
    ConfirmParts,
    DispatchReply,
    EmailParameters,
    LogRequest,
    RevealRequester,
    WebFormRequest,
)
from services.intake.views import CaseSummary, CaseView, ProposalView, ReceiptView, RequesterView
from shared.chassis.http.body import Upload
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

cases = Routes("cases", description="Requests as cases: received, split into parts, accepted, answered.")

LARGEST_EMAIL = 20_971_520
"""Bytes."""
_REQUESTER = ("name", "email", "postal_address", "handle", "category")


@cases.command("POST", "/cases", action="log request", body=LogRequest, returns=CaseView, creates=True)
def log_request(uow: UnitOfWork, body: dict[str, Any]) -> Any:
    """Log a request that came in any way in writing. Its clock runs from `received_on`."""
    received = commands.receive(
        uow,
        authorities=authorities_named(body["authorities"], "authorities"),
        received_on=body["received_on"],
        channel=body["channel"],
        requester_details=_requester(body["requester"]),
        text=body["text"],
        title=body.get("title"),
    )
    return queries.fresh_view(uow, received)


@cases.command(
    "POST",
    "/cases/from-email",
    action="log request",
    media_types=("message/rfc822",),
    max_body=LARGEST_EMAIL,
    parameters=EmailParameters,
    returns=CaseView,
    creates=True,
)
def log_email(uow: UnitOfWork, upload: Upload, parameters: dict[str, Any]) -> Any:
    """Log a request from the e-mail itself, received on the day that its topmost Received header tells."""
    asked = authorities_named(parameters["authority"], "authority")
    return queries.fresh_view(uow, commands.receive_email(uow, upload.content, asked))


@cases.command(
    "POST", "/cases/from-web-form", action="log web form", body=WebFormRequest, returns=ReceiptView, creates=True
)
def log_web_form(uow: UnitOfWork, body: dict[str, Any]) -> Any:
    """Log a request that somebody sends with the form on a website now."""
    received = commands.receive(
        uow,
        authorities=authorities_named([body["authority"]], "authority"),
        received_on=uow.today,
        channel="web-form",
        requester_details=_requester(body),
        text=body["text"],
    )
    return queries.fresh_view(uow, received)


@cases.page("/cases", action="read", filters=CaseFilters, returns=CaseSummary)
def list_cases(uow: UnitOfWork, filters: dict[str, Any]) -> Any:
    """The cases by due date, the most pressing first."""
    return queries.cases(uow, filters), (case.c.due_on, case.c.id), lambda rows: queries.case_views(uow, rows)


@cases.query("/cases/<uuid:case_id>", action="read", returns=CaseView)
def read_case(uow: UnitOfWork, case_id: str) -> Any:
    """One case with its parts, how far it is, and what can be done now."""
    return queries.found_case(uow, case_id)


@cases.command("POST", "/cases/<uuid:case_id>/parts/proposal", action="propose parts", returns=ProposalView)
def propose_parts(uow: UnitOfWork, case_id: str) -> Any:
    """Propose parts from the request's text, with whoever asked taken out. Changes nothing."""
    return queries.proposed_parts(uow, case_id)


@cases.command(
    "PUT", "/cases/<uuid:case_id>/parts", action="confirm parts", body=ConfirmParts, returns=CaseView, versioned=True
)
def confirm_parts(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Confirm the parts in wording that tells nothing of who asked; again replaces them, until acceptance."""
    parts = [ConfirmedPart(**each) for each in body["parts"]]
    return queries.case_view(uow, commands.confirm_parts(uow, case_id, parts))


@cases.command(
    "POST", "/cases/<uuid:case_id>/acceptance", action="accept", body=AcceptCase, returns=CaseView, versioned=True
)
def accept_case(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Accept the case: consultation and decision begin."""
    return queries.case_view(uow, commands.accept(uow, case_id, **body))


@cases.command(
    "POST",
    "/cases/<uuid:case_id>/requester/reveal",
    action="reveal requester",
    body=RevealRequester,
    returns=RequesterView,
)
def reveal_requester(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Look at who asked and what was sent. That you looked, and why, goes on record."""
    person, text = commands.reveal(uow, case_id, reason=body["reason"])
    shown = {name: getattr(person, name) for name in _REQUESTER} | {"text": text}
    return {name: value.reveal() if hasattr(value, "reveal") else value for name, value in shown.items()}


@cases.command(
    "POST", "/cases/<uuid:case_id>/dispatch", action="dispatch", body=DispatchReply, returns=CaseView, versioned=True
)
def dispatch_reply(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Send the signed-off reply by e-mail, or record that it has left another way today."""
    return queries.case_view(uow, dispatching.dispatch_reply(uow, case_id, method=body["method"]))


def _requester(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body.get(name) for name in _REQUESTER}
