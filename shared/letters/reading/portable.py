"""Letters in PDF: lines by their place on the page, paragraphs by the gaps between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2

from shared.letters.reading.document import Document, Unreadable
from shared.letters.reading.plain_text import Line, paragraphs

_PAGES = 200
_PAGE_NUMBER = re.compile(r"^(?:page )?\d{1,3} ?(?:/|of) ?\d{1,3}$|^page \d{1,3}$", re.IGNORECASE)


def read_pdf(raw: bytes) -> Document:
    """The paragraphs of a letter in PDF. Raises Unreadable for what is locked or broken."""
    try:
        with pypdfium2.PdfDocument(raw) as pdf:
            lines = [line for number in range(min(len(pdf), _PAGES)) for line in _page(pdf, number)]
    except pypdfium2.PdfiumError:
        raise Unreadable("the PDF is damaged or needs a password: give the letter as it was sent") from None
    return Document("PDF", tuple(paragraphs(lines)))


@dataclass(frozen=True)
class _Row:
    """One printed line and its place on the page, in points."""

    left: float
    bottom: float
    right: float
    top: float
    words: str
    size: float


def _page(pdf: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    page = pdf[number]
    text = page.get_textpage()
    rows = list(_rows(text))
    text.close()
    page.close()
    usual = median([row.size for row in rows]) if rows else 0
    margin = max((row.right for row in rows), default=0)
    step = median([one.bottom - other.bottom for one, other in pairwise(rows)]) if len(rows) > 1 else 0
    place = f"page {number + 1}"
    gathered = ""
    for n, row in enumerate(rows):
        gathered = f"{gathered} {row.words.strip()}".strip()
        following = rows[n + 1] if n + 1 < len(rows) else None
        if following is None or not _goes_on(row, following, step, margin):
            yield Line(gathered, place, level=_level(row.size, usual) if len(gathered) < 120 else 0)
            yield Line("", place)
            gathered = ""


def _rows(text: pypdfium2.PdfTextPage) -> Iterator[_Row]:
    """The words of each printed line from top to bottom, in whatever order and pieces the file has them."""
    row: list[_Row] = []
    for piece in sorted(_pieces(text), key=lambda each: -(each.bottom + each.top)):
        if row and not _beside(row[0], piece):
            yield _joined(row)
            row = []
        row.append(piece)
    if row:
        yield _joined(row)


def _pieces(text: pypdfium2.PdfTextPage) -> Iterator[_Row]:
    for n in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(n)
        words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        if words and not _PAGE_NUMBER.match(words):
            index = text.get_index(left + 1, (bottom + top) / 2, 6, 6)
            size = pypdfium2.raw.FPDFText_GetFontSize(text.raw, index) if index is not None else 0.0
            yield _Row(left, bottom, right, top, words, size)


def _beside(one: _Row, other: _Row) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.5 * min(one.top - one.bottom, other.top - other.bottom)


def _joined(pieces: list[_Row]) -> _Row:
    pieces.sort(key=lambda each: each.left)
    return _Row(
        left=pieces[0].left,
        bottom=min(each.bottom for each in pieces),
        right=pieces[-1].right,
        top=max(each.top for each in pieces),
        words=" ".join(each.words for each in pieces),
        size=max(each.size for each in pieces),
    )


def _goes_on(row: _Row, following: _Row, step: float, margin: float) -> bool:
    """Whether the next line was only broken off because its first word no longer fitted on this one."""
    new_item = following.words[0] in "•▪◦‣·"
    if new_item or row.bottom - following.bottom > step * 1.3 or abs(row.size - following.size) > 0.6:
        return False
    word = following.words.split()[0]
    width = (following.right - following.left) / max(len(following.words), 1) * (len(word) + 1)
    return row.right + width > margin * 0.985


def _level(size: float, usual: float) -> int:
    """A heading's level by how much larger it is set than the text."""
    larger = size / usual if usual else 1
    return 1 if larger > 1.6 else 2 if larger > 1.25 else 3 if larger > 1.06 else 0
