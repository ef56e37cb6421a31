"""What all tests share: databases of both kinds, a broker, a browser, and which tests run side by side."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from services import SERVICES
from tests.postgresql import Cluster, PostgresqlMissing, running_cluster

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("candour", deadline=None, print_blob=True)
settings.load_profile("candour")

HEAVY = ("integration", "journeys", "operations")
"""Folders of tests that run whole processes: with `pytest -n` one worker does them all, one after the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _folder_of(item) in HEAVY or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("whole processes"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server of this test run, and of this worker of it."""
    try:
        with running_cluster() as cluster:
            yield cluster
    except PostgresqlMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_settings(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Settings for `tests.support.runtime_for`, so that whatever uses them is tested on both kinds of database.

    Tests under tests/services/<name>/ get a database of that service; others one of each service.
    """
    if request.param == "sqlite":
        yield {}
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    with cluster.databases(*_services_of(request.node)) as url:
        yield {"CANDOUR_DATABASE_URL": url}


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright  # heavy, and wanted by few tests

    program = shutil.which("chromium")
    if program is None:
        pytest.fail(
            "Chromium is needed. On Debian or Ubuntu run:\n  sudo apt-get install -y --no-install-recommends chromium",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not work for root; what it is shown here is our own pages.
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=os.geteuid() != 0)
        yield browser
        browser.close()


def _folder_of(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


def _services_of(item: pytest.Item) -> tuple[str, ...]:
    folders = item.path.relative_to(Path(__file__).parent).parts
    if folders[0] == "services" and folders[1] in SERVICES:
        return (folders[1],)
    if folders[:2] == ("unit", "chassis"):
        return ("parcels",)
    return SERVICES
