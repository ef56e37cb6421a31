"""The command `deadline`: when something is due, and how that day was reached."""

import json
import sys
from datetime import date
from typing import Any, TextIO

import click

from services.operations.deadline_answers import answer
from services.operations.deadline_requests import Json

REGIMES = ("foia", "eir", "foisa", "sar")


class NotUnderstood(click.ClickException):
    """What was given cannot be answered."""

    exit_code = 2


@click.command()
@click.argument("received", metavar="DATE", required=False)
@click.option("--regime", type=click.Choice(REGIMES, case_sensitive=False), help="[default: foia]")
@click.option(
    "--events",
    metavar="FILE",
    type=click.File(encoding="utf-8"),
    help="Answer a JSON list; - reads it from standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")
def deadline(received: str | None, regime: str | None, events: TextIO | None, as_json: bool) -> None:
    """Print when a request received on DATE (YYYY-MM-DD) is due, with every day that does not count and why.

    With --events, answer a JSON list of objects with id, regime, clock, received and events instead: what happened
    since moves, stops or extends the time. Exit 1 when one of them is refused; the others are answered all the same.
    It counts by the table of this release: bank holidays added since with `candour calendar add` are intake's.
    """
    if (received is None) == (events is None):
        raise NotUnderstood("Give either DATE, as YYYY-MM-DD, or --events FILE.")
    if events is not None:
        answers = [answer(row if regime is None else _under(regime, row)) for row in _rows(events)]
        click.echo(
            json.dumps(answers, indent=2, ensure_ascii=False) if as_json else "\n\n".join(map(_in_words, answers))
        )
        sys.exit(1 if any("error" in each for each in answers) else 0)
    asked = {"received": received, "regime": regime or REGIMES[0]}
    found = {**asked, **answer(asked)}
    del found["id"]
    if "error" in found:
        raise NotUnderstood(_refusal(found["error"]))
    click.echo(_json(found) if as_json else _in_words(found))


def _json(value: Any) -> str:
    return json.dumps(value, indent=2)


def _rows(file: TextIO) -> list[Any]:
    try:
        rows = json.load(file)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"{file.name} is no JSON: {error}.") from None
    if not isinstance(rows, list):
        raise NotUnderstood(f"{file.name} holds no JSON list. Give [{{…}}, …], an object for each deadline.")
    return rows


def _under(regime: str, row: Any) -> Any:
    """The row, under this regime where it names none itself."""
    return {"regime": regime, **row} if isinstance(row, dict) else row


def _in_words(found: Json) -> str:
    # An id may hold what no terminal can write.
    lines = [str(found["id"]).encode("utf-8", "replace").decode()] if "id" in found else []
    if "error" in found:
        return "\n".join([*lines, _refusal(found["error"])])
    due = f"Due {_day(found['due'])}" if found["due"] else "No due date"
    state = f" ({found['state'].replace('_', ' ')})" if "state" in found else ""
    return "\n".join([*lines, f"{due}{state}", *found["working"]])


def _refusal(error: Json) -> str:
    where = f"{error['field']}: " if error["field"] else ""
    return f"{where}{error['message']} {error['next_step']} ({error['rule']})"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day:%A} {day.day} {day:%B %Y}"
