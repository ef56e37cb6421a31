"""Everything on one machine: what `candour up` runs, and what the demonstration and the measurements drive."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from honcho import manager as honcho
from honcho.environ import parse_procfile
from honcho.printer import Printer

from services import SERVICES
from services.operations import OperationFailed
from services.operations.broker import PORT as BROKER_PORT
from services.operations.broker import LocalBroker
from services.registry import runtime_of, service_named
from shared.chassis.config import Config
from shared.chassis.local_issuer import LocalIssuer

ROOT = Path(__file__).parents[2]
MAIL_PORT = 8025
Say = Callable[[str], None]


def addresses(config: Config) -> dict[str, str]:
    """Where each service, and the public site, answers."""
    found = {name: f"http://127.0.0.1:{config.port(service_named(name).port)}" for name in SERVICES}
    site = service_named("publishing").site
    assert site is not None
    return {**found, "site": f"http://127.0.0.1:{config.port(site.port)}"}


def prepare(config: Config, say: Say) -> None:
    """All that must be there before the processes start: broker jars, databases, keys, folders."""
    (config.state / "logs").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(config.state / "run" / "metrics", ignore_errors=True)
    if not config.kafka_bootstrap_servers:
        LocalBroker(config.state, config.port(BROKER_PORT)).prepare(say)
    for name in SERVICES:
        runtime_of(name, config).migrate()
    LocalIssuer.of(config)


def commands(config: Config) -> dict[str, str]:
    """What to run, by name: the Procfile, without those parts that the settings place elsewhere."""
    found = dict(parse_procfile((ROOT / "deploy" / "Procfile").read_text()).processes)
    if config.kafka_bootstrap_servers:
        del found["broker"]
    if config.smtp_url:
        del found["mailbox"]
    return found


def environment(config: Config) -> dict[str, str]:
    """The environment of the stack's processes; `candour` and `python` are this installation's."""
    programs = Path(sys.executable).parent
    return config.environment(
        PATH=f"{programs}{os.pathsep}{config.environment().get('PATH', '')}",
        PYTHONUNBUFFERED="1",
        MAIL_PORT=str(config.port(MAIL_PORT)),
        MAIL_FOLDER=str(config.state / "mail"),
    )


def run(config: Config, say: Say, *, output: TextIO = sys.stdout) -> int:
    """`candour up`: run until Ctrl-C; the exit code. Every process that ends by itself is started again."""
    refuse_taken_ports(config)
    prepare(config, say)
    honcho.KILL_WAIT = 15  # seconds; gunicorn gives what is in hand ten
    manager = honcho.Manager(Printer(_Patient(output), prefix=True))
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))  # the terminal was closed
    keep = ROOT / "deploy" / "keep.sh"
    for name, command in commands(config).items():
        manager.add_process(name, f"exec sh {keep} {command}", env=environment(config), cwd=os.getcwd())
    for name, address in addresses(config).items():
        say(f"{name:<13}{address}")
    say("Ctrl-C stops everything.")
    manager.loop()
    return 0 if manager.returncode in (None, 0, 130, 143) else 1


class _Patient:
    """An output that may go away: what runs must still be stopped in order when nobody reads any more."""

    def __init__(self, output: TextIO) -> None:
        self._output = output

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._output.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._output.flush()

    def isatty(self) -> bool:
        return self._output.isatty()


def refuse_taken_ports(config: Config) -> None:
    """Raise `OperationFailed` when another program listens where a process of the stack would."""
    wanted = {address.rsplit(":", 1)[1]: name for name, address in addresses(config).items()}
    if not config.smtp_url:
        wanted[str(config.port(MAIL_PORT))] = "mailbox"
    if not config.kafka_bootstrap_servers:
        wanted[str(config.port(BROKER_PORT))] = "broker"
    taken = [f"{port} ({name})" for port, name in wanted.items() if _listening(int(port))]
    if taken:
        raise OperationFailed(
            f"These ports are taken: {', '.join(taken)}. Stop what uses them, or set CANDOUR_PORT_OFFSET=1000."
        )


class Stack:
    """The whole stack as a child process, for whoever drives it."""

    def __init__(self, config: Config, **settings: str) -> None:
        self.config = config
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self.log = config.state / "logs" / "up.log"

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "up"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.config.environment(**self._settings),
                start_new_session=True,  # a Ctrl-C is for the parent, which then stops everything in order
            )

    def wait_until_ready(self, timeout: float = 90.0) -> None:
        """Return once every service says that it is ready. Raises `OperationFailed` with the end of the log."""
        end = time.monotonic() + timeout
        waiting = list(addresses(self.config).values())
        while waiting:
            waiting = [address for address in waiting if not ready(address)]
            if self._process is not None and self._process.poll() is not None:
                raise OperationFailed(f"The stack ended while it was starting:\n{self._last_words()}")
            if waiting and time.monotonic() > end:
                raise OperationFailed(f"Not ready after {timeout:.0f} s: {', '.join(waiting)}\n{self._last_words()}")
            time.sleep(0.05)

    def wait(self) -> None:
        """Return when it has ended by itself."""
        assert self._process is not None
        self._process.wait()

    def stop(self, timeout: float = 40.0) -> None:
        """Stop everything cleanly."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:]) + f"\n(more in {self.log})"


def ready(address: str) -> bool:
    """Whether the service at this address says that it is ready."""
    try:
        with urllib.request.urlopen(f"{address}/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
