"""What `candour chaos` does: one trial without a bug, or one for each bug asked for."""

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from services.operations import OperationFailed
from services.operations.broker import PORT, LocalBroker
from services.operations.chaos import report
from services.operations.chaos.hunts import HUNTS
from services.operations.chaos.rig import free_offset
from services.operations.chaos.trial import Trial, sound, with_bug
from shared.chassis.config import Config


def run_trials(config: Config, *, kills: int, seed: int | None, bug: str | None, as_json: bool) -> int:
    """See `services.operations.chaos.run`. The folder of a trial that did not go as it should is kept."""
    if bug not in (None, "all", *HUNTS):
        raise OperationFailed(f"There is no seeded bug '{bug}'. Choose one of: all, {', '.join(HUNTS)}.")
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    say(f"Seed {seed}")
    trials = []
    for trial in _without(config, kills, seed) if bug is None else _with(config, _named(bug), seed):
        trials.append(trial)
        if trial.as_expected:
            shutil.rmtree(trial.state, ignore_errors=True)
        if not as_json:
            click.echo(report.in_words(trial))
    if as_json:
        click.echo(json.dumps([trial.as_json() for trial in trials], indent=2))
    return 0 if all(trial.as_expected for trial in trials) else 1


def say(text: str) -> None:
    click.echo(text, err=True)


def _named(bug: str) -> Sequence[str]:
    return list(HUNTS) if bug == "all" else [bug]


def _without(config: Config, kills: int, seed: int) -> Iterator[Trial]:
    yield sound(config, kills, seed, say)


def _with(config: Config, names: Sequence[str], seed: int) -> Iterator[Trial]:
    with _broker(config) as broker:
        for name in names:
            yield with_bug(config, HUNTS[name], seed, say, broker)


@contextmanager
def _broker(config: Config) -> Iterator[LocalBroker]:
    """A broker that the trials share; gone with its folder when they are over."""
    folder = Path(tempfile.mkdtemp(prefix="candour-chaos-broker-"))
    broker = LocalBroker(folder, PORT + free_offset(config))
    try:
        broker.prepare(say)
        broker.start()
        broker.wait()
        yield broker
    finally:
        if broker.pid is not None:
            broker.kill()
        shutil.rmtree(folder, ignore_errors=True)
