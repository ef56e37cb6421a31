"""More time: the public interest extension of section 10(3) and regulation 7 of the Environmental Information
Regulations (CLK-13, CLK-14, CLK-15, CLK-23).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from shared.law.calendar import in_words
from shared.law.citations import read
from shared.law.clock_events import ClockEvent, ClockRefused
from shared.law.exemptions import PROVISIONS
from shared.law.regimes import Regime
from shared.law.working import Span, nth_counted_day

if TYPE_CHECKING:
    from shared.law.part_clocks import PartClock

NO_GROUND = re.compile(
    r"consult|workload|work load|backlog|resourc|staff|volume of requests|busy|pressure|annual leave|sickness"
    r"|\bnpcc\b|ctphq|home office|advice|redact|sign.?off|approv|awaiting|third part",
    re.IGNORECASE,
)
"""Reasons that people give and that extend nothing (CLK-14), unless the public interest test is the reason as well."""

BEYOND = "estimate_beyond_40_working_days"

_PUBLIC_INTEREST = re.compile(r"public.interest|\bpit\b|\bpib?t\b|balanc", re.IGNORECASE)
_COMPLEX_AND_VOLUMINOUS = re.compile(r"complex.*volum|volum.*complex", re.IGNORECASE | re.DOTALL)
_SECTION = re.compile(r"[0-9]+")


@dataclass(frozen=True, kw_only=True)
class Extension:
    """What came of a notice of extension. `ceiling` is working day 40 of the clock; None where no clock ran.

    Where the extension was not `accepted`, `rule` and `why_not` say why, and everything is due as if it had not been
    sent. `until` is the day by which the decision was then promised: the estimate, but not later than the ceiling
    unless the case is exceptional.
    """

    notified_on: date
    accepted: bool
    rule: str
    why_not: str | None
    estimate: date | None
    ceiling: date | None
    until: date | None
    flags: tuple[str, ...]

    def story(self) -> tuple[str, ...]:
        """What came of it, in sentences."""
        notice = f"Notice of extension on {in_words(self.notified_on)}"
        if not self.accepted or self.until is None or self.ceiling is None:
            return (f"{notice}: it extends nothing. {self.why_not} ({self.rule})",)
        told = f"{notice}: the decision is due by {in_words(self.until)} ({self.rule})."
        if BEYOND in self.flags:
            return told, f"The estimate lies beyond {in_words(self.ceiling)}: for exceptional cases alone (CLK-13)."
        return (told,)


class _Fault(NamedTuple):
    rule: str
    field: str
    problem: str
    next_step: str


def judge_extension(
    event: ClockEvent, regime: Regime, receipt: date | None, disregarded: Sequence[Span], due: date | None, again: bool
) -> Extension:
    """Whether a notice extends the time (CLK-13 to CLK-15, CLK-23).

    `due` is working day 20, None while no clock runs; `again`: an extension stands already and its estimate is revised.
    What the record does not tell (citations None, no estimate) is not held against it here; `check_extension` does.
    """
    fault = next(_faults(event, regime, due, again), None)
    ceiling = None
    if due is not None and receipt is not None:
        ceiling = nth_counted_day(regime.calendar, receipt, regime.extended_days, disregarded)
    beyond = ceiling is not None and event.estimate is not None and event.estimate > ceiling
    until = ceiling
    if event.estimate and due and ceiling:
        until = max(due, event.estimate if event.exceptional else min(event.estimate, ceiling))
    late = due is not None and event.on > due and not again
    flags = (("extension_refused", fault is not None), ("s17_notice_late", late), (BEYOND, beyond and fault is None))
    rule = fault.rule if fault else ("CLK-23" if regime.name == "eir" else "CLK-13")
    return Extension(
        notified_on=event.on,
        accepted=fault is None,
        rule=rule,
        why_not=f"{fault.problem} {fault.next_step}" if fault else None,
        estimate=event.estimate,
        ceiling=ceiling,
        until=until if fault is None else None,
        flags=tuple(flag for flag, holds in flags if holds),
    )


def check_extension(event: ClockEvent, clock: "PartClock") -> None:
    """Raise ClockRefused for a notice of extension that may not go out for the part that `clock` is of.

    As `judge_extension`, and it must name the qualified exemption and an estimated date (section 17(2)), within 40
    working days unless the case is exceptional.
    """
    for fault in (*_faults(event, clock.regime, clock.s17_notice_due, clock.extended), *_gaps(event, clock.regime)):
        raise ClockRefused(*fault)
    if clock.ceiling and event.estimate and event.estimate > clock.ceiling and not event.exceptional:
        problem = f"The estimated date is after {in_words(clock.ceiling)}, working day {clock.regime.extended_days}."
        next_step = "Bring it forward, or say what makes the case exceptional."
        raise ClockRefused("CLK-13", "estimate", problem, next_step)


def _faults(event: ClockEvent, regime: Regime, due: date | None, again: bool) -> Iterator[_Fault]:
    if regime.ground is None:
        problem = "The Scottish Act has no extension of time."
        yield _Fault("TRI-11", "kind", problem, "Answer by the due date.")
        return
    rule = "CLK-23" if regime.name == "eir" else "CLK-13"
    if due is None:
        yield _Fault(rule, "on", "No clock is running that could be extended.", "Extend once it runs, if need be.")
    elif event.on > due and not again:
        problem = f"The notice came after {in_words(due)}, working day {regime.response_days}."
        yield _Fault(rule, "on", problem, "The answer is late: send it now, with an apology.")
    if event.estimate and event.estimate < event.on:
        problem = "The estimated date lies before the notice."
        yield _Fault("CLK-13", "estimate", problem, "Give the day by which a decision is expected.")
    yield from _public_interest(event) if regime.ground == "public interest" else _complex_and_voluminous(event)


def _public_interest(event: ClockEvent) -> Iterator[_Fault]:
    if event.citations is not None and not any(is_qualified(text) for text in event.citations):
        problem = "No qualified exemption is named, and only its public interest test extends the time (section 10(3))."
        yield _Fault("CLK-14", "citations", problem, "Name the qualified exemption, or answer by the due date.")
    if NO_GROUND.search(event.reason) and not _PUBLIC_INTEREST.search(event.reason):
        problem = "Consultation, advice, workload, redaction and sign-off extend nothing (section 10(3))."
        yield _Fault("CLK-14", "reason", problem, "Answer by the due date.")


def _complex_and_voluminous(event: ClockEvent) -> Iterator[_Fault]:
    other = event.reason and not _COMPLEX_AND_VOLUMINOUS.search(event.reason) and event.complex_and_voluminous is None
    if event.complex_and_voluminous is False or other:
        problem = "Only a request that is both complex and voluminous has 40 working days (regulation 7(1))."
        yield _Fault("CLK-23", "complex_and_voluminous", problem, "Answer by the due date.")


def _gaps(event: ClockEvent, regime: Regime) -> Iterator[_Fault]:
    if regime.ground == "public interest":
        if event.citations is None:
            problem = "The notice names no qualified exemption (section 17(1)(b))."
            yield _Fault("CLK-14", "citations", problem, "Name the one whose public interest test takes longer.")
        if event.estimate is None:
            problem = "The notice gives no estimated date (section 17(2))."
            yield _Fault("CLK-13", "estimate", problem, "Give the day by which a decision is expected.")
    elif event.complex_and_voluminous is None:
        problem = "It is not said that the request is both complex and voluminous (regulation 7(1))."
        yield _Fault("CLK-23", "complex_and_voluminous", problem, "Say so where it is; else answer by the due date.")


def is_qualified(citation: str) -> bool:
    """Whether `citation` names a provision with a public interest test; a bare section where all its limbs have one."""
    provisions = read(citation).provisions
    if provisions:
        return any(PROVISIONS[text].qualified for text in provisions)
    named = set(_SECTION.findall(citation))
    limbs = [each for each in PROVISIONS.values() if each.section in named]
    return any(each.exemption.kind == "qualified" for each in limbs)
