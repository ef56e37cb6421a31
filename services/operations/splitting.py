"""The command `split`: the parts of a request as they would be proposed to an officer."""

import json
from textwrap import fill

import click

from services.intake.splitting import ProposedPart, split

_WIDTH = 100


class NotARequest(click.ClickException):
    """What was given has no text that could be split."""

    exit_code = 2


@click.command(name="split")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")
def split_request(file: str, as_json: bool) -> None:
    """Split the request in FILE, plain text in UTF-8, into its parts; - reads standard input.

    Each part is printed with its label, what it is unless it is a question, and its text. Nothing of the text is left
    out.
    """
    parts = split(_text(file))
    if not parts:
        raise NotARequest(f"{_name(file)} holds no words. Give the text of a request.")
    if as_json:
        told = [_described(part) for part in parts]
        click.echo(json.dumps({"parts": told}, indent=2, ensure_ascii=False))
    else:
        depths: dict[str | None, int] = {None: -1}
        for part in parts:
            depths[part.label] = depths[part.parent] + 1
        click.echo("\n\n".join(_in_words(part, depths[part.label]) for part in parts))


def _text(file: str) -> str:
    with click.open_file(file, "rb") as opened:
        raw: bytes = opened.read()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotARequest(f"{_name(file)} is not plain text in UTF-8. Save the request as such.") from None


def _name(file: str) -> str:
    return "Standard input" if file == "-" else file


def _described(part: ProposedPart) -> dict[str, str | None]:
    return {
        "label": part.label,
        "visible_label": part.visible_label,
        "parent": part.parent,
        "kind": part.kind,
        "text": part.text,
    }


def _in_words(part: ProposedPart, depth: int) -> str:
    indent = "  " * depth
    kind = "" if part.kind == "question" else f" ({part.kind})"
    mark = f"{part.visible_label} " if part.visible_label else ""
    lines = f"{mark}{part.text}".split("\n")
    text = "\n".join(
        fill(line, _WIDTH, initial_indent=f"{indent}  ", subsequent_indent=f"{indent}  ")
        for line in lines
        if line.strip()
    )
    return f"{indent}{part.label}{kind}\n{text}"
