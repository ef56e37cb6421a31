"""The API for staff: see what the release checks found, let go what asks for a second look, and make clean copies."""

from typing import Any

from sqlalchemy import Row

from services.publishing import checking, queries
from services.publishing.models import release_check
from services.publishing.schemas import (
    Acceptance,
    CheckFilters,
    CheckSummary,
    CheckView,
    CleanCopyView,
    CopyParameters,
)
from shared.chassis.http.body import Document
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

checks = Routes("checks", description="Release checks of everything that is to leave.")


@checks.page("/checks", action="read checks", filters=CheckFilters, returns=CheckSummary)
def list_checks(uow: UnitOfWork, filters: dict[str, Any]) -> tuple[Any, ...]:
    """The release checks, the newest first."""
    keys = (release_check.c.id.desc(),)
    return queries.checks(filters), keys, lambda rows: [queries.shown_check(row) for row in rows]


@checks.query("/checks/<uuid:check_id>", action="read checks", returns=CheckView)
def read_check(uow: UnitOfWork, check_id: str) -> dict[str, Any]:
    """One check with its whole report."""
    return _shown(uow, checking.check_row(uow, check_id))


@checks.command(
    "POST",
    "/checks/<uuid:check_id>/acceptance",
    action="accept findings",
    body=Acceptance,
    returns=CheckView,
    versioned=True,
)
def accept_findings(uow: UnitOfWork, body: dict[str, Any], check_id: str) -> dict[str, Any]:
    """Let a document go although its check asks for a second look, as a second officer, and say why."""
    return _shown(uow, checking.accept(uow, checking.check_row(uow, check_id), **body))


@checks.command("POST", "/checks/<uuid:check_id>/recheck", action="check again", returns=CheckView, versioned=True)
def check_again(uow: UnitOfWork, check_id: str) -> dict[str, Any]:
    """Have a document checked once more."""
    return _shown(uow, checking.check_again(uow, checking.check_row(uow, check_id)))


@checks.query(
    "/checks/<uuid:check_id>/clean-copy", action="make clean copy", parameters=CopyParameters, returns=CleanCopyView
)
def read_clean_copy(uow: UnitOfWork, check_id: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """What the document becomes when it is rebuilt from what is visible; each file of the copy is checked again."""
    return queries.shown_copy(check_id, checking.clean_copy(uow, check_id, **parameters), **parameters)


@checks.query(
    "/checks/<uuid:check_id>/clean-copy/<name>",
    action="make clean copy",
    parameters=CopyParameters,
    produces=checking.COPIES,
)
def read_clean_file(uow: UnitOfWork, check_id: str, name: str, parameters: dict[str, Any]) -> Document:
    """One file of the clean copy, ready to be attached instead."""
    file = checking.clean_file(uow, check_id, name, **parameters)
    return Document(file.data, file.media_type, file.name)


def _shown(uow: UnitOfWork, row: Row[Any]) -> dict[str, Any]:
    return queries.with_report(uow, row)
