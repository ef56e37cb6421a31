"""The backward plan: by when each step must be done so that the answer goes out in time (CLK-16, CLK-22).

The steps are planned back from the day the answer is due, on the calendar of its clock. When one is late the day does
not move, because no consultation stops the clock: the steps after it get less time, down to the least each can do
with, and the plan says what was eaten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shared.law.calendar import UNION, Calendar, in_words


@dataclass(frozen=True)
class Step:
    """One step, done when its `milestone` is reached; it takes `days` working days and can do with `least`."""

    milestone: str
    work: str
    days: int
    least: int


STEPS: tuple[Step, ...] = (
    Step("acceptance", "acceptance", 4, 1),
    Step("consultation_replies", "consultation", 8, 4),
    Step("draft", "drafting", 4, 2),
    Step("release_check", "the release check", 1, 1),
    Step("sign_off", "sign-off", 2, 1),
    Step("dispatch", "dispatch", 1, 0),
)
"""What an authority plans with where it has no policy of its own; together the twenty working days."""


@dataclass(frozen=True)
class Planned:
    """A milestone: `first` planned for a day, now planned for `by`, and reached on `done_on` or not yet (None)."""

    milestone: str
    first: date
    by: date
    done_on: date | None


@dataclass(frozen=True)
class Slip:
    """A step that is `over` by some working days; `eaten`: how many of how many each later step loses to it, and
    `missing`: how many cannot be found.
    """

    work: str
    over: int
    eaten: tuple[tuple[str, int, int], ...]
    missing: int

    def in_words(self) -> str:
        """'Consultation is 3 working days over; it eats 2 of drafting’s 4 and 1 of sign-off’s 2.'"""
        told = f"{self.work[0].upper()}{self.work[1:]} is {_days(self.over)} over"
        eaten = [f"{lost} of {work}’s {days}" for work, lost, days in self.eaten]
        if eaten:
            told += f"; it eats {_listed(eaten)}"
        if self.missing:
            told += f"; {_days(self.missing)} cannot be found, and the answer would be late by as many"
        return f"{told}."


@dataclass(frozen=True)
class Plan:
    """The milestones in their order, and what slipped. `late` where the answer can no longer go out by `answer_by`."""

    answer_by: date
    milestones: tuple[Planned, ...]
    slips: tuple[Slip, ...]

    @property
    def late(self) -> bool:
        return self.milestones[-1].by > self.answer_by

    def working(self) -> tuple[str, ...]:
        """The plan in sentences, what slipped last."""
        return (
            f"Planned back from {in_words(self.answer_by)}.",
            *(
                f"{each.milestone.replace('_', ' ').capitalize()}: "
                + (f"done on {in_words(each.done_on)}." if each.done_on else f"by {in_words(each.by)}.")
                for each in self.milestones
            ),
            *(slip.in_words() for slip in self.slips),
        )


def plan(
    answer_by: date,
    *,
    done: Mapping[str, date] | None = None,
    today: date | None = None,
    steps: Sequence[Step] = STEPS,
    calendar: Calendar = UNION,
) -> Plan:
    """Plan back from `answer_by`, given what is `done` (milestone to day) and what `today` is.

    A milestone that a later one has overtaken counts as passed. Leave a step out of `steps` where there is none, such
    as consultation. Raises ValueError for a milestone that no step has, CalendarEnds beyond the holiday table.
    """
    done = done or {}
    if unknown := done.keys() - {step.milestone for step in steps}:
        known = ", ".join(step.milestone for step in steps)
        raise ValueError(f"There is no milestone {', '.join(sorted(unknown))}. Use one of: {known}.")
    first = _back_from(answer_by, steps, calendar)
    planned, left, slips = list(first), list(steps), []
    reached = max((place for place, step in enumerate(steps) if step.milestone in done), default=-1)
    for place, step in enumerate(steps):
        on = done.get(step.milestone) or (today if place == reached + 1 else None)
        if on is None or on <= planned[place]:
            continue
        over = calendar.working_days_between(planned[place], on)
        if over > 0:
            slip, left[place + 1 :] = _eat(step, over, left[place + 1 :])
            slips.append(slip)
            planned[place:] = _on_from(on, left[place + 1 :], calendar)
    milestones = tuple(
        Planned(step.milestone, first[place], planned[place], done.get(step.milestone))
        for place, step in enumerate(steps)
    )
    return Plan(answer_by, milestones, tuple(slips))


def _back_from(answer_by: date, steps: Sequence[Step], calendar: Calendar) -> list[date]:
    days = [answer_by]
    for step in reversed(steps[1:]):
        days.append(calendar.nth_working_day_before(days[-1], step.days) if step.days else days[-1])
    return days[::-1]


def _on_from(on: date, steps: Sequence[Step], calendar: Calendar) -> list[date]:
    days = [on]
    for step in steps:
        days.append(calendar.nth_working_day_after(days[-1], step.days) if step.days else days[-1])
    return days


def _eat(late: Step, over: int, later: Sequence[Step]) -> tuple[Slip, list[Step]]:
    """Take `over` working days from the `later` steps, each down to its least."""
    missing, eaten, left = over, [], []
    for step in later:
        lost = min(missing, max(step.days - step.least, 0))
        if lost:
            eaten.append((step.work, lost, step.days))
        missing -= lost
        left.append(replace(step, days=step.days - lost))
    return Slip(late.work, over, tuple(eaten), missing), left


def _days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
