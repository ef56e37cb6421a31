"""The envelope of an event: CloudEvents 1.0, structured JSON, in one canonical writing that is hashed and published."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
LARGEST = 900_000
"""Bytes. Below the topic's limit, so that what the log has accepted can always be published."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SHAPES = (
    ("id", _UUID),
    ("source", re.compile(r"/candour/[a-z][a-z0-9-]{0,38}")),
    ("type", re.compile(r"[a-z0-9][a-z0-9.-]{0,98}")),
    ("subject", _UUID),
    ("time", re.compile(r"[0-9TZ:.+-]{20,40}")),
    ("sequence", re.compile(r"[0-9]{20}")),
    ("actorid", _NAME),
    ("actorrole", _NAME),
    ("correlationid", _UUID),
)
_OPTIONAL_SHAPES = (("causationid", _UUID), ("traceparent", re.compile(r"[0-9a-f-]{55}")))
"""What fits these fits every database: a message that does not is set aside instead of stopping its reader."""


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
                raise Unreadable("specversion is not '1.0'")
            data = found["data"]
            if not isinstance(data, dict):
                raise Unreadable("data is not an object")
            for name, shape in _SHAPES:
                if not shape.fullmatch(found[name]):
                    raise ValueError(f"{name} does not have its shape")
            for name, shape in _OPTIONAL_SHAPES:
                if name in found and not shape.fullmatch(found[name]):
                    raise ValueError(f"{name} does not have its shape")
            if type(found["subjectnumber"]) is not int or found["subjectnumber"] < 1:
                raise ValueError("subjectnumber does not have its shape")
            time = datetime.fromisoformat(found["time"])
            if time.tzinfo is None:
                raise ValueError("time has no zone")
            return cls(
                id=found["id"],
                source=found["source"].removeprefix("/candour/"),
                type=found["type"],
                subject=found["subject"],
                time=time,
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
