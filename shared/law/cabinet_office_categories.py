"""The categories in which the Cabinet Office's bulletins sort requests, so that a force can be compared with others."""

from collections.abc import Iterator, Sequence
from datetime import date

from shared.law.calendar import working_days_between
from shared.law.case_facts import CaseFacts
from shared.law.exemptions import CATALOGUE
from shared.law.figure_lines import Heading, Line, table

HEADINGS = (
    Heading("granted_in_full", "STA-04", "Granted in full"),
    Heading("clarification_needed", "STA-01", "Clarification or advice needed, and none came"),
    Heading("not_held", "STA-05", "Not held"),
    Heading("vexatious", "STA-08", "Vexatious (section 14(1))"),
    Heading("repeated", "STA-08", "Repeated (section 14(2))"),
    Heading("cost", "STA-08", "Cost limit (section 12)"),
    Heading("partially_withheld", "STA-06", "Partially withheld"),
    Heading("fully_withheld", "STA-05", "Fully withheld"),
    Heading("accessible_elsewhere", "STA-05", "Accessible by other means (section 21 alone)"),
    Heading("ended_otherwise", "STA-01", "Withdrawn, transferred, or lapsed for want of a fee"),
    Heading("not_yet_processed", "STA-02", "Not yet processed"),
    Heading("awaiting_clarification", "STA-02", "Of which: clarification awaited", "not_yet_processed"),
    Heading("awaiting_fee", "STA-02", "Of which: a fee awaited", "not_yet_processed"),
    Heading("permitted_extension", "STA-02", "Of which: within a permitted extension", "not_yet_processed"),
    Heading("out_of_time", "STA-02", "Of which: out of time", "not_yet_processed"),
    Heading("resolvable", "STA-08", "Resolvable: a decision to release or withhold was possible"),
)
"""The lines. Each request is in one of those that are no part of another and are not the last."""

_NOT_RESOLVABLE = ("not_held", "clarification_needed", "ended_otherwise", "not_yet_processed")
_REFUSED_AS = (
    ("withheld", "fully_withheld"),
    ("ncnd", "fully_withheld"),
    ("cost_refused", "cost"),
    ("vexatious", "vexatious"),
    ("repeated", "repeated"),
)
"""Where nothing was disclosed and parts were refused in different ways, the first of these that occurs decides."""


def category(case: CaseFacts, as_at: date) -> str:
    """The one category of a request at the end of a day."""
    if case.stage(as_at) == "outstanding":
        return "not_yet_processed"
    if case.stage(as_at) == "closed":
        clarification = case.closed == "lapsed" and case.stops and case.stops[-1].kind == "clarification"
        return "clarification_needed" if clarification else "ended_otherwise"
    if case.result == "granted_in_part":
        return "partially_withheld"
    if case.result == "refused_in_full":
        outcomes = {part.outcome for part in case.parts}
        return next(category for outcome, category in _REFUSED_AS if outcome in outcomes)
    return str(case.result)


def category_table(cases: Sequence[CaseFacts], as_at: date) -> tuple[Line, ...]:
    """How many requests are in each category at the end of a day."""
    return table(HEADINGS, (code for case in cases for code in _lines_of(case, as_at)))


def exemption_table(cases: Sequence[CaseFacts], as_at: date) -> tuple[Line, ...]:
    """How many requests each exemption was used in, once for each; section 21 alone is a category of its own."""
    withheld = [case for case in cases if category(case, as_at) in ("partially_withheld", "fully_withheld")]
    headings = (Heading(section, "STA-08", each.title) for section, each in CATALOGUE.items())
    return table(headings, (section for case in withheld for section in case.sections))


def extension_table(cases: Sequence[CaseFacts], as_at: date) -> tuple[Line, ...]:
    """How many working days beyond day 20 the permitted extensions were for, as notified."""
    headings = (
        Heading("1_to_20", "STA-03", "Extended by 1 to 20 working days"),
        Heading("21_to_40", "STA-03", "Extended by 21 to 40 working days"),
        Heading("over_40", "STA-03", "Extended by more than 40 working days"),
    )
    return table(headings, (_length(case) for case in cases if case.extended(as_at)))


def _lines_of(case: CaseFacts, as_at: date) -> Iterator[str]:
    found = category(case, as_at)
    yield found
    if found not in _NOT_RESOLVABLE:
        yield "resolvable"
    if found != "not_yet_processed":
        return
    if case.stopped(as_at):
        yield f"awaiting_{case.stops[-1].kind}"
    elif case.overdue(as_at):
        yield "out_of_time"
    elif case.extended(as_at):
        yield "permitted_extension"


def _length(case: CaseFacts) -> str:
    assert case.permitted_extension is not None
    assert case.due_on is not None
    days = working_days_between(case.due_on, case.permitted_extension.until)
    return "1_to_20" if days <= 20 else "21_to_40" if days <= 40 else "over_40"
