"""The reply as data, made from a case's file: every part with what was decided about it, in the order of asking."""

from dataclasses import asdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from services.decision.domain import QUESTION, CaseFile, Part
from shared.contracts import response as contract
from shared.contracts.response import AnsweredPart, CostEstimate, EstimateLine, Pointer, Reasons, Response
from shared.law import outcomes
from shared.law.cost import Estimate
from shared.law.exemptions import PROVISIONS
from shared.law.grounds import FAVOURING_CONFIRMATION, FAVOURING_DISCLOSURE, Factor, Grounds
from shared.law.outcomes import PartDecision, overall_outcome
from shared.law.procedural_refusals import PROVISIONS_OF

SAYING_YES = (FAVOURING_DISCLOSURE, FAVOURING_CONFIRMATION)


def response_of(file: CaseFile) -> Response:
    """The reply as it stands. Parts that nobody decides, and questions not decided yet, have the outcome ""; so has
    a reply with no decision at all for its overall outcome.
    """
    decided = [file.decisions[part.label].outcome for part in file.questions if part.label in file.decisions]
    return Response(
        reference=file.reference,
        title=file.title,
        authorities=file.authorities,
        received_on=file.received_on.isoformat(),
        overall=overall_outcome(decided) if decided else "",
        parts=tuple(_answered(part, file.decisions.get(part.label)) for part in file.parts),
        attachments=file.attachments,
    )


def _answered(part: Part, decision: PartDecision | None) -> AnsweredPart:
    found = decision if part.kind == QUESTION else None
    exempted = found is not None and found.given() and found.outcome not in PROVISIONS_OF
    return AnsweredPart(
        label=part.label,
        parent=part.parent or "",
        kind=part.kind,
        wording=part.wording,
        outcome=found.outcome if found else "",
        answer=found.answer if found else "",
        searches=found.searches if found else "",
        reasons=_reasons(found) if found and exempted else None,
        other_information=_reasons(found.other_information) if found and found.other_information else None,
        pointer=_pointer(found.pointer) if found else None,
        estimate=_estimate(found.estimate) if found and found.estimate else None,
        considered=_considered(found) if found else "",
        earlier=found.earlier.reference if found and found.earlier else "",
        advice=_advice(found) if found else "",
    )


def _reasons(grounds: Grounds) -> Reasons:
    """Factors and balance are left out where nothing is qualified: an absolute exemption takes none (RN-09)."""
    weighed = any(PROVISIONS[text].qualified for text in grounds.citations)
    opinion, data = grounds.opinion, grounds.personal_data
    return Reasons(
        citations=grounds.citations,
        harm=grounds.harm.text,
        likelihood=grounds.harm.likelihood,
        factors_for=tuple(_factor(each) for each in grounds.factors if weighed and each.side in SAYING_YES),
        factors_against=tuple(_factor(each) for each in grounds.factors if weighed and each.side not in SAYING_YES),
        balance=grounds.balance if weighed else "",
        balances=tuple(contract.Balance(**asdict(each)) for each in grounds.balances),
        as_at=_day(grounds.as_at) if weighed else "",
        opinion=contract.Opinion(**{**asdict(opinion), "on": _day(opinion.on)}) if opinion else None,
        certificates=tuple(
            contract.Certificate(**{**asdict(each), "on": _day(each.on)}) for each in grounds.certificates
        ),
        personal_data=contract.PersonalData(**asdict(data)) if data else None,
        showings=tuple(contract.Showing(**asdict(each)) for each in grounds.showings),
    )


def _factor(factor: Factor) -> str:
    """The factor, with the provisions that it belongs to where it does not belong to all of them (EXM-10)."""
    plural = "s" if len(factor.citations) > 1 else ""
    return f"For section{plural} {' and '.join(factor.citations)}: {factor.text}" if factor.citations else factor.text


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _pointer(pointer: outcomes.Pointer) -> Pointer | None:
    return Pointer(name=pointer.name, contact=pointer.contact, url=pointer.url) if pointer.name else None


def _estimate(estimate: Estimate) -> CostEstimate:
    return CostEstimate(
        provision=estimate.provision,
        method=estimate.method,
        lines=tuple(
            EstimateLine(
                activity=line.activity,
                system=line.system,
                records=line.records,
                minutes_each=_decimal(line.each),
                sample_records=line.sample_records,
                minutes=ceil(line.minutes),
            )
            for line in estimate.lines
        ),
        minutes=ceil(estimate.minutes),
        pence=estimate.pence,
        limit_pence=estimate.limit.pence,
        pence_per_hour=estimate.limit.pence_per_hour,
    )


def _decimal(minutes: Fraction) -> str:
    """To two places, as a letter writes it: 7, 2.5, 0.33."""
    exact = Decimal(minutes.numerator) / Decimal(minutes.denominator)
    rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".")


def _considered(decision: PartDecision) -> str:
    """What was weighed of a vexatious request; of a repeated one, in what it is a repeat and how soon (ACC-02)."""
    earlier = decision.earlier
    texts = (decision.considered, earlier.similarity, earlier.interval) if earlier else (decision.considered,)
    return "\n\n".join(text for text in texts if text.strip())


def _advice(decision: PartDecision) -> str:
    texts = (decision.advice, decision.estimate.advice if decision.estimate else "")
    return "\n\n".join(text for text in texts if text.strip())
