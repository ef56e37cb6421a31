"""How the tests of the release check ask it."""

from services.publishing.release_check.inspection import inspect
from services.publishing.release_check.policy import Policy
from services.publishing.release_check.report import Report

POLICY = Policy(ruleset="test")


def checked(data: bytes, name: str, policy: Policy = POLICY) -> Report:
    """The report on a file."""
    return inspect(data, name, policy)


def codes(report: Report, severity: str = "") -> set[str]:
    """The codes of the findings, of one severity or all."""
    return {each.code for each in report.findings if severity in ("", each.severity)}
