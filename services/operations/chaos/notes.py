"""What the load has done: every act by the event that it must have caused, acknowledged or in doubt."""

from collections import Counter
from threading import Lock
from typing import Any, NamedTuple

from services.operations.chaos.findings import Finding


class Act(NamedTuple):
    """One act: the type of the event that it causes, the case, and what tells it from others of its kind."""

    event_type: str
    case_id: str
    about: str = ""


def type_of(event: Any) -> str:
    """The type of an event as it is published."""
    return str(event.event_type)


class Notes:
    """For several threads. `marks` are the texts by which requests can be told apart, with the case that was
    acknowledged for each, if any."""

    def __init__(self) -> None:
        self.tried: set[Act] = set()
        self.acknowledged: set[Act] = set()
        self.marks: dict[str, str | None] = {}
        self.answers: Counter[str] = Counter()
        self.troubles: list[Finding] = []
        self._lock = Lock()

    def trying(self, act: Act) -> None:
        with self._lock:
            self.tried.add(act)

    def acknowledge(self, act: Act) -> None:
        with self._lock:
            self.tried.add(act)
            self.acknowledged.add(act)

    def mark(self, mark: str, case_id: str | None = None) -> None:
        """A request with this mark is being sent, or was acknowledged as this case."""
        with self._lock:
            self.marks[mark] = case_id

    def count(self, answer: str) -> None:
        """A request was answered so, or not at all."""
        with self._lock:
            self.answers[answer] += 1

    def trouble(self, finding: Finding) -> None:
        with self._lock:
            self.troubles.append(finding)

    @property
    def in_doubt(self) -> set[Act]:
        return self.tried - self.acknowledged
