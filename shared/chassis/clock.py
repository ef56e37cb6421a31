"""Time as a dependency: nothing in Candour asks the machine for the time except through a Clock."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

CIVIL = ZoneInfo("Europe/London")


class Clock(Protocol):
    def now(self) -> datetime:
        """The instant, aware, in UTC."""


def civil_date(instant: datetime) -> date:
    """The calendar day of an instant where the duty is owed: Europe/London."""
    return instant.astimezone(CIVIL).date()


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def move(self, **by: float) -> None:
        self.instant += timedelta(**by)


class FileClock:
    """The machine's clock shifted by the seconds written in a file, so that all processes of a demonstration
    can be put on one past day together. `Config` refuses it in production."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = -1
        self._shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._current_shift()

    def set(self, instant: datetime) -> None:
        """Put every process that reads this file at `instant`; time runs on from there."""
        shift = (instant - datetime.now(UTC)).total_seconds()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        replacement = self._path.with_suffix(".new")
        replacement.write_text(f"{shift:.3f}\n", encoding="ascii")
        replacement.replace(self._path)

    def _current_shift(self) -> timedelta:
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return timedelta()
        if changed != self._seen:
            self._shift = timedelta(seconds=float(self._path.read_text(encoding="ascii")))
            self._seen = changed
        return self._shift
