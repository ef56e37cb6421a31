"""Reads the lines of a request as blocks: marked items, bullets, rows of a table, paragraphs, and what is quoted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from services.intake.asking import is_courtesy, sense
from services.intake.splitting.listing import Bullet, is_row, read_bullet
from services.intake.splitting.numbered import Numbered

BlockKind = Literal["item", "bullet", "rows", "paragraph", "quoted"]
_WORDS_IN_A_CELL = 3


@dataclass
class Block:
    """Lines that belong together. `fresh` tells that a blank line stands before it; the mark or bullet of the first
    line is not in `lines`."""

    kind: BlockKind
    lines: list[str]
    fresh: bool = True
    numbered: Numbered | None = None
    bullet: Bullet | None = None
    indent: int = field(default=0)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def blocks(lines: Sequence[str], marks: Mapping[int, Numbered], quoted: Collection[int]) -> list[Block]:
    """The blocks in the order of the text."""
    found: list[Block] = []
    fresh = True
    rows = _rows(lines, marks)
    for number, line in enumerate(lines):
        if not line.strip():
            fresh = True
            continue
        last = found[-1] if found else None
        begun = _begun(number, line, marks, quoted, rows)
        if begun is None or last is None:
            begun = begun or Block("paragraph", [line.rstrip()])
            joins = last is not None and not fresh and last.kind != "quoted" and not _begins_anew(last, line)
        else:
            joins = begun.kind == last.kind and begun.kind in ("rows", "quoted")
        if joins:
            assert last is not None
            last.lines += ["", *begun.lines] if fresh else begun.lines
        else:
            begun.fresh = fresh
            found.append(begun)
        fresh = False
    return found


def _begun(
    number: int, line: str, marks: Mapping[int, Numbered], quoted: Collection[int], rows: Collection[int]
) -> Block | None:
    """The block that the line begins by itself; None for a line of running text."""
    if number in quoted:
        return Block("quoted", [line.rstrip()])
    if number in marks:
        return Block("item", [line[marks[number].mark.ends :].strip()], numbered=marks[number])
    if number in rows:
        return Block("rows", [line.rstrip()])
    bullet = read_bullet(line)
    if bullet is not None:
        return Block("bullet", [line[bullet.ends :].rstrip()], bullet=bullet, indent=bullet.indent)
    return None


def _rows(lines: Sequence[str], marks: Mapping[int, Numbered]) -> set[int]:
    """The lines that are rows of a table of two rows or more."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if number not in marks and is_row(line):
            run.append(number)
            continue
        if not line.strip() and number + 1 < len(lines) and run and is_row(lines[number + 1]):
            continue
        if len(run) > 1:
            found.update(range(run[0], number))
        elif run:
            found.update(_to_be_filled_in(lines, run[0], marks))
        run = []
    return {number for number in found if lines[number].strip()}


def _to_be_filled_in(lines: Sequence[str], head: int, marks: Mapping[int, Numbered]) -> list[int]:
    """The head of a table with rows below it of which only the first cell is filled."""
    below = []
    for number in range(head + 1, len(lines)):
        line = lines[number]
        if not line.strip() or number in marks or is_row(line) or len(line.split()) > _WORDS_IN_A_CELL:
            break
        below.append(number)
    return [head, *below] if len(below) > 1 else []


def _begins_anew(last: Block, line: str) -> bool:
    """Whether a line right below a block, without a blank line between, belongs to another paragraph."""
    ended = last.lines[-1].rstrip().endswith((".", "?", "!", ":", ";", ",")) or last.kind == "bullet"
    if last.kind == "rows":
        return True
    if last.kind == "bullet":
        indent = len(line) - len(line.lstrip())
        return indent <= last.indent and (sense(line) != "states" or line.rstrip().endswith(":"))
    if last.kind == "item":
        return ended and is_courtesy(line)
    return False
