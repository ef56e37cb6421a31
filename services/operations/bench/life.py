"""Lives of cases as events, made as fast as they can be stored: the load of every measurement of the event path.

One life is 20 events of four services, as the real services record them, each as long as a real one. It is written
once through the contracts; every further life is the same bytes with ids, times, positions and numbers of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.chassis.events.broker import Message
from shared.chassis.events.contract import dump
from shared.chassis.events.envelope import CONTENT_TYPE, Envelope
from shared.chassis.events.log import link
from shared.chassis.events.values import BlindText, Code, Digest, Identifier, MediaType
from shared.contracts import consultation, decision, intake, publishing
from shared.contracts.values import (
    CitationText,
    Document,
    FileName,
    Label,
    Office,
    Part,
    PartOutcome,
    Reference,
    SitePath,
)

AT_ONCE = 50
"""Cases that are alive together: their events stand interleaved, as on the desks of one office."""
_BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)
_DIGEST = Digest("5e" * 32)
_OFFICE = Office(
    party=Code("counter-terrorism"),
    organisation=BlindText("National Counter Terrorism Policing Headquarters"),
    position=BlindText("Freedom of Information coordinator"),
)
_QUESTION = BlindText(
    "How many incidents of this kind did the force record in each of the years 2019 to 2024, by month and district?"
)


@dataclass(frozen=True, slots=True)
class Made:
    """One event in its place in its producer's log."""

    source: str
    position: int
    event_id: str
    subject: str
    number: int
    type: str
    at: datetime
    body: bytes
    hash: str

    def message(self) -> Message:
        """It as its producer's relay publishes it."""
        headers = (("content-type", CONTENT_TYPE.encode()), ("chain", self.hash.encode()))
        return Message(key=self.subject, value=self.body, headers=headers)


def lives(cases: int, first: int = 0) -> Iterator[Made]:
    """The events of so many lives, the lives of `AT_ONCE` cases interleaved; 20 for each case. `first` numbers the
    first case, so that another call makes other cases (each call begins the producers' logs anew)."""
    templates = [_Template(*step) for step in _steps()]
    positions: dict[str, int] = {}
    hashes: dict[str, str] = {}
    for start in range(first, first + cases, AT_ONCE):
        alive = range(start, min(start + AT_ONCE, first + cases))
        for place, template in enumerate(templates):
            for number in alive:
                position = positions[template.source] = positions.get(template.source, 0) + 1
                body, event_id, subject, at = template.write(number, place, position)
                hashed = hashes[template.source] = link(hashes.get(template.source, ""), body)
                yield Made(
                    template.source, position, event_id, subject, template.number, template.type, at, body, hashed
                )


def case_id(number: int) -> str:
    """The id of the case with this number, in the form that the services give theirs."""
    return f"01a00000-0000-7000-8000-{number:012x}"


class _Template:
    """One step of a life: the bytes of its envelope with places to fill in."""

    def __init__(self, source: str, number: int, event: Any) -> None:
        self.source, self.number, self.type = source, number, event.event_type
        envelope = Envelope(
            id="@id@",
            source=source,
            type=event.event_type,
            subject="@subject@",
            time=_BEGIN,
            sequence=0,
            number=number,
            actor_id="o.finch",
            actor_role="foi-officer",
            correlation_id="@correlation@",
            causation_id=None,
            traceparent=None,
            data=dump(event),
        )
        raw = envelope.to_bytes().decode().replace("%", "%%")
        marks = {
            "@id@": "%(id)s",
            "@subject@": "%(subject)s",
            "@correlation@": "%(id)s",
            '"2026-01-05T09:00:00.000000Z"': '"%(time)s"',
            f'"{0:020d}"': '"%(sequence)020d"',
            _CONSULTATION: "%(consultation)s",
        }
        for mark, place in marks.items():
            raw = raw.replace(mark, place)
        self._raw = raw

    def write(self, number: int, place: int, position: int) -> tuple[bytes, str, str, datetime]:
        at = _BEGIN + timedelta(seconds=number * 60 + place)
        subject = case_id(number)
        event_id = f"01a00000-{place:04x}-7000-8000-{number:012x}"
        filled = self._raw % {
            "id": event_id,
            "subject": subject,
            "time": at.strftime("%Y-%m-%dT%H:%M:%S.000000Z"),
            "sequence": position,
            "consultation": f"01b00000-0000-7000-8000-{number:012x}",
        }
        return filled.encode(), event_id, subject, at


