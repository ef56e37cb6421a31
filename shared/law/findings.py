"""What the law finds wrong with something that people have drawn up: a decision, an estimate, a request, a letter."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["B", "W", "I"]
"""B: it blocks. W: it warns, and going on wants a reason. I: it only informs."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong: in which `field`, by which `rule`, why (`message`), and how to mend it (`next_step`)."""

    field: str
    rule: str
    message: str
    next_step: str
    severity: Severity = "B"
