"""What a measurement says, whether its goal is met, and how all of them are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

import orjson


@dataclass(frozen=True)
class Bound:
    """A goal as a number: of the ratio, or of the real value where there is no floor to compare with."""

    compare: Literal["at least", "at most"]
    limit: float
    of: Literal["ratio", "real"] = "ratio"

    def met(self, measurement: "Measurement") -> bool:
        value = measurement.ratio if self.of == "ratio" else measurement.real
        assert value is not None, "a goal for a ratio needs a floor"
        return value >= self.limit if self.compare == "at least" else value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.compare == "at least" else "≤"
        return f"{sign} {self.limit:g}"


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One line of the table. `ratio` is real ÷ floor, both in `unit`; without a `bound` it is reported only."""

    id: str
    what: str
    unit: str
    real: float
    floor: float | None = None
    bound: Bound | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.real / self.floor if self.floor else None

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return "reported"
        return "ok" if self.bound.met(self) else "MISSED"

    def in_brief(self) -> str:
        """For whoever waits for the whole table."""
        return f"{_number(self.real if self.ratio is None else self.ratio)} {self.verdict}"

    def as_json(self) -> dict[str, Any]:
        goal = None if self.bound is None else f"{self.bound.of} {self.bound.compare} {self.bound.limit:g}"
        return {
            "id": self.id,
            "what": self.what,
            "unit": self.unit,
            "floor": self.floor,
            "real": self.real,
            "ratio": self.ratio,
            "goal": goal,
            "verdict": self.verdict,
            "note": self.note,
        }


@dataclass(frozen=True)
class Failure:
    """An item that could not be measured at all."""

    id: str
    why: str


def paired(floors: Sequence[float], reals: Sequence[float]) -> tuple[float, float]:
    """Floor and real of that round whose ratio is the median (the lower of two), from interleaved rounds.

    What disturbs a shared machine lasts longer than a round, so the two of one round were disturbed alike.
    """
    rounds = sorted(zip(floors, reals, strict=True), key=lambda pair: pair[1] / pair[0])
    return rounds[(len(rounds) - 1) // 2]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the sorted values lies."""
    return values[min(int(len(values) * share), len(values) - 1)]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def good(measurements: Sequence[Measurement], failures: Sequence[Failure]) -> bool:
    return not failures and all(each.verdict != "MISSED" for each in measurements)


def as_table(measurements: Sequence[Measurement], failures: Sequence[Failure]) -> str:
    """The table for people, notes and failures below it."""
    rows = [("", "what", "unit", "floor", "real", "ratio", "goal", "")]
    rows += [
        (
            each.id,
            each.what,
            each.unit,
            _number(each.floor),
            _number(each.real),
            _number(each.ratio),
            _goal(each),
            each.verdict,
        )
        for each in measurements
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    numbers = range(3, 6)
    lines = [
        "  ".join(
            text.rjust(width) if place in numbers else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    notes = [f"{each.id}: {each.note}" for each in measurements if each.note]
    broken = [f"{each.id} could not be measured: {each.why}" for each in failures]
    return "\n".join([*lines, *([""] if notes or broken else []), *notes, *broken])


def as_json(measurements: Sequence[Measurement], failures: Sequence[Failure]) -> str:
    """The same for programs."""
    told = {
        "ok": good(measurements, failures),
        "measurements": [each.as_json() for each in measurements],
        "failures": [vars(each) for each in failures],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"


def _goal(measurement: Measurement) -> str:
    bound = measurement.bound
    if bound is None:
        return "-"
    return str(bound) if bound.of == "ratio" else f"{bound} {measurement.unit}"