_CONSULTATION = "0c0c0c0c-0000-7000-8000-000000000000"


def _steps() -> Iterator[tuple[str, int, Any]]:
    numbers: dict[str, int] = {}
    for source, event in _life():
        numbers[source] = numbers.get(source, 0) + 1
        yield source, numbers[source], event


def _life() -> Iterator[tuple[str, Any]]:
    """What happens to one case, in order."""
    received, due = date(2026, 1, 5), date(2026, 2, 2)
    asked = Identifier(_CONSULTATION)
    labels = tuple(Label(str(number)) for number in range(1, 5))
    parts = tuple(Part(label=label, parent=None, kind=Code("question"), wording=_QUESTION) for label in labels)
    outcomes = tuple(
        PartOutcome(label=label, outcome=Code("withheld"), citations=(CitationText("24(1)"), CitationText("31(1)(a)")))
        for label in labels
    )
    reference, authorities = Reference("100 - 26"), (Code("cleveland"),)
    yield (
        "intake",
        intake.CaseReceived(
            reference=reference, authorities=authorities, channel=Code("email"), received_on=received, due_on=due
        ),
    )
    yield "intake", intake.PartsConfirmed(parts=parts)
    yield (
        "intake",
        intake.CaseAccepted(
            reference=reference,
            title=BlindText("Incidents recorded by kind, 2019 to 2024"),
            authorities=authorities,
            topics=(Code("prevent"),),
            received_on=received,
            due_on=due,
            parts=parts,
        ),
    )
    yield (
        "consultation",
        consultation.ConsultationOpened(consultation_id=asked, office=_OFFICE, parts=labels, reply_by=due),
    )
    yield "intake", intake.RequesterRevealed(reason=BlindText("To ask which districts are meant."))
    yield (
        "consultation",
        consultation.ConsultationReminded(consultation_id=asked, party=_OFFICE.party, reminder=1),
    )
    yield (
        "consultation",
        consultation.ConsultationAnswered(
            consultation_id=asked,
            office=_OFFICE,
            parts=labels,
            position=Code("advises-withholding"),
            citations=(CitationText("24(1)"),),
            advice=BlindText("Figures at district level would show where attention is thin and where it is not."),
        ),
    )
    yield (
        "consultation",
        consultation.ConsultationsConcluded(
            consulted=(consultation.Consulted(office=_OFFICE, asked_on=received, replied=True),)
        ),
    )
    for outcome in outcomes:
        yield "decision", decision.PartDecided(decided=outcome)
    yield (
        "decision",
        decision.AdviceWeighed(
            consultation_id=asked,
            party=_OFFICE.party,
            followed=True,
            reason=BlindText("The harm is specific and likely."),
        ),
    )
    for draft in (1, 2):
        yield "decision", decision.DraftSubmitted(draft=draft, letter=_DIGEST, response=_DIGEST)
        if draft == 1:
            yield "decision", decision.DraftReturned(draft=1, reason=BlindText("Name the harm for question 3."))
    document = Document(digest=_DIGEST, media_type=MediaType("text/csv"), size=2_048, name=FileName("figures.csv"))
    yield (
        "decision",
        decision.SignedOff(
            draft=2,
            letter=_DIGEST,
            letter_text=_DIGEST,
            response=_DIGEST,
            overall=Code("withheld"),
            outcomes=outcomes,
            documents=(document,),
        ),
    )
    yield (
        "intake",
        intake.ResponseDispatched(
            letter=_DIGEST, dispatched_on=due, due_on=due, working_day=20, in_time=True, answers=labels
        ),
    )
    yield "publishing", publishing.EntryPrepared(sites=(Code("cleveland"),), release_on=due)
    yield "publishing", publishing.EntryReleased(site=Code("cleveland"), path=SitePath("/cleveland/100-26"))
