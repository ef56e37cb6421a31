"""Answers about periods other than that for the answer to a request: reviews, regulator, tribunal, subject access."""

from collections.abc import Callable, Mapping

from services.operations.deadline_requests import Asked, Json
from shared.law import periods
from shared.law.calendar import Calendar
from shared.law.clock import case_clock
from shared.law.clock_events import ClockRefused
from shared.law.periods import Period


def _document(asked: Asked) -> Period:
    dated = asked.last("document") or asked.received
    days = next((each.days for each in asked.happenings if each.days), asked.days)
    return periods.notice_period(dated, days or periods.NOTICE_DAYS)


def _appeal(asked: Asked) -> Period:
    return periods.appeal_period(asked.last("document") or asked.received)


def _complaint(asked: Asked) -> Period:
    return periods.complaint_period(asked.last("review_answered") or asked.last("responded") or asked.received)


def _review_window(asked: Asked) -> Period:
    answered, regime = asked.last("responded") or asked.received, _regime(asked)
    due = case_clock(asked.received, ["1"], (), regime=regime).due if regime == "foisa" else None
    return periods.review_window(answered, regime=regime, answer_due=due, calendar=_calendar(asked))


def _review(asked: Asked) -> Period:
    exceptional = asked.clock == "review_extended"
    requested = asked.last("review_requested") or asked.received
    return periods.review_period(requested, regime=_regime(asked), exceptional=exceptional, calendar=_calendar(asked))


def _regime(asked: Asked) -> str:
    if asked.regime == "sar":
        problem = "Subject access has no internal review of its own."
        raise ClockRefused("TRI-02", "clock", problem, "Ask for another clock, or name another regime.")
    return asked.regime


def _calendar(asked: Asked) -> Calendar:
    return asked.calendar(_regime(asked))


PERIODS: Mapping[str, Callable[[Asked], Period]] = {
    "decision_notice": _document,
    "information_notice": _document,
    "appeal": _appeal,
    "complaint": _complaint,
    "review_request": _review_window,
    "review": _review,
    "review_extended": _review,
    "aggregation_end": lambda asked: periods.aggregation_window_end(asked.received, _calendar(asked)),
    "aggregation_start": lambda asked: periods.aggregation_window_start(asked.received, _calendar(asked)),
}


def of_a_period(asked: Asked) -> Json:
    """The answer where the clock asked for is that of a review, the regulator, the tribunal or aggregation."""
    return _told(asked, PERIODS[asked.clock](asked))


def _told(asked: Asked, period: Period) -> Json:
    answer: Json = {"due": period.due, "counted_from": period.counted_from, "rule": period.rule}
    answered = asked.last("review_answered") if asked.clock in ("review", "review_extended") else None
    if answered and period.calendar:
        answer["working_day_of_response"] = period.calendar.working_days_between(period.start, answered)
        answer["in_time"] = answered <= period.due
    return {**answer, "skipped": list(period.skipped), "working": list(period.working())}


def of_subject_access(asked: Asked) -> Json:
    """The answer for a subject access request, which has one calendar month from when the person is known."""
    for each in asked.events:
        if each.kind in ("clarification_sought", "clarification_received", "fees_notice_given", "fee_received"):
            problem = "Section 10 of the Freedom of Information Act does not move the date of subject access."
            raise ClockRefused("TRI-02", "events", problem, "Leave the event out, or name another regime.")
    extended = asked.clock == "extended" or asked.last("time_extended") is not None
    start = asked.last("identity_received") or asked.received
    answer = _told(asked, periods.subject_access_period(start, extended=extended))
    if answered := asked.last("responded"):
        answer |= {"state": "answered", "in_time": answered <= answer["due"]}
    return answer
