"""The schemas that other systems are given say the same as the code that writes and reads the events."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.operations.documents import ROOT, documents
from shared.chassis.events.contract import UnknownShape, load
from shared.chassis.events.envelope import Envelope
from tests.contracts.test_golden import GOLDENS, PUBLISHED

DOCUMENTS = documents()
ASYNCAPI = json.loads(DOCUMENTS["docs/asyncapi.json"])
ID = "018c6f5e-2b1a-7c3d-9e4f-5a6b7c8d9e0f"


def schema(name: str) -> Draft202012Validator:
    found = json.loads(DOCUMENTS[f"docs/schemas/{name}.json"])
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=Draft202012Validator.FORMAT_CHECKER)


def golden(event_type: str) -> dict[str, Any]:
    return json.loads(GOLDENS[event_type].read_text(encoding="utf-8"))


@pytest.mark.parametrize("event_type", GOLDENS)
def test_the_golden_example_fits_its_schema(event_type):
    schema(event_type).validate(golden(event_type))


def spoiled(value: Any) -> Iterator[Any]:
    """The same data with one thing wrong at a time: another type, an empty text, a missing field."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from ({**value, name: wrong} for wrong in spoiled(item))
            yield {other: kept for other, kept in value.items() if other != name}
    elif isinstance(value, list):
        yield "not a list"
        if value:
            yield from ([wrong, *value[1:]] for wrong in spoiled(value[0]))
    else:
        yield {"not": "a plain value"}
        yield [value]
        if isinstance(value, str):
            yield 7
        elif isinstance(value, bool):
            yield "perhaps"
        elif isinstance(value, int):
            yield from (f"{value}", value + 0.5)


@pytest.mark.parametrize("event_type", GOLDENS)
def test_what_the_code_refuses_does_not_fit_the_schema_either(event_type):
    validator = schema(event_type)
    for data in spoiled(golden(event_type)):
        assert validator.is_valid(data) == loads(event_type, data), data


def loads(event_type: str, data: Any) -> bool:
    try:
        load(event_type, data)
    except UnknownShape:
        return False
    return True


@pytest.mark.parametrize("more", [{}, {"causation_id": ID, "traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01"}])
def test_the_envelope_schema_names_exactly_what_an_envelope_holds(more):
    envelope = Envelope(
        id=ID,
        source="intake",
        type="foi.intake.case-received.v1",
        subject=ID,
        time=datetime(2026, 6, 15, 9, tzinfo=UTC),
        sequence=1,
        number=1,
        actor_id="a.patel",
        actor_role="foi-officer",
        correlation_id=ID,
        data={},
        **({"causation_id": None, "traceparent": None} | more),
    )
    found = json.loads(envelope.to_bytes())
    validator = schema("envelope")
    validator.validate(found)
    named = set(validator.schema["properties"])
    assert named == set(found) if more else set(validator.schema["required"]) == set(found)


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (item for name, item in value.items() if name == "$ref")
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from references(item)


def test_every_reference_in_the_asyncapi_document_leads_somewhere():
    for reference in references(ASYNCAPI):
        found = ASYNCAPI
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_the_asyncapi_document_names_every_event_with_a_sender_and_a_receiver():
    sent, received = set(), set()
    for operation in ASYNCAPI["operations"].values():
        names = {item["$ref"].rpartition("/")[2] for item in operation["messages"]}
        (sent if operation["action"] == "send" else received).update(names)
    assert sent == received == {item.event_type for item in PUBLISHED}


def test_the_generated_documents_are_in_step_with_the_code():
    wrong = [name for name, text in DOCUMENTS.items() if (ROOT / name).read_text(encoding="utf-8") != text]
    assert wrong == [], "run: make docs"
