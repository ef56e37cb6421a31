"""The cost limit of section 12: the appropriate limit as it stood on a day, and an estimate of what complying costs.

The data is `cost.toml`, whose head explains each key. All sums are exact: minutes are fractions, money is in pence.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib.resources import files
from math import ceil
from typing import Literal

from shared.law.findings import Finding

AuthorityKind = Literal["other", "central_government"]
"""A police force is among the "other" authorities of regulation 3(3); `cost.toml` says who the rest are (CST-01)."""


@dataclass(frozen=True)
class Limit:
    """The appropriate limit and the rate at which time is charged to it, in pence (CST-01, CST-02)."""

    valid_from: date
    kind: AuthorityKind
    pence: int
    pence_per_hour: int
    source: str

    @property
    def minutes(self) -> Fraction:
        """How much of one person's time the limit buys: 1,080 minutes for a police force."""
        return Fraction(self.pence * 60, self.pence_per_hour)


@dataclass(frozen=True)
class Activity:
    """One of the four things whose time counts (regulation 4(3), CST-03)."""

    code: str
    title: str
    provision: str


class NoLimit(Exception):
    """No row of the data was yet valid on the day asked for."""


_DATA = tomllib.loads(files(__package__).joinpath("cost.toml").read_text(encoding="utf-8"))
_LIMITS = tuple(Limit(**row) for row in _DATA["limit"])
ACTIVITIES: dict[str, Activity] = {row["code"]: Activity(**row) for row in _DATA["activity"]}
"""The only activities that an estimate may hold, by code, in the order of regulation 4(3)."""


def limit(on: date, kind: AuthorityKind = "other") -> Limit:
    """The appropriate limit on this day. Raises NoLimit before the first row of the data (CST-01)."""
    rows = [row for row in _LIMITS if row.kind == kind and row.valid_from <= on]
    if not rows:
        raise NoLimit(
            f"There is no appropriate limit on {on.isoformat()} for a {kind} authority. Add the row to "
            "shared/law/cost.toml."
        )
    return max(rows, key=lambda row: row.valid_from)


def why_not_countable(activity: str) -> str:
    """Why time spent on something that is no `ACTIVITIES` may not be counted, in words (CST-04)."""
    words = activity.casefold()
    reasons = (row["why"] for row in _DATA["not_countable"] if any(word in words for word in row["words"]))
    return next(reasons, "it is not among the four activities of regulation 4(3)")


@dataclass(frozen=True, kw_only=True)
class EstimateLine:
    """One activity on one system of records: how many `records`, and how many minutes of one person's time each takes.

    The minutes for a record are measured: a sample of `sample_records` took `sample_minutes`. Where no sample could be
    taken they are judged, as `minutes_per_record`. Work that does not depend on a number of records is one record.
    """

    activity: str
    system: str
    records: int
    sample_records: int = 0
    sample_minutes: Fraction | int = 0
    minutes_per_record: Fraction | int | None = None

    @property
    def sampled(self) -> bool:
        """Whether the minutes for a record were measured."""
        return self.sample_records > 0

    @property
    def each(self) -> Fraction:
        """Minutes for one record; 0 where the line does not say."""
        if self.sampled:
            return Fraction(self.sample_minutes) / self.sample_records
        return Fraction(self.minutes_per_record or 0)

    @property
    def minutes(self) -> Fraction:
        """Minutes for all records, exactly; 0 where the activity may not be counted (CST-03, CST-04)."""
        return self.records * self.each if self.activity in ACTIVITIES else Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What complying would cost, or (`only_whether_held`, section 12(2)) only saying whether the information is held.

    `method` tells how the estimate was made and how the records are held; `on` is the day it was made; `advice` says
    what could be done within the limit, or that nothing can (section 16, CST-10). `parts` are the labels of the parts
    that it covers together and `relation` says why they are one request (CST-06).
    """

    lines: tuple[EstimateLine, ...]
    method: str
    on: date
    only_whether_held: bool = False
    advice: str = ""
    parts: tuple[str, ...] = ()
    relation: str = ""
    kind: AuthorityKind = "other"

    @property
    def provision(self) -> str:
        """What the refusal rests on: 12(2) where saying whether it is held is itself too much, else 12(1) (CST-09)."""
        return "12(2)" if self.only_whether_held else "12(1)"

    @property
    def limit(self) -> Limit:
        """The limit on the day of the estimate. Raises NoLimit."""
        return limit(self.on, self.kind)

    @property
    def minutes(self) -> Fraction:
        """All countable minutes, exactly."""
        return sum((line.minutes for line in self.lines), start=Fraction(0))

    @property
    def cost(self) -> Fraction:
        """What those minutes cost, in pence, exactly."""
        return self.minutes * self.limit.pence_per_hour / 60

    @property
    def pence(self) -> int:
        """The cost in whole pence, rounded up: it exceeds the limit just where the exact cost does."""
        return ceil(self.cost)

    @property
    def exceeds(self) -> bool:
        """Whether the cost is strictly more than the limit; to reach it is not to exceed it (CST-02)."""
        return self.cost > self.limit.pence


def in_pounds(pence: int) -> str:
    """A sum as a letter writes it: £450, £1,287.50."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02d}" if rest else f"£{pounds:,}"


