"""The parts of a request while they are being found: opened in turn, filled line by line, then given their kinds."""

from dataclasses import dataclass

from services.intake.asking import asks
from services.intake.marks import Mark

PREAMBLE = "pre"
CLOSING = "end"


@dataclass(frozen=True)
class ProposedPart:
    """One part as the request has it. `visible_label` is the request's own mark, `label` the canonical one, empty
    until the whole request is known where the request gives a sub-question no mark."""

    label: str
    parent: str | None
    kind: str
    visible_label: str | None
    text: str


@dataclass
class _Open:
    label: str
    parent: str | None
    kind: str
    mark: str | None
    text: str


class Outline:
    """Collects parts in the order of the text."""

    def __init__(self) -> None:
        self._parts: list[_Open] = []
        self._by_label: dict[str, _Open] = {}
        self._questions = 0
        self._after_blank = False

    def preamble(self, text: str) -> None:
        if text.strip():
            self._add(_Open(PREAMBLE, None, "preamble", None, text))

    def closing(self, text: str) -> None:
        if text.strip():
            self._add(_Open(CLOSING, None, "closing", None, text))

    def open(self, mark: Mark, text: str) -> None:
        """Begin the part that a mark announces."""
        parent = mark.parent if mark.parent in self._by_label else None
        self._add(_Open(mark.label, parent, "marked", mark.written, text))
        self._after_blank = False

    def question(self, text: str) -> None:
        """Add a question that has no mark, under the next number."""
        self._questions += 1
        self._add(_Open(str(self._questions), None, "question", None, text))

    def append(self, text: str) -> None:
        """Add a paragraph to the part at hand."""
        self._parts[-1].text += f"\n\n{text}"

    def blank(self) -> None:
        self._after_blank = True

    def line(self, text: str) -> None:
        """Add a line to the part at hand; a paragraph that asks for more becomes a part below it."""
        last = self._parts[-1]
        if self._after_blank and last.text.strip() and asks(text):
            parent = last.label if last.parent is None or self._kind(last) == "question" else last.parent
            self._add(_Open("", parent, "sub_question", None, text))
        else:
            last.text += ("\n\n" if self._after_blank else "\n") + text
        self._after_blank = False

    def finished(self) -> list[ProposedPart]:
        """The parts with their kinds: a marked one asks unless it only introduces those below it that do."""
        introducing = {part.parent for part in self._parts if part.kind == "marked" and asks(part.text)}
        return [
            ProposedPart(
                part.label,
                part.parent,
                "context" if part.label in introducing and not asks(part.text) else self._kind(part),
                part.mark,
                part.text.strip(),
            )
            for part in self._parts
        ]

    def _add(self, part: _Open) -> None:
        self._parts.append(part)
        self._by_label[part.label] = part

    def _kind(self, part: _Open) -> str:
        if part.kind != "marked":
            return part.kind
        if part.parent is None or asks(part.text) or not asks(self._by_label[part.parent].text):
            return "question"
        return "list_item"
