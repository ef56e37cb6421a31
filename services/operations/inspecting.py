"""Commands that look into a running or a resting Candour: verify, parked, events, case."""

import json
import sys
import time
from typing import Any

import click

from services import SERVICES
from services.operations import OperationFailed
from shared.chassis.config import Config

SERVICE = click.Choice(SERVICES)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")


@click.command()
@click.argument("services", nargs=-1, type=SERVICE)
@click.option("--all", "everything", is_flag=True, help="All services, the ledger and the topic.")
@click.option("--without-topic", is_flag=True, help="Compare logs and ledger only, when no broker is to be had.")
@as_json_option
@click.pass_obj
def verify(config: Config, services: tuple[str, ...], everything: bool, without_topic: bool, as_json: bool) -> None:
    """Prove that the event logs are as they were written.

    Walks each service's hash chain and compares it, event by event, with the ledger and with the topic. Names
    service, position and event of whatever was edited, removed, swapped or cut off. Exit 1 when something was.
    """
    from services.operations import verify as verifying

    if not services and not everything:
        raise click.UsageError("name the services to verify, or say --all")
    report = verifying.verify(config, services or SERVICES, read_topic=not without_topic)
    click.echo(json.dumps(report.as_json(), indent=2) if as_json else report.in_words())
    sys.exit(1 if report.faults else 0)


@click.group()
def parked() -> None:
    """Messages that could not be handled, and wait with their case for somebody to mend the cause."""


