"""`candour broker`: fetched, checked, started, stopped."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from services.operations import OperationFailed
from services.operations.broker import LocalBroker
from services.operations.jars import JARS, SUMS, compare, ensure_jars
from services.operations.java import find_java
from tests.ports import free_ports

FOREGROUND = """
import sys
from services.operations.broker import run_in_foreground
from shared.chassis.config import Config
sys.exit(run_in_foreground(Config.load(), lambda text: print(text, flush=True)))
"""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda folder: (folder / "a.jar").unlink(), "a.jar is missing"),
        (lambda folder: (folder / "b.jar").write_bytes(b"else"), "b.jar is not the one listed"),
        (lambda folder: (folder / "c.jar").write_bytes(b"c"), "c.jar is not listed"),
    ],
    ids=["missing", "changed", "extra"],
)
def test_a_jar_that_is_not_as_listed_is_named(tmp_path: Path, change, named: str) -> None:
    folder = tmp_path / "libs"
    folder.mkdir()
    sums = tmp_path / "sums"
    for name in ("a.jar", "b.jar"):
        (folder / name).write_bytes(name.encode())
    sums.write_text("".join(f"{hashlib.sha256(n.encode()).hexdigest()}  {n}\n" for n in ("a.jar", "b.jar")))
    assert compare(folder, sums) == []
    change(folder)
    assert [difference for difference in compare(folder, sums) if difference.startswith(named)]


def test_wrong_jars_are_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "libs"
    folder.mkdir()
    (folder / "kafka-evil.jar").write_bytes(b"")
    with pytest.raises(OperationFailed, match=r"kafka-evil.jar is not listed[\s\S]*rm -r"):
        ensure_jars(find_java(print), print, folder)


@pytest.mark.broker
def test_the_jars_that_are_run_are_those_that_are_listed(kafka: LocalBroker) -> None:
    assert compare(JARS) == []
    assert len(SUMS.read_text().splitlines()) == len(list(JARS.iterdir()))


@pytest.mark.broker
def test_a_broker_is_not_started_twice_nor_on_a_taken_port(kafka: LocalBroker, tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="already running"):
        kafka.start()
    other = LocalBroker(tmp_path, kafka.port)
    other.prepare(say=print)
    with pytest.raises(OperationFailed, match=f"Port {kafka.port} is taken.*CANDOUR_PORT_OFFSET"):
        other.start()


@pytest.mark.broker
def test_a_broker_that_cannot_start_gives_the_end_of_its_log(tmp_path: Path) -> None:
    broker = LocalBroker(tmp_path, free_ports(2))
    broker.prepare(say=print)
    properties = broker.folder / "server.properties"
    properties.write_text(properties.read_text().replace("node.id=1", "node.id=none"))
    broker.start()
    with pytest.raises(OperationFailed, match=r"ended while it was starting[\s\S]*Invalid value none[\s\S]*more in"):
        broker.wait()
    broker.stop()


@pytest.mark.broker
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_in_the_foreground_it_serves_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    offset = free_ports(2) - 9092
    settings = {"CANDOUR_STATE": str(tmp_path), "CANDOUR_PORT_OFFSET": str(offset), "CANDOUR_ENV": "test"}
    with subprocess.Popen(
        [sys.executable, "-c", FOREGROUND], stdout=subprocess.PIPE, text=True, env={**os.environ, **settings}
    ) as process:
        assert process.stdout is not None
        assert any("serves on" in line for line in iter(process.stdout.readline, ""))
        java = LocalBroker(tmp_path, 9092 + offset).pid
        assert java is not None
        process.send_signal(number)
        assert process.wait(20) == 0
    assert LocalBroker(tmp_path, 9092 + offset).pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(java, 0)
