"""The decisions that a letter is to carry, as a program hands them over."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.law.outcomes import OUTCOMES
from shared.letters.lint.labels import canonical

_ALSO = {
    "released": "disclosed", "full": "disclosed", "disclosed_in_full": "disclosed", "granted": "disclosed",
    "part": "partly_disclosed", "partial": "partly_disclosed", "partly": "partly_disclosed",
    "disclosed_in_part": "partly_disclosed", "part_disclosed": "partly_disclosed",
    "partially_disclosed": "partly_disclosed", "part_withheld": "partly_disclosed", "refused": "withheld",
    "exempt": "withheld", "neither_confirm_nor_deny": "ncnd", "neither_confirmed_nor_denied": "ncnd",
    "no_information_held": "not_held", "accessible": "already_accessible", "published": "already_accessible",
    "cost": "cost_refused", "cost_limit": "cost_refused", "repeat": "repeated",
}  # fmt: skip


@dataclass(frozen=True)
class DecidedPart:
    """One question: its label, its outcome as a key of OUTCOMES, and what is cited for it."""

    label: str
    outcome: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decided:
    """A case's decisions; what was not given is empty or None."""

    parts: tuple[DecidedPart, ...]
    reference: str = ""
    authorities: tuple[str, ...] = ()
    received_on: date | None = None
    due_on: date | None = None
    sent_on: date | None = None


class DecisionsUnreadable(ValueError):
    """The decisions cannot be used; the message names the field and what to write there."""


def decisions(raw: bytes) -> Decided:
    """The decisions in a JSON text: a reply as data, or parts (label, outcome, citations) in a list or an object.

    Raises DecisionsUnreadable.
    """
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise DecisionsUnreadable("the decisions are not JSON") from None
    given = {"parts": data} if isinstance(data, list) else data
    parts = (
        next((given[key] for key in ("parts", "outcomes", "decisions") if key in given), None)
        if isinstance(given, dict)
        else None
    )
    if not isinstance(parts, list) or not all(isinstance(each, dict) for each in parts):
        raise DecisionsUnreadable("parts: give a list of parts, each an object with label, outcome and citations")
    authorities = given.get("authorities") or ()
    if isinstance(authorities, str):
        authorities = (authorities,)
    if not isinstance(authorities, list | tuple) or not all(isinstance(each, str) for each in authorities):
        raise DecisionsUnreadable("authorities: give a list of names or codes")
    return Decided(
        parts=tuple(_parts(parts)),
        reference=str(given.get("reference") or "").strip(),
        authorities=tuple(authorities),
        received_on=_day(given, "received_on"),
        due_on=_day(given, "due_on"),
        sent_on=_day(given, "sent_on"),
    )


def _parts(rows: list[dict[str, Any]]) -> Iterator[DecidedPart]:
    for n, row in enumerate(rows, 1):
        written = str(row.get("outcome") or "").strip()
        if not written and row.get("kind", "question") != "question":
            continue
        outcome = written.lower().replace(" ", "_").replace("-", "_")
        outcome = _ALSO.get(outcome, outcome)
        if outcome not in OUTCOMES:
            raise DecisionsUnreadable(f"parts[{n}].outcome: “{written}” is not one of {', '.join(OUTCOMES)}")
        label = str(row.get("label") or "").strip()
        if not label:
            raise DecisionsUnreadable(f"parts[{n}].label: the label of the question is missing")
        yield DecidedPart(canonical(label), outcome, tuple(dict.fromkeys(_citations(row, n))))


def _citations(row: dict[str, Any], n: int) -> Iterator[str]:
    for source in (row, row.get("reasons"), row.get("other_information")):
        for key in ("citations", "exemptions"):
            cited = source.get(key) if isinstance(source, dict) else None
            if cited is not None and not (isinstance(cited, list) and all(isinstance(each, str) for each in cited)):
                raise DecisionsUnreadable(f"parts[{n}].{key}: give a list of provisions, such as 31(1)(a)")
            yield from cited or ()


def _day(given: dict[str, Any], key: str) -> date | None:
    if not given.get(key):
        return None
    try:
        return date.fromisoformat(str(given[key])[:10])
    except ValueError:
        raise DecisionsUnreadable(f"{key}: “{given[key]}” is not a date such as 2026-06-12") from None
