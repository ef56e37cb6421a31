"""The local broker: a real Apache Kafka, one node, its data in the state folder. For development and for tests."""

import base64
import os
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from string import Template

from services.operations import OperationFailed
from services.operations.classes import ClassArchive
from services.operations.jars import JARS, ROOT, SUMS, ensure_jars
from services.operations.java import Java, find_java
from shared.chassis.config import Config
from shared.chassis.events.kafka import KafkaBroker

PORT = 9092
TEMPLATE = ROOT / "deploy" / "kafka" / "server.properties"
LOGGING = ROOT / "deploy" / "kafka" / "log4j2.properties"
LEAN = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")
"""One small machine: the memory that Kafka needs, and no second compiler, which would take longer than it saves."""


class LocalBroker:
    """One broker on `port` of the loopback interface (its controller on `port` + 1), its data in `state`/kafka."""

    def __init__(self, state: Path, port: int = PORT, jars: Path = JARS) -> None:
        self.port = port
        self.address = f"127.0.0.1:{port}"
        self.folder = state.absolute() / "kafka"
        self._jars = jars
        self._properties = self.folder / "server.properties"
        self._pid_file = self.folder / "pid"
        self._output = self.folder / "logs" / "out.log"
        self._command: list[str] = []
        self._classes: ClassArchive | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self, say: Callable[[str], None]) -> None:
        """Find Java, fetch and check the jars, format the storage: all that is not yet done."""
        java = find_java(say)
        jars = ensure_jars(java, say, self._jars)
        (self.folder / "logs").mkdir(parents=True, exist_ok=True)
        data = self.folder / "data"
        template = Template(TEMPLATE.read_text())
        filled = template.safe_substitute(port=self.port, controller_port=self.port + 1, data=data)
        self._properties.write_text(filled)
        self._classes = ClassArchive(self._jars.parent, java, *LEAN, SUMS.read_text())
        self._command = self._java_command(java, jars)
        if not (data / "meta.properties").exists():
            say(f"Formatting the broker's storage in {data}")
            self._format()

    def start(self, own_session: bool = True) -> None:
        """Start it as a child process; `wait` tells when it serves.

        With `own_session` a Ctrl-C meant for the parent does not reach it. Without, whoever ends the parent's whole
        process group ends the broker too.
        """
        assert self._classes is not None, "prepare comes first"
        if self.pid is not None:
            raise OperationFailed(f"The broker of {self.folder} is already running, process {self.pid}")
        if self._listening():
            raise OperationFailed(
                f"Port {self.port} is taken by another program. Stop it, or set CANDOUR_PORT_OFFSET to another number"
            )
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [self._command[0], self._classes.option(), *self._command[1:], "kafka.Kafka", str(self._properties)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=own_session,
            )
        self._pid_file.write_text(str(self._process.pid))

    def wait(self, timeout: float = 60.0) -> None:
        """Return once it serves. Raises `OperationFailed` with the end of its log when it ended or was too slow."""
        broker = KafkaBroker("readiness", Config.load({"KAFKA_BOOTSTRAP_SERVERS": self.address}))
        deadline = time.monotonic() + timeout
        while not (self._listening() and broker.answers()):
            if self.pid is None:
                raise OperationFailed(f"The broker ended while it was starting:\n{self.last_words()}")
            if time.monotonic() > deadline:
                raise OperationFailed(f"The broker does not answer after {timeout:.0f} s:\n{self.last_words()}")
            time.sleep(0.05)

    def stop(self, timeout: float = 30.0) -> None:
        """End it cleanly; nothing happens when it is not running."""
        self._end(signal.SIGTERM, timeout)
        if self._classes is not None:
            self._classes.keep()

    def kill(self) -> None:
        """End it as a crash would."""
        self._end(signal.SIGKILL, 10.0)

    @property
    def pid(self) -> int | None:
        """Its process, also when another process of ours started it; None when it does not run."""
        if self._process is not None:
            return self._process.pid if self._process.poll() is None else None
        try:
            pid = int(self._pid_file.read_text())
        except (OSError, ValueError):
            return None
        return pid if str(self._properties) in _command_line(pid) else None

    def wait_for_end(self) -> int:
        """Wait until the child ends; its exit code."""
        assert self._process is not None
        return self._process.wait()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self.pid is not None:
            os.kill(self.pid, number)

    def last_words(self) -> str:
        """The end of what it wrote, and where there is more."""
        lines = []
        for path in (self._output, self.folder / "logs" / "server.log"):
            if path.exists():
                lines += path.read_text(errors="replace").splitlines()[-15:]
        return "\n".join([*lines, f"(more in {self.folder / 'logs'})"])

    def _java_command(self, java: Java, jars: list[Path]) -> list[str]:
        logs = f"-Dkafka.logs.dir={self.folder / 'logs'}"
        classes = os.pathsep.join(map(str, jars))
        logging = f"-Dlog4j2.configurationFile={LOGGING}"
        return [str(java.program), *LEAN, "-Djava.awt.headless=true", logs, logging, "-cp", classes]

    def _format(self) -> None:
        cluster = base64.urlsafe_b64encode(b"\x01" + uuid.uuid4().bytes[1:]).decode().rstrip("=")
        arguments = ["format", "--ignore-formatted", "--standalone", "-t", cluster, "-c", str(self._properties)]
        command = [*self._command, "kafka.tools.StorageTool", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            shutil.rmtree(self.folder / "data", ignore_errors=True)
            raise OperationFailed(f"The broker's storage could not be formatted:\n{done.stdout}{done.stderr}")

    def _listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _end(self, number: signal.Signals, timeout: float) -> None:
        self.send(number)
        deadline = time.monotonic() + timeout
        while self.pid is not None:
            if time.monotonic() > deadline:
                raise OperationFailed(f"The broker, process {self.pid}, did not end in {timeout:.0f} s: kill -9 it")
            time.sleep(0.02)
        self._process = None
        self._pid_file.unlink(missing_ok=True)


def run_in_foreground(config: Config, say: Callable[[str], None]) -> int:
    """`candour broker`: run until SIGTERM or SIGINT; the exit code. Raises `OperationFailed` when the broker fails."""
    broker = LocalBroker(config.state, config.port(PORT))
    broker.prepare(say)
    asked_to_stop = False

    def pass_on(number: int, _frame: object) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True
        broker.send(signal.SIGTERM)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    broker.start(own_session=False)
    try:
        broker.wait()
        say(f"Apache Kafka serves on {broker.address}, its data is in {broker.folder}")
        broker.wait_for_end()
    except OperationFailed:
        if not asked_to_stop:
            raise
    words = broker.last_words()
    broker.stop()
    if not asked_to_stop:
        raise OperationFailed(f"The broker ended by itself:\n{words}")
    return 0


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return shown.stdout
