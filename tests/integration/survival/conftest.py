import pytest

from tests.integration.survival.running import running


@pytest.fixture
def alone(tmp_path):
    """Intake and its database: enough where no event has to travel."""
    with running(tmp_path) as stack:
        stack.migrate("intake")
        yield stack
