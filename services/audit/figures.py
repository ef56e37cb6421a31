"""The published figures (STA rules), counted over the ledger as it stood at the end of a day."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from io import StringIO
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, select

from services.audit.counted_cases import TYPES, counted_case
from services.audit.domain import end_of, start_of
from services.audit.models import case_summary, ledger
from shared.chassis.errors import Finding, Invalid
from shared.chassis.events.contract import event_types
from shared.chassis.events.envelope import Envelope
from shared.chassis.uow import UnitOfWork
from shared.contracts.authorities import authorities
from shared.contracts.intake import ReviewRequested
from shared.law.backlog import backlog
from shared.law.case_facts import CaseFacts, Regime
from shared.law.figure_lines import Line
from shared.law.quarters import Quarter
from shared.law.review_figures import review_table
from shared.law.statistics import COUNTING_RULES, Figures, Rate, figures

View = dict[str, Any]
REGIMES: tuple[Regime, ...] = ("foia", "eir")
CASE_TABLES = ("code_of_practice", "categories", "exemptions", "extensions")
TABLES = (*CASE_TABLES, "reviews")
COLUMNS = ("regime", "table", "code", "rule", "title", "within", "count", "of")
_BATCH = 500


def show_quarter(uow: UnitOfWork, quarter: str, *, authority: str | None = None, as_at: date | None = None) -> View:
    """The figures of a quarter such as 2026-Q3, as they stood at the end of `as_at`: today, where it is not given."""
    asked = _quarter(quarter)
    day = _day(uow, asked, as_at)
    cases, left_out = _counted(uow, case_summary.c.received_on.between(asked.first_day, asked.last_day), day)
    reviewed, also_left_out = _counted(uow, _reviews_asked_since(asked.first_day), day)
    found = [figures(cases, asked, day, authority=_authority(authority), regime=regime) for regime in REGIMES]
    return {
        "quarter": str(asked),
        "first_day": asked.first_day,
        "last_day": asked.last_day,
        "as_at": day,
        "authority": authority,
        "provisional": any(one.provisional for one in found),
        "regimes": [_shown(one, _review_table(reviewed, asked, authority, one.regime)) for one in found],
        "left_out": [*left_out, *(each for each in also_left_out if each not in left_out)],
        "counting_rules": [{"rule": rule, "words": words} for rule, words in COUNTING_RULES.items()],
        "links": {"self": f"/statistics/quarters/{asked}", "csv": f"/statistics/quarters/{asked}/figures.csv"},
    }


def quarter_as_csv(uow: UnitOfWork, quarter: str, *, authority: str | None = None, as_at: date | None = None) -> bytes:
    """The same, a figure a line, to be published or taken into a spreadsheet. `of` is what a rate is a share of."""
    shown = show_quarter(uow, quarter, authority=authority, as_at=as_at)
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for found in shown["regimes"]:
        for table in TABLES:
            writer.writerows({**line, "regime": found["regime"], "table": table} for line in found[table])
        for rate in found["rates"]:
            counted = {"count": rate["numerator"], "of": rate["denominator"]}
            writer.writerow({**rate, **counted, "regime": found["regime"], "table": "rates"})
    return written.getvalue().encode("utf-8")


def show_backlog(uow: UnitOfWork, *, authority: str | None = None, as_at: date | None = None) -> View:
    """The overdue requests by age at the end of `as_at`: today, where it is not given."""
    day = _as_at(uow, as_at)
    unanswered = case_summary.c.dispatched_on.is_(None) | (case_summary.c.dispatched_on > day)
    cases, left_out = _counted(uow, unanswered, day)
    found = backlog(cases, day, authority=_authority(authority))
    return {**asdict(found), "as_at": day, "authority": authority, "left_out": left_out}


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.read(text)
    except ValueError as error:
        raise Invalid([Finding("quarter", f"{error}.", "STA-01", "Ask for a quarter such as 2026-Q3.")]) from None


def _day(uow: UnitOfWork, quarter: Quarter, as_at: date | None) -> date:
    day = _as_at(uow, as_at)
    if day < quarter.first_day:
        mend = f"Ask for figures as at {quarter.first_day.isoformat()} or later."
        raise Invalid([Finding("as_at", "The quarter has not begun on this day.", "STA-01", mend)])
    return day


def _as_at(uow: UnitOfWork, as_at: date | None) -> date:
    if as_at is not None and as_at > uow.today:
        raise Invalid([Finding("as_at", "This day is not over.", "STA-01", "Ask for today or an earlier day.")])
    return uow.today if as_at is None else as_at


def _authority(code: str | None) -> str | None:
    if code is not None and code not in authorities():
        mend = f"Send one of: {', '.join(authorities())}."
        raise Invalid([Finding("authority", "There is no authority of this code.", "STA-09", mend)])
    return code


def _counted(uow: UnitOfWork, which: ColumnElement[bool], day: date) -> tuple[list[CaseFacts], list[View]]:
    """The cases that count, and those whose events contradict each other, with the reason."""
    counted, left_out = [], []
    for case_id, envelopes in _events_by_case(uow, which, day):
        try:
            found = counted_case(envelopes)
        except ValueError as error:
            left_out.append({"case_id": case_id, "why": str(error)})
        else:
            counted += [found] if found is not None else []
    return counted, left_out


def _reviews_asked_since(day: date) -> ColumnElement[bool]:
    """The cases of which a review may have been asked for on this day or later: it is on record no sooner than that."""
    asked = ledger.c.type.in_([name for name, kind in event_types().items() if kind is ReviewRequested])
    recorded = ledger.c.recorded_at >= start_of(day)
    return case_summary.c.case_id.in_(select(ledger.c.subject).where(asked, recorded))


def _review_table(
    cases: Sequence[CaseFacts], quarter: Quarter, authority: str | None, regime: Regime
) -> tuple[Line, ...]:
    """The reviews asked for in the quarter, each once for every authority of its case (STA-09)."""
    counted = [
        review
        for case in cases
        if case.regime == regime
        for each in case.authorities
        if authority in (None, each)
        for review in case.reviews
    ]
    return review_table(counted, quarter)


def _events_by_case(uow: UnitOfWork, which: ColumnElement[bool], day: date) -> Iterator[tuple[str, Iterator[Envelope]]]:
    rows = uow.all(select(case_summary.c.case_id).where(which).order_by(case_summary.c.case_id))
    ids = [row.case_id for row in rows]
    for first in range(0, len(ids), _BATCH):
        yield from _events_of(uow, ids[first : first + _BATCH], day)


def _events_of(uow: UnitOfWork, ids: Sequence[str], day: date) -> Iterator[tuple[str, Iterator[Envelope]]]:
    query = (
        select(ledger.c.subject, ledger.c.body)
        .where(ledger.c.subject.in_(ids), ledger.c.type.in_(TYPES), ledger.c.recorded_at < end_of(day))
        .order_by(ledger.c.subject, ledger.c.partition, ledger.c.offset)
    )
    for case_id, rows in groupby(uow.all(query), key=lambda row: row.subject):
        yield case_id, (Envelope.from_bytes(row.body) for row in rows)


def _shown(found: Figures, reviews: Sequence[Line]) -> View:
    tables = {table: [vars(line) for line in getattr(found, table)] for table in CASE_TABLES}
    rates = [{**asdict(rate), "per_cent": _per_cent(rate)} for rate in found.rates]
    return {
        "regime": found.regime,
        "provisional": found.provisional,
        "final_after": found.final_after,
        "band": found.band,
        "rates": rates,
        **tables,
        "reviews": [vars(line) for line in reviews],
    }


def _per_cent(rate: Rate) -> str | None:
    """To one place, rounded down: 94.96 % is not the 95 % that a band begins with."""
    if rate.share is None:
        return None
    tenths = int(rate.share * Fraction(1000))
    return f"{tenths // 10}.{tenths % 10}"
