"""One JSON line for one event, on standard output, with nothing in it that could be personal data.

Exceptions are written as their type and their frames: an exception's message may quote what somebody sent.
"""

import logging
import math
import sys
import threading
import traceback
from datetime import datetime
from typing import Any

from pythonjsonlogger.core import LogData
from pythonjsonlogger.json import JsonFormatter

from shared.chassis.observability import correlation

LONGEST = 4_000
"""Characters of one text in a line. Longer ones are cut, so that no line grows without limit."""

_logger = logging.getLogger(__name__)


class JsonLines(JsonFormatter):
    """Formats one record as one line of ASCII; every other character is escaped, line ends and controls too."""

    def __init__(self, service: str) -> None:
        super().__init__(
            ["levelname", "name", "message"],
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "exception"},
            static_fields={"service": service},
            json_ensure_ascii=True,
        )

    def process_log_record(self, log_data: LogData) -> LogData:
        if about := correlation.subject.get():
            log_data.setdefault("subject", about)
        if thread := correlation.correlation_id.get():
            log_data.setdefault("correlation_id", thread)
        return {name: _shown(value) for name, value in log_data.items()}

    def formatException(self, ei: Any) -> list[str]:  # type: ignore[override]  # noqa: N802 (logging's name)
        return exception_frames(ei[1])

    def formatStack(self, stack_info: str) -> list[str]:  # type: ignore[override]  # noqa: N802
        return [line.strip() for line in stack_info.splitlines()]


def exception_frames(error: BaseException | None) -> list[str]:
    """The type of an exception and where it was raised, innermost last, then the same of what caused it."""
    lines: list[str] = []
    while error is not None and len(lines) < 200:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        lines += [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__, limit=-40)
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def configure(service: str, level: str = "INFO") -> None:
    """Send everything that this process logs to standard output as JSON lines. Call once, first of all."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines(service))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a failing log call would print its arguments
    sys.excepthook = lambda kind, error, trace: _end(error)
    threading.excepthook = lambda failed: _end(failed.exc_value)


def _end(error: BaseException | None) -> None:
    _logger.critical("ended by an error", exc_info=error)


def _shown(value: Any) -> Any:
    """A value as it may stand in a line; of anything but plain values the type only, never the text."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else value[:LONGEST] + "..."
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, list | tuple | set | frozenset):
        return [_shown(item) for item in value]
    return f"({type(value).__name__})"
