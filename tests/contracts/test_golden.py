"""What has once been published can be read for ever: one golden example per event type, never edited."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from services.operations.documents import GOLDEN, published_events
from services.registry import SERVICES, service_named
from shared.chassis.events.contract import dump, event_types, load

SUMS = Path(__file__).parent / "golden.sha256"
PUBLISHED = published_events({name: service_named(name) for name in SERVICES})
TYPES = [item.event_type for item in PUBLISHED]
GOLDENS = {path.stem: path for path in sorted(GOLDEN.glob("*.json"))}


def written(value: Any) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def kept() -> dict[str, str]:
    return {name: digest for digest, name in (line.split() for line in SUMS.read_text().splitlines())}


@pytest.mark.parametrize("event_type", TYPES)
def test_every_event_type_has_a_golden_example(event_type):
    assert event_type in GOLDENS, f"write tests/contracts/golden/{event_type}.json and add its line to golden.sha256"


@pytest.mark.parametrize("event_type", GOLDENS)
def test_what_was_published_once_is_still_declared(event_type):
    assert event_type in event_types(), f"{event_type} is in the log for ever: its class must stay"


@pytest.mark.parametrize("event_type", GOLDENS)
def test_a_golden_example_is_written_again_as_it_was_read(event_type):
    text = GOLDENS[event_type].read_text(encoding="utf-8")
    golden = json.loads(text)
    assert written(without_later_fields(dump(load(event_type, golden)), golden)) == text


@pytest.mark.parametrize("event_type", GOLDENS)
def test_fields_that_a_later_version_adds_are_passed_over_at_every_depth(event_type):
    golden = json.loads(GOLDENS[event_type].read_text(encoding="utf-8"))
    assert load(event_type, with_more(golden)) == load(event_type, golden)


def without_later_fields(value: Any, golden: Any) -> Any:
    """`value` less those empty fields that its class did not yet have when the golden example was written."""
    if isinstance(value, dict):
        return {
            name: without_later_fields(item, golden.get(name))
            for name, item in value.items()
            if name in golden or item is not None
        }
    if isinstance(value, list):
        return [without_later_fields(item, old) for item, old in zip(value, golden, strict=True)]
    return value


def with_more(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: with_more(item) for name, item in value.items()} | {"added_later": {"by": ["a", 1, None]}}
    return [with_more(item) for item in value] if isinstance(value, list) else value


def test_no_golden_example_was_edited():
    edited = [
        name
        for name, digest in kept().items()
        if not (GOLDEN / name).exists() or sha256((GOLDEN / name).read_bytes()).hexdigest() != digest
    ]
    assert not edited, "what was published stays as it is; for another shape declare a new version of the event"


def test_every_golden_example_is_listed_so_that_it_cannot_be_edited_later():
    assert {path.name for path in GOLDENS.values()} == kept().keys()
