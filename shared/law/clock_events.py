"""What happens to a request as far as the time for answering it is concerned (CLK-01 to CLK-23).

A clock event is a fact with its civil date: clarification was sought, a fee was paid, a reply was sent. The dates that
follow from it are derived by `shared.law.clock`, never stored. An event holds for the parts that it names, or, where
it names none, for the whole request (CLK-08).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

MovingKind = Literal[
    "redirected",
    "resent",
    "clarification_sought",
    "clarification_received",
    "narrowed",
    "fees_notice_given",
    "fee_received",
    "time_extended",
    "transferred",
    "responded",
    "withdrawn",
    "lapsed",
    "found_not_valid",
]
IdleKind = Literal[
    "logged",
    "acknowledged",
    "holding_letter_sent",
    "consulted",
    "narrowing_sought",
    "purpose_asked",
    "identity_asked",
    "transfer_proposed",
    "transfer_agreed",
    "reminded",
    "drafted",
    "partly_responded",
    "office_closed",
    "review_requested",
]
ClockEventKind = MovingKind | IdleKind

MOVES: frozenset[str] = frozenset(get_args(MovingKind))
"""The kinds that move, stop or end a clock."""

TOUCHES_NOTHING: Mapping[str, tuple[str, str]] = {
    "logged": ("Opened, forwarded or logged", "receipt is delivery to the authority (CLK-02)"),
    "acknowledged": ("Acknowledged", "an acknowledgement answers nothing (CLK-21)"),
    "holding_letter_sent": ("Holding letter sent", "a holding letter answers nothing (CLK-21)"),
    "consulted": ("Others were consulted", "consultation neither stops nor extends the clock (CLK-16)"),
    "narrowing_sought": (
        "The requester was asked to narrow the request",
        "that is not clarification under section 1(3) (CLK-09)",
    ),
    "purpose_asked": ("The requester was asked for a reason", "that is not clarification under section 1(3) (CLK-09)"),
    "identity_asked": (
        "The requester was asked for proof of identity",
        "that is not clarification under section 1(3) (CLK-09)",
    ),
    "transfer_proposed": ("A transfer was proposed", "our own answer stays due (CLK-17)"),
    "transfer_agreed": ("The requester agreed to a transfer", "our own answer stays due (CLK-17)"),
    "reminded": ("A reminder was sent", "a reminder moves nothing (CLK-07)"),
    "drafted": ("Drafted or approved", "only sending the answer counts (CLK-21)"),
    "partly_responded": ("A part of the answer was sent", "only the full answer counts (CLK-21)"),
    "office_closed": ("The office was closed", "a local closure is a working day all the same (CLK-04)"),
    "review_requested": ("An internal review was asked for", "a review has its own period (CLK-18)"),
}
"""The kinds that leave every clock as it is: what happened, and why nothing follows."""


@dataclass(frozen=True, kw_only=True)
class ClockEvent:
    """One fact on its civil date in Europe/London; `parts` names the parts concerned, none means all of them.

    For "clarification_received": whether it was `sufficient` to identify and locate the information (CLK-06). For
    "time_extended": the `citations` that need a public interest test (None: the record does not tell), the `estimate`
    (the day by which a decision is expected, section 17(2)), the `reason` in words, and whether the case is
    `exceptional` (CLK-13); under the Environmental Information Regulations whether the request is
    `complex_and_voluminous` (regulation 7(1); None: the record does not tell).
    """

    kind: ClockEventKind
    on: date
    parts: tuple[str, ...] = ()
    sufficient: bool = True
    citations: tuple[str, ...] | None = None
    estimate: date | None = None
    reason: str = ""
    exceptional: bool = False
    complex_and_voluminous: bool | None = None

    def __post_init__(self) -> None:
        if self.kind not in MOVES and self.kind not in TOUCHES_NOTHING:
            known = ", ".join((*get_args(MovingKind), *TOUCHES_NOTHING))
            raise ClockRefused("CLK-01", "kind", f"“{self.kind}” is no event of a clock.", f"Use one of: {known}.")
        for field in ("on", "estimate"):
            if isinstance(getattr(self, field), datetime):
                raise TypeError(f"{field}: a civil date in Europe/London is needed, not a datetime")

    def concerns(self, part: str) -> bool:
        return not self.parts or part in self.parts


class ClockRefused(ValueError):
    """An event that cannot have happened so, or has not the effect that is claimed for it: by which `rule`, in which
    `field`, the `problem`, and the `next_step`.
    """

    def __init__(self, rule: str, field: str, problem: str, next_step: str) -> None:
        super().__init__(f"{problem} {next_step} ({rule})")
        self.rule = rule
        self.field = field
        self.problem = problem
        self.next_step = next_step
