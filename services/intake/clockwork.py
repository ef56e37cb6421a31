"""The clock of a case: folded from its clock events each time it is wanted, and every change of it told once.

Nobody edits a due date. A command asks `moved` what its event would come to, and `keep`s it; what was told last stands
with the case, so that a change is told by one `DueDateChanged`, whatever brought it about (CLK-05).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from services.intake import proclaimed
from services.intake.casefile import case_row, questions
from services.intake.domain import CASE
from services.intake.models import case, clock_event
from shared.chassis.database import NEVER
from shared.chassis.errors import Finding, Invalid, Refused
from shared.chassis.events.values import BlindText, Code
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import DueDateChanged, PartDue
from shared.contracts.values import Label
from shared.law.clock import CaseClock, ClockEvent, ClockRefused, PartClock, case_clock
from shared.law.clock_events import MOVES
from shared.law.part_clocks import ENDED

WHOLE = ""
"""The label of the one clock of a request whose parts are not confirmed."""
NOT_GIVEN = "notice_not_given"
"""The fact that a notice never reached its reader: what was done by it counts for nothing."""


@dataclass(frozen=True)
class Move:
    """What some events would come to: the clock of the case with them, and what they added to its working."""

    events: tuple[ClockEvent, ...]
    clock: CaseClock
    added: tuple[str, ...]

    @property
    def concerned(self) -> tuple[PartClock, ...]:
        """The clocks of the parts that the last event is about."""
        return tuple(part for part in self.clock.parts if self.events[-1].concerns(part.part))

    @property
    def lapse_on(self) -> date:
        """The last day for the clarification that the last event has sought."""
        return next(part.lapse_on for part in self.concerned if part.state not in ENDED and part.lapse_on)

    @property
    def last_day_to_pay(self) -> date:
        """The last day for the fee that the last event has asked for."""
        return next(part.last_day_to_pay for part in self.concerned if part.state not in ENDED and part.last_day_to_pay)

    @property
    def others_due_on(self) -> date | None:
        """When the first of the other parts is due; None where there is none."""
        others = (part.answer_by for part in self.clock.parts if part not in self.concerned)
        return min((day for day in others if day is not None), default=None)


def events_of(uow: UnitOfWork, case_id: str) -> list[ClockEvent]:
    """What has happened to the case, without what was done by a notice that never arrived."""
    return _events(uow, case_id, undone=())


def clock_of(uow: UnitOfWork, row: Row[Any]) -> CaseClock:
    """How the case stands."""
    return _fold(uow, row, events_of(uow, row.id))


def moved(uow: UnitOfWork, row: Row[Any], *events: ClockEvent, day: str = "posted_on") -> Move:
    """What the events would come to. `day` is the field of the request that dates them.

    Raises `Invalid` for a day that cannot be theirs, and `Refused` for what cannot happen as the case stands.
    """
    if any(event.on > uow.today for event in events):
        raise Invalid([Finding(day, "The day lies in the future.", "CLK-01", "Give today or an earlier day.")])
    known = events_of(uow, row.id)
    before = {line for part in _fold(uow, row, known).parts for line in part.story}
    try:
        clock = _fold(uow, row, [*known, *events])
    except ClockRefused as refusal:
        raise problem(refusal, day) from None
    lines = (line for part in clock.parts for line in part.story if line not in before)
    return Move(events, clock, tuple(dict.fromkeys(lines)))


def problem(refusal: ClockRefused, day: str) -> Invalid | Refused:
    """The refusal as people are told it: about a field where another value would do, else about the case."""
    field = refusal.field.rpartition(".")[2]
    if field == "kind":
        return Refused(refusal.problem, rule=refusal.rule, next_step=refusal.next_step)
    named = {"on": day, "estimate": "estimated_on"}.get(field, field)
    return Invalid([Finding(named, refusal.problem, refusal.rule, refusal.next_step)])


def keep(uow: UnitOfWork, row: Row[Any], move: Move, *, notice: int | None = None) -> Row[Any]:
    """Keep the events, and tell what they have changed. The case as it is now."""
    _add(uow, row.id, move.events, notice)
    cause = move.events[-1].kind.replace("_", "-")
    return _tell(uow, row, move.clock, cause, " ".join(move.added)) or uow.advance(case, row)


def keep_end(uow: UnitOfWork, row: Row[Any], move: Move, **changes: Any) -> Row[Any]:
    """Keep the events that end the case, which is told by the event of that end itself."""
    _add(uow, row.id, move.events, None)
    due_on = move.clock.answer_by or NEVER
    return uow.advance(case, row, clock_state=move.clock.state, parts_due=None, due_on=due_on, **changes)


def tell(uow: UnitOfWork, row: Row[Any], *, cause: str, explanation: str) -> Row[Any] | None:
    """Tell where the clock stands, if that is not what was told last: the case as it is then, else None."""
    return _tell(uow, row, clock_of(uow, row), cause, explanation)


def take_back(uow: UnitOfWork, case_id: str, notice: int) -> None:
    """Undo what was done by a notice that the mail relay will never take: it was not given. Where something has come
    since that answers it, it must have been known all the same, and stands."""
    row = case_row(uow, case_id)
    query = select(clock_event.c.number).where(clock_event.c.case_id == case_id, clock_event.c.notice == notice)
    if not uow.all(query) or row.state in CASE.final:
        return
    try:
        _fold(uow, row, _events(uow, case_id, undone={notice}))
    except ClockRefused:
        return
    _insert(uow, case_id, kind=NOT_GIVEN, happened_on=uow.today, parts=[], particulars={}, notice=notice)
    tell(uow, row, cause="notice-not-given", explanation="A notice could not be delivered: it was not given.")


def is_moved_by(uow: UnitOfWork, case_id: str, notice: int) -> bool:
    """Whether a notice has moved the clock: such a one is given anew where it could not be delivered."""
    query = select(clock_event.c.kind).where(clock_event.c.case_id == case_id, clock_event.c.notice == notice)
    return any(row.kind in MOVES for row in uow.all(query))


def check_labels(uow: UnitOfWork, case_id: str, labels: Sequence[str]) -> Iterator[Finding]:
    """A finding for each label that is gone although something has happened to its clock (CLK-08)."""
    named = dict.fromkeys(label for event in events_of(uow, case_id) for label in event.parts)
    for label in named:
        if label not in labels:
            mend = "Keep the question under this label: its clock has a history of its own."
            yield Finding("parts", f"Question {label} is gone.", "CLK-08", mend)


def _events(uow: UnitOfWork, case_id: str, *, undone: Collection[int]) -> list[ClockEvent]:
    query = select(clock_event).where(clock_event.c.case_id == case_id).order_by(clock_event.c.number)
    rows = uow.all(query)
    void = {*undone, *(row.notice for row in rows if row.kind == NOT_GIVEN)}
    return [_event(row) for row in rows if row.kind != NOT_GIVEN and row.notice not in void]


def _fold(uow: UnitOfWork, row: Row[Any], events: Sequence[ClockEvent]) -> CaseClock:
    labels = questions(uow, row.id) or (WHOLE,)
    return case_clock(row.received_on, labels, events, calendar=proclaimed.calendar(uow))


def _tell(uow: UnitOfWork, row: Row[Any], clock: CaseClock, cause: str, explanation: str) -> Row[Any] | None:
    due_on = clock.answer_by or NEVER
    parts = {part.part: [part.state, _iso(part.answer_by)] for part in clock.parts if part.part != WHOLE}
    whole = [row.clock_state or "running", None if row.due_on == NEVER else _iso(row.due_on)]
    told = {label: (row.parts_due or {}).get(label, whole) for label in parts}
    if (due_on, clock.state, parts) == (row.due_on, whole[0], told):
        return None
    uow.record(
        DueDateChanged(
            old_due_on=None if row.due_on == NEVER else row.due_on,
            due_on=clock.answer_by,
            state=Code(clock.state),
            cause=Code(cause),
            explanation=BlindText(explanation),
            parts=tuple(
                PartDue(label=Label(part.part), state=Code(part.state), due_on=part.answer_by)
                for part in clock.parts
                if part.part != WHOLE
            ),
        ),
        subject=row.id,
    )
    return uow.advance(case, row, due_on=due_on, clock_state=clock.state, parts_due=parts or None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _add(uow: UnitOfWork, case_id: str, events: Sequence[ClockEvent], notice: int | None) -> None:
    for event in events:
        _insert(
            uow,
            case_id,
            kind=event.kind,
            happened_on=event.on,
            parts=list(event.parts),
            particulars=_particulars(event),
            notice=notice,
        )


def _insert(uow: UnitOfWork, case_id: str, **columns: Any) -> None:
    last = select(func.coalesce(func.max(clock_event.c.number), 0)).where(clock_event.c.case_id == case_id)
    number = int(uow.connection.execute(last).scalar_one()) + 1
    uow.add(clock_event, case_id=case_id, number=number, **columns)


def _particulars(event: ClockEvent) -> dict[str, Any]:
    """What the kind of event has beside its day and parts."""
    if event.kind == "clarification_received":
        return {"sufficient": event.sufficient}
    if event.kind == "time_extended":
        return {
            "citations": list(event.citations or ()),
            "estimate": _iso(event.estimate),
            "reason": event.reason,
            "exceptional": event.exceptional,
        }
    return {}


def _event(row: Row[Any]) -> ClockEvent:
    particulars = dict(row.particulars)
    if row.kind == "time_extended":
        particulars["citations"] = tuple(particulars["citations"])
        particulars["estimate"] = date.fromisoformat(particulars["estimate"])
    return ClockEvent(kind=row.kind, on=row.happened_on, parts=tuple(row.parts), **particulars)
