"""What the oracle may find, and how it says so."""

from dataclasses import dataclass

LOST = "lost"
DOUBLED = "doubled"
OUT_OF_ORDER = "out of order"
UNEXPLAINED = "unexplained"
BROKEN_CHAIN = "broken chain"
PROJECTION_DIFFERS = "projection differs"
PARKED = "parked"
WRONG_DEADLINE = "wrong deadline"
INTERNAL_ERROR = "internal error"
REFUSED = "refused"
NEVER_QUIET = "never quiet"

MOST_TOLD = 10
"""Findings of one kind that are told one by one; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as it must be. `case_id` is empty where no single case is concerned."""

    kind: str
    service: str
    what: str
    case_id: str = ""

    def in_words(self) -> str:
        where = f"{self.service}, case {self.case_id}" if self.case_id else self.service
        return f"{self.kind.upper()}  {where}: {self.what}"
