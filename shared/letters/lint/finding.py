"""What the linter says about a letter."""

from dataclasses import asdict, dataclass
from typing import Literal

from shared.law.findings import Severity

Verdict = Literal["pass", "review", "block"]
_QUOTED = 240


@dataclass(frozen=True)
class LetterFinding:
    """One thing wrong with a letter, or (severity I) worth knowing: `where` it stands, the words, why, the mend."""

    rule: str
    severity: Severity
    where: str
    quote: str
    why: str
    mend: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def quoted(text: str) -> str:
    """Enough of the letter's words to find them by."""
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"


def verdict(findings: tuple[LetterFinding, ...]) -> Verdict:
    """block: it may not leave. review: an officer gives a reason for what stays. pass: nothing but information."""
    severities = {finding.severity for finding in findings}
    return "block" if "B" in severities else "review" if "W" in severities else "pass"
