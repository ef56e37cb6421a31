"""What a release check says of a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.publishing.release_check.catalogue import CATALOGUE

BLOCK, REVIEW, PASS = "block", "review", "pass"
LONGEST_EXCERPT = 80
MOST_OF_A_CODE = 40
"""Findings of one code that a report lists one by one; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a file hides or gives away.

    `where` is for people: sheet, cell range, page, part; inside an embedded file it begins with that file's name.
    `excerpt` shows no personal data: see `masked`.
    """

    code: str
    severity: str
    where: str
    excerpt: str = ""

    @property
    def rule(self) -> str:
        return CATALOGUE[self.code].rule

    @property
    def what(self) -> str:
        return CATALOGUE[self.code].what

    @property
    def mend(self) -> str:
        return CATALOGUE[self.code].mend

    def as_json(self) -> dict[str, str]:
        return {
            "code": self.code,
            "rule": self.rule,
            "severity": self.severity,
            "where": self.where,
            "excerpt": self.excerpt,
            "mend": self.mend,
        }


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of one check of one file. `sha256` is of the bytes that were checked, `type` is what they are by
    their content, `ruleset` names the rules and the policy, and `malware` what the virus scanner said: `clean`,
    `found`, `no answer`, or `not configured`, which is never a pass of that scan."""

    file: str
    sha256: str
    type: str
    findings: tuple[Finding, ...]
    ruleset: str
    malware: str = "not configured"

    @property
    def verdict(self) -> str:
        """`block` if anything blocks, `review` if a second officer must look, else `pass`."""
        severities = {each.severity for each in self.findings}
        return next((each for each in (BLOCK, REVIEW) if each in severities), PASS)

    def as_json(self) -> dict[str, Any]:
        """The report as `candour check --json` prints it and as it is kept."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "type": self.type,
            "verdict": self.verdict,
            "findings": [each.as_json() for each in self.findings],
            "ruleset": self.ruleset,
            "malware": self.malware,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Report":
        """The report that `as_json` gave."""
        names = ("code", "severity", "where", "excerpt")
        findings = tuple(Finding(**{name: each[name] for name in names}) for each in told["findings"])
        return cls(findings=findings, **{name: told[name] for name in ("file", "sha256", "type", "ruleset", "malware")})


def masked(text: str) -> str:
    """The shape of a text without what it says: `John Smith, 07700 900123` is `J••• S••••, 0•••• 9•••••`.

    Enough for somebody with the file before them to recognise the place, and nothing for anybody else.
    """
    shape, inside = [], False
    for character in " ".join(text.split()):
        if not character.isalnum():
            shape.append(character)
            inside = False
        else:
            shape.append("•" if inside else character)
            inside = True
    whole = "".join(shape)
    return whole if len(whole) <= LONGEST_EXCERPT else whole[: LONGEST_EXCERPT - 1] + "…"


def summed_up(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetition, what blocks first; of a code with very many, the first ones and a count."""
    by_code: dict[tuple[str, str], list[Finding]] = {}
    for each in dict.fromkeys(findings):
        by_code.setdefault((each.severity, each.code), []).append(each)
    kept: list[Finding] = []
    for (severity, code), these in sorted(by_code.items()):
        kept += these[:MOST_OF_A_CODE]
        if (more := len(these) - MOST_OF_A_CODE) > 0:
            kept.append(Finding(code=code, severity=severity, where=f"and {more} more places"))
    return tuple(kept)
