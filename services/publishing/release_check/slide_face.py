"""The face of one slide: what a reader sees of its shapes, and what is off it, switched off, covered or too faint."""

from typing import Any

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, holds, is_on, local
from services.publishing.release_check.report import masked
from services.publishing.release_check.slide_shapes import Box, Shape
from services.publishing.release_check.slide_text import Ground, Piece, TextReader


class Face:
    """Inspects the shapes of one slide. `behind` are those of layout and master that show through."""

    def __init__(
        self, where: str, page: Box, background: str | None, behind: list[Shape], reader: TextReader, look: Look
    ) -> None:
        self._where = where
        self._page = page
        self._background = background
        self._behind = behind
        self._reader = reader
        self._look = look
        self._lines: list[str] = []
        self._unseen: dict[tuple[str, str, str], list[str]] = {}
        self._tables = 0

    def inspect(self, shapes: list[Shape], *, is_animated: bool) -> None:
        """Tell what is seen to the look, and note what is not. What covers a text on an animated slide may go away."""
        for at, shape in enumerate(shapes):
            self._inspect_shape(shape, shapes[:at], shapes[at + 1 :], is_animated)
        self._look.text(self._where, "\n".join(self._lines))
        for (code, why, severity), texts in self._unseen.items():
            excerpt = masked(" ".join(text for text in texts if text.strip()))
            self._look.found(code, f"{self._where}, {why}", excerpt, severity=severity)

    def _inspect_shape(self, shape: Shape, below: list[Shape], above: list[Shape], is_animated: bool) -> None:
        for each in all_named(shape.element, "cNvPr"):
            self._look.text(f"{self._where}, description", f"{each.get('title', '')} {each.get('descr', '')}")
        if local(shape.element) == "contentPart":
            self._look.found("ink", self._where)
        text = shape.text
        if not text.strip() and not shape.has_picture:
            return
        if shape.is_hidden:
            self._note("hidden_text", "in a shape that is switched off", text)
        elif shape.box and not shape.box.meets(self._page) and not _is_line_on(shape.box, self._page):
            self._note("off_page", "outside the slide", text)
        else:
            covers = [each for each in above if _covers(each, shape)] if text.strip() else []
            if covers:
                # One may see through a picture, and an animation may take the cover away.
                is_sure = not is_animated and any(each.fill for each in covers)
                self._note("text_under_opaque_box", "under another shape", text, "" if is_sure else "review")
            self._read(shape, self._ground(shape, below))

    def _ground(self, shape: Shape, below: list[Shape]) -> Ground:
        if shape.fill:
            return Ground.of([shape.fill])
        if shape.fill is None and local(shape.element) == "sp":
            return Ground.of([None, self._background])
        under = [each for each in (*self._behind, *below) if _may_be_under(each, shape)]
        return Ground.of([self._background, *(each.fill for each in under)])

    def _read(self, shape: Shape, ground: Ground) -> None:
        for paragraph in self._reader.paragraphs(shape, ground):
            self._take(paragraph, self._lines)
        for table in all_named(shape.element, "tbl"):
            self._read_table(table, shape, ground)

    def _read_table(self, table: Any, shape: Shape, ground: Ground) -> None:
        self._tables += 1
        is_styled = holds(table, "tableStyleId")
        behind = Ground.of([self._background])
        rows: list[list[str]] = []
        for row in (each for each in table if local(each) == "tr"):
            rows.append([])
            for cell in (each for each in row if local(each) == "tc"):
                lines: list[str] = []
                for paragraph in self._reader.cell(cell, shape, behind, is_styled=is_styled):
                    self._take(paragraph, lines, covered=is_on(cell, "hMerge") or is_on(cell, "vMerge"))
                rows[-1].append("\n".join(lines))
        self._look.table(f"{self._where}, table {self._tables}", rows)

    def _take(self, pieces: list[Piece], lines: list[str], *, covered: bool = False) -> None:
        seen = []
        for each in pieces:
            if covered and each.text.strip():
                self._note("hidden_text", "in a cell that is merged into another one", each.text)
            elif each.why and each.text.strip():
                why = each.why if each.is_sure else f"perhaps {each.why}"
                self._note("hidden_text", why, each.text, "" if each.is_sure else "review")
            if not covered and (not each.why or not each.is_sure):
                seen.append(each.text)
        if text := "".join(seen).strip():
            lines.append(text)

    def _note(self, code: str, why: str, text: str, severity: str = "") -> None:
        self._unseen.setdefault((code, why, severity), []).append(text)


def _covers(upper: Shape, lower: Shape) -> bool:
    if upper.is_hidden or upper.box is None or lower.box is None:
        return False
    is_opaque = bool(upper.fill) or local(upper.element) == "pic"
    return is_opaque and upper.box.covers(lower.box)


def _may_be_under(lower: Shape, upper: Shape) -> bool:
    if lower.is_hidden or lower.fill == "":
        return False
    return lower.box is None or upper.box is None or lower.box.meets(upper.box)


def _is_line_on(box: Box, page: Box) -> bool:
    """A shape without height or width has no area to share with the slide, and is on it all the same."""
    across = box.left <= page.right and box.right >= page.left
    return across and box.top <= page.bottom and box.bottom >= page.top
