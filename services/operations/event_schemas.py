"""The published language for machines: a JSON Schema for every event's data, and an AsyncAPI document of the topic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from shared.chassis.events.broker import PARTITIONS
from shared.chassis.events.envelope import CONTENT_TYPE
from shared.chassis.events.values import BlindText, Identifier, Value
from shared.contracts import TOPIC

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Shape = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Published:
    """An event type with what is known of it: who records it, and who reads it in which way."""

    event_type: str
    cls: type
    producers: tuple[str, ...]
    readers: Mapping[str, tuple[str, ...]]
    example: Mapping[str, Any]


def purpose(cls: type) -> str:
    """What an event or a fact is for, in one line."""
    return " ".join((cls.__doc__ or "").split())


def schema_of_event(cls: type, event_type: str) -> Shape:
    """The JSON Schema (2020-12) of the data of an event. Further fields are allowed: a later version may add some."""
    facts = {fact.__name__: _object(fact, "#/$defs") for fact in _facts_in(cls)}
    return {
        "$schema": DIALECT,
        "$id": f"urn:candour:event:{event_type}",
        "title": event_type,
        **_object(cls, "#/$defs"),
        **({"$defs": facts} if facts else {}),
    }


def field_shapes(cls: type) -> Iterator[tuple[str, str, bool]]:
    """For people: each field's name, its shape in words, and whether it may be missing."""
    hints = get_type_hints(cls)
    for item in fields(cls):
        kind, optional = _without_none(hints[item.name])
        yield item.name, _in_words(kind), optional


def facts_in_order(classes: Sequence[type]) -> list[type]:
    """The facts that these events hold, each once, those named first first."""
    return list(dict.fromkeys(fact for cls in classes for fact in _facts_in(cls)))


def envelope_schema() -> Shape:
    """The JSON Schema of what every message holds around an event's data: CloudEvents 1.0 with extensions."""
    text: Shape = {"type": "string", "minLength": 1}
    identifier = _value(Identifier)
    attributes: dict[str, Shape] = {
        "specversion": {"const": "1.0"},
        "id": {**identifier, "description": "The event's own key: the same however often it is delivered."},
        "source": {"type": "string", "pattern": "^/candour/[a-z-]+$", "description": "The service that recorded it."},
        "type": {**text, "description": "What happened, with the version of its shape."},
        "subject": {**identifier, "description": "The case id; also the message's key."},
        "time": {"type": "string", "format": "date-time", "description": "When it was recorded, UTC."},
        "sequence": {
            "type": "string",
            "pattern": "^[0-9]{20}$",
            "description": "Its position in the producer's log, from 1 without a gap.",
        },
        "subjectnumber": {
            "type": "integer",
            "minimum": 1,
            "description": "Its number among the events of this case from this producer, from 1 without a gap.",
        },
        "datacontenttype": {"const": "application/json"},
        "actorid": {**text, "description": "Who acted: an opaque id, or the name of a service."},
        "actorrole": {**text, "description": "The role that permitted the act."},
        "correlationid": {**identifier, "description": "Runs through everything that one request caused."},
        "causationid": {**identifier, "description": "The event that this one answers; missing where a person acted."},
        "traceparent": {**text, "description": "W3C trace context, where there was one."},
        "data": {"type": "object"},
    }
    return {
        "type": "object",
        "required": [name for name in attributes if name not in ("causationid", "traceparent")],
        "properties": attributes,
    }


