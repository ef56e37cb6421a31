"""Rebuilding what a service derives from events alone, and comparing it with what it has."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from services.registry import runtime_of, service_named
from shared.chassis.config import Config
from shared.chassis.events.replay import differences, replay


def compare(config: Config, name: str) -> list[str]:
    """Every difference between the live projections of a service and those rebuilt from the topic."""
    live = runtime_of(name, config)
    with TemporaryDirectory() as folder, ExitStack() as opened:
        scratch = replay(service_named(name), config, live.broker, Path(folder) / "scratch.db")
        opened.callback(scratch.engine.dispose)
        opened.callback(live.engine.dispose)
        return differences(live.engine, scratch.engine, live.service.projections)
