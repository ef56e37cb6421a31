"""What ties together everything that one request caused: ids that ride along with the thread of execution."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import uuid_utils

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
"""One request and all that follows from it, in every service."""
causation_id: ContextVar[str | None] = ContextVar("causation_id", default=None)
"""The id of the event that is being handled; None in a web request."""
traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)
"""The W3C trace context as it came in."""
subject: ContextVar[str] = ContextVar("subject", default="")
"""The thing that is being worked on, for the log."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_TRACE = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def new_correlation_id() -> str:
    """A new UUIDv7 as text."""
    return str(uuid_utils.uuid7())


def begin(correlation: str | None, trace: str | None) -> str:
    """Start a request with the caller's ids where they are well formed, else new ones; the correlation id.

    Only a UUID is taken from outside, because the id is written to logs and events.
    """
    accepted = correlation.lower() if correlation and _UUID.fullmatch(correlation) else new_correlation_id()
    correlation_id.set(accepted)
    causation_id.set(None)
    traceparent.set(trace if trace and _TRACE.fullmatch(trace) else None)
    subject.set("")
    return accepted


@contextmanager
def carried(correlation: str, causation: str | None, trace: str | None, about: str = "") -> Iterator[None]:
    """Handle an event or a timer under the ids of what caused it."""
    tokens = (
        (correlation_id, correlation_id.set(correlation)),
        (causation_id, causation_id.set(causation)),
        (traceparent, traceparent.set(trace)),
        (subject, subject.set(about)),
    )
    try:
        yield
    finally:
        for variable, token in tokens:
            variable.reset(token)  # type: ignore[arg-type]
