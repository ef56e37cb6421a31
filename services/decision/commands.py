"""What people do to a draft. Every one of these needs the version that was read, and the state that allows it."""

from collections.abc import Mapping
from typing import Any

from services.decision.casefile import read_file
from services.decision.domain import ANSWERED, QUESTION, Advice, CaseFile, cleared
from services.decision.drafting import opened, worked_on
from services.decision.models import decision, weighing
from services.decision.records import decision_from, outcome_of
from services.decision.storing import columns
from shared.chassis.database import insert_or_update
from shared.chassis.errors import Finding, Invalid, NotFound, Refused
from shared.chassis.events.values import Code, Identifier
from shared.chassis.uow import UnitOfWork
from shared.contracts.decision import AdviceWeighed, PartDecided


def decide_part(uow: UnitOfWork, case_id: str, label: str, body: Mapping[str, Any]) -> None:
    """Decide a question, or decide it again. Raises `Invalid` with all that keeps the decision from being lawful."""
    row = opened(uow, case_id, "decide a part")
    file = read_file(uow, case_id)
    _require_question(file, label)
    decided = decision_from(label, {**body, "answer": _answer(file, body)}, uow.today)
    values = {"case_id": case_id, "decided_by": uow.actor.id, **columns(decided)}
    insert_or_update(uow.connection, decision, [values])
    worked_on(uow, row)
    uow.record(PartDecided(decided=outcome_of(decided.decision)), subject=case_id)


def weigh_advice(uow: UnitOfWork, case_id: str, consultation_id: str, *, followed: bool, reason: str) -> None:
    """Say whether a party's advice is followed, and why. Advice binds nobody (CON-02)."""
    row = opened(uow, case_id, "weigh advice")
    given = _answered_advice(read_file(uow, case_id), consultation_id)
    blind = cleared("reason", reason)
    values = {
        "consultation_id": consultation_id,
        "case_id": case_id,
        "followed": followed,
        "reason": blind,
        "weighed_by": uow.actor.id,
    }
    insert_or_update(uow.connection, weighing, [values])
    worked_on(uow, row)
    weighed = AdviceWeighed(
        consultation_id=Identifier(consultation_id), party=Code(given.party), followed=followed, reason=blind
    )
    uow.record(weighed, subject=case_id)


def _require_question(file: CaseFile, label: str) -> None:
    part = next((each for each in file.parts if each.label == label), None)
    if part is None:
        raise NotFound("part", label)
    if part.kind != QUESTION:
        choices = ", ".join(each.label for each in file.questions)
        raise Refused(
            f"Part {label} is not decided by itself: it is a {part.kind.replace('_', ' ')}.",
            rule="RN-01",
            next_step=f"Decide the question that it belongs to. The questions are: {choices}.",
        )


def _answer(file: CaseFile, body: Mapping[str, Any]) -> str:
    """The answer as it was written, or written from the list of those consulted."""
    if not body["answer_with"]:
        return str(body["answer"])
    if body["answer"]:
        message = "There are two answers: a written one and one from the record."
        raise Invalid([Finding("answer_with", message, next_step="Leave one of the two out.")])
    if file.consulted is None:
        raise Refused(
            "Who was consulted is not known before consulting on the case is concluded.",
            rule="CON-03",
            next_step="Have it concluded, then decide this part.",
        )
    if not file.consulted:
        return "No other organisation was consulted about this request."
    offices = "\n".join(f"- {each['organisation']}: {each['position']}" for each in file.consulted)
    return f"These were consulted about this request, by organisation and position:\n{offices}"


def _answered_advice(file: CaseFile, consultation_id: str) -> Advice:
    found = next((each for each in file.advice if each.consultation_id == consultation_id), None)
    if found is None:
        raise NotFound("consultation on this case", consultation_id)
    if found.state != ANSWERED:
        raise Refused(f"{found.organisation} has given no advice yet.", rule="CON-02", next_step="Wait for its advice.")
    return found
