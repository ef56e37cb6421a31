"""A file that takes hold of the process that reads it has taken hold of nothing."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from services.publishing.release_check import confinement
from services.publishing.release_check.confinement import Examiners, Stopped
from services.publishing.release_check.inspection import inspect
from services.publishing.release_check.policy import MEGABYTE, Limits, Policy
from tests.release_check import hostile
from tests.release_check.checking import POLICY, codes

STRICT = Policy(ruleset="test", limits=Limits(cpu=1, wall=60, memory=128 * MEGABYTE, inflated=MEGABYTE))
"""A second of computing may take many where the machine has other work."""
HURRIED = replace(STRICT, limits=replace(STRICT.limits, wall=1))
MAKING = ("write", "append", "open", "mkdir", "symlink", "run", "shell", "become")
NATIVELY_MAKING = ("native-open", "native-fifo", "native-mkdir", "native-symlink", "native-shell")
CHANGING = ("write", "append", "remove", "rename", "empty", "chmod")
NATIVELY_CHANGING = ("native-open", "native-remove", "native-rename", "native-empty")
TABLE = b"Rank,Number\nConstable,120\nSergeant,64\n"


@pytest.fixture(scope="module")
def taken():
    """Examiners whose children are in the hands of the file."""
    with Examiners(STRICT) as examiners:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(confinement, "_PROGRAM", hostile.PROGRAM)
            patch.setenv("KAFKA_PASSWORD", "secret")
            order(examiners, "ready")
        yield examiners


def order(examiners, *words):
    """The report on a file that has the process do this."""
    return examiners.inspect(" ".join(map(str, words)).encode(), "order.txt")


def told(examiners, *words):
    return next(each.where for each in order(examiners, *words).findings)


def test_a_confined_check_reports_what_the_check_itself_reports():
    with Examiners(POLICY) as examiners:
        assert examiners.inspect(TABLE, "table.csv") == inspect(TABLE, "table.csv", POLICY)


def test_a_deed_that_is_not_refused_would_leave_no_finding(taken):
    assert order(taken, "ready").verdict == "pass"
    assert order(taken, "print").verdict == "pass", "what is printed does not come between the answers"


@pytest.mark.parametrize("deed", ["connect", "resolve", "native-socket"])
def test_no_file_can_reach_the_network(taken, deed):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        report = order(taken, deed, listener.getsockname()[1])
        assert codes(report, "block") == {"unreadable"}
        assert select.select([listener], [], [], 0)[0] == []


@pytest.mark.parametrize("deed", [*MAKING, *NATIVELY_MAKING])
def test_no_file_can_leave_anything_behind(taken, tmp_path, deed):
    report = order(taken, deed, tmp_path / "left")
    assert codes(report, "block") == {"unreadable"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("deed", [*CHANGING, *NATIVELY_CHANGING])
def test_no_file_can_change_another(taken, tmp_path, deed):
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    before = victim.stat()
    assert codes(order(taken, deed, victim), "block") == {"unreadable"}
    assert victim.read_text() == "untouched"
    assert (victim.stat().st_mode, victim.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@pytest.mark.parametrize("deed", ["fork", "native-fork", "kill", "native-kill", "lift-limits"])
def test_no_file_can_start_or_end_a_process_or_lift_its_limits(taken, deed):
    assert codes(order(taken, deed), "block") == {"unreadable"}
    assert order(taken, "ready").verdict == "pass"


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("crash", r"stops the program that reads it \(SIGSEGV\)"),
        ("abort", r"stops the program that reads it \(SIG\w+\)"),
        ("leave", "ends the program that reads it"),
        ("exit", r"makes the program that reads it fail \(SystemExit\)"),
        ("spin", "takes more than the 1 seconds of computing"),
        ("eat", "needs more memory than a check may have"),
        ("deepen", r"a failure while it was read \(RecursionError\)"),
        ("nonsense", "ends the program that reads it"),
        ("half", "ends the program that reads it"),
        ("flood", "gives a longer answer than there can be"),
        ("lie", "makes the program that reads it answer nonsense"),
    ],
)
def test_whatever_becomes_of_a_check_is_a_report_that_blocks(taken, deed, why):
    report = order(taken, deed)
    assert codes(report, "block") == {"unreadable"}
    assert [each.rule for each in report.findings] == ["REL-27"]
    assert re.match(why, report.findings[0].where)
    assert order(taken, "ready").verdict == "pass", "the next file is checked as ever"


def test_a_check_that_takes_too_long_is_a_report_that_blocks(monkeypatch):
    with Examiners(HURRIED) as examiners:
        monkeypatch.setattr(confinement, "_PROGRAM", hostile.PROGRAM)
        report = order(examiners, "sleep")
    assert codes(report, "block") == {"unreadable"}
    assert report.findings[0].where.startswith("takes longer than the 1 seconds")


def test_a_check_has_none_of_the_services_files_and_settings(taken):
    assert told(taken, "descriptors") == "['/dev/null', '/dev/null', '/dev/null', 'pipe']"
    assert told(taken, "number-open") == "4"
    assert "KAFKA_PASSWORD" not in told(taken, "environment")
    assert told(taken, "place") == "[]"


def test_every_file_has_a_process_of_its_own(taken):
    first, second = (told(taken, "ids").split() for _ in range(2))
    assert first[0] != second[0]
    assert first[1] == second[1]


def test_an_examiner_that_is_lost_is_replaced():
    with Examiners(POLICY) as examiners:
        before = examiners.inspect(TABLE, "table.csv")
        os.kill(process_of(examiners), signal.SIGKILL)
        assert examiners.inspect(TABLE, "table.csv") == before


@pytest.mark.parametrize("program", ["pass", "print('no frame at all', flush=True)", "import no_such_module"])
def test_where_no_examiner_can_be_had_nothing_passes(monkeypatch, program):
    monkeypatch.setattr(confinement, "_PROGRAM", (sys.executable, "-c", program))
    with Examiners(POLICY) as examiners:
        report = examiners.inspect(TABLE, "table.csv")
    assert codes(report, "block") == {"unreadable"}
    assert "lost twice" in report.findings[0].where


def test_a_program_that_is_not_there_is_no_pass_either(monkeypatch):
    monkeypatch.setattr(confinement, "_PROGRAM", ("/no/such/program",))
    with Examiners(POLICY) as examiners:
        assert codes(examiners.inspect(TABLE, "table.csv"), "block") == {"unreadable"}


def test_several_threads_share_a_few_examiners():
    files = [f"Rank,Number\nConstable,{100 + number}\n".encode() for number in range(24)]
    with Examiners(POLICY, size=2) as examiners, ThreadPoolExecutor(6) as threads:
        reports = list(threads.map(lambda data: examiners.inspect(data, "table.csv"), files))
    assert reports == [inspect(data, "table.csv", POLICY) for data in files]


def test_what_was_released_before_is_sent_along():
    released = [("2024.csv", b"Area,Count\nNorth,120\n"), ("2025.csv", b"Area,Count\nNorth,125\n")]
    with Examiners(POLICY) as examiners:
        report = examiners.inspect(TABLE, "table.csv", released)
    assert report == inspect(TABLE, "table.csv", POLICY, released)


def test_a_task_that_there_is_not_comes_to_no_answer():
    with Examiners(POLICY) as examiners, pytest.raises(Stopped, match="KeyError"):
        examiners.ask("bless", {"name": "table.csv"}, {"data": TABLE})


def test_closed_examiners_leave_no_process_and_no_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    examiners = Examiners(POLICY, size=2)
    examiners.inspect(TABLE, "table.csv")
    ended = os.pidfd_open(process_of(examiners))
    assert len(list(tmp_path.iterdir())) == 1
    examiners.close()
    assert list(tmp_path.iterdir()) == []
    assert has_ended(ended)
    with pytest.raises(ValueError, match="closed"):
        examiners.inspect(TABLE, "table.csv")


def test_an_examiner_ends_with_the_service_however_that_ends():
    service = subprocess.Popen(
        [sys.executable, "-c", SERVICE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=hostile.ROOT
    )
    ended = os.pidfd_open(int(service.stdout.readline()))
    service.kill()
    service.communicate()
    assert has_ended(ended)


SERVICE = """
from services.publishing.release_check.confinement import Examiners
from services.publishing.release_check.policy import Policy
examiners = Examiners(Policy(ruleset="test"))
examiners.inspect(b"text", "text.txt")
print(examiners._all[0]._process.pid, flush=True)
input()
"""


def test_a_check_that_nobody_waits_for_ends_with_its_examiner(monkeypatch):
    monkeypatch.setattr(confinement, "_PROGRAM", hostile.PROGRAM)
    with Examiners(Policy(ruleset="test")) as examiners, ThreadPoolExecutor(1) as threads:
        order(examiners, "ready")
        waiting = threads.submit(order, examiners, "sleep")
        child = child_of(process_of(examiners))
        ended = os.pidfd_open(child)
        monkeypatch.setattr(confinement, "_PROGRAM", (sys.executable, "-c", "pass"))
        os.kill(process_of(examiners), signal.SIGKILL)
        assert has_ended(ended)
        assert codes(waiting.result(), "block") == {"unreadable"}


def process_of(examiners):
    return next(each._process.pid for each in examiners._all if each._process)


def child_of(process):
    children = Path(f"/proc/{process}/task/{process}/children")
    while not (child := children.read_text().split()):
        pass
    return int(child[0])


def has_ended(descriptor):
    try:
        return select.select([descriptor], [], [], 30)[0] != []
    finally:
        os.close(descriptor)
