"""How the tests of what a file says ask it: with visible texts and tables, whatever file they would stand in."""

from collections.abc import Sequence

from services.publishing.release_check import wording
from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.policy import Policy
from services.publishing.release_check.report import Finding, summed_up
from tests.release_check.checking import POLICY

Rows = Sequence[Sequence[str]]


def found(*texts: str, tables: Sequence[Rows] = (), policy: Policy = POLICY) -> tuple[Finding, ...]:
    """The findings on pages with these texts and sheets with these tables."""
    look = Look(name="told.txt", data=b"told", policy=policy, bounds=Bounds(policy.limits), descend=lambda *_: None)
    for number, text in enumerate(texts, 1):
        look.text(f"page {number}", text)
    for number, rows in enumerate(tables, 1):
        look.table(f"sheet {number}", rows)
    wording.inspect(look)
    return summed_up(look.findings)


def told(*texts: str, tables: Sequence[Rows] = (), policy: Policy = POLICY) -> set[tuple[str, str]]:
    """Code and severity of each finding."""
    return {(each.code, each.severity) for each in found(*texts, tables=tables, policy=policy)}


def blocks(*texts: str, tables: Sequence[Rows] = (), policy: Policy = POLICY) -> set[str]:
    """The codes of what blocks."""
    return {code for code, severity in told(*texts, tables=tables, policy=policy) if severity == "block"}
