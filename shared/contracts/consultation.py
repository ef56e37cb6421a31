"""What the parties were asked, and what they said."""

from datetime import date

from shared.chassis.events.contract import event, fact
from shared.chassis.events.values import BlindText, Code, Identifier
from shared.contracts.values import CitationText, Label, Office


@event("foi.consultation.opened.v1")
class ConsultationOpened:
    """A party has been asked about some parts."""

    consultation_id: Identifier
    office: Office
    parts: tuple[Label, ...]
    reply_by: date
    question: BlindText | None = None


@event("foi.consultation.reminded.v1")
class ConsultationReminded:
    """The party was asked again."""

    consultation_id: Identifier
    party: Code
    reminder: int


@event("foi.consultation.overdue.v1")
class ConsultationOverdue:
    """The day to reply by has passed without advice. That is neither a veto nor more time (CON-03, CLK-16)."""

    consultation_id: Identifier
    party: Code
    reply_by: date


@event("foi.consultation.answered.v1")
class ConsultationAnswered:
    """The party's advice. Only the authority's decision maker decides (CON-02)."""

    consultation_id: Identifier
    office: Office
    parts: tuple[Label, ...]
    position: Code
    citations: tuple[CitationText, ...]
    advice: BlindText


@fact
class Consulted:
    """One line of the list of those consulted, fit for release."""

    office: Office
    asked_on: date
    replied: bool


@event("foi.consultation.concluded.v1")
class ConsultationsConcluded:
    """Consultation on the case is over; who was consulted, at the level of organisation and position, and why it
    went on without those who have not replied."""

    consulted: tuple[Consulted, ...]
    reason: BlindText | None = None
