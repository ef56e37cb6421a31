"""Tables of counts read as figures: what stands in each cell, under which labels, and which lines are totals (REL-22).

A table has titles above, one or several rows of headings, labels on the left, and notes below. Whatever is no count,
such as years, ranks, ages, references, money and rates, is left out: every false alarm costs a second officer's time.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from services.publishing.release_check.count_cells import (
    DASH,
    NOUGHT,
    WORDS,
    Figure,
    Percentage,
    figure,
    is_range,
    percentage,
)

_COUNTED = re.compile(
    r"\b(?:numbers?|no\.? of|counts?|totals?|volume|offences?|incidents|people|persons|officers|staff|cases|requests"
    r"|crimes|victims|suspects|arrests|searches|stops|complaints|allegations|reports|detainees|employees|children"
    r"|males?|females?|men|women|calls|charges|deaths|applications|vehicles|occurrences|dismissals|headcount|outcomes"
    r"|convictions|cautions|referrals|warnings|leavers|joiners|pupils|animals|dogs|weapons|seizures)\b"
).search
_MEASURED = re.compile(
    r"%|£|\$|€|\b(?:per ?cent(?:ages?)?|proportion|rates?|average|mean|median|ratio|share|costs?|price|spend(?:ing)?"
    r"|spent|paid|amount|salary|pay|budget|value|days|hours|minutes|seconds|miles|mph|weeks|months|years|per|length"
    r"|duration|speed|distance|score|index|fte|latitude|longitude|easting|northing|change|difference)\b"
).search
_LABELLING = re.compile(
    r"\b(?:id|ids|ranks?|ranking|age|ages|year|date|day|month|quarter|week|hour|time|floor|page|codes?|ref|refs"
    r"|references?|grade|level|band|priority|phase|version|tier|stage|question|row|item|line|serial|postcode|period"
    r"|doors|seats|lanes|weight|weighting|size|capacity|ratings?|stars)\b"
    r"|\b(?!(?:the|total|overall) )(?:collar|crime|incident|house|badge|shoulder|warrant|phone|telephone|mobile|section"
    r"|case|log|order|ward|beat|force|payroll|staff|employee|account|invoice|flat|unit|vehicle|plate|custody|record"
    r"|request|foi|urn|nominal|officer|complaint) (?:numbers?|no\.?|num|id)\s*\Z"
).search
_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|force|all)[ -]?)?(?:totals?|sum|all|overall|cumulative|ytd|year to date)\b"
    r"|.*\b(?:sub-?)?total\Z"
).match
_PERCENT = re.compile(r"%|\bper ?cent(?:ages?)?\b|\bproportion\b|\bshare\b").search
_FEWEST_COUNTS = 0.6
_HEADINGS = 4


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The counts of one table. `cells` has a row for each of `row_labels` and in it a cell for each of
    `column_labels`; `row_numbers` and `column_numbers` are where they stand, from 1. `percentages` are the columns of
    percentages by their number, with a value or None for each row."""

    row_labels: Sequence[str]
    column_labels: Sequence[str]
    row_numbers: Sequence[int]
    column_numbers: Sequence[int]
    cells: Sequence[Sequence[Figure]]
    percentages: dict[int, Sequence[Percentage | None]]

    @cached_property
    def total_rows(self) -> frozenset[int]:
        return frozenset(at for at, label in enumerate(self.row_labels) if _TOTAL(label))

    @cached_property
    def total_columns(self) -> frozenset[int]:
        return frozenset(at for at, label in enumerate(self.column_labels) if _TOTAL(label))

    @cached_property
    def rows_named_once(self) -> dict[str, int]:
        return _once(self.row_labels)

    @cached_property
    def columns_named_once(self) -> dict[str, int]:
        return _once(self.column_labels)

    @property
    def withholds(self) -> bool:
        return any(cell.withheld for row in self.cells for cell in row)


