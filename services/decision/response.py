"""The reply as data, made from a case's file: every part with what was decided about it, in the order of asking."""

from services.decision.domain import QUESTION, CaseFile, Part
from shared.contracts.response import AnsweredPart, Pointer, Reasons, Response
from shared.law import outcomes
from shared.law.exemptions import provision
from shared.law.outcomes import PartDecision, overall_outcome
from shared.law.refusals import FAVOURING_CONFIRMATION, FAVOURING_DISCLOSURE, Grounds

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
    return AnsweredPart(
        label=part.label,
        parent=part.parent or "",
        kind=part.kind,
        wording=part.wording,
        outcome=found.outcome if found else "",
        answer=found.answer if found else "",
        searches=found.searches if found else "",
        reasons=_reasons(found) if found and found.given() else None,
        other_information=_reasons(found.other_information) if found and found.other_information else None,
        pointer=_pointer(found.pointer) if found else None,
    )


def _reasons(grounds: Grounds) -> Reasons:
    """Factors and balance are left out where nothing is qualified: an absolute exemption takes none (RN-09)."""
    weighed = any(provision(text).qualified for text in grounds.citations)
    return Reasons(
        citations=grounds.citations,
        harm=grounds.harm.text,
        likelihood=grounds.harm.likelihood,
        factors_for=tuple(each.text for each in grounds.factors if weighed and each.side in SAYING_YES),
        factors_against=tuple(each.text for each in grounds.factors if weighed and each.side not in SAYING_YES),
        balance=grounds.balance if weighed else "",
    )


def _pointer(pointer: outcomes.Pointer) -> Pointer | None:
    return Pointer(name=pointer.name, contact=pointer.contact, url=pointer.url) if pointer.name else None
