"""One case from request to publication, as the four other services tell it, and a service whose log is chained."""

from datetime import date

from shared.chassis.events.broker import Message
from shared.chassis.events.log import genesis, link
from shared.chassis.events.values import BlindText, Code, Digest, Identifier, MediaType
from shared.contracts.consultation import (
    ConsultationAnswered,
    ConsultationOpened,
    ConsultationOverdue,
    ConsultationReminded,
    ConsultationsConcluded,
    Consulted,
)
from shared.contracts.decision import AdviceWeighed, DraftReturned, DraftSubmitted, PartDecided, SignedOff
from shared.contracts.intake import CaseAccepted, CaseReceived, PartsConfirmed, RequesterRevealed, ResponseDispatched
from shared.contracts.publishing import EntryHeld, EntryPrepared, EntryReleased, EntryResumed, EntryWithdrawn
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
from tests.support import OtherService

RECEIVED, DUE = date(2026, 6, 12), date(2026, 7, 10)
ASKED = Identifier("019f0000-0000-7000-8000-000000000001")
UNANSWERED = Identifier("019f0000-0000-7000-8000-000000000002")
CTPHQ = Office(
    party=Code("ctphq"), organisation=BlindText("Counter Terrorism Policing"), position=BlindText("FOI lead")
)
NPCC = Office(party=Code("npcc-cru"), organisation=BlindText("NPCC"), position=BlindText("Central Referral Unit"))
DIGEST = Digest("ab" * 32)
PARTS = (
    Part(label=Label("1"), parent=None, kind=Code("question"), wording=BlindText("How many referrals were made?")),
    Part(label=Label("1a"), parent=Label("1"), kind=Code("question"), wording=BlindText("And how many by schools?")),
)
NCND = PartOutcome(label=Label("1"), outcome=Code("ncnd"), citations=(CitationText("24(2)"), CitationText("31(3)")))
PARTLY = PartOutcome(label=Label("1a"), outcome=Code("partly_disclosed"), citations=(CitationText("40(2)"),))

CAME = CaseReceived(
    reference=Reference("01.FOI.26.000017"),
    authorities=(Code("metropolitan"),),
    channel=Code("web-form"),
    received_on=RECEIVED,
    due_on=DUE,
)
CONFIRMED = PartsConfirmed(parts=PARTS)
ACCEPTED = CaseAccepted(
    reference=Reference("01.FOI.26.000017"),
    title=BlindText("Prevent referrals"),
    authorities=(Code("metropolitan"),),
    topics=(Code("prevent"),),
    received_on=RECEIVED,
    due_on=DUE,
    parts=PARTS,
)
OPENED = ConsultationOpened(
    consultation_id=ASKED, office=CTPHQ, parts=(Label("1"), Label("1a")), reply_by=date(2026, 6, 26)
)
ALSO_OPENED = ConsultationOpened(
    consultation_id=UNANSWERED, office=NPCC, parts=(Label("1"),), reply_by=date(2026, 6, 26)
)
REMINDED = ConsultationReminded(consultation_id=ASKED, party=Code("ctphq"), reminder=1)
OVERDUE = ConsultationOverdue(consultation_id=UNANSWERED, party=Code("npcc-cru"), reply_by=date(2026, 6, 26))
ANSWERED = ConsultationAnswered(
    consultation_id=ASKED,
    office=CTPHQ,
    parts=(Label("1"), Label("1a")),
    position=Code("wants_ncnd"),
    citations=(CitationText("24(2)"),),
    advice=BlindText("A number for one area would show where work is under way."),
)
CONCLUDED = ConsultationsConcluded(
    consulted=(
        Consulted(office=CTPHQ, asked_on=date(2026, 6, 15), replied=True),
        Consulted(office=NPCC, asked_on=date(2026, 6, 15), replied=False),
    )
)
DECIDED = PartDecided(decided=NCND)
ALSO_DECIDED = PartDecided(decided=PARTLY)
WEIGHED = AdviceWeighed(
    consultation_id=ASKED, party=Code("ctphq"), followed=True, reason=BlindText("The harm is real.")
)
SUBMITTED = DraftSubmitted(draft=1, letter=DIGEST, response=DIGEST)
RETURNED = DraftReturned(draft=1, reason=BlindText("Say more about the public interest."))
RESUBMITTED = DraftSubmitted(draft=2, letter=DIGEST, response=DIGEST)
SIGNED_OFF = SignedOff(
    draft=2,
    letter=DIGEST,
    letter_text=DIGEST,
    response=DIGEST,
    overall=Code("disclosed_in_part"),
    outcomes=(NCND, PARTLY),
    documents=(Document(digest=DIGEST, media_type=MediaType("text/csv"), size=9, name=FileName("referrals.csv")),),
)
REVEALED = RequesterRevealed(reason=BlindText("To post the reply."))
SENT = ResponseDispatched(
    letter=DIGEST,
    dispatched_on=date(2026, 7, 9),
    due_on=DUE,
    working_day=19,
    in_time=True,
    answers=(Label("1"), Label("1a")),
)
PREPARED = EntryPrepared(sites=(Code("metropolitan"),), release_on=date(2026, 7, 16))
HELD = EntryHeld(reason=BlindText("The table needs a second look."))
RESUMED = EntryResumed(release_on=date(2026, 7, 17))
RELEASED = EntryReleased(site=Code("metropolitan"), path=SitePath("/metropolitan/disclosures/prevent-referrals"))
WITHDRAWN = EntryWithdrawn(sites=(Code("metropolitan"),), reason=Code("inaccurate"))

LIFE = (
    (0, "intake", CAME),
    (0, "intake", CONFIRMED),
    (3, "intake", ACCEPTED),
    (3, "consultation", OPENED),
    (3, "consultation", ALSO_OPENED),
    (12, "consultation", REMINDED),
    (15, "consultation", OVERDUE),
    (16, "consultation", ANSWERED),
    (17, "consultation", CONCLUDED),
    (18, "decision", DECIDED),
    (18, "decision", ALSO_DECIDED),
    (18, "decision", WEIGHED),
    (19, "decision", SUBMITTED),
    (20, "decision", RETURNED),
    (21, "decision", RESUBMITTED),
    (24, "decision", SIGNED_OFF),
    (24, "intake", REVEALED),
    (27, "intake", SENT),
    (27, "publishing", PREPARED),
    (28, "publishing", HELD),
    (31, "publishing", RESUMED),
    (35, "publishing", RELEASED),
    (60, "publishing", WITHDRAWN),
)
"""When (in days after the request), by whom and what."""


class ChainedService(OtherService):
    """Another service whose messages carry the hashes of a true log."""

    def __init__(self, name, broker, clock):
        super().__init__(name, broker, clock)
        self._to = broker.publisher(name)
        self._last = genesis(name, "019f0000-0000-7000-8000-00000000000f")
        self._chains = {}

    def sends(self, envelope):
        body = envelope.to_bytes()
        if envelope.id not in self._chains:
            self._last = self._chains[envelope.id] = link(self._last, body)
        headers = (("chain", self._chains[envelope.id].encode()),)
        self._to.publish([Message(key=envelope.subject, value=body, headers=headers)])
