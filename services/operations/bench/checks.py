"""P22 to P24: what the release check of a large workbook costs in time and memory, and that of a hundred files."""

import io
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from python_calamine import CalamineWorkbook

from services.operations.bench.place import Place
from services.operations.bench.report import Bound, Measurement
from services.operations.poisoned_workbook import poisoned
from services.publishing.release_check.cleaning.table_writing import csv_of, ods_of, xlsx_of
from services.publishing.release_check.confinement import Examiners
from services.publishing.release_check.policy import Policy

_SIZE = 10_000_000
"""Bytes of the large workbook."""
_BYTES_OF_A_ROW = 250
"""Packed."""
_FILES = 100
_EXAMINERS = 2
_KIBIBYTE = 1024
_ALONE = (
    "import sys; from services.publishing.release_check.inspection import inspect;"
    "from services.publishing.release_check.policy import Policy;"
    "inspect(sys.stdin.buffer.read(), 'large.xlsx', Policy(ruleset='bench'))"
)


def measure(_place: Place, quick: bool) -> list[Measurement]:
    chance = random.Random(1)  # noqa: S311 (nothing here is a secret)
    large = _large(chance, _SIZE // 10 if quick else _SIZE)
    files = list(_ordinary(chance))
    with Examiners(Policy(ruleset="bench"), size=_EXAMINERS) as examiners:
        examiners.inspect(files[0][1], files[0][0])
        floor = _timed(lambda: _read_alone(large))
        real = _timed(lambda: examiners.inspect(large, "large.xlsx"))
        hundred = _timed(lambda: _all(examiners, files))
    megabytes = len(large) / 1_000_000
    return [
        Measurement(
            id="P22",
            what=f"the release check of a workbook of {megabytes:.0f} MB, over reading its cells with a library",
            unit="s",
            real=real,
            floor=floor,
            bound=Bound("at most", 5 * megabytes / 10, "real"),
        ),
        Measurement(
            id="P23",
            what=f"the release check of {_FILES} ordinary files by {_EXAMINERS} processes",
            unit="s",
            real=hundred,
            bound=Bound("at most", 20, "real"),
        ),
        Measurement(
            id="P24",
            what=f"memory of the process that checks the workbook of {megabytes:.0f} MB",
            unit="MB",
            real=_peak(large),
            bound=Bound("at most", 500, "real"),
        ),
    ]


def _large(chance: random.Random, size: int) -> bytes:
    """A workbook of about this size: numbers as a table of statistics has them, and the names of its wards."""
    wards = [f"Ward {number:03d} North" for number in range(500)]
    rows = [
        [*chance.choices(wards, k=2), *(f"{chance.random() * 10_000:.11f}" for _ in range(18))]
        for _ in range(size // _BYTES_OF_A_ROW)
    ]
    return xlsx_of([("Data", rows)])


def _ordinary(chance: random.Random) -> list[tuple[str, bytes]]:
    table = [["Ward", "Stops"], *([f"Ward {number}", str(chance.randrange(10, 900))] for number in range(40))]
    made = (("csv", csv_of(table)), ("xlsx", xlsx_of([("Stops", table)])), ("ods", ods_of([("Stops", table)])))
    hidden = poisoned("Stops", table, "Staff", [["Surname"], ["Goldcrest"]])
    kinds = (*made, ("xlsx", hidden))
    return [(f"file {number}.{kinds[number % 4][0]}", kinds[number % 4][1]) for number in range(_FILES)]


def _all(examiners: Examiners, files: list[tuple[str, bytes]]) -> None:
    with ThreadPoolExecutor(_EXAMINERS) as threads:
        list(threads.map(lambda each: examiners.inspect(each[1], each[0]), files))


def _read_alone(data: bytes) -> None:
    for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).iter_rows():
        len(row)


def _timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def _peak(data: bytes) -> float:
    """The most memory that a process of its own comes to, in megabytes."""
    process = subprocess.Popen([sys.executable, "-c", _ALONE], stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss / _KIBIBYTE
