"""What there is to judge: the logs, the topic, and the rows that events are about."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select, select

from services.consultation.models import conclusion, consultation
from services.decision.models import decision, draft, weighing
from services.intake.models import case
from services.operations.chaos.notes import Act, type_of
from services.operations.chaos.rig import Rig
from services.publishing.models import entry, release, release_check
from shared.chassis.events import log
from shared.chassis.events.broker import Received
from shared.chassis.events.envelope import Envelope
from shared.contracts.consultation import ConsultationAnswered, ConsultationOpened, ConsultationsConcluded
from shared.contracts.decision import AdviceWeighed, DocumentSubmitted, DraftSubmitted, PartDecided, SignedOff
from shared.contracts.intake import CaseAccepted, CaseReceived, MessageSubmitted, PartsConfirmed, ResponseDispatched
from shared.contracts.publishing import DocumentChecked, EntryPrepared, EntryReleased


@dataclass(frozen=True)
class Kind:
    """One kind of act: the event that it causes, what in it tells acts of one case apart, and the rows that stand for
    it, one for each act: (case, that same thing)."""

    event: Any
    service: str
    rows: Select[Any]
    about: Callable[[dict[str, Any]], str] = lambda data: ""


def _put_to_check(sender: str) -> Select[Any]:
    """The documents that publishing knows a service to have put to the release check."""
    return select(release_check.c.case_id, release_check.c.digest).where(release_check.c.sender == sender)


KINDS = (
    Kind(CaseReceived, "intake", select(case.c.id)),
    Kind(PartsConfirmed, "intake", select(case.c.id).where(case.c.state != "received")),
    Kind(CaseAccepted, "intake", select(case.c.id).where(case.c.accepted_at.is_not(None))),
    Kind(ResponseDispatched, "intake", select(case.c.id).where(case.c.state == "answered")),
    Kind(
        ConsultationOpened,
        "consultation",
        select(consultation.c.case_id, consultation.c.party),
        lambda data: str(data["office"]["party"]),
    ),
    Kind(
        ConsultationAnswered,
        "consultation",
        select(consultation.c.case_id, consultation.c.id).where(consultation.c.state == "answered"),
        lambda data: str(data["consultation_id"]),
    ),
    Kind(ConsultationsConcluded, "consultation", select(conclusion.c.case_id)),
    Kind(
        PartDecided,
        "decision",
        select(decision.c.case_id, decision.c.label),
        lambda data: str(data["decided"]["label"]),
    ),
    Kind(
        AdviceWeighed,
        "decision",
        select(weighing.c.case_id, weighing.c.consultation_id),
        lambda data: str(data["consultation_id"]),
    ),
    Kind(DocumentSubmitted, "publishing", _put_to_check("decision"), lambda data: str(data["document"]["digest"])),
    Kind(MessageSubmitted, "publishing", _put_to_check("intake"), lambda data: str(data["document"]["digest"])),
    Kind(
        DocumentChecked,
        "publishing",
        select(release_check.c.case_id, release_check.c.digest).where(release_check.c.state != "waiting"),
        lambda data: str(data["digest"]),
    ),
    Kind(DraftSubmitted, "decision", select(draft.c.id).where(draft.c.number > 0)),
    Kind(SignedOff, "decision", select(draft.c.id).where(draft.c.state == "signed off")),
    Kind(EntryPrepared, "publishing", select(entry.c.id)),
    Kind(
        EntryReleased,
        "publishing",
        select(release.c.case_id, release.c.site).where(release.c.released_at.is_not(None)),
        lambda data: str(data["site"]),
    ),
)
KIND_OF = {type_of(kind.event): kind for kind in KINDS}


@dataclass(frozen=True)
class Evidence:
    """`logs` are the events of each service in the order of its log; `topic` the messages by the event that they carry,
    in the order in which they stand; `rows` counts the rows that stand for each act."""

    logs: dict[str, list[Envelope]]
    topic: dict[str, list[tuple[Received, Envelope]]]
    rows: Counter[Act]

    @classmethod
    def of(cls, rig: Rig) -> "Evidence":
        logs = {name: _log(rig.engine(name)) for name in rig.services}
        topic: dict[str, list[tuple[Received, Envelope]]] = {}
        messages = sorted(rig.runtime("audit").broker.read_all(), key=lambda one: (one.partition, one.offset))
        for message in messages:
            envelope = Envelope.from_bytes(message.value)
            topic.setdefault(envelope.id, []).append((message, envelope))
        rows = Counter(act for kind in KINDS if kind.service in rig.services for act in _acts(rig, kind))
        return cls(logs, topic, rows)

    def events(self) -> Iterator[tuple[str, Envelope]]:
        """Every event of every log, with the service whose log it is."""
        for name, envelopes in self.logs.items():
            for envelope in envelopes:
                yield name, envelope

    @property
    def redelivered(self) -> int:
        """Messages on the topic that carry an event once more."""
        return sum(len(copies) - 1 for copies in self.topic.values())


def act_of(envelope: Envelope) -> Act | None:
    """The act that caused the event; None for a type of event that nothing in the load brings about."""
    kind = KIND_OF.get(envelope.type)
    return Act(envelope.type, envelope.subject, kind.about(envelope.data)) if kind else None


def _log(engine: Engine) -> list[Envelope]:
    with engine.connect().execution_options(reading=True) as connection:
        return [Envelope.from_bytes(row.body) for row in log.walk(connection)]


def _acts(rig: Rig, kind: Kind) -> list[Act]:
    with rig.engine(kind.service).connect().execution_options(reading=True) as connection:
        return [Act(type_of(kind.event), *row) for row in connection.execute(kind.rows)]
