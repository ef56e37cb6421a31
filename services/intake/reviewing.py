"""Internal reviews of a reply: asked for, carried out by somebody who had no part in it, and answered (CLK-18)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select, update

from services.intake import proclaimed
from services.intake.casefile import answered, case_row, details_of, last_review
from services.intake.domain import REVIEW
from services.intake.models import case, contributor, review
from services.intake.notifying import dated, give, heading
from shared.chassis.errors import Finding, Forbidden, Invalid, Refused
from shared.chassis.events.values import Code
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import PartReviewed, ReviewAnswered, ReviewRequested
from shared.contracts.values import Label
from shared.law.calendar import CalendarEnds, in_words
from shared.law.periods import Period, review_period, review_window
from shared.law.review_figures import whole_outcome
from shared.letters.review_notices import ReviewAcknowledgement, ReviewedPart, ReviewOutcome


def take_request(
    uow: UnitOfWork,
    case_id: str,
    *,
    asked_on: date,
    accept_late_because: str | None,
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Take any expression of dissatisfaction with the reply as a request for an internal review, and acknowledge it.

    One that comes after 40 working days need not be carried out: it takes a reason.
    """
    row = answered(uow, case_id)
    last = last_review(uow, case_id)
    if last is not None and last.state == REVIEW.initial:
        raise Refused(
            f"The internal review that was asked for on {in_words(last.asked_on)} is still open.",
            rule="CLK-18",
            next_step="Take what has come into that review, and answer both at once.",
            allowed=REVIEW.allowed(last.state),
        )
    _refuse_day(uow, row, asked_on)
    window, due, latest = _periods(uow, row.answered_on, asked_on)
    in_time = asked_on <= window.due
    _refuse_reason(asked_on, accept_late_because, window)
    blind = (
        details_of(uow, case_id).cleared(accept_late_because, "accept_late_because") if accept_late_because else None
    )
    on = dated(uow, row, method=method, posted_on=posted_on)
    notice = ReviewAcknowledgement(
        **heading(uow, row),
        asked_on=asked_on,
        due_on=due.due,
        latest_on=latest.due,
        window_ended_on=None if in_time else window.due,
    )
    give(uow, row, notice, on, method=method)
    asked = ReviewRequested(asked_on=asked_on, due_on=due.due, latest_on=latest.due, in_time=in_time, reason=blind)
    uow.add(
        review,
        case_id=case_id,
        number=1 if last is None else last.number + 1,
        state=REVIEW.initial,
        asked_on=asked.asked_on,
        due_on=asked.due_on,
        latest_on=asked.latest_on,
        in_time=asked.in_time,
    )
    uow.record(asked, subject=case_id)
    return uow.advance(case, row)


def answer(
    uow: UnitOfWork,
    case_id: str,
    *,
    reviewed: Sequence[Mapping[str, str]],
    method: str,
    posted_on: date | None,
) -> Row[Any]:
    """Tell the outcome of the review, question by question, with the right to complain under section 50.

    `reviewed` has label, result, reasons and now of every question that the reply answered. Raises `Forbidden` for
    whoever had a hand in the reply.
    """
    row = answered(uow, case_id)
    asked = last_review(uow, case_id)
    if asked is None:
        raise Refused(
            "No internal review was asked for.",
            rule="CLK-18",
            next_step="Have the request for a review taken in first.",
        )
    state = REVIEW.next(asked.state, "answer review")
    _refuse_own_work(uow, case_id)
    _refuse_words_and_labels(uow, row, reviewed)
    on = dated(uow, row, method=method, posted_on=posted_on)
    if on < asked.asked_on:
        mend = f"Give a day from {in_words(asked.asked_on)} on, when the review was asked for."
        raise Invalid([Finding("posted_on", "The letter is dated before the review was asked for.", "CLK-18", mend)])
    notice = ReviewOutcome(
        **heading(uow, row),
        asked_on=asked.asked_on,
        responded_on=row.answered_on,
        due_on=asked.due_on,
        reviewed=tuple(
            ReviewedPart(
                parts=(each["label"],), result=each["result"], reasons=each["reasons"].strip(), now=each["now"].strip()
            )
            for each in reviewed
        ),
    )
    number = give(uow, row, notice, on, method=method)
    outcome = whole_outcome(each["result"] for each in reviewed)
    uow.record(
        ReviewAnswered(
            answered_on=on,
            due_on=asked.due_on,
            working_day=proclaimed.calendar(uow).working_days_between(asked.asked_on, on),
            in_time=on <= asked.due_on,
            outcome=Code(outcome),
            parts=tuple(PartReviewed(label=Label(each["label"]), result=Code(each["result"])) for each in reviewed),
        ),
        subject=case_id,
    )
    _note(uow, asked, state=state, answered_on=on, outcome=outcome, notice=number)
    return uow.advance(case, row)


