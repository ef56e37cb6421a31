"""The `candour` command."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from services import SERVICES
from services.operations import OperationFailed
from services.operations.calendar_adding import calendar
from services.operations.checking import check
from services.operations.citing import cite
from services.operations.cleaning import clean
from services.operations.deadlines import deadline
from services.operations.inspecting import case, events, parked, verify
from services.operations.letter_linting import lint_letter
from services.operations.measuring import bench, chaos
from services.operations.roll_making import roll
from services.operations.splitting import split_request
from shared.chassis.config import Config, ConfigError
from shared.chassis.database import DATABASE_TROUBLE
from shared.chassis.errors import Invalid, Problem
from shared.chassis.events.broker import BrokerRefused, BrokerUnavailable

ROOT = Path(__file__).parents[1]
SERVICE = click.Choice(SERVICES)


class Candour(click.Group):
    """Turns every expected failure into one message and an exit code: 0 done, 1 not done or found wanting,
    2 asked for wrongly."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Invalid as error:
            told = (f"{each.field}: {each.message} {each.next_step}".rstrip() for each in error.findings)
            raise click.ClickException("\n".join(told)) from None
        except (ConfigError, OperationFailed, Problem, BrokerRefused) as error:
            raise click.ClickException(str(error)) from None
        except BrokerUnavailable as error:
            raise click.ClickException(f"{error} See `candour doctor`.") from None
        except DATABASE_TROUBLE as error:
            kind = type(error).__name__
            raise click.ClickException(f"A database cannot be used ({kind}). See `candour doctor`.") from None


def say(text: str) -> None:
    """Tell a person what is going on, without disturbing what a program reads from standard output."""
    click.echo(text, err=True)


@click.group(cls=Candour, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--state", type=click.Path(path_type=Path), help="Folder for data and logs [default: var].")
@click.version_option(package_name="candour-casework")
@click.pass_context
def main(ctx: click.Context, state: Path | None) -> None:
    """Freedom of Information casework, from request to published answer.

    Start with `candour demo`: it runs everything on this machine and plays five cases through it. Settings come
    from the environment; `.env.sample` lists them all.
    """
    config = Config.load()
    ctx.obj = replace(config, state=state) if state else config


def with_state(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let `--state` also stand behind the command's name, where people look for it."""

    def keep(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
        if value:
            ctx.obj = replace(ctx.obj, state=value)

    return click.option(
        "--state",
        type=click.Path(path_type=Path),
        callback=keep,
        expose_value=False,
        help="Folder for data and logs [default: var].",
    )(command)


@main.command()
@click.argument("service", type=SERVICE)
@click.option("--public", is_flag=True, help="Serve the service's pages for the public instead of its API.")
@click.pass_obj
def serve(config: Config, service: str, public: bool) -> None:
    """Serve the HTTP API of one SERVICE, in the foreground."""
    from services.registry import service_named

    declared = service_named(service)
    if public and declared.site is None:
        raise click.UsageError(f"{service} has no pages for the public")
    port = declared.site.port if public and declared.site else declared.port
    config.share_metrics(service)
    arguments = [
        "gunicorn",
        "--config",
        str(ROOT / "deploy" / "gunicorn.conf.py"),
        "--bind",
        f"{config.bind}:{config.port(port)}",
        "--workers",
        str(config.web_workers),
        "--threads",
        str(config.web_threads),
        f"services.wsgi:{'site' if public else 'api'}('{service}')",
    ]
    # S606: the process becomes gunicorn itself, so that signals reach it directly.
    os.execve(  # noqa: S606
        sys.executable, [sys.executable, "-m", *arguments], config.environment()
    )


@main.command()
@click.argument("service", type=SERVICE)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(("relay", "consumer", "timers")),
    help="Run this loop alone; may be given more than once.",
)
@click.option("--instance", type=click.IntRange(1, 12), default=1, help="Which of several consumers this one is.")
@click.pass_obj
def work(config: Config, service: str, only: tuple[str, ...], instance: int) -> None:
    """Run the background work of one SERVICE: its relay, its consumer and its timers.

    A second worker of the same service stands by and takes over when the first one ends.
    """
    config.share_metrics(service)
    from services.registry import runtime_of
    from shared.chassis.observability import logging, metrics
    from shared.chassis.work import LOOPS, Worker

    logging.configure(service, config.log_level)
    metrics.expect_work(service, LOOPS)
    worker = Worker(runtime_of(service, config), only=only or LOOPS, instance=instance)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


@main.command()
@with_state
@click.pass_obj
def broker(config: Config) -> None:
    """Run a local Apache Kafka in the foreground, its data in the state folder."""
    from services.operations.broker import run_in_foreground

    sys.exit(run_in_foreground(config, say))


@main.command()
@with_state
@click.pass_obj
def up(config: Config) -> None:
    """Run everything on this machine until Ctrl-C: broker, mail catcher, five services, the public site."""
    from services.operations.stack import run

    sys.exit(run(config, say))


@main.command()
@click.option("--once", is_flag=True, help="Stop after the summary; exit 0 only if every case went through.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@with_state
@click.pass_obj
def demo(config: Config, once: bool, as_json: bool) -> None:
    """Run everything and play five real cases through it, from request to published answer."""
    from services.operations.demo import run

    sys.exit(run(config, say, once=once, as_json=as_json))


@main.command()
@click.argument("services", nargs=-1, type=SERVICE)
@with_state
@click.pass_obj
def migrate(config: Config, services: tuple[str, ...]) -> None:
    """Bring the databases of SERVICES (all, if none is named) to their newest shape."""
    from services.registry import runtime_of

    for name in services or SERVICES:
        runtime = runtime_of(name, config)
        missing = runtime.migrations_pending()
        runtime.migrate()
        say(f"{name}: {'applied up to ' + ', '.join(missing) if missing else 'nothing to do'}")


@main.command()
@click.option("--role", "roles", multiple=True, required=True, help="What the person may act as; repeatable.")
@click.option("--person", required=True, help="The person's opaque id, such as a.patel.")
@click.option("--party", help="With the role 'party': the party that the person answers for.")
@click.option("--hours", type=click.IntRange(1, 24), default=8, show_default=True, help="How long it is good for.")
@with_state
@click.pass_obj
def token(config: Config, roles: tuple[str, ...], person: str, party: str | None, hours: int) -> None:
    """Print an access token, signed by the local issuer. Not in production."""
    from datetime import timedelta

    from shared.chassis.local_issuer import LocalIssuer

    try:
        click.echo(LocalIssuer.of(config).token(person, roles, party, timedelta(hours=hours)))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@with_state
@click.pass_obj
def doctor(config: Config, as_json: bool) -> None:
    """Look over this machine and the running stack, and say what to mend. Exit 1 when something is wrong."""
    from services.operations.doctor import run

    sys.exit(run(config, as_json=as_json))


for command in (verify, parked, events, case, calendar, bench, chaos):
    main.add_command(command)
    for leaf in command.commands.values() if isinstance(command, click.Group) else (command,):
        with_state(leaf)

for explaining in (check, cite, clean, deadline, lint_letter, roll, split_request):
    main.add_command(explaining)

if __name__ == "__main__":
    main()
