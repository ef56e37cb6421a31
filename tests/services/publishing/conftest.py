from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.publishing import checking
from services.publishing.release_check.cleaning import copying
from services.publishing.release_check.confinement import CleanCopy, CleanFile, NotCleaned
from services.publishing.release_check.inspection import inspect
from services.publishing.release_check.policy import Policy
from services.publishing.release_check.report import Report
from services.publishing.service import service
from shared.chassis.clock import FixedClock
from shared.chassis.events.memory import MemoryBroker
from shared.chassis.events.values import BlindText, Code, Digest, MediaType
from shared.chassis.runtime import Runtime
from shared.chassis.timers import Ticker
from shared.contracts.decision import DocumentSubmitted, SignedOff
from shared.contracts.intake import CaseAccepted, ResponseDispatched
from shared.contracts.response import Response
from shared.contracts.ruleset import RULES
from shared.contracts.values import CitationText, Document, FileName, Label, PartOutcome, Reference
from shared.law.clock import due_date, in_time, working_day_number
from tests.services.publishing.replies import GUIDE, NINE_QUESTIONS, attachment
from tests.support import OtherService, new_case_id, runtime_for, take_in

LETTER = sha256(b"letter").hexdigest()


@pytest.fixture
def runtime(tmp_path: Path, clock, broker, database_settings):
    runtime = runtime_for(service, tmp_path, clock, broker, **database_settings)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture(autouse=True)
def examined_in_this_process(monkeypatch):
    """The release check without its child process, which has tests of its own; what it says is real."""

    class Here:
        def inspect(self, data: bytes, name: str, earlier: Sequence[tuple[str, bytes]] = ()) -> Report:
            return inspect(data, name, Policy(ruleset=RULES), earlier)

        def clean(self, data: bytes, name: str, form: str = "") -> CleanCopy:
            try:
                copy = copying.clean(data, name, Policy(ruleset=RULES), form)
            except copying.NotCleaned as reason:
                raise NotCleaned(str(reason)) from None
            files = tuple(
                CleanFile(
                    name=made.name,
                    media_type=made.media_type,
                    data=made.data,
                    report=self.inspect(made.data, made.name),
                )
                for made in copy.files
            )
            before, after = str(copy.before), str(copy.after)
            return CleanCopy(files=files, before=before, after=after, warnings=copy.warnings)

    monkeypatch.setattr(checking, "examiners", lambda *_: Here())


@pytest.fixture
def client_as(app, issuer) -> Callable[..., FlaskClient]:
    """A client that comes with a token of these roles."""

    def make(*roles: str, person: str = "a.patel") -> FlaskClient:
        client = app.test_client()
        party = "ctphq" if "party" in roles else None
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.token(person, roles, party)}"
        return client

    return make


@pytest.fixture
def publisher(client_as) -> FlaskClient:
    return client_as("publisher")


@pytest.fixture
def public(runtime) -> FlaskClient:
    """Anybody, looking at the public site."""
    return runtime.site().test_client()


@pytest.fixture
def ticker(runtime) -> Ticker:
    return Ticker(runtime)


class Others:
    """The services that a case has gone through before it comes to be published."""

    def __init__(self, runtime: Runtime, broker: MemoryBroker, clock: FixedClock) -> None:
        self._runtime = runtime
        self._clock = clock
        self.intake = OtherService("intake", broker, clock)
        self.decision = OtherService("decision", broker, clock)

    def accepted(self, reply: Response, case_id: str) -> CaseAccepted:
        received_on = date.fromisoformat(reply.received_on)
        event = CaseAccepted(
            reference=Reference(reply.reference),
            title=BlindText(reply.title),
            authorities=tuple(Code(code) for code in reply.authorities),
            topics=(),
            received_on=received_on,
            due_on=due_date(received_on),
            parts=(),
        )
        self.intake.says(event, subject=case_id)
        return event

    def wants_to_leave(
        self, case_id: str, content: bytes, name: str = "response.json", media_type: str = "application/json"
    ) -> str:
        """Have decision put a document to the release check; its digest."""
        kept = self._runtime.unchecked_blobs.put(content, media_type=media_type, name=name)
        document = Document(
            digest=Digest(kept.digest), media_type=MediaType(media_type), size=kept.size, name=FileName(name)
        )
        self.decision.says(DocumentSubmitted(document=document), subject=case_id, by="d.maker")
        return kept.digest

    def signed_off(self, reply: Response, case_id: str, **different: Any) -> SignedOff:
        blob = self._runtime.blobs.put(reply.to_bytes(), media_type="application/json", name="response.json")
        told = {
            "draft": 1,
            "letter": Digest(LETTER),
            "letter_text": Digest(LETTER),
            "response": Digest(blob.digest),
            "overall": Code(reply.overall),
            "outcomes": tuple(
                PartOutcome(
                    label=Label(part.label),
                    outcome=Code(part.outcome),
                    citations=tuple(CitationText(text) for text in (part.reasons.citations if part.reasons else ())),
                )
                for part in reply.parts
                if part.outcome
            ),
            "documents": (),
        }
        event = SignedOff(**{**told, **different})
        self.decision.says(event, subject=case_id)
        return event

    def dispatched(self, reply: Response, case_id: str, *, letter: str = LETTER) -> ResponseDispatched:
        received_on = date.fromisoformat(reply.received_on)
        sent_on = self._clock.now().date()
        event = ResponseDispatched(
            letter=Digest(letter),
            dispatched_on=sent_on,
            due_on=due_date(received_on),
            working_day=working_day_number(received_on, sent_on),
            in_time=in_time(received_on, sent_on),
            answers=(),
        )
        self.intake.says(event, subject=case_id)
        return event

    def answered(self, reply: Response = NINE_QUESTIONS, **different: Any) -> str:
        """A case whose reply was checked and has left, taken in; its id. What is `different` was so signed off."""
        case_id = new_case_id()
        self.accepted(reply, case_id)
        self.wants_to_leave(case_id, reply.to_bytes())
        for each in reply.attachments:
            self.wants_to_leave(case_id, self._runtime.blobs.get(each.digest), each.name, each.media_type)
        take_in(self._runtime)
        Ticker(self._runtime).run_once()
        self.signed_off(reply, case_id, **different)
        self.dispatched(reply, case_id)
        take_in(self._runtime)
        return case_id


@pytest.fixture
def others(runtime, broker, clock) -> Others:
    return Others(runtime, broker, clock)


@pytest.fixture
def with_guide(runtime) -> Response:
    """A reply with a document, which is in the store."""
    blob = runtime.blobs.put(GUIDE, media_type="text/csv", name="guide.csv")
    return replace(NINE_QUESTIONS, attachments=(attachment(blob.digest),))


def at(version: int) -> dict[str, str]:
    """The header that says which version was read."""
    return {"If-Match": f'"{version}"'}
