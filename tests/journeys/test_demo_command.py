"""`candour demo` as a person runs it: from nothing, again, and ended with Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services import SERVICES
from services.operations.golden_case import golden_cases
from tests.journeys.stacks import clean_environment, config_on_free_ports, processes_of

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(300)]
WAITING = "Everything keeps running. Ctrl-C stops it."


class Demonstration:
    """The command with one state folder and ports of its own."""

    def __init__(self, state: Path) -> None:
        self.state = state
        offset = config_on_free_ports(state).port_offset
        self._environment = clean_environment(CANDOUR_PORT_OFFSET=str(offset))

    def command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "services.cli", "demo", "--state", str(self.state), *options]

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*options), capture_output=True, text=True, env=self._environment, timeout=200, check=False
        )

    def start(self, summary: Path, *options: str) -> "subprocess.Popen[str]":
        """In a process group of its own, as a shell starts it. What it tells a person comes on its stderr."""
        with summary.open("w") as file:
            return subprocess.Popen(
                self.command(*options),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.PIPE,
                text=True,
                env=self._environment,
                process_group=0,
            )


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """What is left of it when a test fails is ended here, so that nothing outlives the tests."""
    made = Demonstration(tmp_path_factory.mktemp("demo"))
    yield made
    for pid in processes_of(made.state):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def first_run(demonstration: Demonstration) -> "subprocess.CompletedProcess[str]":
    return demonstration.run("--once", "--json")


def test_from_nothing_all_five_cases_go_through_and_verify(
    demonstration: Demonstration, first_run: "subprocess.CompletedProcess[str]"
) -> None:
    assert first_run.returncode == 0, first_run.stderr
    summary = json.loads(first_run.stdout)
    assert summary["ok"]
    assert {case["reference"]: case["differences"] for case in summary["cases"]} == {
        case.reference: [] for case in golden_cases()
    }
    assert all(case["working"] and case["published"] for case in summary["cases"])
    assert summary["verification"]["intact"]
    assert summary["verification"]["faults"] == []
    assert "was played before" not in first_run.stderr
    assert not processes_of(demonstration.state)


def test_again_it_plays_nothing_twice_and_ctrl_c_stops_everything(
    demonstration: Demonstration, first_run: "subprocess.CompletedProcess[str]", tmp_path: Path
) -> None:
    summary = tmp_path / "summary"
    with demonstration.start(summary, "--json") as process:
        said = heard(process, WAITING)
        running = processes_of(demonstration.state)
        assert len(running) > len(SERVICES)
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stderr.read() if process.stderr else ""
        assert process.wait(60) == 0, rest
    assert "Traceback" not in rest
    assert not processes_of(demonstration.state)
    assert said.count("was played before") == len(golden_cases())
    before, after = json.loads(first_run.stdout), json.loads(summary.read_text())
    assert after["ok"]
    assert after["cases"] == before["cases"]
    assert after["verification"]["checked"] == before["verification"]["checked"]


def test_ctrl_c_while_it_starts_stops_everything_too(demonstration: Demonstration, tmp_path: Path) -> None:
    with demonstration.start(tmp_path / "summary") as process:
        heard(process, "Starting")
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stderr.read() if process.stderr else ""
        assert process.wait(60) == 1, rest
    assert "Traceback" not in rest
    assert not processes_of(demonstration.state)


def heard(process: "subprocess.Popen[str]", words: str) -> str:
    """What it has told until it says these words."""
    assert process.stderr is not None
    said = ""
    while words not in said:
        line = process.stderr.readline()
        assert line, f"it ended by itself: {said}"
        said += line
    return said
