"""The process that looks at files, one child for each: `python -I -m services.publishing.release_check.examiner`.

It loads the inspectors once, then reads requests from standard input and answers on standard output (`frames`), until
its input ends. It has one thread, no database, no network connection and no settings but those it is sent; it never
looks into a file itself. A child that crashes, hangs, or answers with nonsense ends alone.
"""

import gc
import io
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from typing import IO, Any, NoReturn

from services.publishing.release_check import inspection
from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.frames import BrokenFrame, Frame, read_frame
from services.publishing.release_check.policy import Limits, Policy
from services.publishing.release_check.sealing import seal

_PIECE = 1024 * 1024
_LIBRARIES = (
    "lxml", "openpyxl", "python_calamine", "olefile", "xlrd", "msoffcrypto",
    "pikepdf", "pdfplumber", "pdfminer", "pypdfium2", "pypdfium2_raw", "PIL", "phonenumbers",
)  # fmt: skip
"""Loaded ahead once a child has needed them, together with the inspectors: the next child begins with them."""
_OWN = __package__ or ""


def _inspect(asked: Frame, policy: Policy) -> Frame:
    earlier = [(name, asked.parts[part]) for part, name in asked.told["earlier"]]
    report = inspection.inspect(asked.parts["data"], asked.told["name"], policy, earlier)
    return Frame(told={"report": report.as_json()})


def _clean(asked: Frame, policy: Policy) -> Frame:
    from services.publishing.release_check.cleaning.copying import NotCleaned, clean  # only for those who ask

    try:
        copy = clean(asked.parts["data"], asked.told["name"], policy, asked.told["form"])
    except (NotCleaned, Unreadable, TooLarge) as reason:
        return Frame(told={"refused": str(reason)})
    files = [[f"file {number}", each.name, each.media_type] for number, each in enumerate(copy.files)]
    extent = {"before": str(copy.before), "after": str(copy.after), "warnings": copy.warnings}
    parts = {f"file {number}": each.data for number, each in enumerate(copy.files)}
    return Frame(told={"files": files, **extent}, parts=parts)


TASKS: Mapping[str, Callable[[Frame, Policy], Frame]] = {"inspect": _inspect, "clean": _clean}
"""What can be asked for. Every task runs in a sealed child, and gives back what fits a frame."""


def main() -> None:
    """Answer requests until the input ends."""
    requests, answers = _streams()
    begun = read_frame(requests)
    if begun is None:
        return
    policy = policy_from_json(begun.told["policy"])
    # What a check needs is loaded, and what it keeps of the policy is read, by a check of a text of our own.
    inspection.inspect(b"ready\n", "ready.txt", policy)
    gc.freeze()
    while (asked := read_frame(requests)) is not None:
        answer, loaded = _examined(asked, policy, requests.fileno())
        for piece in answer.pieces():
            answers.write(piece)
        answers.flush()
        del asked, answer
        _load(loaded)
    # The service has ended and left its folder for us behind, empty as it always is.
    with suppress(OSError):
        os.rmdir(os.getcwd())


def policy_as_json(policy: Policy) -> dict[str, Any]:
    """The policy as an examiner is sent it."""
    return asdict(policy)


def policy_from_json(told: Mapping[str, Any]) -> Policy:
    """The policy that `policy_as_json` gave."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Policy(**(values | {"limits": Limits(**told["limits"])}))


def _streams() -> tuple[IO[bytes], IO[bytes]]:
    """Input and output for frames alone: what a library prints must not come between them."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nothing, number)
    os.close(nothing)
    return requests, answers


def _examined(asked: Frame, policy: Policy, requests: int) -> tuple[Frame, list[str]]:
    """A child's answer, or what stopped it; and the modules that it had to load."""
    ours, theirs = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _examine(asked, policy, theirs, parent)
    os.close(theirs)
    try:
        answer, stopped = _answer(ours, requests, policy.limits)
    finally:
        os.close(ours)
        # Also one that has answered and goes on running.
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if stopped:
        return Frame(told={"stopped": stopped}), []
    try:
        read = read_frame(io.BytesIO(answer))
    except BrokenFrame:
        read = None
    if read is None:
        return Frame(told={"stopped": _end_in_words(status, policy.limits)}), []
    return read, [str(each) for each in read.told.get("loaded", ())]


def _answer(pipe: int, requests: int, limits: Limits) -> tuple[bytes, str]:
    """What the child writes until it closes its end, or why it was not waited for."""
    deadline = time.monotonic() + limits.wall
    watched = select.poll()
    watched.register(pipe, select.POLLIN)
    watched.register(requests, 0)  # only its end: nobody waits for the answer any more
    pieces: list[bytes] = []
    size = 0
    while (left := deadline - time.monotonic()) > 0:
        for number, _ in watched.poll(left * 1000):
            if number == requests:
                return b"", "is no longer waited for"
            piece = os.read(pipe, _PIECE)
            if not piece:
                return b"".join(pieces), ""
            pieces.append(piece)
            size += len(piece)
            if size > limits.inflated:
                return b"", "gives a longer answer than there can be"
    return b"", f"takes longer than the {limits.wall} seconds that a check may last"


def _end_in_words(status: int, limits: Limits) -> str:
    """Why a child gave no answer that can be read."""
    if not os.WIFSIGNALED(status):
        return "ends the program that reads it"
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return f"takes more than the {limits.cpu} seconds of computing that a check may have"
    return f"stops the program that reads it ({signal.Signals(number).name})"


def _examine(asked: Frame, policy: Policy, pipe: int, parent: int) -> NoReturn:
    """The child's life. It never returns to the loop that it was made in."""
    try:
        os.dup2(pipe, 3)
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        before = set(sys.modules)
        seal(policy.limits, parent)
        # It lives for one file: looking for circles among a million cells would only cost time.
        gc.disable()
        answer = _done(asked, policy)
        loaded = [name for name in sys.modules if name not in before]
        for piece in Frame(told={**answer.told, "loaded": loaded}, parts=answer.parts).pieces():
            _write(3, piece)
    finally:
        os._exit(0)


def _done(asked: Frame, policy: Policy) -> Frame:
    try:
        return TASKS[asked.told["task"]](asked, policy)
    except MemoryError:
        return Frame(told={"stopped": "needs more memory than a check may have"})
    except BaseException as error:
        # Also an exit: there is nobody else to end.
        return Frame(told={"stopped": f"makes the program that reads it fail ({type(error).__name__})"})


def _write(pipe: int, piece: bytes) -> None:
    left = memoryview(piece)
    while left:
        left = left[os.write(pipe, left) :]


def _load(names: list[str]) -> None:
    """Load what a child had to. Names come from a child that read a hostile file: only known ones are believed."""
    for name in names:
        known = name.startswith(f"{_OWN}.") or name.partition(".")[0] in _LIBRARIES
        if known and name not in sys.modules:
            # What cannot be loaded fails again in the child that needs it, and there it is told.
            with suppress(Exception):
                import_module(name)
    # What stays is left alone by the collector, and so its pages remain shared with every child.
    gc.freeze()


if __name__ == "__main__":
    main()
