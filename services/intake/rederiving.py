"""Works out the clocks of open cases again after the calendar has changed (CLK-05)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from services.intake import clockwork
from services.intake.domain import OPEN_STATES
from services.intake.models import case
from shared.chassis.uow import UnitOfWork
from shared.law.calendar import in_words


@dataclass(frozen=True)
class Batch:
    """Some open cases in the order of their ids: how many, how many of their clocks moved, and the last one's id."""

    looked: int
    moved: int
    last: str


def rederive(uow: UnitOfWork, day: date, *, after: str, most: int) -> Batch:
    """Work out the clocks of up to `most` open cases behind the id `after` with the bank holiday `day` that was added;
    one event for each that moves.

    What was told last stands with each case, so that a second run tells nothing twice.
    """
    query = select(case).where(case.c.state.in_(OPEN_STATES), case.c.id > after).order_by(case.c.id).limit(most)
    rows = uow.all(query.with_for_update())
    why = f"{in_words(day)} was added to the calendar as a bank holiday, and every open case worked out again (CLK-05)."
    moved = sum(clockwork.tell(uow, row, cause="calendar-changed", explanation=why) is not None for row in rows)
    return Batch(looked=len(rows), moved=moved, last=rows[-1].id if rows else after)
