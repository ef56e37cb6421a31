"""A decision on a part as it is sent: read into what the law checks, and told to the other services."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from services.decision.domain import Decided, Reason, blocking, sentence
from shared.chassis.errors import Finding, Invalid
from shared.chassis.events.values import BlindText, Code
from shared.contracts.values import CitationText, Label, PartOutcome
from shared.law import citations as law
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

_AS_SENT = ("balance", "as_at", "in_the_alternative", "statistical", "official_confirmation", "oldest_record")


def decision_from(label: str, sent: Mapping[str, Any], on: date) -> Decided:
    """The decision that a request's body describes, lawful as it stands on the day `on`.

    Raises `Invalid` with every citation that cannot be read; else with every reason that holds contact details, or
    with everything that the law finds missing or wrong.
    """
    findings: list[Finding] = []
    other = sent["other_information"]
    decision = PartDecision(
        label=label,
        **{name: sent[name] for name in ("outcome", "answer", "searches", "advice", "considered")},
        pointer=Pointer(**sent["pointer"]),
        other_information=Grounds(**grounds_from(other, "other_information.", findings)) if other else None,
        estimate=estimate_from(sent["estimate"]) if sent["estimate"] else None,
        earlier=EarlierRequest(**sent["earlier"]) if sent["earlier"] else None,
        **grounds_from(sent, "", findings),
    )
    reasons = tuple(Reason(**each) for each in sent["reasons"])
    findings = findings or [*_contact_details(decision, reasons), *blocking(decision, on)]
    if findings:
        raise Invalid(findings)
    return Decided(decision=decision, reasons=reasons)


def outcome_of(decision: PartDecision) -> PartOutcome:
    """The decision as events tell it: the outcome, with every provision relied on."""
    other = decision.other_information.citations if decision.other_information else ()
    cited = dict.fromkeys((*decision.citations, *other))
    return PartOutcome(
        label=Label(decision.label),
        outcome=Code(decision.outcome),
        citations=tuple(CitationText(each) for each in cited),
    )


def grounds_from(sent: Mapping[str, Any], path: str, findings: list[Finding]) -> dict[str, Any]:
    """The keywords of `Grounds`. What cannot be read of its citations is added to `findings`, with `path` before."""

    def cited(written: Sequence[str], where: str) -> tuple[str, ...]:
        return _cited(written, f"{path}{where}citations", findings)

    opinion, data = sent["opinion"], sent["personal_data"]
    return {
        **{name: sent[name] for name in _AS_SENT},
        "citations": cited(sent["citations"], ""),
        "harm": Harm(**sent["harm"]),
        "factors": tuple(
            Factor(each["side"], each["text"], cited(each["citations"], f"factors.{place}."))
            for place, each in enumerate(sent["factors"])
        ),
        "balances": tuple(
            Balance(cited(each["citations"], f"balances.{place}."), each["text"])
            for place, each in enumerate(sent["balances"])
        ),
        "personal_data": PersonalData(**data) if data else None,
        "opinion": Opinion(**{**opinion, "citations": cited(opinion["citations"], "opinion.")}) if opinion else None,
        "certificates": tuple(Certificate(**each) for each in sent["certificates"]),
        "showings": tuple(Showing(**each) for each in sent["showings"]),
    }


def estimate_from(sent: Mapping[str, Any]) -> Estimate:
    """The cost estimate that a request's body, or a stored one, describes."""
    lines = tuple(EstimateLine(**each) for each in sent["lines"])
    return Estimate(**{**sent, "lines": lines, "parts": tuple(sent["parts"])})


def _cited(written: Sequence[str], field: str, findings: list[Finding]) -> tuple[str, ...]:
    """Procedural grounds are read as well: whether they fit is for the outcome to say."""
    provisions: list[str] = []
    for place, text in enumerate(written):
        reading = law.read(text)
        provisions += reading.cited
        findings += (
            Finding(f"{field}.{place}", sentence(each.problem), each.rule, sentence(each.next_step))
            for each in reading.problems
            if each.severity != "I"
        )
    return tuple(dict.fromkeys(provisions))


def _contact_details(decision: PartDecision, reasons: Sequence[Reason]) -> Iterator[Finding]:
    """PUB-02: reasons are read by everybody and never need them. An answer may be somebody's public address."""
    for field, text in (*_reasons(decision), *((f"reasons.{n}", each.reason) for n, each in enumerate(reasons))):
        try:
            BlindText(text)
        except ValueError as error:
            next_step = "Leave out whatever could tell who asked, and every person's contact details."
            yield Finding(field, f"The text {error}.", "PUB-02", next_step)


def _reasons(decision: PartDecision) -> Iterator[tuple[str, str]]:
    yield from ((name, getattr(decision, name)) for name in ("searches", "advice", "considered"))
    for path, grounds in (("", decision), ("other_information.", decision.other_information)):
        if grounds is not None:
            yield from ((f"{path}{_dotted(field)}", text) for field, text in grounds.texts())
            yield from ((f"{path}{field}", text) for field, text in _recorded(grounds))
    if (estimate := decision.estimate) is not None:
        yield from ((f"estimate.{name}", getattr(estimate, name)) for name in ("method", "advice", "relation"))
        yield from ((f"estimate.lines.{place}.system", each.system) for place, each in enumerate(estimate.lines))
    if (earlier := decision.earlier) is not None:
        yield from ((f"earlier.{name}", getattr(earlier, name)) for name in ("reference", "similarity", "interval"))


def _recorded(grounds: Grounds) -> Iterator[tuple[str, str]]:
    yield "official_confirmation", grounds.official_confirmation
    if grounds.opinion is not None:
        yield "opinion.office", grounds.opinion.office
    for place, each in enumerate(grounds.certificates):
        yield from ((f"certificates.{place}.{name}", getattr(each, name)) for name in ("by", "scope"))


def _dotted(field: str) -> str:
    return field.replace("[", ".").replace("]", "")
