"""The notices that a force gives on the way to its reply, one dataclass each.

`parts` are the labels of the questions that a notice concerns; none means the whole request.
`shared.letters.notice.render` makes the letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.chassis.errors import Finding
from shared.letters.notice import Notice
from shared.letters.notice_rules import after, extendable, holds, not_after, one_of, written


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Notice):
    """The request is in and runs under the Act (CLK-01). `skipped` are the days until `due_on` that do not count, each
    with why (Saturdays and Sundays may be among them: the letter tells them together)."""

    kind = "acknowledgement"
    due_on: date
    skipped: tuple[tuple[date, str], ...] = ()

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from after(self.due_on, self.received_on, "due_on", "CLK-01", "the day of receipt")


@dataclass(frozen=True, kw_only=True)
class Clarification(Notice):
    """Further information is needed under section 1(3): what is `unclear` (the applicant's own words), what is
    `needed`, and the last day before the request lapses (CLK-06, CLK-10). `others_due_on`: when the other parts, which
    are clear, are due (CLK-08)."""

    kind = "clarification"
    parts: tuple[str, ...] = ()
    unclear: str
    needed: str
    lapse_on: date
    others_due_on: date | None = None

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from written("unclear", self.unclear)
        yield from written("needed", self.needed)
        yield from after(self.lapse_on, on, "lapse_on", "CLK-10", "the day of the notice")


@dataclass(frozen=True, kw_only=True)
class FeesNotice(Notice):
    """A fee is asked for under section 9: how much, for what, how to pay it, and the last day to do so (CLK-11,
    CLK-12)."""

    kind = "fees-notice"
    parts: tuple[str, ...] = ()
    amount_pence: int
    purpose: str
    how_to_pay: str
    last_day_to_pay: date
    others_due_on: date | None = None

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from written("purpose", self.purpose)
        yield from written("how_to_pay", self.how_to_pay)
        message = "The fee is nothing."
        yield from holds(self.amount_pence > 0, "amount_pence", "CLK-11", message, "Give the amount in pence.")
        yield from after(self.last_day_to_pay, on, "last_day_to_pay", "CLK-12", "the day of the notice")


@dataclass(frozen=True, kw_only=True)
class Extension(Notice):
    """More time is needed to weigh the public interest in the qualified exemptions cited (sections 10(3) and 17(2);
    CLK-13 to CLK-15). `reason` says why they apply and what is still to be weighed. `due_on` is day 20, by which this
    notice is given and, where there are other parts, they are answered."""

    kind = "extension"
    parts: tuple[str, ...] = ()
    citations: tuple[str, ...]
    reason: str
    estimated_on: date
    due_on: date
    others: bool = False

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from extendable(self.citations)
        yield from written("reason", self.reason)
        yield from not_after(on, self.due_on, "due_on", "CLK-13", "the last day on which this notice may be given")
        yield from after(self.estimated_on, self.due_on, "estimated_on", "CLK-13", "the day that is due without it")


@dataclass(frozen=True, kw_only=True)
class Transfer(Notice):
    """The request goes to another authority with the applicant's permission (CLK-17). `ours` is our own answer,
    whether we hold anything; empty where that is still to come, by `due_on`."""

    kind = "transfer"
    parts: tuple[str, ...] = ()
    to: str
    contact: str
    permitted_on: date
    transferred_on: date
    ours: str = ""
    due_on: date

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from written("to", self.to)
        yield from written("contact", self.contact)
        yield from not_after(self.permitted_on, self.transferred_on, "permitted_on", "CLK-17", "the transfer")
        yield from not_after(self.transferred_on, on, "transferred_on", "CLK-17", "the day of the notice")


@dataclass(frozen=True, kw_only=True)
class OtherRegime(Notice):
    """The request is dealt with otherwise than under the Act (TRI-01 to TRI-11). `regime` is one of REGIMES, `why`
    says what makes it so, `due_on` when that regime has it answered, and `contact` whom to ask where that is not us."""

    kind = "other-regime"
    parts: tuple[str, ...] = ()
    regime: str
    why: str
    due_on: date | None = None
    contact: str = ""

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from one_of(self.regime, REGIMES, "regime", "TRI-10")
        yield from written("why", self.why)
        if self.regime in ("foisa", "signpost"):
            yield from written("contact", self.contact)
        if self.regime in ("eir", "sar"):
            message, next_step = "The letter must say when we will answer.", "Give the day that is due."
            yield from holds(self.due_on is not None, "due_on", "RN-15", message, next_step)


REGIMES = ("eir", "sar", "business-as-usual", "foisa", "signpost")
"""Environmental information, personal data of one's own, an everyday enquiry, a Scottish authority, a procedure
elsewhere."""


@dataclass(frozen=True, kw_only=True)
class HoldingLetter(Notice):
    """The answer is late, or will be: the breach of section 10(1) is owned, with an apology and a new date (RN-15)."""

    kind = "holding-letter"
    parts: tuple[str, ...] = ()
    due_on: date
    reason: str
    expected_on: date

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from written("reason", self.reason)
        yield from after(self.expected_on, self.due_on, "expected_on", "RN-15", "the day that is due")
        yield from after(self.expected_on, on, "expected_on", "RN-15", "the day of the letter")


@dataclass(frozen=True, kw_only=True)
class InvalidRequest(Notice):
    """What came is no valid request under section 8, with advice on making one (VAL-07). `rules` are those that it
    breaks, each one of INVALIDITIES."""

    kind = "invalid-request"
    rules: tuple[str, ...]
    advice: str

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        message = "The notice does not say what is missing."
        next_step = f"Choose from: {', '.join(INVALIDITIES)}."
        yield from holds(bool(self.rules), "rules", "VAL-07", message, next_step)
        for rule in self.rules:
            yield from one_of(rule, INVALIDITIES, "rules", "VAL-07")
        yield from written("advice", self.advice)


INVALIDITIES = ("VAL-01", "VAL-02", "VAL-03", "VAL-04")
"""Not in writing; no real name; no address for a reply; no information described."""


@dataclass(frozen=True, kw_only=True)
class Lapse(Notice):
    """We have closed the request because what we asked for on `asked_on` had not come by the end of `lapsed_on`.
    `awaited` is one of AWAITED (CLK-10, CLK-12)."""

    kind = "lapse"
    parts: tuple[str, ...] = ()
    awaited: str
    asked_on: date
    lapsed_on: date

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from one_of(self.awaited, AWAITED, "awaited", "CLK-10")
        yield from after(self.lapsed_on, self.asked_on, "lapsed_on", "CLK-10", "the day on which we asked")
        yield from after(on, self.lapsed_on, "lapsed_on", "CLK-10", "its last day")


AWAITED = ("clarification", "fee")


@dataclass(frozen=True, kw_only=True)
class Withdrawal(Notice):
    """The applicant has withdrawn the request, or parts of it."""

    kind = "withdrawal"
    parts: tuple[str, ...] = ()
    withdrawn_on: date

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from not_after(self.withdrawn_on, on, "withdrawn_on", "CLK-21", "the day of the letter")
