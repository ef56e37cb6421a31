"""Every declared event is said by somebody and heard by somebody, and no service listens for what nobody says."""

import ast
from functools import cache
from pathlib import Path

import pytest

from services import SERVICES
from services.operations.documents import ROOT, published_events
from services.registry import service_named
from shared.chassis.events.parking import MessageSkipped

SERVICE = {name: service_named(name) for name in SERVICES}
PUBLISHED = published_events(SERVICE)


@cache
def recorded_in(folder: Path) -> set[str]:
    """The names of the classes of which the code in this folder makes instances."""
    made = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                target = node.func
                made.add(target.id if isinstance(target, ast.Name) else getattr(target, "attr", ""))
    return made


@pytest.mark.parametrize("item", PUBLISHED, ids=lambda item: item.event_type)
def test_every_event_is_recorded_by_the_service_whose_module_declares_it(item):
    if item.cls is MessageSkipped:
        return
    (producer,) = item.producers
    others = [
        name for name in SERVICES if name != producer and item.cls.__name__ in recorded_in(ROOT / "services" / name)
    ]
    assert item.cls.__name__ in recorded_in(ROOT / "services" / producer)
    assert not others, f"only {producer} may record it"


@pytest.mark.parametrize("item", PUBLISHED, ids=lambda item: item.event_type)
def test_every_event_is_entered_in_the_ledger(item):
    assert "audit" in item.readers


def test_what_each_event_is_for_is_written_down():
    assert [item.event_type for item in PUBLISHED if not item.cls.__doc__ or "(" in item.cls.__doc__[:20]] == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_listens_only_for_events_that_another_one_records(name):
    known = {item.event_type: item.producers for item in PUBLISHED}
    own = [kind for kind in SERVICE[name].subscriptions.types() if known[kind] == (name,)]
    assert own == []


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "audit"])
def test_what_a_service_derives_from_events_can_be_rebuilt(name):
    """Tables that are declared as projections need handlers that project, and the other way round."""
    service = SERVICE[name]
    assert bool(service.projections) == bool(service.subscriptions.projecting)
    assert {table.name for table in service.projections} <= set(service.tables.tables)
