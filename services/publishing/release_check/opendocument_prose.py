"""Running text of OpenDocument: what a reader sees of it, and what its styles keep from being seen (REL-03, REL-11)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from services.publishing.release_check.looking import Look, Paragraph, Table
from services.publishing.release_check.markup import Element, attribute, local, text_of
from services.publishing.release_check.opendocument_styles import Properties, Styles, opaque, unseen
from services.publishing.release_check.paragraphs import paragraphs_described
from services.publishing.release_check.report import masked

_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "p": ("paragraph",),
    "h": ("paragraph",),
    "span": ("text",),
    "a": ("text",),
    "section": ("section",),
    "table": ("table",),
    "table-row": ("table-row",),
    "table-cell": ("table-cell",),
    "covered-table-cell": ("table-cell",),
}
_SHAPES = frozenset(
    (
        "frame",
        "custom-shape",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "path",
        "connector",
        "caption",
        "measure",
        "regular-polygon",
    )
)
_SKIPPED = frozenset(
    ("annotation", "tracked-changes", "hidden-text", "desc", "title", "event-listeners", "forms", "notes")
)
"""What is no visible text where it stands; each is seen to elsewhere."""
_SPACES: Mapping[str, str] = {"s": " ", "tab": "\t", "line-break": "\n"}
_PARAGRAPHS = ("p", "h")
_OPEN_FILLS = ("", "none")
_TOGETHER = 20
"""Paragraphs that are told together."""


@dataclass(frozen=True)
class _Layer:
    """How what is inside an element looks: properties of its text, what is behind it, why it is not seen.

    `unsure` says that something else may lie behind it, such as a shape under one that is not filled.
    """

    text: Properties
    behind: str | None
    reason: str = ""
    unsure: bool = False


class Prose:
    """Reads text under an element, and notes one finding for each reason why some of it is not seen."""

    def __init__(self, look: Look, styles: Styles, *, paper: str | None, noun: str, crowded: bool = False) -> None:
        self._look = look
        self._styles = styles
        self._noun = noun
        self._crowded = crowded
        self._layers = [_Layer(text=styles.default("paragraph"), behind=paper)]
        self._paragraphs: list[list[str]] = []
        self._read: list[str] = []
        self._number = 0
        self._level = 0
        self._tables: list[list[list[str]]] = []
        self._hidden: dict[tuple[str, str], tuple[list[int], str]] = {}

    def read(self, root: Element) -> None:
        """Look at everything in an element."""
        skipped: Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                if skipped is None and event == "comment":
                    self._add(element.tail)
                continue
            name = local(element)
            if event == "start":
                if skipped is None and name in _SKIPPED:
                    skipped = element
                if skipped is None:
                    self._begin(name, element)
                continue
            if skipped is None:
                self._end(name)
            elif skipped is element:
                skipped = None
            if skipped is None and element is not root:
                self._add(element.tail)
        self._tell_text()

    def tell(self) -> None:
        """Note what was found hidden."""
        for (reason, severity), (numbers, excerpt) in self._hidden.items():
            where = f"{self._noun}, {paragraphs_described(numbers)} ({reason})"
            self._look.found("hidden_text", where, masked(excerpt), severity=severity)

    def _begin(self, name: str, element: Element) -> None:
        self._layers.append(self._layer(name, element))
        if name in _PARAGRAPHS:
            if not self._paragraphs:
                self._number += 1
                self._level = _level(name, element)
            self._paragraphs.append([])
        elif name == "table":
            self._tables.append([])
        elif name == "table-row" and self._tables:
            self._tables[-1].append([])
        elif name in ("table-cell", "covered-table-cell") and self._tables and self._tables[-1]:
            self._tables[-1][-1].append("")
        if name in _SPACES and self._paragraphs:
            self._add(_SPACES[name])
        self._add(element.text)

    def _end(self, name: str) -> None:
        self._layers.pop()
        if name in _PARAGRAPHS:
            shown = "".join(self._paragraphs.pop())
            if self._paragraphs:
                self._paragraphs[-1].append(f" {shown} ")
            elif self._tables and self._tables[-1] and self._tables[-1][-1]:
                cell = self._tables[-1][-1][-1]
                self._tables[-1][-1][-1] = f"{cell}\n{shown}" if cell else shown
            elif shown.strip():
                self._look.face.append(Paragraph(text=shown, level=self._level))
                self._read.append(shown)
                if len(self._read) >= _TOGETHER:
                    self._tell_text()
        elif name == "table":
            self._end_table()

    def _end_table(self) -> None:
        rows = [row for row in self._tables.pop() if any(cell.strip() for cell in row)]
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            self._tables[-1][-1][-1] += "\n" + "\n".join("\t".join(row) for row in rows)
        elif rows:
            where = f"{self._noun}, table near paragraph {self._number}"
            self._look.table(where, rows)
            self._look.face.append(Table(where=where, rows=rows))

    def _layer(self, name: str, element: Element) -> _Layer:
        outer = self._layers[-1]
        if name in _SHAPES:
            return self._of_shape(outer, element)
        if name in ("section", "table-row", "table-column") and _is_put_away(element):
            return replace(outer, reason=outer.reason or "hidden")
        layer = outer
        for family in _FAMILIES.get(name, ()):
            style = attribute(element, "style-name")
            own = self._styles.explicit(family, style)
            text = {**outer.text, **{key: value for key, value in own.items() if key.startswith("text:")}}
            ground = next((opaque(value) for key, value in own.items() if _is_ground(key) and opaque(value)), "")
            hidden = "hidden" if own.get("section:display") == "none" or name.startswith("covered") else ""
            unsure = layer.unsure and not ground
            layer = _Layer(text, ground or layer.behind, layer.reason or hidden, unsure)
        return layer

    def _of_shape(self, outer: _Layer, element: Element) -> _Layer:
        style = attribute(element, "style-name")
        own = {**self._styles.properties("graphic", style), **self._styles.properties("presentation", style)}
        text = {**outer.text, **{key: value for key, value in own.items() if key.startswith("text:")}}
        fill = own.get("graphic:fill", "solid" if opaque(own.get("graphic:background-color", "")) else "")
        shown = attribute(element, "display")
        reason = "hidden" if shown in ("none", "printer") or attribute(element, "visibility") == "hidden" else ""
        if fill in _OPEN_FILLS:
            # Programs differ in what a shape is filled with that names a colour and not whether it is filled.
            unsure = self._crowded or outer.unsure or (not fill and "graphic:fill-color" in own)
            return _Layer(text, outer.behind, outer.reason or reason, unsure)
        colour = opaque(own.get("graphic:fill-color", "")) or opaque(own.get("graphic:background-color", ""))
        return _Layer(text, colour if fill == "solid" and colour else None, outer.reason or reason)

    def _add(self, text: str | None) -> None:
        if not text or not self._paragraphs:
            return
        layer = self._layers[-1]
        reason = layer.reason or unseen(layer.text, layer.behind)
        if not reason:
            self._paragraphs[-1].append(text)
        elif text.strip():
            # A shape without a fill may lie over a dark one: only a person can tell.
            unsure = layer.unsure and reason.endswith("background")
            key = (reason, "review" if unsure else "")
            numbers, excerpt = self._hidden.get(key, ([], text))
            self._hidden[key] = ([*numbers, self._number] if self._number not in numbers[-1:] else numbers, excerpt)
            if unsure:
                self._paragraphs[-1].append(text)

    def _tell_text(self) -> None:
        if self._read:
            last = self._number
            self._look.text(f"{self._noun}, up to paragraph {last}", "\n".join(self._read))
            self._read = []


def _level(name: str, element: Element) -> int:
    if name == "h":
        told = attribute(element, "outline-level")
        return min(max(int(told), 1), 6) if told.isdigit() else 1
    return -1 if any(local(each) == "list-item" for each in element.iterancestors()) else 0


def descriptions(root: Element) -> list[str]:
    """The titles and descriptions of pictures and shapes: a reader may have them read out."""
    return [text_of(each) for each in root.iter("{*}desc", "{*}title") if text_of(each).strip()]


def _is_put_away(element: Element) -> bool:
    hidden = attribute(element, "display") in ("none", "condition")
    return hidden or attribute(element, "visibility") in ("collapse", "filter")


def _is_ground(key: str) -> bool:
    return key.endswith(":background-color") and not key.startswith("text:")