def in_hours(minutes: Fraction | int) -> str:
    """A time as a letter writes it, a begun minute as a whole one: 18 hours; 3 hours 20 minutes; 45 minutes."""
    hours, rest = divmod(ceil(minutes), 60)
    named = (
        f"{number:,} {word}{'' if number == 1 else 's'}"
        for number, word in ((hours, "hour"), (rest, "minute"))
        if number
    )
    return " ".join(named) or "no time"


def check_estimate(estimate: Estimate) -> tuple[Finding, ...]:
    """Everything wrong with an estimate that a refusal under section 12 is to rest on; empty when it may.

    A field is a path within the estimate, such as `lines[0].activity`.
    """
    return (*_lines(estimate), *_excess(estimate), *_support(estimate), *_whole_request(estimate))


def _lines(estimate: Estimate) -> Iterator[Finding]:
    if not estimate.lines:
        message = "the estimate counts nothing"
        yield Finding("lines", "CST-05", message, "add a line for each activity on each system of records")
    for number, line in enumerate(estimate.lines):
        yield from _activity(f"lines[{number}]", line, estimate.only_whether_held)
        yield from _numbers(f"lines[{number}]", line)


def _activity(field: str, line: EstimateLine, only_whether_held: bool) -> Iterator[Finding]:
    if line.activity not in ACTIVITIES:
        message = f"time for “{line.activity}” may not be counted: {why_not_countable(line.activity)}"
        next_step = (
            f"count only {', '.join(ACTIVITIES)}; where considering or redacting the information would itself be "
            "grossly oppressive, consider section 14(1) and its evidence (CST-12)"
        )
        yield Finding(f"{field}.activity", "CST-04", message, next_step)
    elif only_whether_held and line.activity in ("retrieving", "extracting"):
        message = f"{line.activity} comes after it is known whether the information is held"
        next_step = "count only what finding that out takes, or refuse under section 12(1)"
        yield Finding(f"{field}.activity", "CST-09", message, next_step)
    if not line.system.strip():
        yield Finding(f"{field}.system", "CST-05", "the line does not say what is searched", "name the system")


def _numbers(field: str, line: EstimateLine) -> Iterator[Finding]:
    if line.records < 1:
        message = f"{line.records} records take no time"
        yield Finding(
            f"{field}.records", "CST-05", message, "say how many records must be looked at, or remove the line"
        )
    if line.sampled and line.minutes_per_record is not None:
        message = "the minutes for a record are both measured and judged"
        yield Finding(f"{field}.minutes_per_record", "CST-05", message, "keep the sample and leave them out")
    if not 0 <= line.sample_records <= max(line.records, 0):
        message = f"a sample of {line.sample_records} cannot come from {line.records} records"
        yield Finding(f"{field}.sample_records", "CST-05", message, "give the number of records that were tried")
    if line.each <= 0:
        where = "sample_minutes" if line.sampled else "minutes_per_record"
        message = "the line does not say how long a record takes"
        yield Finding(f"{field}.{where}", "CST-05", message, "time a sample of records, and give records and minutes")


def _excess(estimate: Estimate) -> Iterator[Finding]:
    try:
        exceeds = estimate.exceeds
    except NoLimit:
        message = f"there was no appropriate limit on {estimate.on.isoformat()}"
        yield Finding("on", "CST-01", message, "give the day on which the estimate was made")
        return
    if not exceeds:
        message = (
            f"{in_hours(estimate.minutes)} cost {in_pounds(estimate.pence)}, which does not exceed the limit of "
            f"{in_pounds(estimate.limit.pence)}"
        )
        yield Finding("lines", "CST-02", message, "answer the request: section 12 does not apply")


def _support(estimate: Estimate) -> Iterator[Finding]:
    if not estimate.method.strip():
        message = "nothing says how the estimate was made"
        yield Finding(
            "method", "CST-05", message, "say how the records are held and how they were counted and timed", "W"
        )
    if estimate.lines and not any(line.sampled for line in estimate.lines):
        message = "no sample was taken, so the minutes are a judgement"
        yield Finding("lines", "CST-05", message, "time a sample, or say in the method why none could be taken", "W")
    if not estimate.advice.strip():
        message = "nothing says what could be done within the limit"
        next_step = "offer what the limit allows (a shorter period, one system), or say that nothing useful does"
        yield Finding("advice", "CST-10", message, next_step, "W")


def _whole_request(estimate: Estimate) -> Iterator[Finding]:
    if len(estimate.parts) > 1 and not estimate.relation.strip():
        message = "several parts are refused together, and nothing says why they are one request"
        next_step = "say what they have in common; parts that have nothing to do with each other are estimated apart"
        yield Finding("relation", "CST-06", message, next_step, "W")
