"""Commands that measure and that break things on purpose: bench and chaos."""

import sys

import click

from shared.chassis.config import Config


@click.command()
@click.option("--only", multiple=True, help="Measure only these, such as P1; repeatable.")
@click.option("--quick", is_flag=True, help="Smaller loads: for a first look, not for a verdict.")
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as JSON.")
@click.pass_obj
def bench(config: Config, only: tuple[str, ...], quick: bool, as_json: bool) -> None:
    """Measure speed, memory and growth as ratios within this one run. Exit 1 when a goal is missed."""
    from services.operations.bench import run

    sys.exit(run(config, only=only, quick=quick, as_json=as_json))


@click.command()
@click.option("--kills", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Processes to kill.")
@click.option("--seed", type=int, help="Repeat a run: the seed that it printed.")
@click.option("--bug", help="Switch one seeded bug on, or 'all' in turn: each must be found.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def chaos(config: Config, kills: int, seed: int | None, bug: str | None, as_json: bool) -> None:
    """Kill processes at random under load, then prove that nothing was lost, doubled or put out of order."""
    from services.operations.chaos import run

    sys.exit(run(config, kills=kills, seed=seed, bug=bug, as_json=as_json))
