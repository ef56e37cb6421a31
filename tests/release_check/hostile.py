"""An examiner whose reader of plain text does what the text says: what a file could do that has taken hold of it.

`run` starts it, for `confinement._PROGRAM`. A deed that is done leaves the file without a finding.
"""

import ctypes
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

from services.publishing.release_check import examiner
from services.publishing.release_check.frames import Frame
from services.publishing.release_check.looking import Look

ROOT = Path(__file__).parents[2]
PROGRAM = (
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.release_check import hostile; hostile.run()",
)
NOTHING_MORE = ModuleType("nothing_more")
NOTHING_MORE.inspect = lambda look: None
_PIPE = 3


class NotDone(Exception):
    """The C library was told no."""


def run() -> None:
    own = examiner.__package__
    sys.modules[f"{own}.plain_text"] = sys.modules[__name__]
    for name in ("wording", "counts"):
        sys.modules[f"{own}.{name}"] = NOTHING_MORE
    examiner.main()


def inspect(look: Look) -> None:
    deed, _, argument = look.data.decode().strip().partition(" ")
    if deed in TELLS:
        look.found("unreadable", str(TELLS[deed]()))
    elif deed == "lie":
        _lie(look)
    elif deed != "ready":
        DEEDS[deed](argument)


def _native(name, *arguments):
    if getattr(ctypes.CDLL(None), name)(*arguments) < 0:
        raise NotDone(name)


def _lie(look):
    """Answer in the checker's place that another file passes."""
    told = {"file": look.name, "sha256": "0" * 64, "type": "txt", "findings": [], "malware": "clean", "ruleset": "test"}
    for piece in Frame(told={"report": told}).pieces():
        os.write(_PIPE, piece)
    os._exit(0)


def _nonsense(_argument):
    os.write(_PIPE, b"\xff" * 100)
    os._exit(0)


def _half(_argument):
    whole = b"".join(Frame(told={"report": {}}, parts={"data": b"x" * 1000}).pieces())
    os.write(_PIPE, whole[:500])
    os._exit(0)


def _flood(_argument):
    while True:
        os.write(_PIPE, b"\xff" * 65536)


def _spin(_argument):
    while True:
        pass


def _eat(_argument):
    eaten = []
    while True:
        eaten.append(bytearray(16 * 1024 * 1024))


def _deepen(argument):
    _deepen(argument)


def _append(path):
    with open(path, "ab") as file:
        file.write(b"here")


def _connect(argument):
    socket.create_connection(("127.0.0.1", int(argument)), timeout=5)


def _fork(_argument):
    if os.fork() == 0:
        os._exit(0)


def _native_fork(_argument):
    if ctypes.CDLL(None).fork() == 0:
        os._exit(0)
    raise NotDone("fork")


DEEDS = {
    "connect": _connect,
    "resolve": lambda _: socket.getaddrinfo("localhost", 80),
    "native-socket": lambda _: _native("socket", socket.AF_INET, socket.SOCK_STREAM, 0),
    "write": lambda path: Path(path).write_text("here"),
    "append": lambda path: _append(path),
    "open": lambda path: os.open(path, os.O_CREAT | os.O_WRONLY),
    "native-open": lambda path: _native("open", path.encode(), os.O_CREAT | os.O_WRONLY, 0o600),
    "native-fifo": lambda path: _native("mkfifo", path.encode(), 0o600),
    "mkdir": lambda path: Path(path).mkdir(),
    "symlink": lambda path: Path(path).symlink_to("/"),
    "native-mkdir": lambda path: _native("mkdir", path.encode(), 0o700),
    "native-symlink": lambda path: _native("symlink", b"/", path.encode()),
    "run": lambda path: subprocess.run(["touch", path], check=True),
    "shell": lambda path: os.system(f"touch {path}"),
    "become": lambda path: os.execv("/usr/bin/touch", ["touch", path]),
    "native-shell": lambda path: ctypes.CDLL(None).system(f"touch {path}".encode()) and _native("raise", -1),
    "remove": lambda path: Path(path).unlink(),
    "rename": lambda path: Path(path).rename(f"{path}-away"),
    "empty": lambda path: os.truncate(path, 0),
    "chmod": lambda path: Path(path).chmod(0),
    "native-remove": lambda path: _native("unlink", path.encode()),
    "native-rename": lambda path: _native("rename", path.encode(), f"{path}-away".encode()),
    "native-empty": lambda path: _native("truncate", path.encode(), 0),
    "fork": _fork,
    "native-fork": _native_fork,
    "kill": lambda _: os.kill(os.getppid(), 9),
    "native-kill": lambda _: _native("kill", os.getppid(), 9),
    "lift-limits": lambda _: resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1)),
    "crash": lambda _: ctypes.string_at(0),
    "abort": lambda _: os.abort(),
    "leave": lambda _: os._exit(0),
    "exit": lambda _: sys.exit(0),
    "spin": _spin,
    "sleep": lambda _: time.sleep(1000),
    "eat": _eat,
    "deepen": _deepen,
    "nonsense": _nonsense,
    "half": _half,
    "flood": _flood,
    "print": lambda _: sys.stdout.write("\0\0\0\1" * 1000),
}
TELLS = {
    "descriptors": lambda: [os.readlink(f"/proc/self/fd/{each}").partition(":")[0] for each in range(_PIPE + 1)],
    "number-open": lambda: sum(Path(f"/proc/self/fd/{each}").is_symlink() for each in range(1000)),
    "environment": lambda: sorted(os.environ),
    "place": lambda: os.listdir("."),
    "ids": lambda: f"{os.getpid()} {os.getppid()}",
}
