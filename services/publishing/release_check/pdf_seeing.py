"""Whether what a PDF page holds is to be seen: it is drawn with and without it, and the two are compared.

That finds what hides a text whatever hides it: a box, a picture, an annotation, the colour of the paper, a clip, a font
without shapes. What covers is told from what is covered by the order of drawing.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageStat

from services.publishing.release_check.pdf_drawing import Box, Drawn

_DOTS_PER_POINT = 1.5
_MOST_DOTS = 4_000_000
"""Of one page's picture: a huge page is drawn more coarsely."""
_FAINT, _FAINT_ON_DARK, _DARK = 10, 40, 60
"""Of 255: the weakest change that is seen, the weakest on a dark ground, and what ground is dark."""
_UNIFORM = 10.0
"""Standard deviation of brightness, of 255, below which an area shows nothing; the noise of a scan is less."""
_CELL = 6.0
"""Points: covers are noted on a grid this coarse first; what is really covered, the drawing says."""


class Seen:
    """One open page as it looks. The page is turned upright, so that its picture has its coordinates."""

    def __init__(self, page: Any) -> None:
        page.set_rotation(0)
        self._page = page
        self.box: Box = page.get_bbox()
        self._width, self._height = max(1.0, self.box[2] - self.box[0]), max(1.0, self.box[3] - self.box[1])
        dots = (_MOST_DOTS / (self._width * self._height)) ** 0.5
        self._scale = min(_DOTS_PER_POINT, dots)
        self.picture = self._drawn()

    def difference(self, without: Iterable[Drawn]) -> Image.Image:
        """How much each dot changes, 0 to 255, when these are left out."""
        with _left_out(without):
            return _change(self.picture, self._drawn())

    def bared(self, covers: Iterable[Drawn], texts: Sequence[Drawn]) -> Image.Image:
        """How much each dot would change for these texts, were there none of the covers and no annotations."""
        with _left_out(covers):
            uncovered = self._drawn(annotations=False)
            with _left_out(texts):
                return _change(uncovered, self._drawn(annotations=False))

    def dots(self, box: Box) -> tuple[int, int, int, int]:
        """The part of the picture in which a box of the page is, without its outermost dots where it has many."""
        across, up = self.picture.width / self._width, self.picture.height / self._height
        left, right = (box[0] - self.box[0]) * across, (box[2] - self.box[0]) * across
        top, bottom = (self.box[3] - box[3]) * up, (self.box[3] - box[1]) * up
        inset_x, inset_y = (1 if right - left > 4 else 0), (1 if bottom - top > 4 else 0)
        whole = (int(left) + inset_x, int(top) + inset_y, -int(-right) - inset_x, -int(-bottom) - inset_y)
        within = max(0, whole[0]), max(0, whole[1])
        return *within, max(within[0] + 1, whole[2]), max(within[1] + 1, whole[3])

    def is_uniform(self, box: Box) -> bool:
        """Whether the page shows one colour there and nothing else."""
        deviations = ImageStat.Stat(self.picture.crop(self.dots(box))).stddev
        return max(deviations) < _UNIFORM

    def brightness(self, box: Box) -> float:
        """0 for black to 255 for white, on average."""
        return float(ImageStat.Stat(self.picture.crop(self.dots(box)).convert("L")).mean[0])

    def shows(self, changes: Image.Image, box: Box) -> bool:
        """Whether a letter can be told from its ground: on a dark one that takes a stronger change."""
        dots = self.dots(box)
        if is_inked(changes, dots, _FAINT_ON_DARK):
            return True
        return is_inked(changes, dots) and self.brightness(box) > _DARK

    def _drawn(self, *, annotations: bool = True) -> Image.Image:
        bitmap = self._page.render(scale=self._scale, may_draw_forms=False, draw_annots=annotations)
        try:
            picture: Image.Image = bitmap.to_pil().convert("RGB").copy()
        finally:
            bitmap.close()
        return picture


class Covers:
    """Where on the page something is drawn, and what comes last there."""

    def __init__(self, page_box: Box) -> None:
        self._left, self._bottom = page_box[0], page_box[1]
        self._columns = min(2000, int((page_box[2] - page_box[0]) / _CELL) + 1)
        self._rows = min(2000, int((page_box[3] - page_box[1]) / _CELL) + 1)
        self._last = [[0] * self._columns for _ in range(self._rows)]

    def note(self, box: Box, order: int) -> None:
        """Something that fills at most this box is drawn as the `order`th; they are noted in their order."""
        rows, left, right = self._cells(box)
        filled = [order] * (right - left)
        for row in rows:
            self._last[row][left:right] = filled

    def last(self, box: Box) -> int:
        """The place in the order of what is drawn last over any of this box; 0 for nothing."""
        rows, left, right = self._cells(box)
        return max((max(self._last[row][left:right], default=0) for row in rows), default=0)

    def _cells(self, box: Box) -> tuple[range, int, int]:
        left = max(0, int((box[0] - self._left) / _CELL))
        right = min(self._columns, int((box[2] - self._left) / _CELL) + 1)
        bottom = max(0, int((box[1] - self._bottom) / _CELL))
        top = min(self._rows, int((box[3] - self._bottom) / _CELL) + 1)
        return range(bottom, max(bottom, top)), left, max(left, right)


def is_inked(changes: Image.Image, dots: tuple[int, int, int, int], least: int = _FAINT) -> bool:
    """Whether a letter's part of a picture of changes shows anything that somebody could see."""
    strongest: Any = changes.crop(dots).getextrema()[1]
    return bool(strongest >= least)


def ink(changes: Image.Image, dots: tuple[int, int, int, int]) -> float:
    """How much a letter shows in its part of a picture of changes: 0 where nobody could see it."""
    return float(ImageStat.Stat(changes.crop(dots)).sum[0]) if is_inked(changes, dots) else 0.0


def _change(one: Image.Image, other: Image.Image) -> Image.Image:
    red, green, blue = ImageChops.difference(one, other).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


@contextmanager
def _left_out(these: Iterable[Drawn]) -> Iterator[None]:
    chosen = list(these)
    for each in chosen:
        pdfium.FPDFPageObj_SetIsActive(each.raw, False)
    try:
        yield
    finally:
        for each in chosen:
            pdfium.FPDFPageObj_SetIsActive(each.raw, True)
