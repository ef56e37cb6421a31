"""The API for staff: look at entries, hold them back, let them go, take them down."""

from typing import Any

from sqlalchemy import Row

from services.publishing import commands, queries
from services.publishing.models import entry
from services.publishing.schemas import EntryFilters, EntrySummary, EntryView, Hold, Withdrawal
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

entries = Routes("entries", description="Entries of the disclosure log.")


@entries.page("/entries", action="read entries", filters=EntryFilters, returns=EntrySummary)
def list_entries(uow: UnitOfWork, filters: dict[str, Any]) -> tuple[Any, ...]:
    """The entries, the one released last, or to be released last, first."""
    keys = (entry.c.release_on.desc(), entry.c.id.desc())
    return queries.entries(filters), keys, lambda rows: queries.shown(uow, rows)


@entries.query("/entries/<uuid:entry_id>", action="read entries", returns=EntryView)
def read_entry(uow: UnitOfWork, entry_id: str) -> dict[str, Any]:
    """One entry with all that it says."""
    return _shown(uow, queries.entry_row(uow, entry_id))


@entries.command(
    "POST", "/entries/<uuid:entry_id>/hold", action="hold entry", body=Hold, returns=EntryView, versioned=True
)
def hold_entry(uow: UnitOfWork, body: dict[str, Any], entry_id: str) -> dict[str, Any]:
    """Stop the release of an entry, and say why."""
    return _shown(uow, commands.hold(uow, queries.entry_row(uow, entry_id), **body))


@entries.command("POST", "/entries/<uuid:entry_id>/resume", action="resume entry", returns=EntryView, versioned=True)
def resume_entry(uow: UnitOfWork, entry_id: str) -> dict[str, Any]:
    """Take the hold off; the entry goes out on its day, or on the next working day where that has gone by."""
    return _shown(uow, commands.resume(uow, queries.entry_row(uow, entry_id)))


@entries.command("POST", "/entries/<uuid:entry_id>/release", action="release entry", returns=EntryView, versioned=True)
def release_entry(uow: UnitOfWork, entry_id: str) -> dict[str, Any]:
    """Make the entry public now, before its day."""
    return _shown(uow, commands.release_now(uow, queries.entry_row(uow, entry_id)))


@entries.command(
    "POST",
    "/entries/<uuid:entry_id>/withdrawal",
    action="withdraw entry",
    body=Withdrawal,
    returns=EntryView,
    versioned=True,
)
def withdraw_entry(uow: UnitOfWork, body: dict[str, Any], entry_id: str) -> dict[str, Any]:
    """Take the entry from every site for good; a tombstone stays where it could be read."""
    return _shown(uow, commands.withdraw(uow, queries.entry_row(uow, entry_id), **body))


def _shown(uow: UnitOfWork, row: Row[Any]) -> dict[str, Any]:
    return queries.shown(uow, [row])[0]
