"""What statistics need to know of a case, and what can be said of it on a day: in time or late, granted or refused.

No more than that goes in: nobody's name, no wording, no reference.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.law.exemptions import CATALOGUE
from shared.law.outcomes import OUTCOMES
from shared.law.review_figures import ReviewFacts

Regime = Literal["foia", "eir"]
Stage = Literal["outstanding", "answered", "closed"]
Timing = Literal["in_time", "in_extended_time", "late"]
Result = Literal["granted_in_full", "granted_in_part", "refused_in_full", "not_held", "accessible_elsewhere"]
UNANSWERED_ENDS = ("withdrawn", "lapsed", "transferred")
"""How a request that counts may end without an answer. One that was not valid, or no request under the Act, does not
count at all (STA-01)."""
_TIMINGS: tuple[Timing, ...] = ("in_time", "in_extended_time", "late")


def _concerns(parts: tuple[str, ...], label: str) -> bool:
    return not parts or label in parts


@dataclass(frozen=True, kw_only=True)
class PartFacts:
    """A question with its outcome (a code of OUTCOMES, None while undecided) and every provision relied on.

    `due_on` is day 20 of its own clock, where that differs from the case's.
    """

    label: str
    outcome: str | None = None
    citations: tuple[str, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Extension:
    """Notice given that the public interest takes longer to weigh, until about this day, for `parts` or (none named)
    for all (CLK-13, CLK-15)."""

    notified_on: date
    until: date
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Days on which nothing was due for `parts` or (none named) for all, because clarification or a fee was awaited.

    `until` is the day that it came; None while it has not.
    """

    kind: Literal["clarification", "fee"]
    since: date
    until: date | None = None
    parts: tuple[str, ...] = ()

    def holds(self, label: str, on: date) -> bool:
        """Whether it keeps a part from being due at the end of a day."""
        return self.since <= on and (self.until is None or on < self.until) and _concerns(self.parts, label)


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """One request, to the `authorities` that have the duty to answer it.

    `received_on` is the day that it first came; `due_on` is day 20 of its clock as it stands, None while nothing is
    due; `closed` is how it ended without an answer (one of UNANSWERED_ENDS) on `closed_on`. `asked_too_late`:
    clarification was sought only after day 20, which counts as late whatever followed (CLK-07). `reviews` are the
    internal reviews of its answer, in the order in which they were asked for.
    """

    authorities: tuple[str, ...]
    received_on: date
    due_on: date | None
    regime: Regime = "foia"
    parts: tuple[PartFacts, ...] = ()
    extension: Extension | None = None
    stops: tuple[Stop, ...] = ()
    asked_too_late: bool = False
    answered_on: date | None = None
    closed: str | None = None
    closed_on: date | None = None
    reviews: tuple[ReviewFacts, ...] = ()

    def __post_init__(self) -> None:
        for day in (self.answered_on, self.closed_on):
            if day is not None and day < self.received_on:
                raise ValueError(f"{day.isoformat()} is before the date of receipt (CLK-01)")
        if self.answered_on is not None and self.due_on is None:
            raise ValueError("an answered case has a due date: give the one that its clock came to (CLK-01)")
        if self.answered_on is not None and not any(part.outcome for part in self.parts):
            raise ValueError("an answered case has the outcome of a part at least (STA-03)")
        if unknown := {part.outcome for part in self.parts} - {None, *OUTCOMES}:
            raise ValueError(f"{', '.join(map(str, unknown))} is no outcome: give one of {', '.join(OUTCOMES)}")
        if (self.closed is None) != (self.closed_on is None):
            raise ValueError("closed and closed_on go together")
        if self.closed is not None and self.closed not in UNANSWERED_ENDS:
            raise ValueError(f"“{self.closed}” is none of {', '.join(UNANSWERED_ENDS)} (STA-01)")

    def stage(self, on: date) -> Stage:
        """Whether it was outstanding, answered or closed without an answer at the end of a day."""
        if self.answered_on is not None and self.answered_on <= on:
            return "answered"
        return "closed" if self.closed_on is not None and self.closed_on <= on else "outstanding"

    def stopped(self, on: date) -> bool:
        """Whether clarification or a fee was awaited for every part at the end of a day."""
        return not self._running(on)

    def _running(self, on: date) -> list[PartFacts]:
        """The parts that nothing keeps from being due; a case whose parts are not settled is one part."""
        parts = self.parts or (PartFacts(label=""),)
        return [part for part in parts if not any(stop.holds(part.label, on) for stop in self.stops)]

    def extended(self, on: date) -> bool:
        """Whether an extension that section 10(3) permits had been notified by the end of a day."""
        extension = self.permitted_extension
        return extension is not None and extension.notified_on <= on

    @property
    def permitted_extension(self) -> Extension | None:
        """The extension, if notice of it was given by day 20 (CLK-13)."""
        if self.extension is None or self.due_on is None or self.extension.notified_on > self.due_on:
            return None
        return self.extension

    @property
    def last_day(self) -> date | None:
        """The last day on which the whole answer is in time; None while nothing is due."""
        if self.due_on is None:
            return None
        days = [self._part_due(part) for part in self.parts] or [self.due_on]
        return max(*days, self.permitted_extension.until) if self.permitted_extension else max(days)

    def overdue(self, on: date) -> bool:
        """Whether, at the end of a day, something was still unanswered that should have been answered by then."""
        outstanding = self.due_on is not None and self.stage(on) == "outstanding"
        return outstanding and self._timing(on) == "late"

    @property
    def timing(self) -> Timing | None:
        """When the whole answer went out, by its worst part; None while it has not."""
        if self.answered_on is None:
            return None
        return "late" if self.asked_too_late else self._timing(self.answered_on)

    def _timing(self, on: date) -> Timing:
        timings = (self._part_timing(part, on) for part in self._running(on))
        return max(timings, key=_TIMINGS.index, default="in_time")

    def _part_timing(self, part: PartFacts, on: date) -> Timing:
        if on <= self._part_due(part):
            return "in_time"
        extension = self.permitted_extension
        covered = extension is not None and _concerns(extension.parts, part.label) and on <= extension.until
        return "in_extended_time" if covered else "late"

    def _part_due(self, part: PartFacts) -> date:
        due = part.due_on or self.due_on
        assert due is not None
        return due

    @property
    def result(self) -> Result | None:
        """What the answer came to, from the outcomes of its parts; None while it is unanswered.

        A part that is not held takes nothing away from what is granted. To neither confirm nor deny refuses in full.
        """
        outcomes = {part.outcome for part in self.parts if part.outcome is not None}
        if self.answered_on is None:
            return None
        held = outcomes - {"not_held"}
        if not held:
            return "not_held"
        if held == {"disclosed"}:
            return "granted_in_full"
        if held == {"already_accessible"}:
            return "accessible_elsewhere"
        return "granted_in_part" if any(OUTCOMES[outcome].answers for outcome in held) else "refused_in_full"

    @property
    def sections(self) -> frozenset[str]:
        """The exemptions relied on, by section, each once however often it is cited; cost and section 14 are none."""
        cited = {citation.partition("(")[0] for part in self.parts for citation in part.citations}
        return frozenset(cited & CATALOGUE.keys())
