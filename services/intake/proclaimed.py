"""Bank holidays that were proclaimed after this version's table was made, and the calendar that they give (CLK-05)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from services.intake.models import proclaimed_day
from shared.chassis.errors import Finding, Invalid
from shared.chassis.uow import UnitOfWork
from shared.law.calendar import DIVISIONS, FIRST_DAY, LAST_DAY, UNION, Calendar, Holiday, in_words


def days(uow: UnitOfWork) -> Sequence[Row[Any]]:
    """Every day that was added, in their order, one row for each division."""
    return uow.all(select(proclaimed_day).order_by(proclaimed_day.c.day, proclaimed_day.c.division))


def calendar(uow: UnitOfWork) -> Calendar:
    """The working days by which every deadline here is worked out."""
    return UNION.with_added(_holiday(row) for row in days(uow))


def add(
    uow: UnitOfWork, day: date, divisions: Sequence[str], *, title: str, legal_basis: str, source: str
) -> list[str]:
    """Record that a day is a bank holiday in these divisions; those for which that was new.

    Raises `Invalid` for a day that is no weekday, or that the table of holidays does not reach.
    """
    _refuse(day, title, source)
    known = {division for row in UNION.holidays if row.date == day for division in row.divisions}
    known |= {row.division for row in days(uow) if row.day == day}
    new = [division for division in DIVISIONS if division in divisions and division not in known]
    for division in new:
        uow.add(
            proclaimed_day,
            day=day,
            division=division,
            title=title.strip(),
            legal_basis=legal_basis,
            source=source.strip(),
            first_seen=uow.today,
        )
    return new


def _refuse(day: date, title: str, source: str) -> None:
    findings = []
    if not FIRST_DAY <= day <= LAST_DAY:
        mend = f"Give a day from {in_words(FIRST_DAY)} to {in_words(LAST_DAY)}; later years come with a new version."
        findings.append(Finding("date", "The table of bank holidays does not reach this day.", "CLK-05", mend))
    elif day.weekday() >= 5:
        mend = "Give the weekday that is kept instead; a Saturday or Sunday never counts."
        findings.append(Finding("date", f"{in_words(day)} is no weekday.", "CLK-05", mend))
    for field, text in (("title", title), ("source", source)):
        if not text.strip():
            findings.append(Finding(field, "It says nothing.", "CLK-05", "Say what the day is, and where that stands."))
    if findings:
        raise Invalid(findings)


def _holiday(row: Row[Any]) -> Holiday:
    return Holiday(
        date=row.day,
        divisions=(row.division,),
        title=row.title,
        legal_basis=row.legal_basis,
        source=row.source,
        first_seen=row.first_seen,
        announced=row.first_seen,
    )
