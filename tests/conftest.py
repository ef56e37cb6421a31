"""What all tests share: databases of both kinds, a broker, a browser, and which tests run side by side."""

import os
import re
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

    from services.operations.broker import LocalBroker

settings.register_profile("candour", deadline=None, print_blob=True)
settings.load_profile("candour")

SMALL = {("unit", "chassis"): ("parcels",), ("unit", "http"): ("notes",)}
"""The small services that the chassis is tested with, by their folder."""

TESTS = Path(__file__).parent

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names of tests must be the same in every worker; a key that was made while they were collected is not."""
    return _KEY.sub("<id>", val) if isinstance(val, str) and _KEY.search(val) else None


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker drives the browser for all tests that want it, one has the stack of all journeys, and one has the
    stacks and the broker of a file of tests/integration. Each worker has a PostgreSQL of its own."""
    for item in items:
        match item.path.relative_to(TESTS).parts:
            case ("journeys", *_):
                item.add_marker(pytest.mark.xdist_group("journeys"))
            case ("integration", *_, file):
                item.add_marker(pytest.mark.xdist_group(file))
            case _ if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.xdist_group("browser"))


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

    Tests under tests/services/<name>/ get a database of that service, those of the chassis one of its small service,
    others one of each service.
    """
    if request.param == "sqlite":
        yield {}
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    with cluster.databases(*_services_of(request.node)) as url:
        yield {"CANDOUR_DATABASE_URL": url}


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator["LocalBroker"]:
    """A real Apache Kafka of this test run."""
    from tests.integration.broker_fixtures import running_broker  # heavy, and wanted by few tests

    with running_broker(tmp_path_factory.mktemp("broker")) as broker:
        yield broker


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium, driven by Playwright; it looks for nothing on the network but what it is shown."""
    from playwright.sync_api import sync_playwright  # heavy, and wanted by few tests

    program = shutil.which("chromium")
    if program is None:
        pytest.fail(
            "Chromium is needed. On Debian or Ubuntu run:\n  sudo apt-get install -y --no-install-recommends chromium",
            pytrace=False,
        )
    flags = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not work for root; what it is shown here is our own pages.
        sandbox = os.geteuid() != 0
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=sandbox, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: "Browser") -> Iterator["Browser"]:
    """The browser, with nothing left in it by the test before."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def _services_of(item: pytest.Item) -> tuple[str, ...]:
    folders = item.path.relative_to(Path(__file__).parent).parts
    if folders[0] == "services" and folders[1] in SERVICES:
        return (folders[1],)
    return SMALL.get(folders[:2], SERVICES)
