"""`candour check`: what files hide and give away, before they leave."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from shared.chassis.config import Config

if TYPE_CHECKING:
    from services.publishing.release_check.confinement import Examiners
    from services.publishing.release_check.policy import Policy
    from services.publishing.release_check.report import Finding, Report

_WIDTH = 100
_MOST_PROCESSES = 4
_SEVERITIES = (("block", "Must be mended before it leaves"), ("review", "A second person must look at it"))
_VERDICTS = {"block": "it may not leave", "review": "a second person must look at it", "pass": "nothing found"}
_SCANS = {
    "clean": "no malware found",
    "found": "malware found",
    "not configured": "not scanned for malware: no scanner is configured (CANDOUR_CLAMD)",
    "no answer": "not scanned for malware: the scanner gives no answer",
}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of reports, for a program to read.")
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file of what is allowed [default: CANDOUR_RELEASE_POLICY].",
)
@click.option(
    "--earlier",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that was released before: a withheld number may be the difference to it. Repeatable.",
)
@click.pass_obj
def check(
    config: Config, files: tuple[Path, ...], as_json: bool, policy_file: Path | None, earlier: tuple[Path, ...]
) -> None:
    """Check FILES, and all in folders, for what Excel, Word and PDF hide and for personal data.

    Each file is read by a process of its own that can reach nothing, and is not changed. Exit 0 when every file may
    leave, if need be after a second person has looked; 1 when one may not; 2 when the check could not be made.
    """
    # The processes that check load what reads files; this one loads only what starts them.
    from services.publishing.release_check.confinement import Examiners
    from services.publishing.release_check.policy import PolicyError, read_policy
    from shared.contracts import authorities

    try:
        authorities.use(config.authorities_file)
        policy = read_policy(policy_file or config.release_policy, authorities.contact_details())
        paths = tuple(every_file(files))
        size = min(os.cpu_count() or 1, _MOST_PROCESSES, len(paths))
        with Examiners(policy, size=size, scanner=config.clamd) as examiners:
            released = tuple((str(each), each.read_bytes()) for each in earlier)
            reports = tuple(_checked(paths, examiners, policy, released, size))
    except (PolicyError, authorities.AuthoritiesWrong) as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"{error.filename or 'A file'}: cannot be read: {error.strerror}.") from None
    if as_json:
        click.echo(json.dumps([each.as_json() for each in reports], indent=2, ensure_ascii=False))
    else:
        click.echo("\n\n".join(_in_words(each) for each in reports))
    sys.exit(1 if any(each.verdict == "block" for each in reports) else 0)


def every_file(given: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in the folders in order of their names, at any depth."""
    for path in given:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(each for each in path.rglob("*") if each.is_file())
        if not inside:
            raise click.UsageError(f"{path}: the folder holds no file.")
        yield from inside


def _checked(
    paths: tuple[Path, ...],
    examiners: "Examiners",
    policy: "Policy",
    earlier: tuple[tuple[str, bytes], ...],
    size: int,
) -> Iterator["Report"]:
    """A report for each, in order; how far it is, for somebody who watches."""
    watched = len(paths) > 1 and sys.stderr.isatty()

    def report_on(path: Path) -> "Report":
        if path.stat().st_size > policy.limits.file_size:
            return _too_large(path, policy)
        return examiners.inspect(path.read_bytes(), str(path), earlier)

    with ThreadPoolExecutor(size) as threads:
        for number, report in enumerate(threads.map(report_on, paths), start=1):
            if watched:
                click.echo(f"\r{number} of {len(paths)}", err=True, nl=number == len(paths))
            yield report


def _too_large(path: Path, policy: "Policy") -> "Report":
    """The report on a file that is not even loaded."""
    from services.publishing.release_check.recognising import UNKNOWN
    from services.publishing.release_check.report import BLOCK, Finding, Report

    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    where = f"larger than {policy.limits.file_size // 1_000_000} MB"
    finding = Finding(code="archive_bomb", severity=BLOCK, where=where)
    return Report(file=str(path), sha256=digest, type=UNKNOWN, findings=(finding,), ruleset=policy.ruleset)


def _in_words(report: "Report") -> str:
    lines = [f"{report.file}: {_VERDICTS[report.verdict]} ({report.type}; {_SCANS[report.malware]})"]
    for severity, title in _SEVERITIES:
        of_this = sorted((each for each in report.findings if each.severity == severity), key=_code)
        lines += ["", f"  {title} ({len(of_this)})"] if of_this else []
        for _, same in groupby(of_this, key=_code):
            lines += ["", *_of_one_code(tuple(same))]
    return "\n".join(lines)


def _code(finding: "Finding") -> str:
    return finding.code


def _of_one_code(findings: "tuple[Finding, ...]") -> Iterator[str]:
    first = findings[0]
    yield _filled(f"{first.rule}  The file {first.what}.", "    ", "            ")
    for each in findings:
        shown = f": {each.excerpt}" if each.excerpt else ""
        yield _filled(f"- {each.where}{shown}", "      ", "        ")
    yield _filled(f"Mend: {first.mend}", "      ", "            ")


def _filled(text: str, first: str, rest: str) -> str:
    return fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False)
