"""Answers about the clocks of a request and of its parts."""

from datetime import date

from services.operations.deadline_requests import Asked, Json
from shared.law.calendar import Calendar
from shared.law.clock import CaseClock, PartClock, case_clock
from shared.law.clock_events import ClockEvent

FIRST_FLAG = ("clarification_sought_late", "new_request", "fee_paid_late", "s17_notice_late", "extension_refused")
"""Of several flags the one that is told as `flag`; all of them are in `flags`."""
_NUMBERED = [str(number) for number in range(1, 100)]


def of_a_request(asked: Asked) -> Json:
    """The answer about one part of a request, and each part's own where there are several."""
    calendar = asked.calendar(asked.regime)
    clock = _case(asked, calendar)
    shown = _shown(asked, clock)
    due = _due(asked, shown)
    before = _due(asked, _shown(asked, _case(asked, calendar.as_known_on(asked.received))))
    several = len(clock.parts) > 1
    extension = shown.extension or next((each.extension for each in clock.parts if each.extension), None)
    flags = sorted(shown.flags, key=lambda flag: FIRST_FLAG.index(flag) if flag in FIRST_FLAG else len(FIRST_FLAG))
    return {
        "due": due,
        "state": shown.state,
        "counted_from": "date of receipt",
        "receipt": shown.receipt,
        "part": shown.part if several else None,
        **_response(clock),
        "last_day_to_pay": shown.last_day_to_pay,
        "lapse_on": shown.lapse_on,
        "s17_notice_due": shown.s17_notice_due,
        "answer_by": shown.answer_by,
        "extension_accepted": extension.accepted if extension else None,
        "extension_refused": extension.why_not if extension else None,
        "estimate": extension.estimate if extension else None,
        "flag": flags[0] if flags else None,
        "flags": flags or None,
        "original_due": shown.original_due,
        "due_before_calendar_change": before if before != due else None,
        "parts": [_part(each) for each in clock.parts] if several else None,
        "skipped": list(shown.skipped),
        "working": list(shown.working()),
    }


def _case(asked: Asked, calendar: Calendar) -> CaseClock:
    return case_clock(asked.received, _labels(asked), asked.events, regime=asked.regime, calendar=calendar)


def _labels(asked: Asked) -> list[str]:
    """The parts of the request: those given, else those that events name and one that they leave alone."""
    if asked.parts:
        return list(asked.parts)
    named = list(dict.fromkeys(label for event in asked.events for label in event.parts))
    if not named:
        return ["1"]
    if set(named) <= set(_NUMBERED):
        return _NUMBERED[: max(2, *(int(label) for label in named))]
    return [*named, "the rest"]


def _shown(asked: Asked, clock: CaseClock) -> PartClock:
    """The part that is asked about: the one that an event moved last, if it has a due date, else the first that no
    event names. What extends the time moves only the clock of the extension.
    """
    moving = [each for each in asked.events if each.parts and _moves(asked, each)]
    if moving:
        last = clock.part(max(moving, key=lambda each: each.on).parts[-1])
        if last.due is not None:
            return last
    named = {label for each in asked.events for label in each.parts}
    return next((part for part in clock.parts if part.part not in named), clock.parts[0])


def _moves(asked: Asked, event: ClockEvent) -> bool:
    if event.kind == "time_extended":
        return asked.clock == "extended"
    return event.kind in ("clarification_sought", "clarification_received", "fees_notice_given", "fee_received")


def _due(asked: Asked, part: PartClock) -> date | None:
    if asked.clock == "notice":
        return part.s17_notice_due
    if asked.clock == "target":
        return part.target
    if asked.clock == "extended" and part.due is not None and part.receipt is not None:
        if part.extension is None:
            return part.ceiling
        return part.extension.ceiling if part.extension.accepted else part.due
    return part.due


def _response(clock: CaseClock) -> Json:
    """When the answer came. Only the full answer counts (CLK-21)."""
    if clock.answered_on is None:
        return {}
    return {"working_day_of_response": clock.working_day_of_response, "in_time": clock.in_time}


def _part(part: PartClock) -> Json:
    facts = {"part": part.part, "state": part.state, "due": part.due, "answer_by": part.answer_by}
    return {key: value for key, value in facts.items() if value is not None or key == "due"}
