"""The `candour` command with what people get wrong: help in sentences, exit codes, one message that lists all."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from services.cli import main

COMMANDS = (
    "serve", "work", "broker", "up", "demo", "migrate", "verify", "parked", "events", "token", "case", "doctor",
    "bench", "chaos", "calendar", "deadline", "cite", "split", "lint-letter", "check", "clean", "roll",
)  # fmt: skip


def candour(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process of its own, with no settings but these."""
    clean = {name: value for name, value in os.environ.items() if not re.match("CANDOUR_|KAFKA_|OIDC_|SMTP_", name)}
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *arguments],
        capture_output=True,
        text=True,
        env={**clean, **settings},
        timeout=60,
        check=False,
    )


def every_command(group: click.Group = main, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command there is, groups too."""
    yield above
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from every_command(command, (*above, name))
        else:
            yield (*above, name)


@pytest.mark.parametrize("words", list(every_command()), ids=lambda words: " ".join(words) or "candour")
def test_every_command_explains_itself_in_sentences(words):
    shown = CliRunner().invoke(main, [*words, "--help"])
    assert shown.exit_code == 0
    text = shown.output.split("\n\n")[1].strip()
    assert re.match(r"[A-Z].{15,}\.$", text, re.DOTALL), text
    options = re.findall(r"^  (--[a-z-]+)(?: (?:[A-Z-]+|\[.*?\]|<.*?>))?(.*)$", shown.output, re.MULTILINE)
    assert all(explained.strip() or f"{name} " in shown.output for name, explained in options)


def test_the_help_names_all_commands():
    done = candour("--help")
    assert done.returncode == 0
    assert set(re.findall(r"^  ([a-z][a-z-]*)  ", done.stdout, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "archive"),
        ("work", "archive"),
        ("work", "intake", "--only", "everything"),
        ("work", "intake", "--instance", "13"),
        ("migrate", "archive"),
        ("verify", "archive"),
        ("verify",),
        ("parked", "list", "archive"),
        ("parked", "skip", "intake", "0/0"),
        ("events", "replay", "archive"),
        ("serve", "intake", "--public"),
        ("token", "--person", "a.patel"),
        ("dispatch",),
        ("deadline",),
        ("deadline", "2026-02-30"),
        ("cite",),
        ("split", "no-such-file"),
        ("lint-letter", "no-such-file"),
        ("check", "no-such-file"),
        ("calendar", "add", "--date", "2026-07-01"),
        ("up", "--fast"),
    ],
    ids=" ".join,
)
def test_what_is_asked_wrongly_ends_with_exit_2_and_says_why(words, tmp_path):
    shown = CliRunner().invoke(main, ["--state", str(tmp_path), *words])
    assert shown.exit_code == 2
    assert re.search(r"^Error: .+", shown.output, re.MULTILINE)


def test_an_unknown_service_is_answered_with_those_that_there_are():
    done = candour("serve", "archive")
    assert done.returncode == 2
    assert "'archive' is not one of 'intake', 'consultation', 'decision', 'publishing', 'audit'" in done.stderr


def test_production_without_its_settings_is_one_message_with_all_of_them():
    done = candour("serve", "intake", CANDOUR_ENV="production", CANDOUR_CLOCK_FILE="/tmp/clock")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: The settings are wrong:\n")
    assert re.findall(r"^  - (\w+) ", done.stderr, re.MULTILINE) == [
        "CANDOUR_CLOCK_FILE",
        "OIDC_ISSUER",
        "KAFKA_BOOTSTRAP_SERVERS",
        "SMTP_URL",
    ]


def test_wrong_settings_are_told_together_and_without_a_traceback():
    wrong = {
        "CANDOUR_PORT_OFFSET": "lots",
        "CANDOUR_WEB_THREADS": "-1",
        "CANDOUR_DATABASE_URL": "sqlite:///one.db",
        "CANDOUR_ENV": "live",
        "KAFKA_SECURITY_PROTOCOL": "TLS",
    }
    done = candour("doctor", **wrong)
    assert (done.returncode, done.stdout) == (1, "")
    assert set(re.findall(r"^  - (\w+) must ", done.stderr, re.MULTILINE)) == set(wrong)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("setting", [("CANDOUR_PORT_OFFSET", "60000"), ("CANDOUR_WEB_WORKERS", "0")], ids="=".join)
def test_a_number_that_cannot_be_served_with_is_a_wrong_setting(setting, tmp_path):
    name, value = setting
    done = candour("serve", "intake", **{name: value, "CANDOUR_STATE": str(tmp_path), "CANDOUR_ENV": "test"})
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: The settings are wrong:\n  - {name} ")


def test_tokens_are_not_made_in_production(tmp_path):
    own = {
        "CANDOUR_ENV": "production",
        "CANDOUR_STATE": str(tmp_path),
        "OIDC_ISSUER": "https://identity.example",
        "KAFKA_BOOTSTRAP_SERVERS": "broker.example:9092",
        "SMTP_URL": "smtp://relay.example:25",
    }
    done = candour("token", "--role", "foi-officer", "--person", "a.patel", **own)
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not run in production: get tokens from your identity provider" in done.stderr
    assert list(tmp_path.iterdir()) == [], "no key was made"


def test_a_token_for_nobody_is_refused_without_a_traceback(tmp_path):
    done = candour("token", "--role", "foi-officer", "--person", "A Patel!", CANDOUR_STATE=str(tmp_path))
    assert done.returncode in (1, 2)
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_a_database_that_is_not_there_is_told_without_a_traceback(tmp_path):
    done = candour("parked", "list", "intake", CANDOUR_STATE=str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")


def test_cases_are_not_listed_while_nothing_serves_them(tmp_path):
    done = candour("case", "list", CANDOUR_STATE=str(tmp_path), CANDOUR_PORT_OFFSET="31111")
    assert done.returncode == 1
    assert done.stderr == "Error: The intake service does not answer. Is the stack running? Start it: candour up\n"
