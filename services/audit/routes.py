"""The HTTP interface of audit: nothing here changes anything."""

from typing import Any

from services.audit import figures, queries, schemas
from services.audit.figure_schemas import BacklogView, FiguresOf, QuarterView
from services.audit.models import case_summary, ledger
from shared.chassis.http.body import Document
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

cases = Routes("cases", description="What happened to a case, and what was known of it on a given day.")
statistics = Routes("statistics", description="The figures that an authority publishes, counted over every event.")
events = Routes("events", description="Every event as it came, and the proof that none was changed.")

CLOUD_EVENT = "application/cloudevents+json"
CSV = "text/csv"
Values = dict[str, Any]


@cases.page("/cases", action="read cases", filters=schemas.CaseFilters, returns=schemas.CaseSummaryView)
def list_cases(uow: UnitOfWork, filters: Values) -> Any:
    """The cases in the order of their coming."""
    return queries.list_cases(filters), (case_summary.c.case_id,), queries.show_cases


@cases.query("/cases/<uuid:case_id>", action="read cases", parameters=schemas.AsAt, returns=schemas.KnownCaseView)
def read_case(uow: UnitOfWork, case_id: str, parameters: Values) -> Any:
    """What was known of a case by the end of a day."""
    return queries.show_known(uow, case_id, parameters.get("as_at"))


@cases.query(
    "/cases/<uuid:case_id>/timeline", action="read timeline", parameters=schemas.AsAt, returns=schemas.TimelineView
)
def read_timeline(uow: UnitOfWork, case_id: str, parameters: Values) -> Any:
    """Everything that happened to a case, in words."""
    return queries.show_timeline(uow, case_id, parameters.get("as_at"))


@events.page("/events", action="read events", filters=schemas.EventFilters, returns=schemas.EventView)
def list_events(uow: UnitOfWork, filters: Values) -> Any:
    """The ledger, each service's events in the order of its log."""
    return queries.list_events(filters), (ledger.c.source, ledger.c.position), queries.show_events


@events.query("/events/<uuid:event_id>", action="read events", produces=(CLOUD_EVENT,))
def read_event(uow: UnitOfWork, event_id: str) -> Document:
    """The exact bytes of one event."""
    return Document(queries.find_body(uow, event_id), CLOUD_EVENT)


@events.query("/verification", action="verify", returns=schemas.VerificationView)
def verify_ledger(uow: UnitOfWork) -> Any:
    """Walk every service's chain in the ledger and name the first event that is not as it came."""
    return queries.show_verification(uow)


@statistics.query("/statistics/quarters/<quarter>", action="read statistics", parameters=FiguresOf, returns=QuarterView)
def read_quarter(uow: UnitOfWork, quarter: str, parameters: Values) -> Any:
    """The figures of a quarter such as 2026-Q3, as the Code of Practice and the Cabinet Office count them."""
    return figures.show_quarter(uow, quarter, **parameters)


@statistics.query(
    "/statistics/quarters/<quarter>/figures.csv",
    action="read statistics",
    parameters=FiguresOf,
    produces=(CSV,),
)
def download_quarter(uow: UnitOfWork, quarter: str, parameters: Values) -> Document:
    """The same figures, one a line."""
    return Document(figures.quarter_as_csv(uow, quarter, **parameters), CSV, f"foi-figures-{quarter}.csv")


@statistics.query("/statistics/backlog", action="read statistics", parameters=FiguresOf, returns=BacklogView)
def read_backlog(uow: UnitOfWork, parameters: Values) -> Any:
    """The requests that are overdue, by their age."""
    return figures.show_backlog(uow, **parameters)
