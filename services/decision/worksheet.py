"""The cost worksheet: what an estimate comes to against the limit, before a decision rests on it (CST-01 to CST-10)."""

from collections.abc import Mapping
from dataclasses import asdict
from math import ceil
from typing import Any

from services.decision.casefile import draft_of
from services.decision.domain import told
from services.decision.records import estimate_from
from shared.chassis.errors import Invalid
from shared.chassis.uow import UnitOfWork
from shared.law.cost import check_estimate


def worksheet(uow: UnitOfWork, case_id: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The totals of an estimate, whether they exceed the limit, and everything wrong with it.

    Raises `Invalid` for an estimate of a day on which no limit is known (CST-01).
    """
    draft_of(uow, case_id)
    estimate = estimate_from(sent)
    findings = check_estimate(estimate)
    if no_limit := [told(each) for each in findings if each.rule == "CST-01"]:
        raise Invalid(no_limit)
    return {
        "provision": estimate.provision,
        "minutes": ceil(estimate.minutes),
        "pence": estimate.pence,
        "limit_pence": estimate.limit.pence,
        "limit_minutes": int(estimate.limit.minutes),
        "exceeds": estimate.exceeds,
        "findings": [{**asdict(told(each)), "severity": each.severity, "reason": ""} for each in findings],
    }
