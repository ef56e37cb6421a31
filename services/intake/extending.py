"""More time to weigh the public interest in a qualified exemption, for the parts concerned (CLK-13 to CLK-15)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from services.intake import clockwork
from services.intake.casefile import chosen, details_of, opened, questions
from services.intake.notifying import dated, give, heading
from shared.chassis.errors import Finding, Invalid
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import TimeExtended
from shared.contracts.values import CitationText, Label
from shared.law.citations import parse
from shared.law.clock import CaseClock, ClockEvent, ClockRefused
from shared.law.exemptions import CitationError
from shared.law.extensions import check_extension
from shared.letters.notices import Extension


def extend(
    uow: UnitOfWork,
    case_id: str,
    *,
    parts: Sequence[str],
    citations: Sequence[str],
    estimated_on: date,
    reason: str,
    exceptional: bool,
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Give notice by day 20 that a decision on the public interest takes longer (sections 10(3) and 17(2)).

    Raises `Invalid` where no qualified exemption is cited, where the reason is another one such as consultation or
    workload, and where the notice comes too late.
    """
    row = opened(uow, case_id, "extend")
    labels = chosen(uow, case_id, parts)
    blind = details_of(uow, case_id).cleared(reason, "reason")
    provisions = _cited(citations)
    on = dated(uow, row, method=method, posted_on=posted_on)
    event = ClockEvent(
        kind="time_extended",
        on=on,
        parts=labels,
        citations=provisions,
        estimate=estimated_on,
        reason=reason,
        exceptional=exceptional,
    )
    due_on = _check(clockwork.clock_of(uow, row), event)
    move = clockwork.moved(uow, row, event)
    notice = Extension(
        **heading(uow, row),
        parts=labels,
        citations=provisions,
        reason=reason,
        estimated_on=estimated_on,
        due_on=due_on,
        others=bool(labels) and set(labels) != set(questions(uow, case_id)),
    )
    number = give(uow, row, notice, on, method=method)
    granted = TimeExtended(
        parts=tuple(Label(label) for label in labels),
        citations=tuple(CitationText(each) for each in provisions),
        notified_on=on,
        estimated_on=estimated_on,
        reason=blind,
    )
    uow.record(granted, subject=case_id)
    return clockwork.keep(uow, row, move, notice=number)


def _cited(written: Sequence[str]) -> tuple[str, ...]:
    provisions: list[str] = []
    findings = []
    for place, text in enumerate(written):
        try:
            provisions += parse(text)
        except CitationError as error:
            findings.append(Finding(f"citations.{place}", error.problem, error.rule, error.next_step))
    if findings:
        raise Invalid(findings)
    return tuple(dict.fromkeys(provisions))


def _check(clock: CaseClock, event: ClockEvent) -> date:
    """Day 20, by which the notice is given. Raises where it may not go out for one of its parts."""
    concerned = [part for part in clock.parts if event.concerns(part.part)]
    try:
        for part in concerned:
            check_extension(event, part)
    except ClockRefused as refusal:
        raise clockwork.problem(refusal, "posted_on") from None
    return min(part.s17_notice_due for part in concerned if part.s17_notice_due is not None)
