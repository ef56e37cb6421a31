"""What was decided about each part, and that the reply may go."""

from shared.chassis.events.contract import event
from shared.chassis.events.values import BlindText, Code, Digest, Identifier
from shared.contracts.values import Document, PartOutcome


@event("foi.decision.part-decided.v1")
class PartDecided:
    """The decision maker proposes an outcome for a part; deciding again replaces it."""

    decided: PartOutcome


@event("foi.decision.advice-weighed.v1")
class AdviceWeighed:
    """The decision maker has followed a party's advice or departed from it, and why."""

    consultation_id: Identifier
    party: Code
    followed: bool
    reason: BlindText


@event("foi.decision.document-submitted.v1")
class DocumentSubmitted:
    """A document of the reply, or the letter in one of its forms, waits for its release check. The bytes are in the
    store, where only the check reads them."""

    document: Document


@event("foi.decision.draft-submitted.v1")
class DraftSubmitted:
    """The reply is rendered from the decisions and waits for sign-off. The digests name the exact bytes."""

    draft: int
    letter: Digest
    response: Digest


@event("foi.decision.draft-returned.v1")
class DraftReturned:
    """The approver has sent the draft back to be redrafted, and why."""

    draft: int
    reason: BlindText


@event("foi.decision.signed-off.v1")
class SignedOff:
    """A second person has approved exactly these bytes. `response` is the reply as data, `letter` as a page.

    `template` in its `template_version` wrote the letter.
    """

    draft: int
    letter: Digest
    letter_text: Digest
    response: Digest
    overall: Code
    outcomes: tuple[PartOutcome, ...]
    documents: tuple[Document, ...]
    letter_pdf: Digest | None = None
    template: Code | None = None
    template_version: int | None = None
