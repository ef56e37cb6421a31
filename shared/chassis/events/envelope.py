"""The envelope of an event: CloudEvents 1.0, structured JSON, in one canonical writing that is hashed and published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
LARGEST = 900_000
"""Bytes. Below the topic's limit, so that what the log has accepted can always be published."""


_TEXTS = ("id", "source", "type", "subject", "time", "sequence", "actorid", "actorrole", "correlationid")


class Unreadable(Exception):
    """These bytes are not an envelope; the message says what is wrong with them."""


class TooLarge(ValueError):
    """The event is larger than the topic takes: put the document in the blob store and its digest in the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One event as everybody sees it.

    `sequence` is its position in the producer's log; `number` counts the events of one subject from one producer
    from 1 without a gap, so that a reader can tell when one is missing. `actor` is an opaque id with the role
    that permitted the act. `correlation_id` runs through everything that one request caused.
    """

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    sequence: int
    number: int
    actor_id: str
    actor_role: str
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    data: dict[str, Any]

    def to_bytes(self) -> bytes:
        """The canonical bytes: keys sorted, no white space, UTF-8, whole numbers and texts only."""
        attributes: dict[str, Any] = {
            "specversion": "1.0",
            "id": self.id,
            "source": f"/candour/{self.source}",
            "type": self.type,
            "subject": self.subject,
            "time": self.time.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "sequence": f"{self.sequence:020d}",
            "subjectnumber": self.number,
            "datacontenttype": "application/json",
            "actorid": self.actor_id,
            "actorrole": self.actor_role,
            "correlationid": self.correlation_id,
            "data": self.data,
        }
        if self.causation_id:
            attributes["causationid"] = self.causation_id
        if self.traceparent:
            attributes["traceparent"] = self.traceparent
        raw = canonical(attributes)
        if len(raw) > LARGEST:
            raise TooLarge(f"{self.type} would take {len(raw):,} bytes; an event takes at most {LARGEST:,}")
        return raw

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Envelope":
        """Read an envelope, or raise `Unreadable`."""
        try:
            found = orjson.loads(raw)
            if found["specversion"] != "1.0":
                raise Unreadable(f"specversion is {found['specversion']!r}, not '1.0'")
            data = found["data"]
            if not isinstance(data, dict):
                raise Unreadable("data is not an object")
            for name in _TEXTS:
                if type(found[name]) is not str:
                    raise TypeError(f"{name} is not a text")
            if type(found["subjectnumber"]) is not int:
                raise TypeError("subjectnumber is not a whole number")
            return cls(
                id=found["id"],
                source=found["source"].removeprefix("/candour/"),
                type=found["type"],
                subject=found["subject"],
                time=datetime.fromisoformat(found["time"]),
                sequence=int(found["sequence"]),
                number=found["subjectnumber"],
                actor_id=found["actorid"],
                actor_role=found["actorrole"],
                correlation_id=found["correlationid"],
                causation_id=found.get("causationid"),
                traceparent=found.get("traceparent"),
                data=data,
            )
        except orjson.JSONDecodeError as error:
            raise Unreadable(f"not JSON: {error.msg}") from None
        except KeyError as error:
            raise Unreadable(f"the attribute {error} is missing") from None
        except (TypeError, ValueError) as error:
            raise Unreadable(f"an attribute is malformed: {error}") from None


def canonical(value: Any) -> bytes:
    """One writing for one meaning. Raises `TypeError` for anything but objects, lists, texts, whole numbers,
    booleans and null: fractions have no one writing."""
    _refuse_fractions(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a fraction has no canonical writing; use a whole number or a text")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_fractions(item)
    elif isinstance(value, list):
        for item in value:
            _refuse_fractions(item)
