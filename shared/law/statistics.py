"""The figures on compliance that an authority publishes for a quarter (STA rules, Code of Practice 8.5 and 8.6).

Two tables over the same requests: the one that the Code of Practice asks for, and the categories of the Cabinet
Office's bulletins. What counts, and how, is `COUNTING_RULES`, which is published with the figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from shared.law.cabinet_office_categories import category_table, exemption_table, extension_table
from shared.law.case_facts import CaseFacts, Regime
from shared.law.code_of_practice_table import code_of_practice_table
from shared.law.figure_lines import Line
from shared.law.quarters import Quarter

COUNTING_RULES: dict[str, str] = {
    "STA-01": "A request counts in the quarter in which it was first received, whenever it was answered. One that was"
    " not valid, a subject access request and what was answered in the course of business do not count; requests"
    " under the Environmental Information Regulations have a table of their own.",
    "STA-02": "Open at the end of the quarter means neither answered nor otherwise ended by its last day.",
    "STA-03": "In time is within 20 working days, or within an extension that section 10(3) permits: notified by day"
    " 20, for the parts that it concerns. A request is as late as its latest part, and late where clarification was"
    " asked for only after day 20. A request that is past its last day and not answered counts against the rate.",
    "STA-04": "Granted in full: all that is held was disclosed. A part that is not held takes nothing away.",
    "STA-05": "Refused in full: nothing was disclosed. To neither confirm nor deny is to refuse in full. Not held is"
    " shown within it. A request answered by section 21 alone is shown apart and is not among the refusals.",
    "STA-06": "Granted in part and refused in part: something was disclosed and something was not.",
    "STA-07": "Internal reviews are counted in the quarter in which they were asked for.",
    "STA-08": "Resolvable are the answered requests on which a decision to release or withhold was possible: all but"
    " those for information that is not held. An exemption counts once for a request, by its section, however often"
    " it is cited. Cost (section 12) and section 14 are no exemptions and are counted apart.",
    "STA-09": "A request to several authorities counts once for each of them.",
}
"""How each figure is counted, by rule, in words that are published with it."""

Band = Literal["Good", "Adequate", "Unsatisfactory"]


@dataclass(frozen=True)
class Rate:
    """A share: exact, and None where there is nothing to take it of."""

    code: str
    rule: str
    title: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of one quarter under one regime as they stand at the end of the day `as_at`, for one authority or
    (None) for all. `final_after` is the latest of the last days of its requests: None while that cannot be told."""

    quarter: Quarter
    as_at: date
    authority: str | None
    regime: Regime
    code_of_practice: tuple[Line, ...]
    categories: tuple[Line, ...]
    exemptions: tuple[Line, ...]
    extensions: tuple[Line, ...]
    rates: tuple[Rate, ...]
    final_after: date | None

    @property
    def provisional(self) -> bool:
        """Whether something may still change: until the last request of the quarter has passed its last day."""
        return self.final_after is None or self.as_at <= self.final_after

    @property
    def band(self) -> Band | None:
        """How the regulator's self-assessment would rate the share answered in time (STA-08)."""
        return band(self.rates[0].share)


def band(share: Fraction | None) -> Band | None:
    """Good from 95 %, Adequate from 90 %, else Unsatisfactory; None where there is no share."""
    if share is None:
        return None
    if share >= Fraction(95, 100):
        return "Good"
    return "Adequate" if share >= Fraction(90, 100) else "Unsatisfactory"


def figures(
    cases: Iterable[CaseFacts], quarter: Quarter, as_at: date, *, authority: str | None = None, regime: Regime = "foia"
) -> Figures:
    """The figures of a quarter as they stand at the end of `as_at`. A request to several authorities counts once for
    each of them (STA-09), so that the figures of all are the sum of the figures of each.

    Raises ValueError for a quarter that has not begun.
    """
    if as_at < quarter.first_day:
        raise ValueError(f"{quarter} begins on {quarter.first_day.isoformat()}: there is nothing to count yet")
    counted = [
        case
        for case in cases
        if case.regime == regime and case.received_on in quarter and case.received_on <= as_at
        for each in case.authorities
        if authority in (None, each)
    ]
    return Figures(
        quarter=quarter,
        as_at=as_at,
        authority=authority,
        regime=regime,
        code_of_practice=code_of_practice_table(counted, min(quarter.last_day, as_at), as_at),
        categories=category_table(counted, as_at),
        exemptions=exemption_table(counted, as_at),
        extensions=extension_table(counted, as_at),
        rates=_rates(counted, as_at),
        final_after=_final_after(counted, quarter, as_at),
    )


def _rates(cases: Sequence[CaseFacts], as_at: date) -> tuple[Rate, ...]:
    code = {line.code: line.count for line in code_of_practice_table(cases, as_at, as_at)}
    categories = {line.code: line.count for line in category_table(cases, as_at)}
    in_time = code["in_time"] + code["in_extended_time"]
    withheld = sum(categories[line] for line in ("fully_withheld", "cost", "vexatious", "repeated"))
    return (
        Rate("in_time", "STA-03", "Answered in time", in_time, code["processed"] + code["overdue"]),
        Rate("granted", "STA-08", "Granted in full", categories["granted_in_full"], categories["resolvable"]),
        Rate("withheld", "STA-08", "Withheld in full", withheld, categories["resolvable"]),
    )


def _final_after(cases: Sequence[CaseFacts], quarter: Quarter, as_at: date) -> date | None:
    """While clarification or a fee is awaited no last day can be told, because the clock may begin anew."""
    outstanding = [case for case in cases if case.stage(as_at) == "outstanding"]
    if any(case.stopped(as_at) or case.last_day is None for case in outstanding):
        return None
    return max([quarter.last_day, *(case.last_day for case in cases if case.last_day is not None)])
