"""The notices that a force gives after its reply: about an internal review, or about a mistake of its own.

`parts` are the labels of the questions that a notice concerns; none means the whole reply.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.chassis.errors import Finding
from shared.letters.notice import Notice
from shared.letters.notice_rules import after, holds, not_after, one_of, written


@dataclass(frozen=True, kw_only=True)
class ReviewAcknowledgement(Notice):
    """An internal review is asked for and will be carried out: due in 20 working days, in exceptional cases by
    `latest_on`, 40 (CLK-18). `window_ended_on` is the last day on which one could be asked for as of right, where this
    was asked for later: carrying it out is then at our discretion, and the letter says so."""

    kind = "review-acknowledgement"
    parts: tuple[str, ...] = ()
    asked_on: date
    due_on: date
    latest_on: date
    window_ended_on: date | None = None

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from not_after(self.asked_on, on, "asked_on", "CLK-18", "the day of the letter")
        yield from after(self.due_on, self.asked_on, "due_on", "CLK-18", "the day on which the review was asked for")
        yield from after(self.latest_on, self.due_on, "latest_on", "CLK-18", "the day that is due")
        if self.window_ended_on is not None:
            last = "the last day for asking"
            yield from after(self.asked_on, self.window_ended_on, "asked_on", "CLK-18", last)


@dataclass(frozen=True, kw_only=True)
class ReviewedPart:
    """What a review came to for these parts. `result` is one of RESULTS, about our first decision; `reasons` say why,
    `now` what is disclosed or decided instead (empty where the decision stands)."""

    parts: tuple[str, ...] = ()
    result: str
    reasons: str
    now: str = ""


RESULTS = ("upheld", "partly_upheld", "overturned")
"""The first decision stands, stands in part, or is replaced."""


@dataclass(frozen=True, kw_only=True)
class ReviewOutcome(Notice):
    """The outcome of an internal review, with the right to complain under section 50. `due_on` is the day that it was
    promised for; after it, the letter apologises."""

    kind = "review-outcome"
    asked_on: date
    responded_on: date
    due_on: date
    reviewed: tuple[ReviewedPart, ...]

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        message, next_step = "Nothing was reviewed.", "Give the result for each question that was reviewed."
        yield from holds(bool(self.reviewed), "reviewed", "CLK-18", message, next_step)
        for number, each in enumerate(self.reviewed):
            at = f"reviewed.{number}"
            yield from one_of(each.result, RESULTS, f"{at}.result", "CLK-18")
            yield from written(f"{at}.reasons", each.reasons)
            message = "What is decided now and the result contradict each other."
            next_step = "Say what is decided now unless the decision was upheld, and only then."
            yield from holds(
                (each.result == "upheld") != bool(each.now.strip()), f"{at}.now", "RN-01", message, next_step
            )


@dataclass(frozen=True, kw_only=True)
class Correction(Notice):
    """Something in our reply of `responded_on` was wrong: what it said, and what is right. `effect` says what that
    changes in our decisions, or that it changes none."""

    kind = "correction"
    parts: tuple[str, ...] = ()
    responded_on: date
    wrong: str
    right: str
    effect: str

    def faults(self, on: date) -> Iterator[Finding]:
        yield from super().faults(on)
        yield from not_after(self.responded_on, on, "responded_on", "CLK-01", "the day of the letter")
        for field in ("wrong", "right", "effect"):
            yield from written(field, getattr(self, field))