def normalised(label: str) -> str:
    """A label for comparing: small letters, single spaces, without marks of notes."""
    return " ".join(re.sub(r"\[\w{1,6}\]|[*:†‡]", " ", label.lower()).split())


def read(rows: Sequence[Sequence[str]]) -> list[Figures]:
    """The tables of counts that stand one below the other in these rows."""
    told = (_Block(rows, first, end).figures() for first, end in _blocks(rows))
    return [each for each in told if each]


def _blocks(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Where tables begin and end: a blank row, and then a heading or title, begins another one."""
    starts, blank, numbers = [0], False, False
    for at, row in enumerate(rows):
        filled = [cell for cell in row if cell.strip()]
        data = _is_data(row)
        if blank and numbers and len(filled) > 1 and not data:
            starts.append(at)
            numbers = False
        numbers = numbers or data
        blank = not filled or (blank and len(filled) == 1)
    return list(zip(starts, [*starts[1:], len(rows)], strict=True))


def _is_year(cell: str) -> bool:
    text = cell.strip()
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")


def _is_data(row: Sequence[str]) -> bool:
    """Whether a row has counts beside its label. Ranges such as `5-9` and single letters are headings as often as
    masks, so that they alone make no row of counts."""
    for cell in row[1:]:
        told = figure(cell)
        if told is None or told in (NOUGHT, DASH):
            if cell.strip() == "0":
                return True
        elif not (_is_year(cell) or is_range(cell) or (cell.strip().isalpha() and len(cell.strip()) == 1)):
            return True
    return False


def _is_all_figures(row: Sequence[str]) -> bool:
    filled = [cell for cell in row[1:] if cell.strip()]
    return bool(filled) and all(map(figure, filled))


class _Block:
    """One table among the rows of a sheet."""

    def __init__(self, rows: Sequence[Sequence[str]], first: int, end: int) -> None:
        self._width = max((len(row) for row in rows[first:end]), default=0)
        self._begin = next((at for at in range(first, end) if _is_data(rows[at])), end)
        above = [rows[at] for at in range(first, self._begin)]
        self._above = self._without_counts(above) if self._begin < end else above
        self._title = " ".join(cell for row in self._above if _filled(row) == 1 for cell in row).lower()
        self._headings = self._headings_of([row for row in self._above if _filled(row) > 1][-_HEADINGS:])
        self._numbers = [at for at in range(self._begin, end) if _filled(rows[at]) > 1]
        self._rows = [rows[at] for at in self._numbers]

    def _without_counts(self, above: list[Sequence[str]]) -> list[Sequence[str]]:
        """The rows above the counts. A labelled row such as `Burglary, 2015` or `Burglary, c` is one of counts when it
        has a heading of words above, however much it looks like one itself."""
        words = [at for at, row in enumerate(above) if _filled(row) > 1 and not _is_all_figures(row)]
        while words and len(above) - 1 > words[-1] and _is_all_figures(above[-1]) and above[-1][0].strip():
            if sum(map(_is_year, above[-1][1:])) > 1:
                break
            above = above[:-1]
            self._begin -= 1
        return above

    def _headings_of(self, above: Sequence[Sequence[str]]) -> list[list[str]]:
        """For each column its headings from above; one above several columns stands in the first of them only."""
        columns: list[list[str]] = [[] for _ in range(self._width)]
        for depth, row in enumerate(above, 1):
            last = ""
            for at in range(self._width):
                text = normalised(row[at]) if at < len(row) else ""
                last = text or (last if depth < len(above) else "")
                if last:
                    columns[at].append(last)
        return columns

    def figures(self) -> Figures | None:
        """The counts, or None where there are none."""
        columns = [[row[at] if at < len(row) else "" for row in self._rows] for at in range(self._width)]
        percentages = {at + 1: told for at in range(1, self._width) if (told := self._percentages(at, columns[at]))}
        maybe = [at for at in range(self._width) if at + 1 not in percentages and self._may_count(at, columns[at])]
        if not maybe:
            return None
        labelling = [at for at in range(maybe[0]) if at not in maybe] or [0]
        labels = self._row_labels(columns, [at for at in labelling if at < maybe[0]])
        kept = [at for at in maybe if self._counts(at, maybe, labels)]
        if not kept:
            return None
        rows = [at for at, label in enumerate(labels) if not _MEASURED(label)]
        return Figures(
            row_labels=[labels[at] for at in rows],
            column_labels=[" ".join(self._headings[at]) for at in kept],
            row_numbers=[self._numbers[at] + 1 for at in rows],
            column_numbers=[at + 1 for at in kept],
            cells=[[self._figure(columns[column][row], labels[row], column) for column in kept] for row in rows],
            percentages={number: [told[row] for row in rows] for number, told in percentages.items()},
        )

    def _figure(self, cell: str, label: str, column: int) -> Figure:
        """A blank is nought, but a total that is left out may be anything."""
        if not cell.strip() and (_TOTAL(label) or _TOTAL(" ".join(self._headings[column]))):
            return WORDS
        return figure(cell) or WORDS

    def _percentages(self, at: int, column: Sequence[str]) -> list[Percentage | None]:
        heading = " ".join(self._headings[at])
        signs = sum("%" in cell and "(" not in cell[1:] for cell in column)
        if not (signs * 2 > len(column) or (_PERCENT(heading) and not _COUNTED(heading.partition("%")[0]))):
            return []
        told = [percentage(cell) for cell in column]
        return told if any(told) else []

    def _may_count(self, at: int, column: Sequence[str]) -> bool:
        """Whether a column is of counts as far as it tells by itself."""
        heading = " ".join(self._headings[at])
        own = self._headings[at][-1] if self._headings[at] else ""
        if _MEASURED(heading) or (_LABELLING(own) and not any(map(str.isdecimal, own))):
            return False
        filled = [cell for cell in column if cell.strip()]
        told = [each for cell in filled if (each := figure(cell))]
        if len(told) < _FEWEST_COUNTS * len(filled) or not any(each.withheld or each.shown for each in told):
            return False
        exact = [each.low for each in told if each.shown]
        if exact and not heading.startswith(("number of", "no. of")) and all(map(_is_year, filled)):
            return False
        return not _runs_on(exact) or (at > 0 and bool(_COUNTED(own)))

    def _counts(self, at: int, maybe: Sequence[int], labels: Sequence[str]) -> bool:
        """Whether a column that may be of counts is: it or the title says so, the table has a total, or each row is
        about something else, as in no list of records."""
        said = [self._title, *(" ".join(self._headings[each]) for each in (at,))]
        if any(map(_COUNTED, said)):
            return True
        if any(map(_TOTAL, labels)) or any(_TOTAL(" ".join(self._headings[each])) for each in maybe):
            return True
        named = [label for label in labels if label]
        return at > 0 and len(named) == len(labels) == len(set(named))

    def _row_labels(self, columns: Sequence[Sequence[str]], labelling: Sequence[int]) -> list[str]:
        """The labels left of the counts in one; what stands left of the last is written once for several rows."""
        labels: list[list[str]] = [[] for _ in self._rows]
        for at in labelling:
            last = ""
            for row, cell in enumerate(columns[at]):
                last = normalised(cell) or (last if at != labelling[-1] else "")
                if last:
                    labels[row].append(last)
        return [next((each for each in label if _TOTAL(each)), " ".join(label)) for label in labels]


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _runs_on(numbers: Sequence[int]) -> bool:
    """Whether they are running numbers: each is one more than the one before."""
    return len(numbers) > 2 and all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _once(labels: Sequence[str]) -> dict[str, int]:
    """The place of each label that no other row or column has as well."""
    times = Counter(labels)
    return {label: at for at, label in enumerate(labels) if times[label] == 1}
