"""Lines that list something without a number: bullets as keyboards, Word and Outlook make them, and rows of tables."""

import re
from dataclasses import dataclass

_BULLET = re.compile(
    r"(?P<before>[\s>\u200b]*)(?P<sign>[-–—*•·●○◦‣▪■□§➢►✓❖\uf0b7\uf0a7\uf0d8]|o|Ø|ü)(?P<gap>\s+)(?=\S)"
    r"|(?P<tight_before>[\s>]*)(?P<tight>[-•·●*–](?=[A-Za-z“\"]))"
)
_DASHES = frozenset("-–—")
_RULE = re.compile(r"[\s|:+=_-]+$")
_CELL = re.compile(r"\t+|\s*\|\s*")
_ALIGNED = re.compile(r"\S(?:\s{3,}|\t+\s*)\S")


@dataclass(frozen=True)
class Bullet:
    """A bullet at the beginning of a line: its sign, how far it is indented and where the text begins."""

    sign: str
    written: str
    indent: int
    ends: int


def read_bullet(line: str) -> Bullet | None:
    """The bullet that the line begins with, if any."""
    found = _BULLET.match(line)
    if found is None:
        return None
    sign = found["sign"] or found["tight"]
    before = (found["before"] or found["tight_before"] or "").expandtabs(4)
    return Bullet("-" if sign in _DASHES else sign, line[: found.end()].strip(), len(before), found.end())


def cells(line: str) -> list[str]:
    """The cells of a row; one alone if the line is none."""
    if "\t" not in line.strip() and "|" not in line:
        return re.split(r"\s{3,}", line.strip()) if _ALIGNED.search(line) else [line.strip()]
    return [cell for cell in _CELL.split(line.strip().strip("|").strip()) if cell] or [""]


def is_row(line: str) -> bool:
    """Whether the line looks like a row of a table or the rule below its head."""
    bullet = read_bullet(line)
    bare = line[bullet.ends if bullet else 0 :].strip()
    if not bare:
        return False
    if bare.startswith("|") or bare.count("|") > 1:
        return True
    return len(cells(bare)) > 1 or ("|" in bare and bool(_RULE.match(bare)))
