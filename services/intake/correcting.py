"""Corrections: something in a reply that has left was wrong, and is put right by a letter of its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from services.intake.casefile import answered, chosen, details_of
from services.intake.models import case
from services.intake.notifying import dated, give, heading
from shared.chassis.errors import Finding, Invalid
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import CorrectionSent
from shared.contracts.values import Label
from shared.law.calendar import in_words
from shared.letters.review_notices import Correction


def correct(
    uow: UnitOfWork,
    case_id: str,
    *,
    parts: Sequence[str],
    wrong: str,
    right: str,
    effect: str,
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Tell the requester what the reply said wrongly, what is right, and what that changes in the decisions."""
    row = answered(uow, case_id)
    labels = chosen(uow, case_id, parts)
    details = details_of(uow, case_id)
    findings = [
        finding
        for name, text in (("wrong", wrong), ("right", right), ("effect", effect))
        for finding in details.findings(text, name)
    ]
    if findings:
        raise Invalid(findings)
    on = dated(uow, row, method=method, posted_on=posted_on)
    if on < row.answered_on:
        mend = f"Give a day from {in_words(row.answered_on)} on, when the reply left."
        raise Invalid([Finding("posted_on", "The letter is dated before the reply that it corrects.", "CLK-01", mend)])
    notice = Correction(
        **heading(uow, row), parts=labels, responded_on=row.answered_on, wrong=wrong, right=right, effect=effect
    )
    give(uow, row, notice, on, method=method)
    uow.record(CorrectionSent(parts=tuple(Label(label) for label in labels), corrected_on=on), subject=case_id)
    return uow.advance(case, row)
