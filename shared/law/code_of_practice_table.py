"""The quarterly table of paragraph 8.5 of the Code of Practice: received, processed in time, granted or refused."""

from collections.abc import Iterator, Sequence
from datetime import date

from shared.law.case_facts import CaseFacts
from shared.law.figure_lines import Heading, Line, table

HEADINGS = (
    Heading("received", "STA-01", "Requests received"),
    Heading("open_at_end", "STA-02", "Received but not yet processed at the end of the quarter", "received"),
    Heading("open_extended", "STA-02", "Of which: time extended", "open_at_end"),
    Heading("open_stopped", "STA-02", "Of which: clarification or a fee awaited", "open_at_end"),
    Heading("processed", "STA-03", "Processed in full", "received"),
    Heading("in_time", "STA-03", "Processed within the statutory deadline", "processed"),
    Heading("in_extended_time", "STA-03", "Processed within an extended deadline", "processed"),
    Heading("late", "STA-03", "Processed later than the statutory deadline", "processed"),
    Heading("granted_in_full", "STA-04", "Granted in full", "processed"),
    Heading("refused_in_full", "STA-05", "Refused in full", "processed"),
    Heading("not_held", "STA-05", "Of which: not held", "refused_in_full"),
    Heading("granted_in_part", "STA-06", "Granted in part and refused in part", "processed"),
    Heading("accessible_elsewhere", "STA-05", "Accessible by other means (section 21 alone)", "processed"),
    Heading("ended_otherwise", "STA-01", "Withdrawn, lapsed or transferred without an answer", "received"),
    Heading("outstanding", "STA-03", "Not yet processed", "received"),
    Heading("overdue", "STA-03", "Of which: past the last day to answer", "outstanding"),
)
"""The lines. Every request received is processed, ended otherwise or outstanding; every one that is processed is in one
line for when it was and in one for what it came to."""


def code_of_practice_table(cases: Sequence[CaseFacts], end: date, as_at: date) -> tuple[Line, ...]:
    """The table over requests of a quarter that ends on `end`, as things stand at the end of the day `as_at`."""
    return table(HEADINGS, (code for case in cases for code in _lines_of(case, end, as_at)))


def _lines_of(case: CaseFacts, end: date, as_at: date) -> Iterator[str]:
    yield "received"
    if case.stage(end) == "outstanding":
        yield "open_at_end"
        if case.stopped(end):
            yield "open_stopped"
        elif case.extended(end):
            yield "open_extended"
    match case.stage(as_at):
        case "answered":
            yield from ("processed", str(case.timing), str(case.result))
            if case.result == "not_held":
                yield "refused_in_full"
        case "closed":
            yield "ended_otherwise"
        case "outstanding":
            yield "outstanding"
            if case.overdue(as_at):
                yield "overdue"
