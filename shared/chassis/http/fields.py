"""The fields of a body or a query, loaded by a marshmallow schema; each mistake told with its rule and its mend."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from flask import request
from marshmallow import fields
from werkzeug.datastructures import MultiDict

from shared.chassis.errors import Finding
from shared.chassis.http.problems import invalid

MOST_FINDINGS = 100
LARGEST_WHOLE_NUMBER = 2**63 - 1
"""What a database column takes."""


class Empty(ma.Schema):
    """Takes nothing: every name sent is told to be one too many."""


EMPTY = Empty()


def read_parameters(schema: ma.Schema) -> dict[str, Any]:
    """The query string as the schema loads it. Raises `Trouble` 422."""
    if not request.query_string and schema is EMPTY:
        return {}
    values = loaded(schema, _collected(schema, request.args))
    for name, value in values.items():
        if isinstance(value, int) and abs(value) > LARGEST_WHOLE_NUMBER:
            raise invalid([Finding(name, "The number is too large.", next_step="Send a smaller number.")])
    return values


def loaded(schema: ma.Schema, value: Any) -> dict[str, Any]:
    """The value as the schema loads it, or `Trouble` 422 that names each field, its rule and the next step."""
    try:
        result: dict[str, Any] = schema.load(value)
    except ma.ValidationError as error:
        findings: list[Finding] = []
        _find(error.messages, schema, "", findings)
        raise invalid(findings[:MOST_FINDINGS]) from None
    return result


def _collected(schema: ma.Schema, sent: MultiDict[str, str]) -> dict[str, Any]:
    """The query's values by name: a list where the schema has one, else one text."""
    by_name = {declared.data_key or name: declared for name, declared in schema.fields.items()}
    collected: dict[str, Any] = {}
    findings = []
    for name, values in sent.lists():
        collected[name] = values if isinstance(by_name.get(name), fields.List) else values[0]
        if collected[name] is values[0] and len(values) > 1:
            findings.append(Finding(name, "It is given more than once.", next_step="Give it once."))
        if any("\x00" in value for value in values):
            findings.append(Finding(name, "It holds U+0000.", next_step="Send plain text."))
    if findings:
        raise invalid(findings)
    return collected


def _find(messages: Any, place: Any, path: str, findings: list[Finding]) -> None:
    """Turn marshmallow's tree of messages into findings; `place` is the schema or field that a branch is about."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            within = path if name == "_schema" else f"{path}.{name}" if path else str(name)
            _find(inner, place if name == "_schema" else _inside(place, name), within, findings)
        return
    metadata = getattr(place, "metadata", None) or {}
    for message in messages if isinstance(messages, list) else [messages]:
        findings.append(
            Finding(
                field=path[:200] or "body",
                message=str(message),
                rule=str(metadata.get("rule", "")),
                next_step=str(metadata.get("next_step") or _next_step(place, str(message))),
            )
        )


def _inside(place: Any, name: Any) -> Any:
    if isinstance(place, fields.Nested):
        place = place.schema
    if isinstance(place, fields.List):
        return place.inner
    if isinstance(place, fields.Dict):
        return place.value_field
    if isinstance(place, ma.Schema):
        named = (declared for key, declared in place.fields.items() if (declared.data_key or key) == name)
        return next(named, place)
    return place


def _next_step(place: Any, message: str) -> str:
    schema = place.schema if isinstance(place, fields.Nested) else place
    if message.startswith("Unknown field") and isinstance(schema, ma.Schema):
        known = sorted(declared.data_key or name for name, declared in schema.fields.items())
        return f"Leave it out. Known here: {', '.join(known) or 'none'}."
    if message.startswith("Missing data"):
        return "Send this field."
    return "Correct this field and send the request again."
