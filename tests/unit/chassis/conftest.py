from pathlib import Path

import pytest

from shared.chassis.clock import FixedClock
from shared.chassis.events.memory import MemoryBroker
from tests.support import MORNING, OtherService, runtime_for
from tests.unit.chassis import parcels


@pytest.fixture
def clock():
    return FixedClock(MORNING)


@pytest.fixture
def broker():
    return MemoryBroker("test.parcels")


@pytest.fixture
def runtime(tmp_path: Path, clock, broker, database_settings):
    parcels.trouble.clear()
    runtime = runtime_for(parcels.service, tmp_path, clock, broker, **database_settings)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def sorting_office(broker, clock):
    return OtherService("sorting-office", broker, clock)