@parked.command("list")
@click.argument("service", type=SERVICE, required=False)
@as_json_option
@click.pass_obj
def parked_list(config: Config, service: str | None, as_json: bool) -> None:
    """List what is parked, in one SERVICE or in all."""
    from services.registry import runtime_of
    from shared.chassis.events import parking

    rows = []
    for name in [service] if service else SERVICES:
        with runtime_of(name, config).engine.connect().execution_options(reading=True) as connection:
            rows += [
                {
                    "service": name,
                    "case": row.subject,
                    "at": f"{row.partition}/{row.offset}",
                    "type": row.type,
                    "event": row.event_id,
                    "reason": row.reason,
                    "detail": row.detail,
                    "attempts": row.attempts,
                    "since": row.parked_at.isoformat(),
                }
                for row in parking.waiting(connection)
            ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
    elif not rows:
        click.echo("Nothing is parked.")
    for row in [] if as_json else rows:
        click.echo(
            f"{row['service']}  case {row['case']}  at {row['at']}  {row['type'] or 'unreadable'}\n"
            f"    {row['reason']}: {row['detail']} (tried {row['attempts']} times, since {row['since']})"
        )


@parked.command("retry")
@click.argument("service", type=SERVICE)
@click.option("--case", "case_id", help="Only this case's messages.")
@click.option("--despite-gap", is_flag=True, help="Go on although an event before them is missing.")
@click.option("--wait", type=click.IntRange(0, 600), default=30, show_default=True, help="Seconds to wait for it.")
@click.pass_obj
def parked_retry(config: Config, service: str, case_id: str | None, despite_gap: bool, wait: int) -> None:
    """Have the worker of SERVICE try again what is parked. Exit 1 when something is still parked afterwards."""
    from services.registry import runtime_of
    from shared.chassis.events import parking

    engine = runtime_of(service, config).engine
    with engine.begin() as connection:
        asked = parking.ask_for_retry(connection, case_id, despite_gap=despite_gap)
    end = time.monotonic() + wait
    while True:
        with engine.connect().execution_options(reading=True) as connection:
            rows = [row for row in parking.waiting(connection) if case_id in (None, row.subject)]
            due = [row for row in parking.due(connection) if case_id in (None, row.subject)]
        if not due or time.monotonic() > end:
            break
        time.sleep(0.2)
    click.echo(f"{asked - len(rows)} of {asked} handled; {len(rows)} still parked.")
    if due:
        click.echo(f"No worker has taken them up. Is `candour work {service}` running?")
    sys.exit(1 if rows else 0)


@parked.command("skip")
@click.argument("service", type=SERVICE)
@click.argument("at", metavar="PARTITION/OFFSET")
@click.option("--reason", required=True, help="Why it shall not be handled; it is recorded as an event.")
@click.option("--person", required=True, help="Who decides that: your opaque id.")
@click.pass_obj
def parked_skip(config: Config, service: str, at: str, reason: str, person: str) -> None:
    """Take one parked message out for good. What waited behind it follows by itself."""
    from services.registry import runtime_of
    from shared.chassis.events import parking
    from shared.chassis.events.values import BlindText, Code
    from shared.chassis.identity import Actor

    try:
        partition, offset = map(int, at.split("/"))
        words, who = BlindText(reason), Code(person)
    except ValueError as error:
        wanted = "PARTITION/OFFSET as `candour parked list` shows it, a reason that names nobody, and an opaque id"
        raise click.UsageError(f"{wanted}: {error}") from None
    actor = Actor(id=who, roles=frozenset({"ops"}), role="ops")
    with runtime_of(service, config).unit_of_work(actor) as uow:
        parking.skip(uow, partition, offset, words)
    click.echo("Skipped, and recorded with the reason.")


@click.group()
def events() -> None:
    """The events on the topic."""


@events.command("tail")
@click.option("--case", "case_id", help="Only this case's events.")
@click.option("--follow/--no-follow", default=False, help="Go on with what comes.")
@as_json_option
@click.pass_obj
def events_tail(config: Config, case_id: str | None, follow: bool, as_json: bool) -> None:
    """Show the events on the topic, oldest first."""
    from services.registry import runtime_of
    from shared.chassis.events.parking import readable

    broker = runtime_of("audit", config).broker
    seen: set[tuple[int, int]] = set()
    while True:
        for message in broker.read_all():
            if (message.partition, message.offset) in seen:
                continue
            seen.add((message.partition, message.offset))
            envelope = readable(message)
            if envelope is None:
                click.echo(f"{message.partition}/{message.offset}  unreadable, {len(message.value)} bytes")
            elif case_id in (None, envelope.subject):
                click.echo(message.value.decode() if as_json else _line(envelope))
        if not follow:
            return
        time.sleep(1)


@events.command("replay")
@click.argument("service", type=SERVICE)
@click.pass_obj
def events_replay(config: Config, service: str) -> None:
    """Rebuild what SERVICE derives from events alone, in a scratch database, and compare it with the live one.

    Exit 1 when they differ in a single byte.
    """
    from services.operations.replaying import compare

    found = compare(config, service)
    click.echo("\n".join(found) if found else f"{service}: rebuilt from the topic, byte for byte the same.")
    sys.exit(1 if found else 0)


@click.group()
def case() -> None:
    """Cases, as an officer sees them. Needs the running intake service."""


@case.command("list")
@click.option("--in-state", "lifecycle_state", help="Only cases in this state, such as 'accepted'.")
@click.option("--authority", help="Only this authority's cases.")
@click.option("--overdue", is_flag=True, help="Only cases past their day.")
@click.option("--search", help="Words in the reference, the title or the wording.")
@as_json_option
@click.pass_obj
def case_list(
    config: Config, lifecycle_state: str | None, authority: str | None, overdue: bool, search: str | None, as_json: bool
) -> None:
    """List cases, the one due first at the top."""
    wanted = {"state": lifecycle_state, "authority": authority, "overdue": "true" if overdue else None, "q": search}
    query = {name: value for name, value in wanted.items() if value}
    caller = _officer(config)
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = caller.get("intake", "/cases", **query, **after, limit="100")
        rows += page["items"]
        if not page["next"]:
            break
        after = {"after": page["next"]}
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        due = row["due_on"] or "not due"
        click.echo(f"{due:<10}  {row['reference']:<20} {row['state']:<16} {row['id']}  {row['title'] or ''}")
    click.echo(f"{len(rows)} case{'' if len(rows) == 1 else 's'}")


@case.command("show")
@click.argument("case_id")
@as_json_option
@click.pass_obj
def case_show(config: Config, case_id: str, as_json: bool) -> None:
    """Show one case with its deadline's working and its story so far."""
    caller = _officer(config)
    shown: dict[str, Any] = caller.get("intake", f"/cases/{case_id}")
    shown["deadline"] = caller.get("intake", f"/cases/{case_id}/deadline")
    shown["timeline"] = caller.get("audit", f"/cases/{case_id}/timeline")["items"]
    if as_json:
        click.echo(json.dumps(shown, indent=2))
        return
    click.echo(f"{shown['reference']}  {shown['title'] or ''}\n{shown['state']}, received {shown['received_on']}")
    click.echo(f"due {shown['due_on']}:" if shown["due_on"] else f"nothing is due: {shown['clock']}")
    for line in shown["deadline"]["working"]:
        click.echo(f"  {line}")
    click.echo("so far:")
    for entry in shown["timeline"]:
        click.echo(f"  {entry['time'][:16].replace('T', ' ')}  {entry['words']}")


def _officer(config: Config) -> Any:
    from services.operations.client import Caller

    try:
        caller = Caller.as_person(config, "command-line", "foi-officer", "auditor")
        caller.send("intake", "GET", "/live")
    except OSError:
        raise OperationFailed(
            "The intake service does not answer. Is the stack running? Start it: candour up"
        ) from None
    return caller


def _line(envelope: Any) -> str:
    return (
        f"{envelope.time:%Y-%m-%d %H:%M:%S}  {envelope.subject}  {envelope.source:<13} {envelope.type}  {envelope.id}"
    )
