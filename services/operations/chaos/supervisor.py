"""The harness's own supervisor: starts the processes of the services, kills them, and starts them again at once."""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SETTLED = 1.0
"""Seconds that a process is given to start before it may be killed again."""


@dataclass
class Child:
    """One process that is kept running. It leads a process group of its own, with all that it starts itself."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    started_at: float = 0.0
    starts: int = 0
    expected_end: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )
        self.started_at = time.monotonic()
        self.starts += 1
        self.expected_end = False

    @property
    def settled(self) -> bool:
        """Whether it runs and has had time to start."""
        running = self.process is not None and self.process.poll() is None
        return running and time.monotonic() - self.started_at > SETTLED

    def kill(self, *, group: bool) -> bool:
        """SIGKILL it, or with `group` all that it started too; whether it was there to be killed."""
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                return False
            self.expected_end = True
            (os.killpg if group else os.kill)(self.process.pid, signal.SIGKILL)
            return True

    def kill_below(self, choose: int | None = None) -> bool:
        """SIGKILL the processes that it started itself, or the one of them that `choose` says."""
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                return False
            below = _children_of(self.process.pid)
            for pid in below if choose is None or not below else [below[choose % len(below)]]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return bool(below)


class Supervisor:
    """Keeps its children running until it is stopped. `ended_alone` counts ends that nobody here brought about."""

    def __init__(self) -> None:
        self.children: dict[str, Child] = {}
        self.ended_alone: Counter[str] = Counter()
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def add(self, child: Child) -> None:
        self.children[child.name] = child

    def start(self) -> None:
        for child in self.children.values():
            child.start()
        self._watcher.start()

    def stop(self) -> None:
        """End everything at once, as befits here, with whatever a killed parent has left behind."""
        self._stopping.set()
        if self._watcher.is_alive():
            self._watcher.join()
        for child in self.children.values():
            if child.process is not None:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()

    def _watch(self) -> None:
        while not self._stopping.wait(0.02):
            for child in self.children.values():
                with child.lock:
                    if child.process is not None and child.process.poll() is not None:
                        if not child.expected_end:
                            self.ended_alone[child.name] += 1
                        child.start()


def _children_of(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False).stdout
        return [int(child) for child, parent in (line.split() for line in shown.splitlines()) if int(parent) == pid]
