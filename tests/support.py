"""What tests of several services share: a runtime of one service, and the voice of another one on the topic."""

import itertools
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uuid_utils

from services import SERVICES
from services.registry import service_named
from shared.chassis.clock import Clock
from shared.chassis.config import Config
from shared.chassis.events.broker import Message
from shared.chassis.events.consumer import Consumer
from shared.chassis.events.contract import dump
from shared.chassis.events.envelope import CONTENT_TYPE, Envelope
from shared.chassis.events.memory import MemoryBroker
from shared.chassis.events.relay import Relay
from shared.chassis.events.values import Code, Digest
from shared.chassis.runtime import Runtime
from shared.chassis.service import Service
from shared.contracts.publishing import DocumentChecked, Found
from shared.contracts.ruleset import RULES

MORNING = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


def config_for(state: Path, **settings: str) -> Config:
    """Settings of a test: everything under `state`, nothing from the machine's environment."""
    return Config.load({"CANDOUR_ENV": "test", "CANDOUR_STATE": str(state), **settings})


def runtime_for(service: Service, state: Path, clock: Clock, broker: MemoryBroker, **settings: str) -> Runtime:
    """A migrated runtime of one service. The databases that `tests.postgresql` gives a service are migrated, and on
    SQLite it gets a copy of one that is: migrating anew for each of some thousand tests takes minutes."""
    runtime = Runtime(service, config_for(state, **settings), clock=clock, broker=broker)
    if service.name not in SERVICES:
        runtime.migrate()
    elif "CANDOUR_DATABASE_URL" not in settings:
        (state / f"{service.name}.db").write_bytes(_migrated(service.name))
    return runtime


@cache
def _migrated(service: str) -> bytes:
    """The SQLite database of a service, just migrated."""
    with TemporaryDirectory() as folder:
        runtime = Runtime(service_named(service), config_for(Path(folder)))
        runtime.migrate()
        runtime.engine.dispose()
        return (Path(folder) / f"{service}.db").read_bytes()


def new_case_id() -> str:
    return str(uuid_utils.uuid7())


class OtherService:
    """Speaks on the topic as another service would."""

    def __init__(self, name: str, broker: MemoryBroker, clock: Clock) -> None:
        self._name = name
        self._publisher = broker.publisher(name)
        self._clock = clock
        self._positions = itertools.count(1)
        self._numbers: dict[str, int] = {}

    def says(self, event: Any, *, subject: str, by: str = "somebody") -> Envelope:
        """Publish the event as what this person did; its envelope."""
        self._numbers[subject] = self._numbers.get(subject, 0) + 1
        envelope = Envelope(
            id=str(uuid_utils.uuid7()),
            source=self._name,
            type=event.event_type,
            subject=subject,
            time=self._clock.now(),
            sequence=next(self._positions),
            number=self._numbers[subject],
            actor_id=by,
            actor_role="foi-officer",
            correlation_id=str(uuid_utils.uuid7()),
            causation_id=None,
            traceparent=None,
            data=dump(event),
        )
        self.sends(envelope)
        return envelope

    def sends(self, envelope: Envelope) -> None:
        """Put an envelope on the topic as it is; sending one twice is a duplicate delivery."""
        headers = (("content-type", CONTENT_TYPE.encode()), ("chain", b"0" * 64))
        self._publisher.publish([Message(key=envelope.subject, value=envelope.to_bytes(), headers=headers)])


def take_in(runtime: Runtime) -> int:
    """Have the service consume everything that is on the topic now; how many messages."""
    subscription = runtime.broker.subscribe(runtime.group, "1")
    consumer = Consumer(runtime, subscription)
    taken = 0
    while count := consumer.run_once(0):
        taken += count
    subscription.close()
    return taken


def release_checked(
    runtime: Runtime, publishing: OtherService, verdict: str = "pass", ruleset: str = RULES, only: str = ""
) -> int:
    """Have publishing answer for every document that the service has put to the release check and that has not been
    answered for, or for those whose name begins with `only`; how many. The service has taken the answers in then."""
    answered = 0
    for envelope in log_of(runtime):
        document = envelope.data.get("document", {})
        if not envelope.type.endswith(("document-submitted.v1", "message-submitted.v1")) or envelope.id in _ANSWERED:
            continue
        if document["name"].startswith(only):
            _ANSWERED.add(envelope.id)
            publishing.says(check_of(document["digest"], verdict, ruleset), subject=envelope.subject)
            answered += 1
    take_in(runtime)
    return answered


_ANSWERED: set[str] = set()


def check_of(digest: str, verdict: str = "pass", ruleset: str = RULES, code: str = "hidden_sheet") -> DocumentChecked:
    """What publishing says of a document; with a verdict other than `pass` it has found one thing."""
    found = Found(code=Code(code), rule=Code("rel-01"), severity=Code(verdict), places=1)
    return DocumentChecked(
        digest=Digest(digest),
        ruleset=Code(ruleset),
        verdict=Code(verdict),
        report=Digest("f" * 64),
        findings=() if verdict == "pass" else (found,),
    )


def send_out(runtime: Runtime) -> int:
    """Have the service's relay publish everything that is in its log; how many events."""
    relay = Relay(runtime.engine, runtime.broker.publisher("relay"))
    sent = 0
    while count := relay.run_once():
        sent += count
    return sent


def log_of(runtime: Runtime) -> list[Envelope]:
    """Every event that the service has recorded, in order."""
    from shared.chassis.events.log import walk

    with runtime.engine.connect() as connection:
        return [Envelope.from_bytes(row.body) for row in walk(connection)]
