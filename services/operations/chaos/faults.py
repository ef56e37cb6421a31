"""The faults: one after the other, chosen by a seeded generator, each with a SIGKILL in it."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random

from services.operations.chaos.databases import hold
from services.operations.chaos.rig import Rig
from services.operations.stack import addresses, ready
from shared.chassis.events import relay

PAUSES = (0.1, 0.3)
"""Seconds from one fault to the next, where the processes are back so soon."""
BROKER_REST = 8.0
"""Seconds that the broker is given to return and to catch up before it is killed again."""
FROZEN = 1.5
"""Seconds that it stands still, at most, until there is something that it should have been sent."""
LONGEST_WAIT = 10.0

WEIGHTS: Mapping[str, int] = {
    "web worker": 10,
    "work": 10,
    "web master": 3,
    "web": 3,
    "broker": 1,
    "freeze": 4,
    "hold work": 2,
    "hold web": 2,
}
"""What happens how often. `web worker`: one of the processes that answer; `web master`: only the one above them;
`web`: both at once; `work`: relay, consumer and timers of a service; `freeze`: the broker stops for a moment, and a
worker that is waiting for it is killed; `hold work`: another transaction keeps a service's writers waiting, and its
worker is killed meanwhile; `hold web`: the same, and all processes that answer are killed when they rush on."""
RUSH = 0.06
"""Seconds that the rush takes after such a wait."""


class Faults:
    """`kills` counts what was killed, by process."""

    def __init__(self, rig: Rig, seed: int, weights: Mapping[str, int], targets: Sequence[str]) -> None:
        self.kills: Counter[str] = Counter()
        self._rig = rig
        self._targets = targets
        self._random = Random(seed)  # noqa: S311 (a run that can be repeated, not a secret)
        self._kinds: Sequence[str] = [kind for kind, weight in weights.items() for _ in range(weight)]
        self._broker_rests_until = time.monotonic()
        self._ways: Mapping[str, Callable[[str], None]] = {
            "web worker": self._web_worker,
            "work": lambda service: self._kill(f"{service} work"),
            "web master": lambda service: self._kill(f"{service} web", group=False),
            "web": lambda service: self._kill(f"{service} web"),
            "broker": lambda _service: self._broker(),
            "freeze": self._freeze,
            "hold work": self._hold_work,
            "hold web": self._hold_web,
        }

    def run(self, kills: int, until: float = float("inf")) -> None:
        """Go on until that many more processes were killed, or until the moment `until`."""
        goal = self.kills.total() + kills
        while self.kills.total() < goal and time.monotonic() < until:
            kind, service = self._random.choice(self._kinds), self._random.choice(self._targets)
            self._ways[kind](service)
            time.sleep(self._random.uniform(*PAUSES))

    def _kill(self, name: str, *, group: bool = True) -> None:
        child = self._rig.supervisor.children[name]
        self._wait_until(lambda: child.settled)
        if child.kill(group=group):
            self.kills[name if group else f"{name} master"] += 1

    def _web_worker(self, service: str) -> None:
        child = self._rig.supervisor.children[f"{service} web"]
        self._wait_until(lambda: child.settled)
        if child.kill_below(self._random.randrange(100)):
            self.kills[f"{service} web worker"] += 1

    def _broker(self) -> None:
        if time.monotonic() < self._broker_rests_until:
            return
        self._rig.broker.wait()
        self._rig.broker.kill()
        self.kills["broker"] += 1
        self._rig.broker.start()
        self._broker_rests_until = time.monotonic() + BROKER_REST

    def _freeze(self, service: str) -> None:
        """What was sent last is on its way: with the broker, or with nobody."""
        self._wait_until(lambda: self._sends(service))
        self._rig.broker.send(signal.SIGSTOP)
        try:
            self._wait_until(lambda: not self._sends(service), FROZEN)
            time.sleep(self._random.uniform(0.05, 0.2))
            self._kill(f"{service} work")
        finally:
            self._rig.broker.send(signal.SIGCONT)

    def _hold_work(self, service: str) -> None:
        self._wait_until(lambda: self._sends(service))
        seconds = self._random.uniform(0.3, 0.6)
        with hold(self._rig.engine(service)):
            time.sleep(seconds)
            self._kill(f"{service} work")

    def _hold_web(self, service: str) -> None:
        self._wait_until(lambda: ready(addresses(self._rig.config)[service]))
        with hold(self._rig.engine(service)):
            time.sleep(self._random.uniform(0.3, 0.6))
        time.sleep(self._random.uniform(0, RUSH))
        if self._rig.supervisor.children[f"{service} web"].kill_below():
            self.kills[f"{service} web workers"] += 1

    def _sends(self, service: str) -> bool:
        """Whether the service's worker is at work: it has nothing left to send."""
        with self._rig.engine(service).connect().execution_options(reading=True) as connection:
            waiting, _ = relay.backlog(connection)
        return self._rig.supervisor.children[f"{service} work"].settled and not waiting

    def _wait_until(self, reached: Callable[[], bool], most: float = LONGEST_WAIT) -> None:
        end = time.monotonic() + most
        while not reached() and time.monotonic() < end:
            time.sleep(0.02)
