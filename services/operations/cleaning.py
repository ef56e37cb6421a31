"""`candour clean`: a copy of a file rebuilt from what is visible, in place of one that hides something."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shared.chassis.config import Config

if TYPE_CHECKING:
    from services.publishing.release_check.confinement import CleanCopy, CleanFile

FORMS = ("csv", "xlsx", "ods")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the copies."
)
@click.option(
    "--form", type=click.Choice(FORMS), default=FORMS[0], show_default=True, help="What a spreadsheet becomes."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array, for a program to read.")
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file of what is allowed [default: CANDOUR_RELEASE_POLICY].",
)
@click.pass_obj
def clean(
    config: Config, files: tuple[Path, ...], output: Path, form: str, as_json: bool, policy_file: Path | None
) -> None:
    """Rebuild FILES, and all in folders, from what is visible, and check the copies.

    Nothing is overwritten. Exit 0 when every copy may leave, if need be after a second person has looked; 1 when one
    may not; 2 when a copy could not be made.
    """
    # The processes that read files load what reads them; this one loads only what starts them.
    from services.operations.checking import every_file
    from services.publishing.release_check.confinement import Examiners, NotCleaned
    from services.publishing.release_check.policy import PolicyError, read_policy
    from shared.contracts import authorities

    told: list[dict[str, Any]] = []
    worst = 0
    try:
        authorities.use(config.authorities_file)
        policy = read_policy(policy_file or config.release_policy, authorities.contact_details())
        output.mkdir(parents=True, exist_ok=True)
        with Examiners(policy, scanner=config.clamd) as examiners:
            for path in every_file(files):
                try:
                    copy = examiners.clean(path.read_bytes(), path.name, form)
                except NotCleaned as reason:
                    worst = 2
                    told.append({"file": str(path), "reason": str(reason)})
                    continue
                told.append(_kept(path, copy, output))
                if worst == 0 and any(each.report.verdict == "block" for each in copy.files):
                    worst = 1
    except (PolicyError, authorities.AuthoritiesWrong) as error:
        raise click.UsageError(str(error)) from None
    except FileExistsError as error:
        raise click.UsageError(f"{error.filename}: is there already. Choose another folder with -o.") from None
    except OSError as error:
        raise click.UsageError(f"{error.filename or 'A file'}: {error.strerror}.") from None
    click.echo(json.dumps(told, indent=2, ensure_ascii=False) if as_json else "\n\n".join(map(_in_words, told)))
    sys.exit(worst)


def _kept(path: Path, copy: "CleanCopy", output: Path) -> dict[str, Any]:
    """Write the files of a copy, none over another; what is told of it."""
    return {
        "file": str(path),
        "summary": copy.summary,
        "warnings": list(copy.warnings),
        "copies": [_written(each, output) for each in copy.files],
    }


def _written(file: "CleanFile", output: Path) -> dict[str, Any]:
    with (output / file.name).open("xb") as written:
        written.write(file.data)
    return {**file.report.as_json(), "file": str(output / file.name)}


def _in_words(told: dict[str, Any]) -> str:
    if "reason" in told:
        return f"{told['file']}: no copy. {told['reason']}"
    lines = [f"{told['file']}: {told['summary']}", *(f"  {each}" for each in told["warnings"])]
    for copy in told["copies"]:
        codes = ", ".join(dict.fromkeys(each["code"] for each in copy["findings"]))
        lines.append(f"  {copy['file']}: {copy['verdict']}{f' ({codes})' if codes else ''}")
    return "\n".join(lines)
