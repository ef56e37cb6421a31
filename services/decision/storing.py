"""A decision on a part as the table `decision` holds it, and as it is shown."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from fractions import Fraction
from typing import Any

from services.decision.domain import Decided, Reason
from shared.law.cost import Estimate, EstimateLine
from shared.law.grounds import (
    Balance,
    Certificate,
    Factor,
    Grounds,
    Harm,
    Opinion,
    PersonalData,
    Showing,
)
from shared.law.outcomes import PartDecision, Pointer
from shared.law.procedural_refusals import EarlierRequest

_GROUNDS = tuple(each.name for each in fields(Grounds))
_TEXTS = ("outcome", "answer", "searches", "advice", "considered")


def columns(decided: Decided) -> dict[str, Any]:
    """The decision as a row of the table `decision` holds it."""
    decision, other = decided.decision, decided.decision.other_information
    basis = {
        "advice": decision.advice,
        "considered": decision.considered,
        "estimate": asdict(decision.estimate) if decision.estimate else None,
        "earlier": asdict(decision.earlier) if decision.earlier else None,
        "reasons": [asdict(each) for each in decided.reasons],
    }
    return {
        **{name: getattr(decision, name) for name in ("label", "outcome", "answer", "searches")},
        "grounds": _plain(_grounds(decision)),
        "pointer": asdict(decision.pointer),
        "other_information": _plain(_grounds(other)) if other else None,
        "basis": _plain(basis),
    }


def decided_of(row: Any) -> Decided:
    """The decision that a row holds."""
    other, basis = row.other_information, row.basis or {}
    estimate, earlier = basis.get("estimate"), basis.get("earlier")
    decision = PartDecision(
        label=row.label,
        outcome=row.outcome,
        answer=row.answer,
        searches=row.searches,
        pointer=Pointer(**row.pointer),
        other_information=Grounds(**_read(other)) if other else None,
        advice=basis.get("advice", ""),
        considered=basis.get("considered", ""),
        estimate=_estimate(estimate) if estimate else None,
        earlier=EarlierRequest(**earlier) if earlier else None,
        **_read(row.grounds),
    )
    return Decided(decision=decision, reasons=tuple(Reason(**each) for each in basis.get("reasons", ())))


def shown(decided: Decided) -> dict[str, Any]:
    """The decision in the shape in which it is sent."""
    decision, other = decided.decision, decided.decision.other_information
    return {
        **{name: getattr(decision, name) for name in _TEXTS},
        **_grounds(decision),
        "pointer": asdict(decision.pointer),
        "other_information": _grounds(other) if other else None,
        "estimate": asdict(decision.estimate) if decision.estimate else None,
        "earlier": asdict(decision.earlier) if decision.earlier else None,
        "reasons": [asdict(each) for each in decided.reasons],
    }


def _grounds(grounds: Grounds) -> dict[str, Any]:
    whole = asdict(grounds)
    return {name: whole[name] for name in _GROUNDS}


def _plain(value: Any) -> Any:
    """The value in what JSON has: days and exact times as texts."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value


def _read(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of `Grounds`. What was stored before a field was there goes without it."""
    opinion, data = stored.get("opinion"), stored.get("personal_data")
    return {
        **stored,
        "citations": tuple(stored["citations"]),
        "harm": Harm(**stored["harm"]),
        "factors": tuple(Factor(**_cited(each)) for each in stored["factors"]),
        "balances": tuple(Balance(**_cited(each)) for each in stored.get("balances", ())),
        "personal_data": PersonalData(**data) if data else None,
        "opinion": Opinion(**_cited(_dated(opinion, "on"))) if opinion else None,
        "certificates": tuple(Certificate(**_dated(each, "on")) for each in stored.get("certificates", ())),
        "showings": tuple(Showing(**each) for each in stored.get("showings", ())),
        **{name: _day(stored.get(name)) for name in ("as_at", "oldest_record")},
    }


def _estimate(stored: Mapping[str, Any]) -> Estimate:
    lines = tuple(
        EstimateLine(**{**each, **{name: _exact(each[name]) for name in ("sample_minutes", "minutes_per_record")}})
        for each in stored["lines"]
    )
    return Estimate(**{**_dated(stored, "on"), "lines": lines, "parts": tuple(stored["parts"])})


def _cited(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "citations": tuple(stored.get("citations", ()))}


def _dated(stored: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {**stored, name: _day(stored[name])}


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _exact(stored: Any) -> Any:
    return None if stored is None else Fraction(stored)
