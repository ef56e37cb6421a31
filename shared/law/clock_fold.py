"""The fold of one part's clock over what happened to it (CLK-01 to CLK-17, CLK-21, CLK-23).

Four mechanics that must not be mixed: clarification resets the clock, a fees notice disregards days, a public
interest test extends the time for the decision but not for the notice, and consultation does nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from shared.law.calendar import Calendar, in_words
from shared.law.clock_events import TOUCHES_NOTHING, ClockEvent, ClockRefused
from shared.law.extensions import Extension, judge_extension
from shared.law.months import months_after, months_beginning_with
from shared.law.part_clocks import ENDED, ClockPolicy, ClockState, PartClock
from shared.law.regimes import Regime
from shared.law.working import Span, counted_days, nth_counted_day


@dataclass
class Fold:
    """Takes one part's events in the order of their dates; `clock` is how it then stands."""

    part: str
    received_on: date
    regime: Regime
    policy: ClockPolicy
    receipt: date | None = None
    asked_on: date | None = None
    lapse_on: date | None = None
    fees_notice_on: date | None = None
    last_day_to_pay: date | None = None
    disregarded: list[Span] = field(default_factory=list)
    extension: Extension | None = None
    original_due: date | None = None
    transfer_agreed: bool = False
    transferred: bool = False
    ended: tuple[ClockState, date] | None = None
    flags: dict[str, None] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.receipt = self.received_on
        self.story.append(
            f"Received on {in_words(self.received_on)}: the date of receipt is day 0 ({self.regime.time_limit})."
        )

    @property
    def calendar(self) -> Calendar:
        return self.regime.calendar

    def take(self, event: ClockEvent) -> None:
        """Let one event have its effect. Raises ClockRefused where it cannot have happened so, and CalendarEnds."""
        self.calendar.is_working_day(event.on)  # Raises beyond the table, whatever the event is.
        if event.on < self.received_on:
            problem = f"{in_words(event.on)} is before the date of receipt, {in_words(self.received_on)}."
            raise ClockRefused("CLK-01", "on", problem, "Correct one of the two dates.")
        if event.kind in TOUCHES_NOTHING:
            self._note(event)
            return
        if self.ended and (self.ended[0], event.kind) not in _AFTER_THE_END:
            state, on = self.ended
            problem = f"The request was {state.replace('_', ' ')} on {in_words(on)}; nothing moves its clock any more."
            raise ClockRefused("CLK-21", "kind", problem, "Treat what came later as a new request or as a review.")
        _EFFECTS[event.kind](self, event)

    def _note(self, event: ClockEvent) -> None:
        what, why = TOUCHES_NOTHING[event.kind]
        self.transfer_agreed = self.transfer_agreed or event.kind == "transfer_agreed"
        self._tell(f"{what} on {in_words(event.on)}: {why}.")

    def _tell(self, sentence: str) -> None:
        self.story.append(sentence)

    def _flag(self, flag: str) -> None:
        self.flags[flag] = None

    def _day_20(self) -> date | None:
        if self.receipt is None or self.asked_on or self.fees_notice_on:
            return None
        return nth_counted_day(self.calendar, self.receipt, self.regime.response_days, self.disregarded)

    def redirected(self, event: ClockEvent) -> None:
        self.receipt = None
        self._tell(
            f"On {in_words(event.on)} an automatic reply sent the requester to another address: the request is received"
            " when it is sent there (CLK-03)."
        )

    def resent(self, event: ClockEvent) -> None:
        self.receipt = event.on
        self._tell(
            f"Sent again on {in_words(event.on)}, to the address that an automatic reply had given: that is the date of"
            " receipt, day 0 (CLK-03)."
        )

    def clarification_sought(self, event: ClockEvent) -> None:
        due = self._day_20()
        self.asked_on = event.on
        self.lapse_on = months_after(event.on, self.policy.clarification_lapses_after_months)
        self._tell(
            f"Clarification sought on {in_words(event.on)}: no clock runs until it is answered"
            f" ({self.regime.clarification}, CLK-07); without an answer the request lapses on"
            f" {in_words(self.lapse_on)}, by policy (CLK-10)."
        )
        if due is not None and event.on > due:
            self.original_due = self.original_due or due
            self._flag("clarification_sought_late")
            self._tell(f"That was after the due date, {in_words(due)}: the request counts as late (CLK-07).")

    def clarification_received(self, event: ClockEvent) -> None:
        if self.asked_on is None or self.lapse_on is None:
            problem = "No clarification had been sought."
            raise ClockRefused("CLK-06", "kind", problem, "Record first when it was sought, and what was unclear.")
        if not event.sufficient:
            self._tell(
                f"An answer came on {in_words(event.on)}, but not enough to identify and locate the information: it"
                " changes nothing (CLK-06)."
            )
            return
        if self.ended or event.on > self.lapse_on:
            self._flag("new_request")
            what, why = "the request had lapsed, so that this is a new one, linked to it, with its own day 0", "CLK-10"
        else:
            what, why = "that is the new date of receipt, day 0", f"{self.regime.receipt_after_clarification}, CLK-06"
        self._tell(f"Clarification received on {in_words(event.on)}: {what} ({why}).")
        self._start_again(event)

    def narrowed(self, event: ClockEvent) -> None:
        if self.ended:
            self._flag("new_request")
            self._tell(
                f"Narrowed on {in_words(event.on)}, after the answer: a new request, with its own day 0 (CLK-09)."
            )
            self._start_again(event)
        else:
            self._tell(f"Narrowed on {in_words(event.on)}: that does not touch the clock (CLK-09).")

    def _start_again(self, event: ClockEvent) -> None:
        if self.extension and self.extension.accepted:
            self._tell("The earlier extension belonged to the old clock and falls away.")
        self.receipt, self.asked_on, self.lapse_on, self.extension, self.ended = event.on, None, None, None, None

    def fees_notice_given(self, event: ClockEvent) -> None:
        if self.fees_notice_on:
            problem = f"A fees notice of {in_words(self.fees_notice_on)} is still unpaid."
            raise ClockRefused("CLK-11", "kind", problem, "Record its payment first, or leave this one out.")
        due = self._day_20()
        if due is not None and event.on > due:
            problem = f"A fees notice must be given by {in_words(due)}, working day {self.regime.response_days}."
            raise ClockRefused("CLK-11", "on", problem, "Answer without a fee.")
        self.fees_notice_on = event.on
        if self.regime.fee_days:
            self.last_day_to_pay = self.calendar.nth_working_day_after(event.on, self.regime.fee_days)
        else:
            self.last_day_to_pay = months_beginning_with(event.on, 3)
        self._tell(
            f"Fees notice given on {in_words(event.on)}: from that day to the payment no day counts"
            f" ({self.regime.disregard}, CLK-11); the last day to pay is {in_words(self.last_day_to_pay)}"
            f" ({self.regime.fees}, CLK-12)."
        )

    def fee_received(self, event: ClockEvent) -> None:
        if self.fees_notice_on is None or self.last_day_to_pay is None:
            problem = f"There was no fees notice before {in_words(event.on)} that a fee could be paid on."
            raise ClockRefused("CLK-11", "kind", problem, "Record the notice, with a date on or before the payment.")
        if event.on > self.last_day_to_pay:
            self.ended = ("lapsed", self.last_day_to_pay)
            self._flag("fee_paid_late")
            self._tell(
                f"The fee came on {in_words(event.on)}, after the last day to pay: the request need not be answered"
                f" ({self.regime.fees}, CLK-12)."
            )
            return
        self.disregarded.append((self.fees_notice_on, event.on))
        self.fees_notice_on, self.last_day_to_pay = None, None
        self._tell(f"Fee received on {in_words(event.on)}: counting goes on the next working day (CLK-11).")

    def time_extended(self, event: ClockEvent) -> None:
        stands = self.extension is not None and self.extension.accepted
        found = judge_extension(event, self.regime, self.receipt, self.disregarded, self._day_20(), again=stands)
        if found.accepted or not stands:
            self.extension = found
        self.story.extend(found.story())

    def transfer(self, event: ClockEvent) -> None:
        self.transferred = True
        self._tell(f"Transferred on {in_words(event.on)}: whether we hold it ourselves is still due from us (CLK-17).")
        if not self.transfer_agreed:
            self._flag("transferred_without_permission")
            self._tell("The requester's permission for that is not on record (CLK-17).")

    def responded(self, event: ClockEvent) -> None:
        # What is sent after the answer does not change when the request was answered (CLK-21).
        if self.ended is None:
            self._end("answered", event, "Answered")

    def withdrawn(self, event: ClockEvent) -> None:
        self._end("withdrawn", event, "Withdrawn by the requester")

    def found_not_valid(self, event: ClockEvent) -> None:
        self._end("not_valid", event, "Found to be no valid request (VAL-07)")

    def lapsed(self, event: ClockEvent) -> None:
        lapse = self.lapse_on if self.asked_on else None
        unpaid = self.last_day_to_pay if self.fees_notice_on else None
        if not (lapse and event.on >= lapse) and not (unpaid and event.on > unpaid):
            problem = "Neither a clarification nor a fee had been waited for long enough."
            raise ClockRefused("CLK-10" if lapse else "CLK-12", "on", problem, "Wait until it has lapsed.")
        self._end("lapsed", event, "Lapsed")

    def _end(self, state: ClockState, event: ClockEvent, words: str) -> None:
        self.ended = (state, event.on)
        self._tell(f"{words} on {in_words(event.on)}.")

    def _state(self) -> ClockState:
        if self.ended:
            return self.ended[0]
        if self.receipt is None:
            return "redirected"
        if self.asked_on:
            return "awaiting_clarification"
        if self.fees_notice_on:
            return "awaiting_fee"
        if self.transferred:
            return "transferred_out"
        if self._extends("public interest"):
            return "extended_pit"
        return "running"

    def _extends(self, ground: str) -> bool:
        return self.extension is not None and self.extension.accepted and self.regime.ground == ground

    def clock(self) -> PartClock:
        """How the part stands after all the events taken."""
        state = self._state()
        owed = state == "answered" or state not in ENDED
        day_20 = self._day_20() if owed else None
        until = self.extension.until if self.extension and self.extension.accepted else None
        due = until if day_20 and until and self._extends("complex and voluminous") else day_20
        answer_by = max(until, due) if due and until else due
        answered = self.ended[1] if self.ended and state == "answered" else None
        return PartClock(
            part=self.part,
            regime=self.regime,
            received_on=self.received_on,
            receipt=self.receipt,
            state=state,
            due=due,
            s17_notice_due=day_20,
            answer_by=answer_by,
            target=self._count(self.policy.target_working_day) if due else None,
            extension=self.extension,
            original_due=self.original_due,
            lapse_on=self.lapse_on,
            last_day_to_pay=self.last_day_to_pay,
            ended_on=self.ended[1] if self.ended else None,
            working_day_of_response=self._number(answered) if answered and due else None,
            in_time=self._in_time(answered, answer_by) if answered else None,
            flags=(*self.flags, *(self.extension.flags if self.extension else ())),
            disregarded=tuple(self.disregarded),
            story=tuple(self.story),
        )

    def _count(self, n: int) -> date | None:
        return nth_counted_day(self.calendar, self.receipt, n, self.disregarded) if self.receipt else None

    def _number(self, on: date) -> int:
        return counted_days(self.calendar, self.receipt, on, self.disregarded, "disregarded") if self.receipt else 0

    def _in_time(self, answered: date, answer_by: date | None) -> bool:
        return "clarification_sought_late" not in self.flags and (answer_by is None or answered <= answer_by)


_EFFECTS: Mapping[str, Callable[[Fold, ClockEvent], None]] = {
    "redirected": Fold.redirected,
    "resent": Fold.resent,
    "narrowed": Fold.narrowed,
    "clarification_sought": Fold.clarification_sought,
    "clarification_received": Fold.clarification_received,
    "fees_notice_given": Fold.fees_notice_given,
    "fee_received": Fold.fee_received,
    "time_extended": Fold.time_extended,
    "transferred": Fold.transfer,
    "responded": Fold.responded,
    "withdrawn": Fold.withdrawn,
    "lapsed": Fold.lapsed,
    "found_not_valid": Fold.found_not_valid,
}

_AFTER_THE_END = frozenset({("answered", "responded"), ("answered", "narrowed"), ("lapsed", "clarification_received")})
"""What may still come to a part in a state that has ended."""
