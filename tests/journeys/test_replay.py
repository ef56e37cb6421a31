"""What the services derive from events can be built again from the topic, byte for byte."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from services import SERVICES
from services.intake.models import progress
from services.operations.golden_case import golden_cases
from services.operations.replaying import compare
from services.operations.verify import verify
from services.registry import runtime_of, service_named
from shared.chassis.config import Config
from tests.journeys.stacks import Journeys

pytestmark = [pytest.mark.broker, pytest.mark.slow]


@pytest.fixture
def resting(journeys: Journeys) -> Config:
    """The stack when all five cases have been played and every event has arrived everywhere."""
    for case in golden_cases():
        journeys.play(case)
    verify(journeys.config, SERVICES, read_topic=False, patience=30)
    return journeys.config


@pytest.mark.parametrize("name", SERVICES)
def test_projections_rebuilt_from_the_topic_are_the_same_byte_for_byte(resting: Config, name: str) -> None:
    assert compare(resting, name) == []
    rows = {}
    with live(resting, name) as connection:
        for table in service_named(name).projections:
            rows[table.name] = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    assert all(rows.values()), f"nothing was compared: {rows}"


def test_one_row_changed_by_hand_is_reported(resting: Config) -> None:
    with live(resting, "intake") as connection:
        row = connection.execute(sa.select(progress).order_by(progress.c.case_id).limit(1)).one()
        this = progress.c.case_id == row.case_id
        connection.execute(sa.update(progress).where(this).values(answered=row.answered + 1))
    try:
        assert compare(resting, "intake") == [f"progress {row.case_id}: differs in answered"]
    finally:
        with live(resting, "intake") as connection:
            connection.execute(sa.update(progress).where(this).values(answered=row.answered))
    assert compare(resting, "intake") == []


@contextmanager
def live(config: Config, name: str) -> Iterator[sa.Connection]:
    """A transaction in the running service's own database."""
    engine = runtime_of(name, config).engine
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
