"""Messages as they may come onto the topic: of other services, sound ones and such as nobody can handle."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from shared.chassis.events.broker import Broker, Message
from shared.chassis.events.contract import dump
from shared.chassis.events.envelope import CONTENT_TYPE, Envelope
from shared.chassis.events.values import BlindText, Code, Digest
from shared.contracts.decision import SignedOff
from shared.contracts.intake import CaseAccepted, ResponseDispatched
from shared.contracts.response import Response
from shared.contracts.values import Label, Part, PartOutcome, Reference
from tests.support import new_case_id

LETTER = Digest("a" * 64)
HEADERS = (("content-type", CONTENT_TYPE.encode()), ("chain", b"0" * 64))


class Topic:
    """Puts messages on a real topic, whatever they are."""

    def __init__(self, broker: Broker) -> None:
        broker.ensure_topic()
        self._publisher = broker.publisher("somebody")
        self._positions: dict[str, int] = {}

    def says(self, source: str, number: int, event: Any, case_id: str) -> Envelope:
        """Publish an event as the service `source` would, as its `number`th about the case."""
        self._positions[source] = self._positions.get(source, 0) + 1
        envelope = Envelope(
            id=new_case_id(),
            source=source,
            type=event.event_type,
            subject=case_id,
            time=datetime.now(UTC),
            sequence=self._positions[source],
            number=number,
            actor_id="somebody",
            actor_role="foi-officer",
            correlation_id=new_case_id(),
            causation_id=None,
            traceparent=None,
            data=dump(event),
        )
        self.send(case_id, envelope.to_bytes())
        return envelope

    def says_in_other_words(self, source: str, number: int, event: Any, case_id: str) -> None:
        """The same, with contents that no version of the event has ever had."""
        envelope = self.says(source, number, event, new_case_id())
        self.send(case_id, replace(envelope, id=new_case_id(), subject=case_id, data={"other": "words"}).to_bytes())

    def send(self, key: str | None, value: bytes) -> None:
        self._publisher.publish([Message(key=key, value=value, headers=HEADERS)])

    def close(self) -> None:
        self._publisher.close()


def accepted(reply: Response) -> CaseAccepted:
    """The case that this is the reply to, on a topic about which one party is always asked."""
    parts = tuple(
        Part(label=Label(part.label), parent=None, kind=Code(part.kind), wording=BlindText(part.wording))
        for part in reply.parts
    )
    return CaseAccepted(
        reference=Reference(reply.reference),
        title=BlindText(reply.title),
        authorities=tuple(Code(code) for code in reply.authorities),
        topics=(Code("prevent"),),
        received_on=date.fromisoformat(reply.received_on),
        due_on=date(2026, 6, 29),
        parts=parts,
    )


def signed_off(reply: Response) -> SignedOff:
    """A sign-off that names the reply by its digest, wherever its bytes may be."""
    outcomes = tuple(
        PartOutcome(label=Label(part.label), outcome=Code(part.outcome), citations=())
        for part in reply.parts
        if part.outcome
    )
    return SignedOff(
        draft=1,
        letter=LETTER,
        letter_text=LETTER,
        response=Digest(sha256(reply.to_bytes()).hexdigest()),
        overall=Code(reply.overall),
        outcomes=outcomes,
        documents=(),
    )


def dispatched() -> ResponseDispatched:
    return ResponseDispatched(
        letter=LETTER,
        dispatched_on=date(2026, 6, 15),
        due_on=date(2026, 6, 29),
        working_day=10,
        in_time=True,
        answers=(),
    )
