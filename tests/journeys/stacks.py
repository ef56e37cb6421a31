"""A whole Candour for the journeys: real processes, real Apache Kafka, and who lives in them."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from services.operations import OperationFailed
from services.operations.broker import PORT as BROKER_PORT
from services.operations.client import Caller
from services.operations.golden_case import GoldenCase
from services.operations.playing import Player
from services.operations.stack import Stack, refuse_taken_ports
from shared.chassis.clock import FileClock
from shared.chassis.config import Config
from tests.ports import JOURNEY_OFFSETS, is_free

OURS = ("CANDOUR_", "KAFKA_", "SMTP_", "OIDC_", "PROMETHEUS_")


class Journeys:
    """A running stack, and the cases that have been taken through it. A case is played when it is first asked for."""

    def __init__(self, config: Config) -> None:
        assert config.clock_file is not None
        self.config = config
        self.clock = FileClock(config.clock_file)
        self._player = Player(config, self.clock, say=lambda _: None)
        self._ids: dict[str, str] = {}

    def play(self, case: GoldenCase) -> str:
        """The id of the case, which is published by then."""
        if case.key not in self._ids:
            self._ids[case.key] = self._player.play(case)
        return self._ids[case.key]

    def caller(self, person: str, *roles: str, party: str | None = None) -> Caller:
        return Caller.as_person(self.config, person, *roles, party=party)


@contextmanager
def running_stack(state: Path, **settings: str) -> Iterator[Journeys]:
    """Everything of `candour up` in the folder `state`; ended when the block is left, and seen to be gone."""
    config = config_on_free_ports(state, **settings)
    stack = Stack(config)
    try:
        stack.start()
        stack.wait_until_ready()
        yield Journeys(config)
    finally:
        stack.stop()
    assert not processes_of(state), "the stack was stopped and left processes behind"


def config_on_free_ports(state: Path, **settings: str) -> Config:
    """Settings of a stack of its own."""
    for _ in range(50):
        chosen = {"CANDOUR_ENV": "test", "CANDOUR_STATE": str(state), "CANDOUR_CLOCK_FILE": str(state / "clock")}
        config = Config.load({**chosen, "CANDOUR_PORT_OFFSET": str(random.choice(JOURNEY_OFFSETS)), **settings})
        try:
            refuse_taken_ports(config)
        except OperationFailed:
            continue
        if is_free(config.port(BROKER_PORT)) and is_free(config.port(BROKER_PORT + 1)):
            return config
    raise AssertionError("no free ports")


def clean_environment(**settings: str) -> dict[str, str]:
    """This machine's environment without any setting of Candour but these."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith(OURS)}, **settings}


def processes_of(state: Path) -> dict[int, str]:
    """The command lines of the processes that run for a state folder: they name it, or it is in their environment."""
    found = {}
    setting = b"CANDOUR_STATE=%s\0" % str(state).encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        if int(folder.name) != os.getpid() and (setting in environment or str(state).encode() + b"\0" in command):
            found[int(folder.name)] = command.replace(b"\0", b" ").decode()
    return found


def until(what: str, reached: Callable[[], bool], patience: float = 60.0) -> None:
    """Return once it is so."""
    end = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < end, f"in vain waited until {what}"
        time.sleep(0.1)
