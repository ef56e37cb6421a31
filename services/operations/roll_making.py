"""The command that makes a nominal roll from a staff list: `candour roll STAFF.csv -o FILE`."""

import csv
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import click

from services.operations import OperationFailed

_COLUMNS = ("surname", "forename", "collar")


@click.command()
@click.argument("staff", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The roll to write."
)
def roll(staff: Path, output: Path) -> None:
    """Make the nominal roll that the release check looks for, from a staff list.

    STAFF is a CSV file with the columns surname, forename and collar; collar may be empty or missing. The roll holds
    salted hashes instead of names. Keep it as you keep the staff list: it can be asked for a name.
    """
    from services.publishing.release_check.nominal_roll import SALT_SIZE, Person, tokens_of

    people = [Person(**each) for each in _people(staff)]
    if not people:
        raise OperationFailed(f"{staff} names nobody. Write one person on each line below the headings.")
    data = tokens_of(people, os.urandom(SALT_SIZE))
    try:
        output.write_bytes(data)
    except OSError as error:
        raise OperationFailed(f"{output} cannot be written: {error.strerror}. Choose another place with -o.") from None
    click.echo(f"{len(people)} people. Add these two lines to the policy file:", err=True)
    click.echo(f'roll = "{output.name}"\nroll_sha256 = "{sha256(data).hexdigest()}"')


def _people(staff: Path) -> Iterator[dict[str, str]]:
    try:
        with staff.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            names = {(each or "").strip().lower(): each for each in table.fieldnames or ()}
            if missing := [each for each in _COLUMNS[:2] if each not in names]:
                raise OperationFailed(f"{staff} has no column {' and '.join(missing)}. Its first line must name them.")
            for row in table:
                told = {each: (row.get(names.get(each, ""), "") or "").strip() for each in _COLUMNS}
                if not any(told.values()):
                    continue
                if not (told["surname"] and told["forename"]):
                    where = f"{staff}, line {table.line_num}"
                    raise OperationFailed(f"{where}: write both a surname and a forename, or take the line out.")
                yield told
    except UnicodeDecodeError:
        raise OperationFailed(f"{staff} is not UTF-8. Save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise OperationFailed(f"{staff} is no CSV file: {error}. Save it as CSV UTF-8.") from None
