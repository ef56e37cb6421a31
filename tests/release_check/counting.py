"""How the tests of small numbers ask: with tables as lines of cells, whatever file they would stand in."""

from collections.abc import Sequence

from services.publishing.release_check import counts
from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look, Table
from services.publishing.release_check.report import Finding, summed_up
from tests.release_check.checking import POLICY


def rows(text: str) -> list[list[str]]:
    """A table: a row in each line, cells between bars."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def found(*tables: str, earlier: Sequence[str] = ()) -> tuple[Finding, ...]:
    """The findings on a file with these tables."""
    look = Look(name="t.csv", data=b"t", policy=POLICY, bounds=Bounds(POLICY.limits), descend=lambda *_: None)
    look.earlier = [Table(where=f"old {number}", rows=rows(each)) for number, each in enumerate(earlier, 1)]
    for number, each in enumerate(tables, 1):
        look.table(f"sheet {number}", rows(each))
    counts.inspect(look)
    return summed_up(look.findings)


def told(*tables: str, earlier: Sequence[str] = ()) -> set[str]:
    """The codes of the findings."""
    return {each.code for each in found(*tables, earlier=earlier)}
