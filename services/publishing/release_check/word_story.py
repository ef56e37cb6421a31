"""One text of a Word document, be it the body, a header or the footnotes: what a reader sees of it, and what not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.publishing.release_check import alternate_content, word_setting
from services.publishing.release_check.looking import Look, Paragraph, Table
from services.publishing.release_check.markup import all_named, attribute, holds, local, text_of
from services.publishing.release_check.report import masked
from services.publishing.release_check.word_fields import Fields
from services.publishing.release_check.word_formats import HIDDEN, Unseen, paragraph_format, why_unseen
from services.publishing.release_check.word_places import (
    Page,
    is_anchor_off,
    is_behind,
    is_frame_off,
    is_indented_off,
    is_shape_off,
)
from services.publishing.release_check.word_setting import HIDDEN_SHAPE, OFF_PAGE, Setting, within
from services.publishing.release_check.word_shapes import ground_of_shape, is_filled
from services.publishing.release_check.word_styles import Cell, Styles, parts_set_apart

_PARAGRAPHS_TOGETHER = 20
_MOST_SPANS = 6
_PROPERTIES = frozenset(
    {
        *("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "sdtPr", "sdtEndPr", "smartTagPr"),
        *("customXmlPr", "rubyPr", "ctrlPr", "fldData", "ffData", "delText", "delInstrText", "nvSpPr", "docPr"),
    }
)
_HEADING = re.compile(r"heading ?([1-6])$", re.I)
_TOLD = ("body", "footnotes", "endnotes")
"""The texts that a clean copy is made of."""
_STRUCK = frozenset(("del", "moveFrom", "conflictDel"))
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SHAPES = frozenset(("wsp", "sp", "shape", "rect", "roundrect", "oval"))


@dataclass
class _Paragraph:
    number: int
    base: Mapping[str, Any] = field(default_factory=dict)
    setting: Setting | None = None
    why: Unseen | None = None
    pieces: list[str] = field(default_factory=list)


class Story:
    """Reads one text, part by part or whole. `ground` is the colour of the page."""

    def __init__(self, where: str, styles: Styles, page: Page, ground: str, look: Look) -> None:
        self._where = where
        self._styles = styles
        self._page = page
        self._ground = ground
        self._look = look
        self._fields = Fields(where, look)
        self._number = 0
        self._tables = 0
        self._in_tables = 0
        self._unseen: dict[Unseen, list[tuple[int, str]]] = {}
        self._seen: list[str] = []

    def read(self, root: Any) -> None:
        """Tell what is seen to the look, and note what is not."""
        self._has_drawings = holds(root, "blip", "imagedata") or any(map(is_filled, all_named(root, "wsp")))
        lines: list[tuple[int, str]] = []
        self._walk(root, Setting(None if is_behind(root) else self._ground), _Paragraph(0), lines)
        for start in range(0, len(lines), _PARAGRAPHS_TOGETHER):
            together = lines[start : start + _PARAGRAPHS_TOGETHER]
            place = f"{self._where}, {spans(range(together[0][0], together[-1][0] + 1))}"
            self._look.text(place, "\n".join(text for _, text in together))
        self._fields.finish("".join(self._seen))
        for unseen, places in self._unseen.items():
            numbers = spans(number for number, _ in places)
            excerpt = masked(" ".join(text for _, text in places[:20]))
            where = f"{self._where}, {numbers}, {unseen.why}"
            self._look.found(unseen.code, where, excerpt, severity=unseen.severity)

    def _walk(
        self, elements: Iterable[Any], setting: Setting, paragraph: _Paragraph, lines: list[tuple[int, str]]
    ) -> None:
        for child in elements:
            name = local(child)
            if name in _PROPERTIES:
                continue
            if name == "p":
                self._read_paragraph(child, setting, lines)
            elif name == "r":
                self._read_run(child, setting, paragraph, lines)
            elif name == "tbl":
                self._read_table(child, setting)
            elif name == "AlternateContent":
                version = alternate_content.shown(child)
                if version is not None:
                    self._walk(version, setting, paragraph, lines)
            elif name == "fldSimple":
                self._fields.note(attribute(child, "instr"))
                self._walk(child, setting, paragraph, lines)
            elif name == "t":
                self._take_text(text_of(child), setting.gone or paragraph.why, setting, paragraph)
            elif name == "txbxContent":
                self._read_box(child, setting, lines)
            else:
                self._walk(child, self._inside(child, name, setting), paragraph, lines)

    def _inside(self, element: Any, name: str, setting: Setting) -> Setting:
        """The setting of what stands inside an element that is no text by itself."""
        if name in _STRUCK:
            return replace(setting, struck=True)
        if name in ("anchor", "inline"):
            self._tell_descriptions(element)
            off = name == "anchor" and is_anchor_off(element, self._page)
            switched_off = any(attribute(each, "hidden") in ("1", "true") for each in element if local(each) == "docPr")
            return self._gone(element, setting, OFF_PAGE if off else HIDDEN_SHAPE if switched_off else None)
        if name == "textpath" and not setting.gone:
            # Words drawn as a picture, such as a watermark.
            self._look.text(f"{self._where}, drawn words", attribute(element, "string"))
        if name in _SHAPES:
            off = is_shape_off(element, self._page) and local(element.getparent()) != "group"
            setting = self._gone(element, setting, OFF_PAGE if off else None)
            ground = ground_of_shape(element, self._styles.theme)
            # Through a shape that is not filled one sees the page, or a picture that is drawn beneath it.
            through = None if self._has_drawings else setting.ground
            return replace(setting, ground=through if ground == "" else ground)
        return setting

    def _gone(self, element: Any, setting: Setting, why: Unseen | None) -> Setting:
        if why is None or setting.gone:
            return setting
        if holds(element, "blip", "imagedata"):
            self._unseen.setdefault(why, []).append((self._number, ""))
        return setting.without(why)

    def _tell_descriptions(self, element: Any) -> None:
        for each in all_named(element, "docPr"):
            self._look.text(
                f"{self._where}, description of a picture", f"{each.get('title', '')} {each.get('descr', '')}"
            )

    def _read_box(self, content: Any, setting: Setting, lines: list[tuple[int, str]]) -> None:
        outer, self._fields = self._fields, Fields(f"{self._where}, text box", self._look, self._fields)
        self._walk(content, setting, _Paragraph(self._number), lines)
        self._fields.close()
        self._fields = outer

    def _read_paragraph(self, element: Any, setting: Setting, lines: list[tuple[int, str]]) -> None:
        self._number += 1
        paragraph = _Paragraph(self._number)
        style, own = "", dict[str, Any]()
        properties = element.find("{*}pPr")
        if properties is not None:
            style = _value(properties, "pStyle")
            own = paragraph_format(properties, self._styles.theme)
            if self._is_placed_off(properties):
                setting = setting.without(OFF_PAGE)
        paragraph.base = {**self._styles.text(style, setting.text), **own}
        paragraph.setting = setting
        paragraph.why = setting.gone or why_unseen(paragraph.base, setting.ground, self._ground)
        self._walk(element, setting, paragraph, lines)
        text = "".join(paragraph.pieces)
        if text.strip():
            lines.append((paragraph.number, text))
            if self._where in _TOLD and not self._in_tables:
                self._look.face.append(Paragraph(text=text, level=_level(style, properties)))

    def _is_placed_off(self, properties: Any) -> bool:
        for each in properties:
            if local(each) == "framePr" and is_frame_off(each, self._page):
                return True
            if local(each) == "ind" and is_indented_off(each, self._page):
                return True
        return False

    def _read_run(self, run: Any, setting: Setting, paragraph: _Paragraph, lines: list[tuple[int, str]]) -> None:
        properties = [each for each in run if local(each) == "rPr"]
        if properties or paragraph.setting is not setting:
            why = setting.gone or self._why_unseen(run, properties, setting, paragraph)
        else:
            why = paragraph.why
        self._read_pieces(run, why, setting, paragraph, lines)

    def _why_unseen(self, run: Any, properties: list[Any], setting: Setting, paragraph: _Paragraph) -> Unseen | None:
        told = paragraph.base
        for each in properties:
            told = {**told, **self._styles.character(_value(each, "rStyle")), **self._styles.direct(each)}
        if told.get("web_hidden") and any(local(each) == "hyperlink" for each in run.iterancestors()):
            # The page numbers in a table of contents, which Word hides on web pages.
            told = {**told, "web_hidden": False}
        return why_unseen(told, setting.ground, self._ground)

    def _read_pieces(
        self, run: Any, why: Unseen | None, setting: Setting, paragraph: _Paragraph, lines: list[tuple[int, str]]
    ) -> None:
        for child in run:
            name = local(child)
            if name == "t":
                self._take_text(text_of(child), why, setting, paragraph)
            elif name in _SIGNS:
                self._take_text(_SIGNS[name], None, setting, paragraph)
            elif name == "instrText":
                self._fields.instruct(text_of(child))
            elif name == "fldChar":
                self._take_field_mark(child)
            elif name == "AlternateContent":
                version = alternate_content.shown(child)
                if version is not None:
                    self._read_pieces(version, why, setting, paragraph, lines)
            elif name not in _PROPERTIES:
                inner = self._gone(child, setting, why) if why == HIDDEN else setting
                self._walk((child,), inner, paragraph, lines)

    def _take_text(self, text: str, why: Unseen | None, setting: Setting, paragraph: _Paragraph) -> None:
        if setting.struck:
            return
        if not self._fields.shows:
            self._fields.instruct(text)
        elif why is None or not text.strip():
            paragraph.pieces.append(text)
            self._seen.append(text)
        else:
            self._unseen.setdefault(why, []).append((paragraph.number, text))
            if why.severity == "review":
                paragraph.pieces.append(text)

    def _take_field_mark(self, mark: Any) -> None:
        match attribute(mark, "fldCharType"):
            case "begin":
                self._fields.begin("".join(text_of(each) for each in mark if local(each) == "fldData"))
            case "separate":
                self._fields.separate()
            case "end":
                self._fields.end()

    def _read_table(self, table: Any, setting: Setting) -> None:
        self._tables += 1
        where = f"{self._where}, table {self._tables}"
        for caption in word_setting.captions(table):
            self._look.text(where, caption)
        whole, style = word_setting.of_table(table, setting, self._styles, self._page)
        parts = parts_set_apart(table)
        rows = [(row, list(within(row, "tc"))) for row in within(table, "tr")]
        told: list[list[str]] = []
        self._in_tables += 1
        for at, (row, cells) in enumerate(rows):
            in_row = word_setting.of_row(row, whole)
            told.append([])
            for place, cell in enumerate(cells):
                seat = Cell(row=at, column=place, rows=len(rows), columns=len(cells))
                styled = self._styles.cell(style, parts, seat)
                in_cell = word_setting.of_cell(cell, styled, in_row, self._styles)
                told[-1].append(self._read_cell(cell, in_cell))
        self._in_tables -= 1
        if any(text for row_told in told for text in row_told):
            self._look.table(where, told)
            if self._where in _TOLD and not self._in_tables:
                self._look.face.append(Table(where=where, rows=told))

    def _read_cell(self, cell: Any, setting: Setting) -> str:
        lines: list[tuple[int, str]] = []
        self._walk(cell, setting, _Paragraph(self._number), lines)
        return "\n".join(text for _, text in lines)


def _level(style: str, properties: Any | None) -> int:
    """Whether a paragraph is a heading, by the name that Word itself gives the style, or an item of a list."""
    if found := _HEADING.match(style):
        return int(found[1])
    if style.lower() == "title":
        return 1
    listed = properties is not None and any(local(each) == "numPr" for each in properties)
    return -1 if listed or style.startswith(("ListBullet", "ListNumber")) else 0


def spans(numbers: Iterable[int]) -> str:
    """`paragraph 7`, or `paragraphs 1 to 3, 7` of 1, 2, 3, 3, 7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    noun = "paragraph" if len(runs) == 1 and runs[0][0] == runs[0][1] else "paragraphs"
    said = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:_MOST_SPANS]]
    more = len(runs) - _MOST_SPANS
    return f"{noun} {', '.join(said)}{f' and {more} more places' if more > 0 else ''}"


def _value(properties: Any, name: str) -> str:
    return next((attribute(each, "val") for each in properties if local(each) == name), "")
