"""A decision on a part in its three writings: as it is sent, as it is stored, and as the law checks it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from services.decision.domain import blocking, sentence
from shared.chassis.errors import Finding, Invalid
from shared.chassis.events.values import BlindText, Code
from shared.contracts.values import CitationText, Label, PartOutcome
from shared.law import citations as law
from shared.law.exemptions import CitationError
from shared.law.outcomes import PartDecision, Pointer
from shared.law.refusals import Factor, Grounds, Harm


def decision_from(label: str, sent: Mapping[str, Any]) -> PartDecision:
    """The decision that a request's body describes, lawful as it stands.

    Raises `Invalid` with every citation that cannot be read; else with every reason that holds contact details, or
    with everything that the law finds missing or wrong.
    """
    findings: list[Finding] = []
    other = sent["other_information"]
    decision = PartDecision(
        label=label,
        outcome=sent["outcome"],
        answer=sent["answer"],
        searches=sent["searches"],
        pointer=Pointer(**sent["pointer"]),
        other_information=Grounds(**_grounds(other, "other_information.", findings)) if other else None,
        **_grounds(sent, "", findings),
    )
    findings = findings or [*_contact_details(decision), *blocking(decision)]
    if findings:
        raise Invalid(findings)
    return decision


def columns(decision: PartDecision) -> dict[str, Any]:
    """The decision as a row of the table `decision` holds it."""
    other = decision.other_information
    return {
        "label": decision.label,
        "outcome": decision.outcome,
        "answer": decision.answer,
        "searches": decision.searches,
        "grounds": _written(decision),
        "pointer": asdict(decision.pointer),
        "other_information": _written(other) if other else None,
    }


def decision_of(row: Any) -> PartDecision:
    """The decision that a row holds."""
    other = row.other_information
    return PartDecision(
        label=row.label,
        outcome=row.outcome,
        answer=row.answer,
        searches=row.searches,
        pointer=Pointer(**row.pointer),
        other_information=Grounds(**_read(other)) if other else None,
        **_read(row.grounds),
    )


def shown(decision: PartDecision) -> dict[str, Any]:
    """The decision in the shape in which it is sent."""
    other = decision.other_information
    return {
        **{name: getattr(decision, name) for name in ("outcome", "answer", "searches")},
        **_written(decision),
        "pointer": asdict(decision.pointer),
        "other_information": _written(other) if other else None,
    }


def outcome_of(decision: PartDecision) -> PartOutcome:
    """The decision as events tell it: the outcome, with every provision relied on."""
    other = decision.other_information.citations if decision.other_information else ()
    cited = dict.fromkeys((*decision.citations, *other))
    return PartOutcome(
        label=Label(decision.label),
        outcome=Code(decision.outcome),
        citations=tuple(CitationText(each) for each in cited),
    )


def _grounds(sent: Mapping[str, Any], path: str, findings: list[Finding]) -> dict[str, Any]:
    return {
        "citations": _cited(sent["citations"], path, findings),
        "harm": Harm(**sent["harm"]),
        "factors": tuple(Factor(**each) for each in sent["factors"]),
        "balance": sent["balance"],
        "in_the_alternative": sent["in_the_alternative"],
    }


def _cited(written: Sequence[str], path: str, findings: list[Finding]) -> tuple[str, ...]:
    provisions: list[str] = []
    for place, text in enumerate(written):
        try:
            provisions += law.parse(text)
        except CitationError as error:
            findings.append(
                Finding(f"{path}citations.{place}", sentence(error.problem), error.rule, sentence(error.next_step))
            )
    return tuple(dict.fromkeys(provisions))


def _contact_details(decision: PartDecision) -> Iterator[Finding]:
    """PUB-02: reasons are read by everybody and never need them. An answer may be somebody's public address."""
    for field, text in _reasons(decision):
        try:
            BlindText(text)
        except ValueError as error:
            next_step = "Leave out whatever could tell who asked, and every person's contact details."
            yield Finding(field, f"The text {error}.", "PUB-02", next_step)


def _reasons(decision: PartDecision) -> Iterator[tuple[str, str]]:
    yield "searches", decision.searches
    for path, grounds in (("", decision), ("other_information.", decision.other_information)):
        if grounds is not None:
            yield f"{path}harm.text", grounds.harm.text
            yield f"{path}balance", grounds.balance
            yield from ((f"{path}factors.{place}.text", each.text) for place, each in enumerate(grounds.factors))


def _written(grounds: Grounds) -> dict[str, Any]:
    return {
        "citations": list(grounds.citations),
        "harm": asdict(grounds.harm),
        "factors": [asdict(factor) for factor in grounds.factors],
        "balance": grounds.balance,
        "in_the_alternative": grounds.in_the_alternative,
    }


def _read(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **stored,
        "citations": tuple(stored["citations"]),
        "harm": Harm(**stored["harm"]),
        "factors": tuple(Factor(**each) for each in stored["factors"]),
    }
