"""(a) and (c): every event arrived everywhere it is wanted, took effect once, and in its order; nothing is parked."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Column, select

from services.audit.models import case_summary
from services.decision.models import draft
from services.intake.models import case, progress
from services.operations.chaos.findings import DOUBLED, LOST, OUT_OF_ORDER, PARKED, UNEXPLAINED, Finding
from services.operations.chaos.notes import Notes
from services.operations.chaos.oracle.evidence import Evidence
from services.operations.chaos.rig import Rig
from shared.chassis.events import parking
from shared.chassis.events.inbox import inbox, subject_progress
from shared.contracts.consultation import ConsultationAnswered, ConsultationOpened
from shared.contracts.decision import SignedOff
from shared.contracts.intake import CaseAccepted

PAST_SIGN_OFF = ("ready to send", "sending", "answered")


def findings(rig: Rig, notes: Notes, evidence: Evidence) -> Iterator[Finding]:
    yield from _on_the_topic(evidence)
    yield from _in_order(evidence)
    for name in rig.services:
        yield from _taken_in(rig, name, evidence)
        yield from _parked(rig, name)
    yield from _effects(rig, evidence)


def _on_the_topic(evidence: Evidence) -> Iterator[Finding]:
    known = set()
    for service, envelope in evidence.events():
        known.add(envelope.id)
        if envelope.id not in evidence.topic:
            what = f"{envelope.type} at {envelope.sequence} never reached the topic"
            yield Finding(kind=LOST, service=service, case_id=envelope.subject, what=what)
    for event_id, copies in evidence.topic.items():
        if event_id not in known:
            envelope = copies[0][1]
            what = f"the topic holds {envelope.type}, which its log does not"
            yield Finding(kind=UNEXPLAINED, service=envelope.source, case_id=envelope.subject, what=what)


def _in_order(evidence: Evidence) -> Iterator[Finding]:
    """Numbers run from 1 without a gap, in the log and in the order in which readers first meet them."""
    in_log: dict[tuple[str, str], list[int]] = defaultdict(list)
    for service, envelope in evidence.events():
        in_log[service, envelope.subject].append(envelope.number)
    on_topic: dict[tuple[str, str], list[int]] = defaultdict(list)
    for copies in evidence.topic.values():  # already in the order of their first copies
        envelope = copies[0][1]
        on_topic[envelope.source, envelope.subject].append(envelope.number)
    for place, found in (("log", in_log), ("topic", on_topic)):
        for (service, case_id), numbers in found.items():
            if numbers != sorted(numbers) or (place == "log" and numbers != list(range(1, len(numbers) + 1))):
                what = f"in the {place} the events of the case are numbered {numbers}"
                yield Finding(kind=OUT_OF_ORDER, service=service, case_id=case_id, what=what)


def _taken_in(rig: Rig, name: str, evidence: Evidence) -> Iterator[Finding]:
    with rig.engine(name).connect().execution_options(reading=True) as connection:
        taken = set(connection.execute(select(inbox.c.event_id)).scalars())
        rows = connection.execute(select(subject_progress)).all()
    come_to = {(row.source, row.subject): row.number for row in rows}
    subscriptions = rig.runtime(name).service.subscriptions
    last: dict[tuple[str, str], int] = {}
    for source, envelope in evidence.events():
        if source == name:
            continue
        last[source, envelope.subject] = max(envelope.number, last.get((source, envelope.subject), 0))
        if subscriptions.wants(envelope.type) and envelope.id not in taken:
            what = f"{envelope.type} of {source} was never taken in"
            yield Finding(kind=LOST, service=name, case_id=envelope.subject, what=what)
    for (source, case_id), number in last.items():
        if come_to.get((source, case_id), 0) != number:
            what = f"it has come to event {come_to.get((source, case_id), 0)} of {number} of {source}"
            yield Finding(kind=LOST, service=name, case_id=case_id, what=what)


def _parked(rig: Rig, name: str) -> Iterator[Finding]:
    with rig.engine(name).connect().execution_options(reading=True) as connection:
        for row in parking.waiting(connection):
            what = f"{row.type} is parked: {row.reason}, {row.detail}"
            yield Finding(kind=PARKED, service=name, case_id=row.subject, what=what)


def _effects(rig: Rig, evidence: Evidence) -> Iterator[Finding]:
    """What events must have brought about in other services, counted there."""
    opened = _counted(evidence, ConsultationOpened)
    answered = _counted(evidence, ConsultationAnswered)
    everything = _counted(evidence, None)
    yield from _compare(rig, "intake", progress.c.case_id, progress.c.consultations, opened)
    yield from _compare(rig, "intake", progress.c.case_id, progress.c.answered, answered)
    yield from _compare(rig, "audit", case_summary.c.case_id, case_summary.c.events, everything)
    if "decision" in rig.services:
        yield from _there(rig, "decision", select(draft.c.id), _counted(evidence, CaseAccepted), "the draft is missing")
    ready = select(case.c.id).where(case.c.state.in_(PAST_SIGN_OFF))
    yield from _there(rig, "intake", ready, _counted(evidence, SignedOff), "the sign-off has not made it ready to send")


def _counted(evidence: Evidence, event: object) -> dict[str, int]:
    """How many events of this type each case has; of all types when None, save audit's own."""
    wanted = getattr(event, "event_type", None)
    found: dict[str, int] = defaultdict(int)
    for service, envelope in evidence.events():
        if envelope.type == wanted or (wanted is None and service != "audit"):
            found[envelope.subject] += 1
    return found


def _compare(
    rig: Rig, service: str, case_id: Column[str], counter: Column[int], expected: dict[str, int]
) -> Iterator[Finding]:
    with rig.engine(service).connect().execution_options(reading=True) as connection:
        counted = {row[0]: row[1] for row in connection.execute(select(case_id, counter))}
    for each in counted.keys() | expected.keys():
        found, wanted = counted.get(each, 0), expected.get(each, 0)
        if found != wanted:
            kind = DOUBLED if found > wanted else LOST
            what = f"{counter.table.name}.{counter.name} is {found}, and there were {wanted} events"
            yield Finding(kind=kind, service=service, case_id=each, what=what)


def _there(rig: Rig, service: str, query: object, expected: dict[str, int], what: str) -> Iterator[Finding]:
    with rig.engine(service).connect().execution_options(reading=True) as connection:
        there = set(connection.execute(query).scalars())  # type: ignore[call-overload]
    for each in expected.keys() - there:
        yield Finding(kind=LOST, service=service, case_id=each, what=what)
