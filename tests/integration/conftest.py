from collections.abc import Iterator

import pytest

from services.operations.broker import LocalBroker
from tests.integration.broker_fixtures import running_broker


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBroker]:
    with running_broker(tmp_path_factory.mktemp("broker")) as broker:
        yield broker
