"""A table of comma-separated values: what a spreadsheet would run, and what stands where nobody looks."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.places import columns_described, rows_described
from services.publishing.release_check.report import masked

_DELIMITERS = ",;\t|"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A number, an amount, a telephone number, a dash for "none": a spreadsheet shows these as they are.
_NO_FORMULA = re.compile(r"[+\-\s]*[£$€]?[\d\s().,:/%+\-]*(?:[eE][+\-]?\d+)?\s*%?")
_LONGEST_NUMBER = 60
_FAR = 20
"""Empty rows or columns between a value and the rest, from which on nobody looks there (REL-03)."""
_SAMPLE = 50


def inspect_separated_values(look: Look, text: str) -> None:
    """Note formulas (REL-19) and values far from the rest (REL-03), and pass the table on. Raises `Unreadable`."""
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(f"is no table of separated values ({error})") from None
    _note_formulas(look, rows)
    _note_far_rows(look, rows)
    _note_far_columns(look, rows)
    look.table("the table", rows)


def _delimiter(text: str) -> str:
    """The one that gives the same, largest number of columns most often."""
    sample = text[:20_000].splitlines()[:_SAMPLE]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter)]
        width = max(set(widths), key=lambda each: (widths.count(each), each), default=1)
        return (widths.count(width) if width > 1 else 0), width

    return max(_DELIMITERS, key=agreement)


def _note_formulas(look: Look, rows: Sequence[Sequence[str]]) -> None:
    at: dict[int, list[int]] = {}
    first = ""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if would_run(value):
                at.setdefault(column, []).append(number)
                first = first or value
    for column, numbers in at.items():
        look.found("formula_text", f"{columns_described((column + 1,))}, {rows_described(numbers)}", masked(first))


def would_run(value: str) -> bool:
    """Whether a spreadsheet that opens the table would take this value for a formula (REL-19)."""
    return value.startswith(_FORMULA) and not _is_shown(value)


def _is_shown(value: str) -> bool:
    return not value.strip("=+-@ \t\r\n") or (len(value) <= _LONGEST_NUMBER and bool(_NO_FORMULA.fullmatch(value)))


def _note_far_rows(look: Look, rows: Sequence[Sequence[str]]) -> None:
    filled = [number for number, row in enumerate(rows, 1) if any(value.strip() for value in row)]
    far = [after for before, after in pairwise(filled) if after - before > _FAR]
    if far:
        look.found("values_far_outside", f"{rows_described(far)}, below more than {_FAR} empty rows")


def _note_far_columns(look: Look, rows: Sequence[Sequence[str]]) -> None:
    filled = _filled_columns(rows)
    for before, after in pairwise(filled):
        if after - before > _FAR:
            look.found("values_far_outside", f"{columns_described((after + 1,))}, after more than {_FAR} empty columns")


def _filled_columns(rows: Iterable[Sequence[str]]) -> list[int]:
    filled: set[int] = set()
    for row in rows:
        filled.update(column for column, value in enumerate(row) if column not in filled and value.strip())
    return sorted(filled)
