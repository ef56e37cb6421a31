"""Checks run apart from the service: a file that takes hold of the process that reads it has taken hold of nothing.

`Examiners` speaks to processes (`examiner`) that have a child of their own read each file. Whatever becomes of such a
child, the answer is a report, and never a pass (REL-27).
"""

import atexit
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from types import TracebackType
from typing import Any

from services.publishing.release_check.catalogue import CATALOGUE
from services.publishing.release_check.examiner import policy_as_json
from services.publishing.release_check.frames import BrokenFrame, Frame, read_frame
from services.publishing.release_check.malware import scanned
from services.publishing.release_check.policy import Policy
from services.publishing.release_check.recognising import UNKNOWN
from services.publishing.release_check.report import BLOCK, Finding, Report
from shared.contracts.values import FileName

_PROGRAM = (sys.executable, "-I", "-B", "-m", "services.publishing.release_check.examiner")
_PAGE = "text/html"
_GRACE = 30
"""Seconds beyond a check's own that an examiner may take, for starting and for passing bytes on."""


class Stopped(Exception):
    """A check was stopped. The message completes "it …"."""


class NotCleaned(Exception):
    """There is no clean copy of a file. The message says why, and what to do instead."""


@dataclass(frozen=True, kw_only=True)
class CleanFile:
    """One file of a clean copy, with the report of its own check."""

    name: str
    media_type: str
    data: bytes
    report: Report


@dataclass(frozen=True, kw_only=True)
class CleanCopy:
    """What a file became when it was rebuilt from what is visible. `before` and `after` say how much there was and is:
    `10,799 rows in 4 sheets`."""

    files: tuple[CleanFile, ...]
    before: str
    after: str
    warnings: tuple[str, ...]

    @property
    def summary(self) -> str:
        return f"{self.before} became {self.after}"


