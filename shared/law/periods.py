"""Periods other than that for the answer: reviews, the regulator and the tribunal, subject access, aggregation.

Each is a `Period`: from which day it is counted, its last day, by which rule and source. Periods of the regulator and
of the tribunal are calendar days and come from the document (CLK-19); their last day is not moved when it is no
working day, because whether it may be is unsettled, and acting by the earlier day is safe under either reading.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.calendar import ENGLAND_AND_WALES, Calendar, in_words
from shared.law.months import months_after
from shared.law.particulars import particulars
from shared.law.regimes import REGIMES
from shared.law.working import Day, days_of

NOTICE_DAYS = 30
"""Calendar days that the regulator's notices give where the document was not looked at; 35 in older ones (CLK-19)."""
APPEAL_DAYS = 28
"""Calendar days to appeal to the tribunal, from the day the notice was sent (CLK-19)."""
COMPLAINT_DAYS = 42
"""Six weeks, in which the regulator asks for complaints after the outcome of the review (CLK-19)."""
AGGREGATION_DAYS = 60
"""Consecutive working days within which related requests may be counted together (CST-07)."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period with its last day, `due`. `calendar` is None where it runs in calendar days or months."""

    counted_from: str
    start: date
    due: date
    rule: str
    source: str
    calendar: Calendar | None = None

    @property
    def days(self) -> tuple[Day, ...]:
        """Every day after the start up to the last one with its number; empty for calendar days and months."""
        return days_of(self.calendar, self.start, self.due) if self.calendar else ()

    @property
    def skipped(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.why is not None)

    def working(self) -> tuple[str, ...]:
        return (
            f"Counted from the {self.counted_from}, {in_words(self.start)} ({self.rule}).",
            f"{self.source}.",
            f"The last day is {in_words(self.due)}.",
        )


def review_window(
    answered_on: date, *, regime: str = "foia", answer_due: date | None = None, calendar: Calendar | None = None
) -> Period:
    """When an internal review may be asked for as of right (CLK-18, CLK-23, TRI-11).

    The Scottish period runs from the later of the answer and the day it was due, `answer_due` (section 20(5) there).
    Raises NoParticulars before the Code of 2018, CalendarEnds beyond the holiday table.
    """
    calendar = calendar or REGIMES[regime].calendar
    counted_from, start, number = "date response issued", answered_on, 40
    if regime == "foia":
        code = particulars(answered_on).internal_review
        number, rule, source = code.ask_within_working_days, "CLK-18", code.source
    elif regime == "eir":
        rule, source = "CLK-23", "Regulation 11(2): 40 working days"
    else:
        rule, source = "TRI-11", "Section 20(5) of the Scottish Act: 40 working days"
        if answer_due and answer_due > answered_on:
            counted_from, start = "date the answer was due", answer_due
    due = calendar.nth_working_day_after(start, number)
    return Period(counted_from=counted_from, start=start, due=due, rule=rule, source=source, calendar=calendar)


def review_period(
    requested_on: date, *, regime: str = "foia", exceptional: bool = False, calendar: Calendar | None = None
) -> Period:
    """When an internal review asked for on a day is to be answered (CLK-18); under the Environmental Information
    Regulations in 40 working days (CLK-23). Raises as `review_window`.
    """
    calendar = calendar or REGIMES[regime].calendar
    number = REGIMES[regime].review_days
    if regime == "foia":
        code = particulars(requested_on).internal_review
        number = code.exceptional_working_days if exceptional else code.answer_within_working_days
        rule, source = "CLK-18", code.source
    elif regime == "eir":
        rule, source = "CLK-23", "Regulation 11(4): 40 working days"
    else:
        rule, source = "TRI-11", "Section 21(1) of the Scottish Act: 20 working days"
    due = calendar.nth_working_day_after(requested_on, number)
    return Period(
        counted_from="date review requested", start=requested_on, due=due, rule=rule, source=source, calendar=calendar
    )


def review_request_deadline(answered_on: date) -> date:
    """The last day on which an internal review may be asked for as of right (CLK-18). Raises as `review_window`."""
    return review_window(answered_on).due


def review_answer_due(requested_on: date) -> date:
    """The day by which an internal review asked for on `requested_on` is to be answered (CLK-18)."""
    return review_period(requested_on).due


def notice_period(dated: date, days: int = NOTICE_DAYS) -> Period:
    """The time that a decision notice or an information notice dated `dated` gives: `days` calendar days, read from
    the document (CLK-19).
    """
    source = f"{days} calendar days of the date of the notice"
    return _calendar_days("date of the notice", dated, days, source)


def appeal_period(sent_on: date) -> Period:
    """The time to appeal to the First-tier Tribunal against a notice sent on `sent_on` (CLK-19)."""
    source = f"{APPEAL_DAYS} calendar days (rule 22 of the General Regulatory Chamber's rules)"
    return _calendar_days("date the notice was sent", sent_on, APPEAL_DAYS, source)


def complaint_period(concluded_on: date) -> Period:
    """The time in which the regulator asks for a complaint under section 50 (CLK-19)."""
    source = "Six weeks, as the regulator asks; it may take a later complaint"
    return _calendar_days("date of the review's outcome", concluded_on, COMPLAINT_DAYS, source)


def _calendar_days(counted_from: str, start: date, days: int, source: str) -> Period:
    due = start + timedelta(days=days)
    return Period(counted_from=counted_from, start=start, due=due, rule="CLK-19", source=source)


def subject_access_period(received_on: date, *, extended: bool = False) -> Period:
    """The time to answer a subject access request (TRI-02): one calendar month, two further ones where `extended`.

    By the regulator's practice it ends on the corresponding date or, where the month has none, on its last day; where
    that is a weekend or a public holiday where the force is, in England and Wales, on the next working day.
    """
    end = months_after(received_on, 3 if extended else 1)
    due = end if ENGLAND_AND_WALES.is_working_day(end) else ENGLAND_AND_WALES.nth_working_day_after(end, 1)
    length = "Three calendar months" if extended else "One calendar month"
    source = f"{length}, UK GDPR Article 12(3), as the regulator counts it"
    moved = f"; {in_words(end)} is no working day" if due != end else ""
    return Period(counted_from="date of receipt", start=received_on, due=due, rule="TRI-02", source=source + moved)


def aggregation_window_end(first_received_on: date, calendar: Calendar | None = None) -> Period:
    """The last day on which a related request can be counted together with one received on `first_received_on`.

    That day is itself day 1 of 60 where it is a working day (CST-07; Fees Regulations 2004, regulation 5).
    """
    calendar = calendar or REGIMES["foia"].calendar
    number = AGGREGATION_DAYS - calendar.is_working_day(first_received_on)
    due = calendar.nth_working_day_after(first_received_on, number)
    return _window(first_received_on, due, calendar)


def aggregation_window_start(last_received_on: date, calendar: Calendar | None = None) -> Period:
    """The first day of the window of 60 working days that ends with `last_received_on` (CST-07)."""
    calendar = calendar or REGIMES["foia"].calendar
    number = AGGREGATION_DAYS - calendar.is_working_day(last_received_on)
    return _window(last_received_on, calendar.nth_working_day_before(last_received_on, number), calendar)


def _window(start: date, due: date, calendar: Calendar) -> Period:
    source = "Sixty consecutive working days, that of receipt included (Fees Regulations 2004, regulation 5)"
    return Period(counted_from="date of receipt", start=start, due=due, rule="CST-07", source=source, calendar=calendar)