def asyncapi(published: Sequence[Published], services: Sequence[str], version: str) -> Shape:
    """The AsyncAPI 3.0 document of the one topic: who sends and who receives which message."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Candour events",
            "version": version,
            "description": "Every event of every case, keyed by case id, in order within each case and producer.",
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {
            "local": {
                "host": "127.0.0.1:9092",
                "protocol": "kafka",
                "description": "The broker of `candour up`; KAFKA_BOOTSTRAP_SERVERS names another.",
            }
        },
        "channels": {
            "events": {
                "address": TOPIC,
                "messages": {item.event_type: _ref("components", "messages", item.event_type) for item in published},
                "bindings": {"kafka": {"topic": TOPIC, "partitions": PARTITIONS, "bindingVersion": "0.5.0"}},
            }
        },
        "operations": dict(_operations(published, services)),
        "components": {
            "messages": {item.event_type: _message(item) for item in published},
            "schemas": {
                "envelope": envelope_schema(),
                **{item.event_type: _object(item.cls, "#/components/schemas") for item in published},
                **{
                    fact.__name__: _object(fact, "#/components/schemas")
                    for fact in facts_in_order([item.cls for item in published])
                },
            },
        },
    }


def _operations(published: Sequence[Published], services: Sequence[str]) -> Iterator[tuple[str, Shape]]:
    for service in services:
        sent = [item for item in published if service in item.producers]
        received = [item for item in published if service in item.readers]
        for action, items in (("send", sent), ("receive", received)):
            if items:
                yield (
                    f"{service}-{action}s",
                    {
                        "action": action,
                        "channel": _ref("channels", "events"),
                        "messages": [_ref("channels", "events", "messages", item.event_type) for item in items],
                    },
                )


def _message(item: Published) -> Shape:
    return {
        "name": item.event_type,
        "title": item.cls.__name__,
        "summary": purpose(item.cls),
        "contentType": CONTENT_TYPE,
        "headers": {
            "type": "object",
            "properties": {
                "content-type": {"const": CONTENT_TYPE},
                "chain": {
                    "type": "string",
                    "pattern": "^[0-9a-f]{64}$",
                    "description": "The hash of the producer's log up to and with this event.",
                },
            },
        },
        "payload": {
            "allOf": [
                _ref("components", "schemas", "envelope"),
                {
                    "properties": {
                        "type": {"const": item.event_type},
                        "data": _ref("components", "schemas", item.event_type),
                    }
                },
            ]
        },
        "bindings": {"kafka": {"key": _value(Identifier), "bindingVersion": "0.5.0"}},
    }


def _object(cls: type, facts_at: str) -> Shape:
    hints = get_type_hints(cls)
    kinds = {item.name: _without_none(hints[item.name]) for item in fields(cls)}
    return {
        "description": purpose(cls),
        "type": "object",
        "required": [name for name, (_, optional) in kinds.items() if not optional],
        "properties": {
            name: {"anyOf": [_shape(kind, facts_at), {"type": "null"}]} if optional else _shape(kind, facts_at)
            for name, (kind, optional) in kinds.items()
        },
    }


def _shape(kind: Any, facts_at: str) -> Shape:
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _shape(get_args(kind)[0], facts_at)}
    if is_dataclass(kind):
        return {"$ref": f"{facts_at}/{kind.__name__}"}  # type: ignore[union-attr]
    if kind is bool:
        return {"type": "boolean"}
    if kind is int:
        return {"type": "integer"}
    if kind is date:
        return {"type": "string", "format": "date"}
    return _value(kind)


def _value(kind: type[Value]) -> Shape:
    if issubclass(kind, BlindText):
        return {"type": "string", "maxLength": kind.longest, "description": kind.shape}
    # `\Z` is Python's; the patterns of JSON Schema write the end of the text as `$`.
    pattern = kind.pattern.pattern.replace(r"\Z", "$")
    return {"type": "string", "pattern": f"^(?:{pattern})$", "description": kind.shape}


def _in_words(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return f"list of {_in_words(get_args(kind)[0])}"
    if is_dataclass(kind):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"  # type: ignore[union-attr]
    words = {bool: "true or false", int: "whole number", date: "date"}.get(kind)
    return words or f"{kind.__name__}: {kind.shape}"


def _without_none(hint: Any) -> tuple[Any, bool]:
    inner = [item for item in get_args(hint) if item is not NoneType]
    optional = NoneType in get_args(hint)
    return (inner[0], True) if optional else (hint, False)


def _facts_in(cls: type) -> Iterator[type]:
    for hint in get_type_hints(cls).values():
        kind, _ = _without_none(hint)
        kind = get_args(kind)[0] if get_origin(kind) is tuple else kind
        if is_dataclass(kind) and isinstance(kind, type):
            yield kind
            yield from _facts_in(kind)


def _ref(*steps: str) -> Shape:
    return {"$ref": "#/" + "/".join(steps)}
