"""One real stack for all journeys on SQLite, then one on PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from services import SERVICES
from tests.journeys.stacks import Journeys, running_stack

HERE = Path(__file__).parent
LAST = "test_canary"
"""It puts messages on the topic that no service has sent: nothing is to be verified or rebuilt after it."""


@pytest.hookimpl(trylast=True)  # after pytest has put together what shares a stack
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.path.parent == HERE]
    if ours:
        start = items.index(ours[0])
        others = [item for item in items if item.path.parent != HERE]
        items[:] = [*others[:start], *sorted(ours, key=_place), *others[start:]]


def _place(item: pytest.Item) -> tuple[str, bool]:
    """Where a test stands: with those of its stack, and there the last if it spoils it; without a stack at the end."""
    chosen = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return chosen.get("journeys", "without"), item.path.stem == LAST


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def journeys(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journeys]:
    """Everything that `candour up` runs, on this kind of database."""
    settings = {}
    with ExitStack() as stack:
        if request.param == "postgresql":
            databases = request.getfixturevalue("postgresql").databases(*SERVICES)
            settings["CANDOUR_DATABASE_URL"] = stack.enter_context(databases)
        state = tmp_path_factory.mktemp(request.param)
        yield stack.enter_context(running_stack(state, **settings))
