"""What the front desk tells the others: a case is in, what it asks, when it is due, and when the answer went out.

Where an event has `parts`, no part means the whole request.
"""

from datetime import date

from shared.chassis.events.contract import event, fact
from shared.chassis.events.values import BlindText, Code, Digest
from shared.contracts.values import CitationText, Document, Label, Part, Reference


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


@event("foi.intake.message-submitted.v1")
class MessageSubmitted:
    """A part of a message to the person who asked waits for its release check: a notice, or the covering words without
    their greeting. It holds nothing of who asked."""

    document: Document


@event("foi.intake.response-dispatched.v1")
class ResponseDispatched:
    """The reply has left for the person who asked. `working_day` counts from the day after receipt (CLK-01)."""

    letter: Digest
    dispatched_on: date
    due_on: date
    working_day: int
    in_time: bool
    answers: tuple[Label, ...]


@event("foi.intake.validity-decided.v1")
class ValidityDecided:
    """An officer has decided whether it is a valid request under section 8. `rules` are those that it breaks, such as
    val-02. Where it is not valid no clock runs, and advice was given all the same (VAL-07)."""

    valid: bool
    rules: tuple[Code, ...]
    reason: BlindText | None = None


@event("foi.intake.case-triaged.v1")
class CaseTriaged:
    """An officer has decided what kind of request it is (TRI-01 to TRI-11), and so whose clock runs."""

    route: Code
    regime: Code
    reason: BlindText | None = None


@event("foi.intake.clarification-sought.v1")
class ClarificationSought:
    """Further information was asked for under section 1(3), without which nothing is due (CLK-06). Unanswered, it
    lapses at the end of `lapse_on` (CLK-10)."""

    parts: tuple[Label, ...]
    sought_on: date
    unclear: BlindText
    needed: BlindText
    lapse_on: date


@event("foi.intake.clarification-received.v1")
class ClarificationReceived:
    """An answer to that came. A sufficient one is the new date of receipt; another changes nothing (CLK-06)."""

    parts: tuple[Label, ...]
    received_on: date
    sufficient: bool


@event("foi.intake.fees-notice-given.v1")
class FeesNoticeGiven:
    """A fee was asked for under section 9: from this day to its payment no day counts (CLK-11, CLK-12)."""

    parts: tuple[Label, ...]
    given_on: date
    amount_pence: int
    last_day_to_pay: date


@event("foi.intake.fee-received.v1")
class FeeReceived:
    """The fee was paid."""

    parts: tuple[Label, ...]
    received_on: date


@event("foi.intake.time-extended.v1")
class TimeExtended:
    """A notice was given that the public interest in a qualified exemption takes longer to weigh (section 10(3)). It
    concerns these parts alone; everything else stays due (CLK-13 to CLK-15)."""

    parts: tuple[Label, ...]
    citations: tuple[CitationText, ...]
    notified_on: date
    estimated_on: date
    reason: BlindText


@event("foi.intake.case-transferred.v1")
class CaseTransferred:
    """The request was handed on with the requester's permission. Our own answer, whether we hold anything, stays due
    (CLK-17), unless it went with the notice of the transfer: `answered`."""

    parts: tuple[Label, ...]
    to: BlindText
    permitted_on: date
    transferred_on: date
    answered: bool


@fact
class PartDue:
    """Where the clock of one part stands. `due_on` is missing while nothing is due."""

    label: Label
    state: Code
    due_on: date | None = None


@event("foi.intake.due-date-changed.v1")
class DueDateChanged:
    """The clock of the case, or of a part of it, stands elsewhere than was told before. `due_on` is the earliest day
    of its parts; it is missing while nothing is due. `cause` says what moved it, `explanation` how."""

    old_due_on: date | None = None
    due_on: date | None = None
    state: Code
    cause: Code
    explanation: BlindText
    parts: tuple[PartDue, ...]


@event("foi.intake.notice-sent.v1")
class NoticeSent:
    """A notice has left: which template in which version, and the digest of its page, which intake keeps."""

    kind: Code
    template: Code
    version: int
    letter: Digest
    sent_on: date
    method: Code


@event("foi.intake.notice-not-taken.v1")
class NoticeNotTaken:
    """The mail relay will never take a notice: it was not given, and what it would have done is undone. One that moves
    a clock or ends a review is given anew, any other may be posted."""

    kind: Code
    letter: Digest


@event("foi.intake.review-requested.v1")
class ReviewRequested:
    """An internal review was asked for, in whatever words of dissatisfaction. It is due by `due_on`, in exceptional
    cases by `latest_on` (CLK-18). Where it was not asked for `in_time`, `reason` says
    why it is carried out all the same."""

    asked_on: date
    due_on: date
    latest_on: date
    in_time: bool
    reason: BlindText | None = None


@fact
class PartReviewed:
    """What the review came to for one part: upheld, partly_upheld or overturned."""

    label: Label
    result: Code


@event("foi.intake.review-answered.v1")
class ReviewAnswered:
    """The review is over: whether the first decision stood, as a whole and part by part. `working_day` counts from the
    day after the asking; `due_on` is the day that was promised (CLK-18)."""

    answered_on: date
    due_on: date
    working_day: int
    in_time: bool
    outcome: Code
    parts: tuple[PartReviewed, ...]


@event("foi.intake.correction-sent.v1")
class CorrectionSent:
    """Something in the reply was wrong, and has been put right by a letter. What it was is in that letter alone."""

    parts: tuple[Label, ...]
    corrected_on: date


@event("foi.intake.case-closed.v1")
class CaseClosed:
    """Nothing more is to be answered: withdrawn, lapsed, transferred, not-valid, other-regime or business-as-usual."""

    how: Code
    closed_on: date
    reason: BlindText | None = None
