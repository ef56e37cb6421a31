"""A doorbell between the processes of one service on one machine: whoever commits an event rings, the relay wakes.

Only a shortcut: where nobody hears it (another machine, no relay running) the relay's own look-round finds the
event a moment later.
"""

import contextlib
import os
import select
from pathlib import Path


class Doorbell:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: int | None = None

    def ring(self) -> None:
        """Wake the waiter, if there is one. Never waits and never fails."""
        with contextlib.suppress(OSError):
            bell = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(bell, b"!")
            finally:
                os.close(bell)

    def wait(self, seconds: float) -> None:
        """Return when somebody rings, or after `seconds`."""
        if self._reader is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.mkfifo(self._path, 0o600)
            # Opened for writing too: a pipe that nobody else holds open would otherwise read as ended at once.
            self._reader = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        ready, _, _ = select.select([self._reader], [], [], seconds)
        if ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._reader, 4096)

    def close(self) -> None:
        if self._reader is not None:
            os.close(self._reader)
            self._reader = None
