"""One trial: a rig under load and fire until enough was killed, or until its seeded bug was found."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from services import SERVICES
from services.operations.broker import LocalBroker
from services.operations.chaos.faults import WEIGHTS, Faults
from services.operations.chaos.findings import Finding
from services.operations.chaos.hunts import Hunt
from services.operations.chaos.load import Load
from services.operations.chaos.notes import Notes
from services.operations.chaos.oracle import judge
from services.operations.chaos.quiet import seen_before, wait_until_quiet
from services.operations.chaos.rig import Rig
from shared.chassis.config import Config

FEW = ("intake", "consultation", "audit")
"""The services of a rig with a bug: enough for every bug to show, and soon started again."""
KILLS_OF_A_ROUND = 5
MOST_KILLS = 60
MOST_SECONDS = 60.0
"""Within so many kills and seconds a seeded bug has to be found."""

Say = Callable[[str], None]


@dataclass
class Trial:
    """What came of it. `seconds` are those under fire, without the start; `found` are the findings."""

    bug: str | None
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    cases: int = 0
    acknowledged: int = 0
    in_doubt: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    events: int = 0
    redelivered: int = 0
    seen_before: int = 0
    ended_alone: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    state: str = ""
    expected: frozenset[str] = frozenset()

    @property
    def as_expected(self) -> bool:
        """Clean without a bug; with one, found by the kind that gives it away."""
        if self.bug is None:
            return not self.findings
        return any(finding.kind in self.expected for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        told = {
            **vars(self),
            "findings": [asdict(finding) for finding in self.findings],
            "expected": sorted(self.expected),
        }
        return {**told, "as_expected": self.as_expected}


def sound(config: Config, kills: int, seed: int, say: Say) -> Trial:
    """The product as it is, all five services, `kills` processes killed: there must be no finding."""
    rig = Rig(config, SERVICES)
    trial = Trial(bug=None, seed=seed, state=str(rig.state))
    with _running(rig, say):
        notes, faults = Notes(), Faults(rig, seed, WEIGHTS, SERVICES)
        _round(rig, trial, notes, faults, Load(rig, notes, seed, lives=6, logging=1, pause=0.3), kills, patience=90)
    return trial


def with_bug(config: Config, hunt: Hunt, seed: int, say: Say, broker: LocalBroker | None = None) -> Trial:
    """The product with a seeded bug, round by round until it is found or `MOST_KILLS` or `MOST_SECONDS` are used up."""
    rig = Rig(config, FEW, hunt.bug, broker)
    trial = Trial(bug=hunt.bug, seed=seed, state=str(rig.state), expected=hunt.shows_as)
    with _running(rig, say):
        notes, faults = Notes(), Faults(rig, seed, hunt.faults, hunt.targets)
        for turn in range(MOST_KILLS // KILLS_OF_A_ROUND):
            load = Load(rig, notes, seed + turn, lives=3, logging=5)
            _round(rig, trial, notes, faults, load, KILLS_OF_A_ROUND, patience=0)
            if trial.as_expected or trial.seconds > MOST_SECONDS:
                break
    return trial


def _round(rig: Rig, trial: Trial, notes: Notes, faults: Faults, load: Load, kills: int, *, patience: float) -> None:
    begun = time.monotonic()
    load.start()
    faults.run(kills)
    load.stop(patience)
    rig.wait_until_ready()
    restless = wait_until_quiet(rig, 60)
    trial.seen_before, silent = seen_before(rig)
    evidence, found = judge(rig, notes)
    trial.seconds += time.monotonic() - begun
    trial.findings = [*restless, *silent, *found]
    trial.kills = faults.kills
    trial.cases = len(notes.marks)
    trial.acknowledged, trial.in_doubt = len(notes.acknowledged), len(notes.in_doubt)
    trial.answers = notes.answers
    trial.events = sum(len(envelopes) for envelopes in evidence.logs.values())
    trial.redelivered = evidence.redelivered
    trial.ended_alone = rig.supervisor.ended_alone


@contextmanager
def _running(rig: Rig, say: Say) -> Iterator[None]:
    """The rig, started, and stopped at the end whatever happens."""
    try:
        rig.start(say)
        yield
    except BaseException:
        say(f"Everything is kept in {rig.state}")
        raise
    finally:
        rig.stop()
