"""The text of an RTF file as it is put together: what is shown, what is hidden, and what was changed (REL-11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.publishing.release_check.looking import Look
from services.publishing.release_check.paragraphs import paragraphs_described
from services.publishing.release_check.report import masked

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
_SMALLEST = 4
"""Half points."""
_ALIKE = 16
_TOGETHER = 20


@dataclass(slots=True)
class Manner:
    """How the text of a group is set. Groups inside begin with the manner of the one around them.

    Colours are numbers of the colour table; 0 is automatic. `mode` says what becomes of text: it is `shown`, `kept`
    for what the group is, or `passed` over; `destination` is the group's own name when it began one.
    """

    mode: str = "shown"
    destination: str = ""
    story: str = "the body"
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    size: int = 24
    colour: int = 0
    highlight: int = 0
    shading: int = 0
    paragraph_shading: int = 0
    unicode_width: int = 1
    in_table: bool = False


@dataclass
class _Told:
    numbers: list[int] = field(default_factory=list)
    excerpt: str = ""


class Story:
    """Takes text piece by piece. Text of tables goes into tables, everything else into paragraphs."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._number = 1
        self._line: list[str] = []
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._where = "the body"
        self._told: dict[tuple[str, str, str], _Told] = {}
        self._visible: list[str] = []
        self.colours: list[Colour | None] = [None]
        self.cells_are_shaded = False
        self.page_is_plain = True

    @property
    def visible(self) -> str:
        """All that is shown."""
        return " ".join(self._visible)

    def add(self, text: str, manner: Manner) -> None:
        """A piece of text that stands where text is shown."""
        if manner.story != self._where:
            self._break()
            self._where = manner.story
        if manner.deleted:
            self._note("tracked_deletion", "", text)
            return
        if manner.inserted:
            self._note("tracked_insertion", "", text)
        reason, is_sure = self._unseen(manner)
        if not reason:
            self._line.append(text)
        elif text.strip():
            self._note("hidden_text", reason, text, severity="" if is_sure else "review")

    def paragraph(self, manner: Manner) -> None:
        """The end of a paragraph."""
        if manner.in_table:
            self._line.append("\n")
        else:
            self._break()
        self._number += 1

    def cell(self) -> None:
        self._cells.append("".join(self._line).strip())
        self._line = []

    def row(self) -> None:
        if any(self._cells):
            self._rows.append(self._cells)
        self._cells = []
        self.cells_are_shaded = False

    def note(self, code: str, text: str = "", severity: str = "") -> None:
        """A finding at the present place."""
        self._note(code, "", text, severity)

    def finish(self) -> None:
        """Tell what is left, and what was noted."""
        self._break()
        self._tell_lines()
        for (code, reason, severity), told in self._told.items():
            where = f"{paragraphs_described(told.numbers)}{f' ({reason})' if reason else ''}"
            self._look.found(code, where, masked(told.excerpt), severity=severity)

    def _note(self, code: str, reason: str, text: str, severity: str = "") -> None:
        told = self._told.setdefault((code, reason, severity), _Told())
        told.excerpt = told.excerpt or text
        if told.numbers[-1:] != [self._number]:
            told.numbers.append(self._number)

    def _break(self) -> None:
        if self._rows and not self._cells:
            self._tell_lines()
            self._look.table(f"{self._where}, table before paragraph {self._number}", self._rows)
            self._visible += (cell for row in self._rows for cell in row)
            self._rows = []
        text = "".join(self._line)
        self._line = []
        if text.strip():
            self._lines.append(text)
        if len(self._lines) >= _TOGETHER:
            self._tell_lines()

    def _tell_lines(self) -> None:
        if self._lines:
            text = "\n".join(self._lines)
            self._look.text(f"{self._where}, up to paragraph {self._number}", text)
            self._visible.append(text)
            self._lines = []

    def _unseen(self, manner: Manner) -> tuple[str, bool]:
        """Why text is not seen, and whether that is sure: cells and pages may have a colour of their own."""
        if manner.hidden:
            return "hidden", True
        if manner.size < _SMALLEST:
            return "too small to read", True
        colour = self._colour(manner.colour)
        if colour is None:
            return "", True
        own = next((each for each in (manner.highlight, manner.shading, manner.paragraph_shading) if each), 0)
        behind = self._colour(own) or WHITE
        if any(abs(a - b) > _ALIKE for a, b in zip(colour, behind, strict=True)):
            return "", True
        is_sure = bool(own) or (not self.cells_are_shaded and self.page_is_plain and manner.story != "the text boxes")
        return "in the colour of its background", is_sure

    def _colour(self, number: int) -> Colour | None:
        return self.colours[number] if 0 <= number < len(self.colours) else None


def colour_table(told: str) -> list[Colour | None]:
    """The colours of a table, as the words between its semicolons say; None is the automatic one."""
    found: list[Colour | None] = []
    for entry in told.split(";")[:-1]:
        parts: Mapping[str, int] = {
            word.rstrip("0123456789"): int(number)
            for word in entry.split()
            if (number := word.lstrip("abcdefghijklmnopqrstuvwxyz")).isdecimal()
        }
        if parts:
            found.append((parts.get("red", 0) & 255, parts.get("green", 0) & 255, parts.get("blue", 0) & 255))
        else:
            found.append(None)
    return found or [None]
