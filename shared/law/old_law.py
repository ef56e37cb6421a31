"""Law on personal data that letters still carry although it has been replaced (EXM-09).

The data is `old_law.toml`, whose head explains each key.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from shared.law.findings import Severity


@dataclass(frozen=True)
class OldLaw:
    """One thing that is law no more since the day `since`: how it is recognised, what is wrong, what to write."""

    pattern: re.Pattern[str]
    since: date
    problem: str
    next_step: str
    severity: Severity


@dataclass(frozen=True)
class Mention:
    """Old law found in a text: the words, where they begin and end, and what is wrong with them."""

    quote: str
    start: int
    end: int
    law: OldLaw


_ROWS = tomllib.loads(files(__package__).joinpath("old_law.toml").read_text(encoding="utf-8"))["old_law"]
OLD_LAW: tuple[OldLaw, ...] = tuple(
    OldLaw(**{**row, "pattern": re.compile(row["pattern"].replace(" ", r"\s{0,4}"), re.IGNORECASE)}) for row in _ROWS
)


def old_law_in(text: str, on: date) -> tuple[Mention, ...]:
    """What `text`, written on the day `on`, says of law that has been replaced; each place once, in order."""
    found: list[Mention] = []
    for law in OLD_LAW:
        for match in law.pattern.finditer(text) if on >= law.since else ():
            if not any(each.start < match.end() and match.start() < each.end for each in found):
                found.append(Mention(match[0], match.start(), match.end(), law))
    return tuple(sorted(found, key=lambda each: each.start))
