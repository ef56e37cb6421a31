"""(a) and (b): every acknowledged act has its event and its state, each once, and nothing is there without reason."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from services.consultation.models import rule
from services.intake.models import request
from services.operations.chaos.findings import DOUBLED, LOST, UNEXPLAINED, Finding
from services.operations.chaos.life import MARK
from services.operations.chaos.notes import Act, Notes, type_of
from services.operations.chaos.oracle.evidence import KIND_OF, Evidence, act_of
from services.operations.chaos.rig import Rig
from shared.chassis.events.envelope import Envelope
from shared.contracts.consultation import ConsultationOpened
from shared.contracts.decision import DocumentSubmitted, DraftSubmitted
from shared.contracts.intake import CaseAccepted, CaseReceived, MessageSubmitted, ResponseDispatched
from shared.contracts.publishing import DocumentChecked, EntryPrepared

_REASONS = {
    type_of(DocumentSubmitted): type_of(DraftSubmitted),
    type_of(MessageSubmitted): type_of(ResponseDispatched),
}
_MARK = re.compile(re.escape(MARK.format("@")).replace("@", r"(\S+)"))


def findings(rig: Rig, notes: Notes, evidence: Evidence) -> Iterator[Finding]:
    logged, doubtful = _logged(rig, notes)
    yield from logged
    events: Counter[Act] = Counter()
    for service, envelope in evidence.events():
        act = act_of(envelope)
        if act is None:
            yield Finding(
                kind=UNEXPLAINED,
                service=service,
                case_id=envelope.subject,
                what=f"nobody did what would cause {envelope.type}",
            )
        else:
            events[act] += 1
    must = notes.acknowledged | _caused(rig, notes, evidence)
    may = must | notes.in_doubt | doubtful
    for act in sorted(must | events.keys() | evidence.rows.keys()):
        yield from _judge(act, events[act], evidence.rows[act], must=act in must, may=act in may)


def _judge(act: Act, events: int, rows: int, *, must: bool, may: bool) -> Iterator[Finding]:
    name = f"{act.event_type} {act.about}".strip()

    def found(kind: str, what: str) -> Finding:
        service = KIND_OF[act.event_type].service
        return Finding(kind=kind, service=service, case_id=act.case_id, what=f"{name}: {what}")

    if must and not events:
        yield found(LOST, "acknowledged, and there is no event")
    if must and not rows:
        yield found(LOST, "acknowledged, and the state does not say so")
    if events and not rows and not must:
        yield found(LOST, "the event is there without its state")
    if rows and not events and not must:
        yield found(LOST, "the state is there without its event")
    if events > 1:
        yield found(DOUBLED, f"there are {events} events")
    if rows > 1:
        yield found(DOUBLED, f"there are {rows} of it")
    if (events or rows) and not may:
        yield found(UNEXPLAINED, "nobody asked for it")


def _caused(rig: Rig, notes: Notes, evidence: Evidence) -> set[Act]:
    """What the services do by themselves when others have acted."""
    with rig.engine("consultation").connect().execution_options(reading=True) as connection:
        asked = defaultdict(set)
        for row in connection.execute(select(rule)):
            asked[row.topic].add(row.party)
    caused = set()
    for _, envelope in evidence.events():
        if envelope.type == type_of(CaseAccepted):
            for party in {party for topic in envelope.data["topics"] for party in asked[topic]}:
                caused.add(Act(type_of(ConsultationOpened), envelope.subject, party))
        caused |= _checks(notes, envelope)
        if envelope.type == type_of(ResponseDispatched) and "publishing" in rig.services:
            caused.add(Act(type_of(EntryPrepared), envelope.subject))
    return caused


def _checks(notes: Notes, envelope: Envelope) -> set[Act]:
    """Whoever submits a draft or dispatches a reply has its documents put to the release check, and that answers."""
    reason = _REASONS.get(envelope.type)
    if reason is None or Act(reason, envelope.subject) not in notes.tried:
        return set()
    digest = str(envelope.data["document"]["digest"])
    return {
        Act(envelope.type, envelope.subject, digest),
        Act(type_of(DocumentChecked), envelope.subject, digest),
    }


def _logged(rig: Rig, notes: Notes) -> tuple[list[Finding], set[Act]]:
    """Each request that was sent has one case, told by its mark; those in doubt may have one."""
    cases: dict[str, list[str]] = defaultdict(list)
    with rig.engine("intake").connect().execution_options(reading=True) as connection:
        for row in connection.execute(select(request)):
            told = _MARK.search(row.text.reveal())
            cases[told[1] if told else ""].append(row.case_id)
    found, doubtful = [], set()
    for mark, ids in cases.items():
        if mark not in notes.marks:
            what = "there is a case that nobody logged"
            found += [Finding(kind=UNEXPLAINED, service="intake", case_id=each, what=what) for each in ids]
        elif len(ids) > 1:
            what = f"one request has become {len(ids)} cases"
            found.append(Finding(kind=DOUBLED, service="intake", case_id=ids[0], what=what))
        if notes.marks.get(mark) is None:
            doubtful |= {Act(type_of(CaseReceived), each) for each in ids}
    return found, doubtful
