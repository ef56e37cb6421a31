"""What a process may no longer do once it is about to read somebody's file: reach the network, start a program, change
a file, or take more than its share. Nothing of it can be taken back."""

import os
import resource
import sys
from contextlib import suppress
from typing import Any

from services.publishing.release_check import system_calls
from services.publishing.release_check.policy import Limits

_MOST_OPEN_FILES = 64
"""Enough to load a library and its data; a check itself opens nothing."""

_REFUSED_EVENTS = frozenset({
    "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
    "os.kill", "os.killpg", "signal.pthread_kill",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.lchown", "os.chflags", "os.lockf", "os.utime", "os.setxattr", "os.removexattr",
    "resource.setrlimit", "resource.prlimit", "sqlite3.connect", "urllib.Request", "webbrowser.open",
})  # fmt: skip
_REFUSED_FAMILIES = ("socket.", "subprocess.", "shutil.", "tempfile.", "ftplib.", "imaplib.", "poplib.", "smtplib.")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Refused(PermissionError):
    """Something that no check of a file needs."""


def seal(limits: Limits, parent: int) -> None:
    """Bind this process for good. Call it after everything is loaded and before the first byte of the file is read.

    It ends when its `parent`, by id, does. Three walls: limits of the system (computing seconds, memory beyond what
    the process has now, no byte written to a file, few files open), Python's own events, and, where the kernel has it,
    a filter of system calls, which also holds for the libraries written in C.
    """
    sys.dont_write_bytecode = True
    _limit(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _MOST_OPEN_FILES)
    if size := _address_space():
        _limit(resource.RLIMIT_AS, size + limits.memory)
    system_calls.end_with(parent)
    system_calls.refuse()
    sys.addaudithook(_refuse)


def _limit(what: int, soft: int, hard: int | None = None) -> None:
    _, highest = resource.getrlimit(what)
    wanted = soft if hard is None else hard
    allowed = wanted if highest == resource.RLIM_INFINITY else min(wanted, highest)
    resource.setrlimit(what, (min(soft, allowed), allowed))


def _address_space() -> int:
    """The size of this process in bytes; 0 on a system that does not tell it so."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[0]) * resource.getpagesize()
    return 0


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise Refused("no check of a file writes one")
    elif event in _REFUSED_EVENTS or event.startswith(_REFUSED_FAMILIES):
        raise Refused(f"no check of a file needs {event}")