class Examiners:
    """Up to `size` processes that check files, each started when it is first needed; for use from any thread.

    `scanner` is the address of clamd (`unix:///path` or `tcp://host:port`), or empty. Use it as a context manager, or
    close it.
    """

    def __init__(self, policy: Policy, *, size: int = 1, scanner: str = "") -> None:
        self._policy = policy
        self._scanner = scanner
        self._closed = False
        self._all = tuple(_Examiner(policy) for _ in range(size))
        self._free: queue.LifoQueue[_Examiner] = queue.LifoQueue()
        for each in self._all:
            self._free.put(each)
        atexit.register(self._end_all)

    def __enter__(self) -> "Examiners":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def inspect(self, data: bytes, name: str, earlier: Sequence[tuple[str, bytes]] = ()) -> Report:
        """The report on a file as `inspection.inspect` makes it, and what the virus scanner says.

        Never raises for what the file holds: a check that was stopped is a finding that blocks.
        """
        old = {f"earlier {number}": each for number, (_, each) in enumerate(earlier)}
        named = [[part, each] for part, (each, _) in zip(old, earlier, strict=True)]
        try:
            answer = self.ask("inspect", {"name": name, "earlier": named}, {"data": data, **old})
            report = self._believed(answer, data, name)
        except Stopped as stopped:
            report = self._unreadable(data, name, str(stopped))
        return scanned(report, data, self._scanner)

    def clean(self, data: bytes, name: str, form: str = "") -> CleanCopy:
        """A copy rebuilt from what is visible, each file of it checked again; a document as a page and as a PDF of it.

        Raises `NotCleaned`.
        """
        try:
            answer = self.ask("clean", {"name": name, "form": form}, {"data": data})
            if "refused" in answer.told:
                raise NotCleaned(str(answer.told["refused"]))
            made = [
                (str(FileName(called)), str(media_type), answer.parts[part])
                for part, called, media_type in answer.told["files"]
            ]
            before, after = str(answer.told["before"]), str(answer.told["after"])
            warnings = tuple(map(str, answer.told["warnings"]))
        except Stopped as stopped:
            raise NotCleaned(f"No clean copy can be made: reading it {stopped}.") from None
        except (KeyError, TypeError, ValueError):
            raise NotCleaned("No clean copy can be made: reading it makes the program answer nonsense.") from None
        made += [_as_pdf(called, page) for called, media_type, page in made if media_type == _PAGE]
        files = tuple(
            CleanFile(name=called, media_type=media_type, data=content, report=self.inspect(content, called))
            for called, media_type, content in made
        )
        return CleanCopy(files=files, before=before, after=after, warnings=warnings)

    def ask(self, task: str, told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Frame:
        """What one of `examiner.TASKS` answers. Raises `Stopped` where it does not come to an answer."""
        with self._lent() as examiner:
            answer = examiner.ask(Frame(told={"task": task, **told}, parts=parts))
        if "stopped" in answer.told:
            raise Stopped(str(answer.told["stopped"]))
        return answer

    def close(self) -> None:
        """End the processes, after the checks that are under way."""
        self._closed = True
        idle = [self._free.get() for _ in self._all]
        self._end_all()
        for each in idle:
            self._free.put(each)
        atexit.unregister(self._end_all)

    def _end_all(self) -> None:
        for each in self._all:
            each.end()

    @contextmanager
    def _lent(self) -> Iterator["_Examiner"]:
        examiner = self._free.get()
        try:
            if self._closed:
                raise ValueError("these examiners are closed")
            yield examiner
        finally:
            self._free.put(examiner)

    def _believed(self, answer: Frame, data: bytes, name: str) -> Report:
        """The report, if it is one on this file: it comes from a process that read a hostile file."""
        try:
            report = Report.from_json(dict(answer.told["report"]))
            texts = [report.type, *(text for each in report.findings for text in (each.where, each.excerpt))]
            known = all(each.code in CATALOGUE and each.severity in ("block", "review") for each in report.findings)
        except (KeyError, TypeError, ValueError):
            raise Stopped("makes the program that reads it answer nonsense") from None
        expected = replace(report, file=name, sha256=sha256(data).hexdigest(), ruleset=self._policy.ruleset)
        if report != replace(expected, malware="not configured") or not known or not _are_texts(texts):
            raise Stopped("makes the program that reads it answer nonsense")
        return report

    def _unreadable(self, data: bytes, name: str, why: str) -> Report:
        finding = Finding(code="unreadable", severity=BLOCK, where=why)
        digest = sha256(data).hexdigest()
        return Report(file=name, sha256=digest, type=UNKNOWN, findings=(finding,), ruleset=self._policy.ruleset)


def _as_pdf(name: str, page: bytes) -> tuple[str, str, bytes]:
    """A page of a clean copy as a PDF. Here and not in the child, which may not write the fonts down; the page holds
    paragraphs and tables alone, and can fetch nothing."""
    from shared.letters.letter import Letter
    from shared.letters.pdf import pdf  # half a second and much memory, which only those pay who ask for a PDF

    written = pdf(Letter(kind="document", template="", version=0, html=page, text=b""))
    return f"{name.removesuffix('.html')}.pdf", "application/pdf", written


def _are_texts(values: Sequence[object]) -> bool:
    return all(isinstance(each, str) for each in values)


class _Examiner:
    """One process, started anew when it has ended. For one thread at a time."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._process: subprocess.Popen[bytes] | None = None
        self._place: tempfile.TemporaryDirectory[str] | None = None

    def ask(self, asked: Frame) -> Frame:
        """The answer to a request. A process that is lost is replaced, and asked the same once more."""
        for _ in range(2):
            try:
                return self._exchanged(asked)
            except (OSError, BrokenFrame):
                self.end()
            except BaseException:
                # An answer that nobody has read would be taken for the answer to what is asked next.
                self.end()
                raise
        return Frame(told={"stopped": "cannot be checked: the process for it has been lost twice"})

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
            self._process.wait()
        if self._place is not None:
            self._place.cleanup()
        self._process = self._place = None

    def _exchanged(self, asked: Frame) -> Frame:
        process = self._process or self._started()
        # An end by force makes every read and write below come back with an error.
        alarm = threading.Timer(self._policy.limits.wall + _GRACE, process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            _send(process, asked)
            answer = read_frame(process.stdout) if process.stdout else None
        finally:
            alarm.cancel()
        if answer is None:
            raise BrokenFrame("the process has ended")
        return answer

    def _started(self) -> "subprocess.Popen[bytes]":
        """The process, in an empty folder of its own, with next to no environment and none of our open files. What it
        says on standard error may show what is in files: nobody is to read it."""
        self._place = tempfile.TemporaryDirectory(prefix="candour-check-")
        self._process = subprocess.Popen(
            _PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._place.name,
            env={"LANG": "C.UTF-8", "HOME": self._place.name, "TMPDIR": self._place.name, "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,
        )
        _send(self._process, Frame(told={"policy": policy_as_json(self._policy)}))
        return self._process


def _send(process: "subprocess.Popen[bytes]", frame: Frame) -> None:
    if process.stdin is not None:
        for piece in frame.pieces():
            process.stdin.write(piece)
        process.stdin.flush()
