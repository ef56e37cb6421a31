"""Two decisions of the first day: is it a valid request (VAL rules), and which law does it come under (TRI rules)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from services.intake import clockwork, proclaimed
from services.intake.casefile import case_row, details_of, opened, request_text
from services.intake.closing import close, close_with
from services.intake.models import case
from services.intake.notifying import dated, give, heading
from shared.chassis.errors import Finding, Invalid
from shared.chassis.events.values import Code
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import CaseTriaged, ValidityDecided
from shared.law.clock import ClockEvent, case_clock
from shared.law.findings import Finding as LawFinding
from shared.law.periods import subject_access_period
from shared.law.triage import ROUTES, check_route, suggest
from shared.law.validity import ValidityDecision, check_decision
from shared.letters.notices import InvalidRequest, OtherRegime

STAYS = frozenset({"freedom-of-information", "mixed"})
"""The routes that leave the request here; every other one is dealt with elsewhere, and the requester is told."""
LETTERS = {
    "business-as-usual": "business-as-usual",
    "subject-access": "sar",
    "environmental": "eir",
    "scotland": "foisa",
}
"""What the notice of each route says; of every other one it tells the way there."""


def decide_validity(
    uow: UnitOfWork,
    case_id: str,
    *,
    valid: bool,
    rules: Sequence[str],
    advice: str,
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Record that the request is valid under section 8, or close it with the advice that is owed all the same (VAL-07,
    section 16)."""
    row = opened(uow, case_id, "decide validity")
    _refuse(check_decision(ValidityDecision(valid=valid, rules=tuple(rules), advice=advice)))
    blind = details_of(uow, case_id).cleared(advice, "advice") if advice else None
    on = dated(uow, row, method=method, posted_on=posted_on)
    broken = tuple(Code(rule.lower()) for rule in dict.fromkeys(rules)) if not valid else ()
    uow.record(ValidityDecided(valid=valid, rules=broken, reason=blind), subject=case_id)
    if valid:
        return uow.advance(case, row, valid=True)
    notice = InvalidRequest(**heading(uow, row), rules=tuple(dict.fromkeys(rules)), advice=advice)
    give(uow, row, notice, on, method=method)
    move = clockwork.moved(uow, row, ClockEvent(kind="found_not_valid", on=on))
    return close_with(uow, uow.advance(case, row, valid=False), move, "not-valid", on, blind)


def suggestions(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """Where the request may belong by its words. Nothing is decided, and the words themselves are not shown."""
    row = case_row(uow, case_id)
    found = suggest(request_text(uow, case_id).reveal())
    return {"route": row.route, "suggestions": found, "routes": list(ROUTES.values())}


def decide_route(
    uow: UnitOfWork, case_id: str, *, route: str, why: str, contact: str, method: str, posted_on: date | None
) -> Row[Any]:
    """Decide which law the request comes under. One that is not dealt with here is closed, and the requester told what
    becomes of it."""
    row = opened(uow, case_id, "triage")
    _refuse(check_route(route))
    chosen = ROUTES[route]
    blind = details_of(uow, case_id).cleared(why, "why") if why else None
    on = dated(uow, row, method=method, posted_on=posted_on)
    uow.record(CaseTriaged(route=Code(route), regime=Code(chosen.regime), reason=blind), subject=case_id)
    row = uow.advance(case, row, route=route)
    if route in STAYS:
        return row
    notice = OtherRegime(
        **heading(uow, row),
        regime=LETTERS.get(route, "signpost"),
        why=why,
        due_on=_due_under(uow, row, chosen.regime),
        contact=contact,
    )
    give(uow, row, notice, on, method=method)
    how = "business-as-usual" if route == "business-as-usual" else "other-regime"
    return close(uow, row, how, on, blind)


def _due_under(uow: UnitOfWork, row: Row[Any], regime: str) -> date | None:
    """When the request is to be answered under the other law; None where that is not ours to say."""
    if regime == "eir":
        calendar = proclaimed.calendar(uow)
        return case_clock(row.received_on, (clockwork.WHOLE,), (), regime=regime, calendar=calendar).due
    return subject_access_period(row.received_on).due if regime == "sar" else None


def _refuse(findings: Sequence[LawFinding]) -> None:
    if findings:
        raise Invalid(
            [Finding(each.field, _sentence(each.message), each.rule, _sentence(each.next_step)) for each in findings]
        )


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:].rstrip('.')}."