def take_back(uow: UnitOfWork, case_id: str, notice: int) -> None:
    """Undo an outcome that the mail relay will never take: it was not given, and the review is where it was. Where
    another one was asked for since, it must have been known all the same, and stands."""
    last = last_review(uow, case_id)
    if last is not None and last.notice == notice:
        _note(uow, last, state=REVIEW.initial, answered_on=None, outcome=None, notice=None)
        uow.advance(case, case_row(uow, case_id))


def _periods(uow: UnitOfWork, answered_on: date, asked_on: date) -> tuple[Period, Period, Period]:
    """How long a review could be asked for, when this one is due, and when in exceptional cases."""
    calendar = proclaimed.calendar(uow)
    try:
        return (
            review_window(answered_on, calendar=calendar),
            review_period(asked_on, calendar=calendar),
            review_period(asked_on, exceptional=True, calendar=calendar),
        )
    except CalendarEnds:
        finding = Finding("asked_on", "There is no calendar for the days that follow.", "CLK-05", "Check the year.")
        raise Invalid([finding]) from None


def _refuse_day(uow: UnitOfWork, row: Row[Any], asked_on: date) -> None:
    if asked_on > uow.today:
        finding = Finding("asked_on", "The day lies in the future.", "CLK-18", "Give today or an earlier day.")
        raise Invalid([finding])
    if asked_on < row.answered_on:
        mend = "Give the day on which dissatisfaction with the reply was received."
        message = f"The reply left only on {in_words(row.answered_on)}."
        raise Invalid([Finding("asked_on", message, "CLK-18", mend)])


def _refuse_reason(asked_on: date, reason: str | None, window: Period) -> None:
    """A reason is wanted just where the request came too late to be owed a review."""
    if asked_on > window.due and reason is None:
        message = f"The time to ask for a review ended on {in_words(window.due)}: carrying it out is at our discretion."
        mend = "Say why it is carried out all the same; or tell the requester that it is not, and of section 50."
        raise Invalid([Finding("accept_late_because", message, "CLK-18", mend)])
    if asked_on <= window.due and reason is not None:
        message = f"It was asked for in time, which ended on {in_words(window.due)}."
        raise Invalid([Finding("accept_late_because", message, "CLK-18", "Leave the reason out.")])


def _refuse_own_work(uow: UnitOfWork, case_id: str) -> None:
    query = select(contributor.c.person).where(contributor.c.case_id == case_id, contributor.c.person == uow.actor.id)
    if uow.once(query) is not None:
        raise Forbidden(
            "Whoever decided a part, weighed advice, submitted the reply or signed it off does not review it.",
            rule="four eyes",
            next_step="Ask a reviewer who had no hand in it.",
        )


def _refuse_words_and_labels(uow: UnitOfWork, row: Row[Any], reviewed: Sequence[Mapping[str, str]]) -> None:
    details = details_of(uow, row.id)
    findings = list(_labels([each["label"] for each in reviewed], [outcome["label"] for outcome in row.outcomes]))
    for place, each in enumerate(reviewed):
        for name in ("reasons", "now"):
            if each[name].strip():
                findings += details.findings(each[name], f"reviewed.{place}.{name}")
    if findings:
        raise Invalid(findings)


def _labels(given: Sequence[str], known: Sequence[str]) -> Iterator[Finding]:
    """What is wrong unless every question that the reply answered is there once."""
    missing = [label for label in known if label not in given]
    for place, label in enumerate(given):
        if label not in known:
            mend = f"Choose among {', '.join(known)}."
            yield Finding(f"reviewed.{place}.label", "The reply answered no question of this label.", "CLK-18", mend)
        elif label in given[:place]:
            yield Finding(
                f"reviewed.{place}.label", "This question is there twice.", "CLK-18", "Give one result for it."
            )
    if missing:
        mend = f"Give the result for {', '.join(missing)} too: a review looks at all of the decision."
        yield Finding("reviewed", "Not every question of the reply is there.", "CLK-18", mend)


def _note(uow: UnitOfWork, asked: Row[Any], **changes: Any) -> None:
    this = update(review).where(review.c.case_id == asked.case_id, review.c.number == asked.number)
    uow.connection.execute(this.values(**changes))
