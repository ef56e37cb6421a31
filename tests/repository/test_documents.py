"""The documents tell the truth: every link leads somewhere, every command, metric, setting and file exists."""

import re
from pathlib import PurePosixPath

import click
import pytest

from services.cli import main
from services.operations.documents import metric_names
from shared.chassis.config import Config
from tests.repository.files import ROOT, repository_files, text_of

WRITTEN = [name for name in repository_files() if name.endswith(".md")]
each_document = pytest.mark.parametrize("name", WRITTEN)
COMMAND = re.compile(r"(?:^|`|\$ )candour ([a-z][^`\n|&;#]*)", re.MULTILINE)
FILE = re.compile(r"`((?:shared|services|tests|deploy|docs)/[\w./<>-]+)`")
SETTING = re.compile(r"\b((?:CANDOUR|KAFKA|OIDC|SMTP)_[A-Z_]+)\b")
METRIC = re.compile(r"\b(candour_[a-z_]+)\b")


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@each_document
def test_every_link_leads_somewhere(name):
    wrong = []
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text_of(name)):
        path, _, heading = target.partition("#")
        there = (ROOT / name).parent / path if path else ROOT / name
        headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE) if there.is_file() else []
        if not there.exists() or (heading and heading not in map(anchor, headings)):
            wrong.append(target)
    assert wrong == []


@each_document
def test_every_command_exists_with_its_options(name):
    wrong = [line for line in COMMAND.findall(text_of(name)) if not understood(line.split())]
    assert wrong == []


def understood(words: list[str]) -> bool:
    """Whether the words are a command of ours, followed by options that it has."""
    command: click.Command = main
    while words and isinstance(command, click.Group):
        if words[0].startswith("-"):
            break
        found = command.commands.get(words[0])
        if found is None:
            return False
        command, words = found, words[1:]
    options = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
    options |= {"--help", "-h", "--state"}
    return all(word.split("=")[0] in options for word in words if word.startswith("-"))


@each_document
def test_every_make_target_exists(name):
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    assert [target for target in re.findall(r"`make ([a-z-]+)", text_of(name)) if target not in targets] == []


@each_document
def test_every_named_file_exists(name):
    there = set(repository_files()) | {
        str(parent) for file in repository_files() for parent in PurePosixPath(file).parents
    }
    wrong = [path for path in FILE.findall(text_of(name)) if "<" not in path and path.rstrip("/") not in there]
    assert wrong == []


@each_document
def test_every_setting_exists(name):
    settings = {item.metadata["variable"] for item in Config.__dataclass_fields__.values()}
    assert set(SETTING.findall(text_of(name))) - settings == set()


@pytest.mark.parametrize("name", [*WRITTEN, *(name for name in repository_files() if name.startswith("deploy/"))])
def test_every_metric_exists(name):
    there = {metric for metric, _, _ in metric_names()}
    there |= {f"{metric}_{part}" for metric in there for part in ("bucket", "sum", "count")}
    assert set(METRIC.findall(text_of(name))) - there == set()
