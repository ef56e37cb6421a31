"""The kernel's own refusal of system calls (seccomp), for libraries in C that Python's events do not see."""

import ctypes
import os
import platform
import signal
import struct
from collections.abc import Iterable
from dataclasses import dataclass

_SET_DEATH_SIGNAL, _SET_SECCOMP, _SET_NO_NEW_PRIVILEGES = 1, 22, 38
_FILTER = 2

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_ALLOW, _KILL, _FAIL_WITH = 0x7FFF0000, 0x80000000, 0x00050000
_NOT_PERMITTED, _NO_SUCH_CALL = 1, 38

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_NEW_THREAD = 0x00010000
_OTHER_NUMBERING = 0x40000000


@dataclass(frozen=True, kw_only=True)
class _Machine:
    """A processor's numbers. `opening` are calls that open, with the place of the flags among the arguments;
    `unknown` are newer calls that libraries do without where the kernel does not know them."""

    mark: int
    refused: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]
    clone: int
    unknown: tuple[int, ...]


_MACHINES = {
    "x86_64": _Machine(
        mark=0xC000003E,
        refused=(
            41, 42, 43, 49, 50, 53, 288,  # socket, connect, accept, bind, listen, socketpair, accept4
            57, 58, 59, 322,  # fork, vfork, execve, execveat
            62, 200, 234, 129, 297, 424,  # kill, tkill, tgkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal
            101, 310, 311, 438,  # ptrace, process_vm_readv, process_vm_writev, pidfd_getfd
            76, 77, 82, 83, 84, 85, 86, 87, 88,  # truncate to symlink, creat among them
            90, 91, 92, 93, 94, 132, 133, 235,  # chmod to lchown, utime, mknod, utimes
            258, 259, 260, 261, 263, 264, 265, 266, 268, 280, 316, 452,  # the same by folder
            188, 189, 190, 197, 198, 199,  # setxattr, removexattr
            155, 161, 165, 166, 272, 308, 425, 321, 323,  # roots, mounts, namespaces, io_uring, bpf, userfaultfd
        ),
        opening=((2, 1), (257, 2)),
        clone=56,
        unknown=(435, 437),
    ),
    "aarch64": _Machine(
        mark=0xC00000B7,
        refused=(
            198, 199, 200, 201, 202, 203, 242,
            221, 281,
            129, 130, 131, 138, 240, 424,
            117, 270, 271, 438,
            33, 34, 35, 36, 37, 38, 276, 45, 46, 52, 53, 54, 55, 88, 452,
            5, 6, 7, 14, 15, 16,
            39, 40, 41, 51, 97, 268, 425, 280, 282,
        ),
        opening=((56, 2),),
        clone=220,
        unknown=(435, 437),
    ),
}  # fmt: skip


def end_with(parent: int) -> None:
    """Have the kernel end this process when its parent, the one with this id, ends; at once where it has ended."""
    _control(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def refuse() -> bool:
    """Refuse for good whatever would reach the network, start a process, or change a file; threads stay possible.

    False on a processor or a kernel that does not offer it.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None or not _control(_SET_NO_NEW_PRIVILEGES, 1):
        return False
    steps = b"".join(_program(machine))
    kept = ctypes.create_string_buffer(steps, len(steps))
    program = struct.pack("HxxxxxxP", len(steps) // 8, ctypes.addressof(kept))
    return _control(_SET_SECCOMP, _FILTER, program)


def _program(machine: _Machine) -> Iterable[bytes]:
    """The filter: each step is a test with how many steps to pass over when it holds and when it does not."""
    yield from (_step(_LOAD, _MACHINE), _step(_EQUAL, machine.mark, 1, 0), _step(_RETURN, _KILL))
    yield from (_step(_LOAD, _NUMBER), _step(_AT_LEAST, _OTHER_NUMBERING, 0, 1), _fail(_NOT_PERMITTED))
    for number in machine.refused:
        yield from (_step(_EQUAL, number, 0, 1), _fail(_NOT_PERMITTED))
    for number in machine.unknown:
        yield from (_step(_EQUAL, number, 0, 1), _fail(_NO_SUCH_CALL))
    for number, place in machine.opening:
        yield from (_step(_EQUAL, number, 0, 4), _step(_LOAD, _ARGUMENTS + 8 * place))
        yield from (_step(_ANY_BIT, _WRITING, 1, 0), _step(_RETURN, _ALLOW), _fail(_NOT_PERMITTED))
    yield from (_step(_EQUAL, machine.clone, 0, 4), _step(_LOAD, _ARGUMENTS))
    yield from (_step(_ANY_BIT, _NEW_THREAD, 0, 1), _step(_RETURN, _ALLOW), _fail(_NOT_PERMITTED))
    yield _step(_RETURN, _ALLOW)


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)


def _fail(number: int) -> bytes:
    return _step(_RETURN, _FAIL_WITH | number)


def _control(what: int, value: int, program: bytes | None = None) -> bool:
    """Ask the kernel; False where it will not, or is none that can be asked."""
    try:
        call = ctypes.CDLL(None).prctl
    except (AttributeError, OSError):
        return False
    call.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong)
    return bool(call(what, value, program, 0, 0) == 0)
