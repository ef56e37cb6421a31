"""What the front desk tells the others: a case is in, what it asks, when it is due, and when the answer went out."""

from datetime import date

from shared.chassis.events.contract import event
from shared.chassis.events.values import BlindText, Code, Digest
from shared.contracts.values import Label, Part, Reference


@event("foi.intake.case-received.v1")
class CaseReceived:
    """A request is in and its clock runs. Who asked stays with intake."""

    reference: Reference
    authorities: tuple[Code, ...]
    channel: Code
    received_on: date
    due_on: date


@event("foi.intake.parts-confirmed.v1")
class PartsConfirmed:
    """An officer has settled the wording of each part so that it tells nothing of who asked."""

    parts: tuple[Part, ...]


@event("foi.intake.case-accepted.v1")
class CaseAccepted:
    """The case may be worked on: everything that the other services need to know of it."""

    reference: Reference
    title: BlindText
    authorities: tuple[Code, ...]
    topics: tuple[Code, ...]
    received_on: date
    due_on: date
    parts: tuple[Part, ...]


@event("foi.intake.requester-revealed.v1")
class RequesterRevealed:
    """Somebody looked at who asked, and why."""

    reason: BlindText


@event("foi.intake.response-dispatched.v1")
class ResponseDispatched:
    """The reply has left for the person who asked. `working_day` counts from the day after receipt (CLK-01)."""

    letter: Digest
    dispatched_on: date
    due_on: date
    working_day: int
    in_time: bool
    answers: tuple[Label, ...]
