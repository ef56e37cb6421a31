"""Commands about the calendar: a newly proclaimed bank holiday, and every open case's due date with it (CLK-05)."""

import json
from datetime import datetime
from typing import Any

import click

from shared.chassis.config import Config
from shared.chassis.identity import Actor
from shared.law.calendar import DIVISIONS, FIRST_DAY, LAST_DAY, in_words

BATCH = 200
"""Cases whose clocks are worked out again in one transaction."""


@click.group()
def calendar() -> None:
    """Bank holidays proclaimed since this version was made."""


@calendar.command("add")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, as 2026-06-15.")
@click.option(
    "--division",
    "divisions",
    required=True,
    multiple=True,
    type=click.Choice([*DIVISIONS, "all"]),
    help="Where it is a bank holiday; may be given more than once.",
)
@click.option("--title", required=True, help="What the day is.")
@click.option("--basis", required=True, type=click.Choice(["proclamation", "schedule"]), help="What makes it one.")
@click.option("--source", required=True, help="Where that stands: the Gazette, GOV.UK.")
@click.option("--person", default="operator", show_default=True, help="Who records it: your opaque id.")
@click.pass_obj
def calendar_add(
    config: Config, day: datetime, divisions: tuple[str, ...], title: str, basis: str, source: str, person: str
) -> None:
    """Record a bank holiday and work out the due date of every open case again, one event for each that moves.

    When it is broken off, the same command goes on where it ended; running it twice does nothing twice.
    """
    from services.intake import proclaimed, rederiving
    from services.registry import runtime_of
    from shared.chassis.events.values import Code

    try:
        who = Code(person)
    except ValueError as error:
        raise click.UsageError(f"--person is an opaque id: {error}") from None
    actor = Actor(id=who, roles=frozenset({"ops"}), role="ops")
    runtime = runtime_of("intake", config)
    wanted = tuple(DIVISIONS) if "all" in divisions else divisions
    with runtime.unit_of_work(actor) as uow:
        new = proclaimed.add(uow, day.date(), wanted, title=title, legal_basis=basis, source=source)
    names = " and ".join(DIVISIONS[division] for division in new)
    click.echo(f"{in_words(day.date())} is recorded for {names}." if new else "That day was in the calendar already.")
    looked, moved, after = 0, 0, ""
    while True:
        with runtime.unit_of_work(actor) as uow:
            batch = rederiving.rederive(uow, day.date(), after=after, most=BATCH)
        looked, moved, after = looked + batch.looked, moved + batch.moved, batch.last
        if batch.looked < BATCH:
            break
    click.echo(f"{moved} of {looked} open cases have another due date now.")


@calendar.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")
@click.pass_obj
def calendar_list(config: Config, as_json: bool) -> None:
    """List the bank holidays that were added here."""
    from services.intake import proclaimed
    from services.registry import runtime_of

    actor = Actor(id="operator", roles=frozenset({"ops"}), role="ops")
    with runtime_of("intake", config).reading(actor) as uow:
        rows = [_shown(row) for row in proclaimed.days(uow)]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        where = DIVISIONS[row["division"]]
        click.echo(f"{row['date']}  {where:<18} {row['title']} ({row['legal_basis']}; {row['source']})")
    click.echo(f"{len(rows)} added to the table of {FIRST_DAY.year} to {LAST_DAY.year}.")


def _shown(row: Any) -> dict[str, str]:
    return {
        "date": row.day.isoformat(),
        "division": row.division,
        "title": row.title,
        "legal_basis": row.legal_basis,
        "source": row.source,
        "first_seen": row.first_seen.isoformat(),
    }
