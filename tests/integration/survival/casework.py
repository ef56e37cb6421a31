"""Requests for information as officers log them, and what comes of them."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from services.operations.client import Answer, Caller
from shared.chassis.clock import civil_date

PARTS = {"parts": [{"label": "1", "kind": "question", "wording": "How many referrals were made last year?"}]}
ACCEPTANCE = {"title": "Referrals last year", "topics": ["prevent"]}


def a_request(mark: str = "") -> dict[str, Any]:
    return {
        "authorities": ["gwent"],
        "received_on": civil_date(datetime.now(UTC)).isoformat(),
        "channel": "email",
        "requester": {"name": "Rowan Ashdown", "email": "rowan.ashdown@example.org"},
        "text": f"How many referrals were made last year? {mark}",
    }


def log(caller: Caller, mark: str = "", key: str | None = None) -> Answer:
    """Log a request; whatever is answered. Raises what `Caller.send` raises when nothing is."""
    return caller.send("intake", "POST", "/cases", a_request(mark), Idempotency_Key=key or str(uuid4()))


def accept(caller: Caller, case_id: str) -> None:
    """Take a new case to acceptance."""
    read = caller.ask("intake", "GET", f"/cases/{case_id}")
    confirmed = caller.ask("intake", "PUT", f"/cases/{case_id}/parts", PARTS, If_Match=read.version)
    caller.ask("intake", "POST", f"/cases/{case_id}/acceptance", ACCEPTANCE, If_Match=confirmed.version)
