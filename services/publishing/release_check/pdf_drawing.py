"""What a PDF page draws, in the order in which it draws it, and the letters among it."""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points of the page."""

TEXT, PATH, IMAGE = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE
_FORM = pdfium.FPDF_PAGEOBJ_FORM
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_NESTED = 12
_ROW = 12.0
"""Points: the height of the strips in which texts are compared with each other."""
_LIGHT = 200
"""From this brightness of all three colours on, a text may be the white of its paper."""
_FAINT = 10
"""Of 255: less opaque, or less different, is not seen."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One thing that is drawn. `raw` is the library's own handle, good while the page is open."""

    kind: int
    box: Box
    order: int
    clip: Box | None
    see_through: bool
    raw: Any

    @property
    def address(self) -> int:
        return ctypes.addressof(self.raw.contents)

    @cached_property
    def is_invisible(self) -> bool:
        """Whether this text is drawn without ink."""
        return pdfium.FPDFTextObj_GetTextRenderMode(self.raw) in _UNSEEN_MODES or self._colour()[3] < _FAINT

    @property
    def is_light(self) -> bool:
        return min(self._colour()[:3]) >= _LIGHT

    def _colour(self) -> tuple[int, ...]:
        of_outline = pdfium.FPDFTextObj_GetTextRenderMode(self.raw) == pdfium.FPDF_TEXTRENDERMODE_STROKE
        ask = pdfium.FPDFPageObj_GetStrokeColor if of_outline else pdfium.FPDFPageObj_GetFillColor
        parts = [ctypes.c_uint(255 if index == 3 else 0) for index in range(4)]
        ask(self.raw, *parts)
        return tuple(each.value for each in parts)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One character as it is extracted; `drawn` is the address of the text it belongs to, 0 for the spaces and line
    ends that only the extraction makes. `size` is about that of its font, in points; `word` is the box of all the
    letters that it stands among; `is_known` is whether its font says which character it is."""

    character: str
    box: Box
    drawn: int
    size: float
    word: Box
    is_known: bool

    @property
    def is_letter(self) -> bool:
        """Whether it says something: a letter, a digit, or a shape that may be one."""
        return _says_something(self.character)


def drawings(page: Any) -> list[Drawn]:
    """Everything on the page, what is inside forms too, what lies below first."""
    found: list[Drawn] = []
    forms: dict[int, tuple[Any, bool]] = {}
    for each in page.get_objects(max_depth=_NESTED):
        raw = each.raw
        outer, faint = forms.get(id(each.container), (None, False)) if each.container else (None, False)
        faint = faint or bool(pdfium.FPDFPageObj_HasTransparency(raw))
        if each.type == _FORM:
            matrix = each.get_matrix()
            forms[id(each)] = (matrix.multiply(outer) if outer else matrix, faint)
            continue
        box = _box(each, page)
        clip = _clip(raw)
        if outer:
            box, clip = _moved(box, outer), _moved(clip, outer) if clip else None
        found.append(Drawn(kind=each.type, box=box, order=len(found) + 1, clip=clip, see_through=faint, raw=raw))
    return found


def _box(drawn: Any, page: Any) -> Box:
    """Where it is; all over the page, for looking closer, where the library cannot say."""
    try:
        left, bottom, right, top = drawn.get_bounds()
    except PdfiumError:
        left, bottom, right, top = page.get_bbox()
    return left, bottom, right, top


def _moved(box: Box, matrix: Any) -> Box:
    left, bottom, right, top = matrix.on_rect(*box)
    return left, bottom, right, top


def _clip(raw: Any) -> Box | None:
    """The box that what is drawn is cut to, as far as the paths of its clip go."""
    path = pdfium.FPDFPageObj_GetClipPath(raw)
    kept: Box | None = None
    for number in range(max(0, pdfium.FPDFClipPath_CountPaths(path))):
        points = list(_points(path, number))
        if not points:
            continue
        across, up = [each[0] for each in points], [each[1] for each in points]
        cut = (min(across), min(up), max(across), max(up))
        kept = overlap(kept, cut) if kept else cut
    return kept


def _points(path: Any, number: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(path, number))):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, number, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def letters(text_page: Any) -> list[Letter]:
    """The characters of the page in reading order."""
    found: list[Letter] = []
    word: list[tuple[str, Box, int, int]] = []
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"
        handle = pdfium.FPDFText_GetTextObject(text_page, index)
        drawn = ctypes.addressof(handle.contents) if handle else 0
        if word and not _says_something(character):
            found += _word(text_page, word)
            word = []
        word.append((character, text_page.get_charbox(index), drawn, index))
        if not _says_something(character):
            found += _word(text_page, word)
            word = []
    return found + _word(text_page, word)


def _says_something(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Co", "So", "Cn")


def _word(text_page: Any, word: list[tuple[str, Box, int, int]]) -> list[Letter]:
    boxes = [box for _, box, _, _ in word]
    if not boxes:
        return []
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    whole = (min(lefts), min(bottoms), max(rights), max(tops))
    return [
        Letter(
            character=character,
            box=box,
            drawn=drawn,
            size=_size(text_page, index) if drawn else 0,
            word=whole,
            is_known=not drawn or pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1,
        )
        for character, box, drawn, index in word
    ]


def _size(text_page: Any, index: int) -> float:
    """The longer side of the space that a letter takes: no less than the size of its font, however it is turned."""
    left, bottom, right, top = text_page.get_charbox(index, loose=True)
    return float(max(right - left, top - bottom))


def annotation_boxes(page: Any) -> list[Box]:
    """Where annotations that draw something are: they lie above all else."""
    found = []
    rect = pdfium.FS_RECTF()
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            plain = kind == pdfium.FPDF_ANNOT_LINK and not pdfium.FPDFAnnot_HasKey(annotation, b"AP")
            if kind != pdfium.FPDF_ANNOT_POPUP and not plain and pdfium.FPDFAnnot_GetRect(annotation, rect):
                left, right = sorted((rect.left, rect.right))
                bottom, top = sorted((rect.bottom, rect.top))
                found.append((left, bottom, right, top))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def overlaid_texts(texts: Sequence[Drawn]) -> dict[int, list[Drawn]]:
    """The texts that lie over half of another one or more and are drawn later, by the address of the other one."""
    rows: dict[int, list[Drawn]] = {}
    for each in texts:
        for row in range(int(each.box[1] // _ROW), min(int(each.box[3] // _ROW), int(each.box[1] // _ROW) + 40) + 1):
            rows.setdefault(row, []).append(each)
    found: dict[int, list[Drawn]] = {}
    for these in rows.values():
        for one, other in _touching(sorted(these, key=lambda each: each.box[0])):
            below, above = sorted((one, other), key=lambda each: each.order)
            known = found.get(below.address, ())
            if area(overlap(below.box, above.box)) > area(below.box) / 2 and above not in known:
                found.setdefault(below.address, []).append(above)
    return found


def _touching(texts: Sequence[Drawn]) -> Iterator[tuple[Drawn, Drawn]]:
    """Those that have some of the width of the page in common, of texts from left to right."""
    for index, each in enumerate(texts):
        for other in islice(texts, index + 1, None):
            if other.box[0] >= each.box[2]:
                break
            yield each, other


def overlap(one: Box, other: Box) -> Box:
    """What two boxes have in common; its area is 0 where they have nothing."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, max(left, min(one[2], other[2])), max(bottom, min(one[3], other[3]))


def area(box: Box) -> float:
    """In square points."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
