"""`candour lint-letter`: what is wrong with a letter, before it leaves."""

import json
import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from shared.letters.lint import LetterFinding

_SEVERITIES = (("B", "Must be mended before it is sent"), ("W", "Needs mending or a reason"), ("I", "Good to know"))
_WIDTH = 100


@click.command("lint-letter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--decisions",
    "decisions_file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="JSON of what was decided: a reply as data, or parts with label, outcome and citations.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")
def lint_letter(file: str, decisions_file: str | None, as_json: bool) -> None:
    """Read a letter (text, HTML, PDF or Word; - is standard input) and say what is wrong with it.

    Every finding names the rule, the place, the words, why, and the mend. Exit 1 when something must be mended
    before the letter is sent, 2 when the letter or the decisions cannot be read.
    """
    # The linter's vocabulary takes a while to load, which only those pay who lint.
    from shared.letters.lint import DecisionsUnreadable, decisions, lint, verdict
    from shared.letters.reading import Unreadable

    if file == decisions_file == "-":
        raise click.UsageError("only one of the letter and the decisions can come from standard input")
    try:
        decided = decisions(_bytes(decisions_file)) if decisions_file else None
        findings = lint(_bytes(file), decided)
    except (Unreadable, DecisionsUnreadable) as error:
        raise click.UsageError(
            f"{decisions_file if isinstance(error, DecisionsUnreadable) else file}: {error}"
        ) from None
    come_to = verdict(findings)
    if as_json:
        found = {"file": file, "verdict": come_to, "findings": [each.as_json() for each in findings]}
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        click.echo(_in_words(file, findings, come_to))
    sys.exit(1 if come_to == "block" else 0)


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _in_words(file: str, findings: "tuple[LetterFinding, ...]", come_to: str) -> str:
    name = "standard input" if file == "-" else file
    lines = [f"{name}: {_summary(findings, come_to)}"]
    for severity, title in _SEVERITIES:
        of_this = [each for each in findings if each.severity == severity]
        lines += ["", f"{title} ({len(of_this)})"] if of_this else []
        for each in of_this:
            lines += ["", f"  {each.rule}  {each.where}"]
            lines += [_filled(f"“{each.quote}”")] if each.quote else []
            lines += [_filled(each.why), _filled(f"Mend: {each.mend}")]
    return "\n".join(lines)


def _summary(findings: "tuple[LetterFinding, ...]", come_to: str) -> str:
    count = {severity: sum(each.severity == severity for each in findings) for severity, _ in _SEVERITIES}
    said = {
        "block": f"it may not be sent: {count['B']} to mend, {count['W']} to mend or give a reason for.",
        "review": f"{count['W']} to mend or give a reason for.",
        "pass": "nothing to mend.",
    }
    return said[come_to]


def _filled(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False)
