"""(d), (e) and (f): the chains hold everywhere, projections can be made again, deadlines are right; and mail."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources

from sqlalchemy import select

from services.intake.models import case
from services.operations.chaos.findings import (
    BROKEN_CHAIN,
    DOUBLED,
    LOST,
    PROJECTION_DIFFERS,
    UNEXPLAINED,
    WRONG_DEADLINE,
    Finding,
)
from services.operations.chaos.life import address_of
from services.operations.chaos.notes import Notes, type_of
from services.operations.chaos.oracle.evidence import Evidence
from services.operations.chaos.rig import Rig
from services.operations.replaying import compare
from services.operations.verify import verify
from shared.contracts.intake import ResponseDispatched

STATUTORY_DAYS = 20


def findings(rig: Rig, notes: Notes, evidence: Evidence) -> Iterator[Finding]:
    yield from _chains(rig)
    yield from _projections(rig)
    yield from _deadlines(rig)
    yield from _mail(rig, notes, evidence)


def _chains(rig: Rig) -> Iterator[Finding]:
    for fault in verify(rig.config, rig.services).faults:
        kind = LOST if "nothing" in fault.what and "in the log" not in fault.what else BROKEN_CHAIN
        yield Finding(kind=kind, service=fault.service, what=f"position {fault.position}: {fault.what}")


def _projections(rig: Rig) -> Iterator[Finding]:
    for name in rig.services:
        for difference in compare(rig.config, name):
            yield Finding(kind=PROJECTION_DIFFERS, service=name, what=difference)


def _deadlines(rig: Rig) -> Iterator[Finding]:
    """Section 10(1) by counting one day after the other, with nothing of the product but its table of holidays."""
    text = resources.files("shared.law").joinpath("bank_holidays.toml").read_text(encoding="utf-8")
    holidays = {row["date"] for row in tomllib.loads(text)["holiday"]}
    with rig.engine("intake").connect().execution_options(reading=True) as connection:
        rows = connection.execute(select(case.c.id, case.c.received_on, case.c.due_on)).all()
    due = {day: _counted(day, holidays) for day in {row.received_on for row in rows}}
    for row in rows:
        if row.due_on != due[row.received_on]:
            what = f"received {row.received_on}, due {row.due_on}; counted by hand {due[row.received_on]}"
            yield Finding(kind=WRONG_DEADLINE, service="intake", case_id=row.id, what=what)


def _counted(received_on: date, holidays: set[date]) -> date:
    day, left = received_on, STATUTORY_DAYS
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays and (day.month, day.day) != (12, 25):
            left -= 1
    return day


def _mail(rig: Rig, notes: Notes, evidence: Evidence) -> Iterator[Finding]:
    """A reply that left went out under one Message-ID, however often; and only to whom a reply was dispatched."""
    sent: dict[str, Counter[str]] = defaultdict(Counter)
    for recipient, identifier in rig.mailbox.taken:
        sent[recipient][identifier] += 1
    addresses = {case_id: address_of(mark) for mark, case_id in notes.marks.items() if case_id}
    replied = set()
    for _, envelope in evidence.events():
        if envelope.type == type_of(ResponseDispatched):
            address = addresses.get(envelope.subject, "")
            replied.add(address)
            if not sent[address]:
                what = "it is answered, and no mail has left"
                yield Finding(kind=LOST, service="intake", case_id=envelope.subject, what=what)
    for address, identifiers in sent.items():
        if len(identifiers) > 1:
            what = f"{len(identifiers)} different messages went to {address}"
            yield Finding(kind=DOUBLED, service="intake", what=what)
        if identifiers and address not in replied:
            yield Finding(kind=UNEXPLAINED, service="intake", what=f"a message went to {address} without a dispatch")
