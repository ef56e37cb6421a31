"""Which rules of the release check are in force: the services that send and publish know a report by this name."""

from hashlib import sha256
from pathlib import Path

RULES = "1"
"""The edition of the checks themselves. Raised with every change after which a file that passed might not pass."""


def ruleset_in_force(policy: Path | None) -> str:
    """`RULES`, and the first digits of the digest of the authority's own policy file where there is one.

    Every service works it out from the same settings, so that a report made under other rules counts nowhere. Raises
    `OSError` where the file cannot be read.
    """
    return f"{RULES}-{sha256(policy.read_bytes()).hexdigest()[:12]}" if policy else RULES


PASSED, WAITING, OUTDATED, REVIEW, BLOCKED = "passed", "waiting", "outdated", "review", "blocked"
"""Where a document stands with the release check: it may leave; no report has come; the report is of other rules; a
second officer must look; it must not leave."""


def standing(verdict: str | None, ruleset: str | None, *, accepted: bool, in_force: str) -> str:
    """Where a document with this report stands under the rules in force. Without a report `verdict` is None."""
    if verdict is None:
        return WAITING
    if verdict == "block":
        return BLOCKED
    if ruleset != in_force:
        return OUTDATED
    return PASSED if verdict == "pass" or accepted else REVIEW
