"""The HTTP interface of the clock: when a case is due, and what has moved that (CLK-01 to CLK-17)."""

from typing import Any

from services.intake import charging, clarifying, deadlines, extending, planning, queries, transferring
from services.intake import proclaimed as proclaimed_days
from services.intake.clock_views import CalendarView, DeadlineView, PlanView
from services.intake.handling_schemas import (
    ExtendTime,
    GiveFeesNotice,
    SeekClarification,
    TakeClarification,
    TakePayment,
    TransferRequest,
)
from services.intake.views import CaseView
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

clocks = Routes("clock", description="When a case is due, with the working, and what moves that day.")

ONE_CASE = "/cases/<uuid:case_id>"


@clocks.query(f"{ONE_CASE}/deadline", action="read", returns=DeadlineView)
def read_deadline(uow: UnitOfWork, case_id: str) -> Any:
    """The due date with its working, to be checked by hand, and that of each question."""
    return deadlines.deadline(uow, case_id)


@clocks.query(f"{ONE_CASE}/plan", action="read", returns=PlanView)
def read_plan(uow: UnitOfWork, case_id: str) -> Any:
    """By when each step is to be done so that the answer is in time, and what each delay eats."""
    return planning.plan_of(uow, case_id)


@clocks.command(
    "POST",
    f"{ONE_CASE}/clarifications",
    action="seek clarification",
    body=SeekClarification,
    returns=CaseView,
    versioned=True,
)
def seek_clarification(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Ask what is needed to identify and locate the information (section 1(3)): nothing is due until it comes."""
    return queries.case_view(uow, clarifying.seek(uow, case_id, **body))


@clocks.command(
    "POST",
    f"{ONE_CASE}/clarifications/replies",
    action="take clarification",
    body=TakeClarification,
    returns=CaseView,
    versioned=True,
)
def take_clarification(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Take the answer in: a sufficient one is the new date of receipt."""
    return queries.case_view(uow, clarifying.receive(uow, case_id, **body))


@clocks.command(
    "POST", f"{ONE_CASE}/fees-notices", action="give fees notice", body=GiveFeesNotice, returns=CaseView, versioned=True
)
def give_fees_notice(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Ask for a fee (section 9): no day counts until it is paid."""
    return queries.case_view(uow, charging.give_notice(uow, case_id, **body))


@clocks.command(
    "POST", f"{ONE_CASE}/fee-payments", action="take payment", body=TakePayment, returns=CaseView, versioned=True
)
def take_payment(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Take the fee."""
    return queries.case_view(uow, charging.receive_payment(uow, case_id, **body))


@clocks.command("POST", f"{ONE_CASE}/extension", action="extend", body=ExtendTime, returns=CaseView, versioned=True)
def extend_time(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Give notice that weighing the public interest in a qualified exemption takes longer (section 10(3))."""
    return queries.case_view(uow, extending.extend(uow, case_id, **body))


@clocks.command(
    "POST", f"{ONE_CASE}/transfer", action="transfer", body=TransferRequest, returns=CaseView, versioned=True
)
def transfer_request(uow: UnitOfWork, body: dict[str, Any], case_id: str) -> Any:
    """Hand the request on, with the requester's permission; our own answer stays due unless the notice holds it."""
    return queries.case_view(uow, transferring.transfer(uow, case_id, **body))


@clocks.query("/calendar", action="read", returns=CalendarView)
def read_calendar(uow: UnitOfWork) -> Any:
    """The bank holidays that were added here, and the days that the table of all others covers."""
    return {"items": [row._mapping for row in proclaimed_days.days(uow)], **deadlines.covered()}
