"""The text of a slide's shapes: which of it can be seen on what is behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.publishing.release_check import alternate_content
from services.publishing.release_check.markup import all_named, attribute, local, text_of
from services.publishing.release_check.slide_shapes import Shape, fill_colour
from services.publishing.release_check.theme_colours import Theme, unseen

_LEAST_SIZE = 200
"""In hundredths of a point (REL-03)."""
_CLASSES = {"title": "titleStyle", "ctrTitle": "titleStyle", "": "otherStyle"}
_WHY_TINY, _WHY_FAINT, _WHY_SAME = "too small to read", "without any colour", "in the colour of its background"


@dataclass(frozen=True)
class Piece:
    """A run of text; `why` says why it is not seen, "" where it is; `is_sure` is false where something is behind it
    whose colour cannot be told."""

    text: str
    why: str = ""
    is_sure: bool = True


@dataclass(frozen=True)
class Ground:
    """What is behind a text: colours, and whether there may be others, such as those of a picture."""

    colours: tuple[str, ...]
    is_whole: bool = True

    @classmethod
    def of(cls, colours: Iterable[str | None]) -> "Ground":
        told = tuple(colours)
        return cls(tuple(each for each in told if each), None not in told)


class TextReader:
    """Reads the paragraphs of shapes. `master` is the root of the slide master, whose styles text takes when neither it
    nor its shape says anything."""

    def __init__(self, theme: Theme, master: Any | None) -> None:
        self._theme = theme
        styles = None if master is None else next(all_named(master, "txStyles"), None)
        self._styles = {local(each): each for each in ([] if styles is None else styles)}

    def paragraphs(self, shape: Shape, ground: Ground) -> Iterator[list[Piece]]:
        """The paragraphs of a shape's own text, in pieces."""
        for body in shape.element:
            if local(body) == "txBody":
                yield from self._of_body(body, shape, ground)

    def cell(self, cell: Any, shape: Shape, ground: Ground, *, is_styled: bool) -> list[list[Piece]]:
        """The paragraphs of a table's cell. The colours of a styled table are not told."""
        own = next(
            (
                fill_colour(each, self._theme)
                for part in cell
                if local(part) == "tcPr"
                for each in part
                if local(each).endswith("Fill")
            ),
            None if is_styled else "",
        )
        behind = ground if own == "" else Ground.of([own])
        return [one for body in cell if local(body) == "txBody" for one in self._of_body(body, shape, behind)]

    def _of_body(self, body: Any, shape: Shape, ground: Ground) -> Iterator[list[Piece]]:
        lists = [*_lists(body), *(one for each in shape.pattern for one in _lists_of(each)), self._usual(shape)]
        for paragraph in body:
            if local(paragraph) == "p":
                level = next((attribute(each, "lvl") for each in paragraph if local(each) == "pPr"), "") or "0"
                inherited = [each for one in lists if one is not None for each in _level(one, level)]
                yield [self._piece(run, shape, inherited, ground) for run in _runs(paragraph)]

    def _usual(self, shape: Shape) -> Any | None:
        kind = shape.placeholder
        return self._styles.get(_CLASSES.get(kind, "bodyStyle"))

    def _piece(self, run: Any, shape: Shape, inherited: list[Any], ground: Ground) -> Piece:
        text = "\n" if local(run) == "br" else "".join(text_of(each) for each in all_named(run, "t"))
        own = next((each for each in run if local(each) == "rPr"), None)
        settings = [*([] if own is None else [own]), *inherited]
        size = next((value for each in settings if (value := attribute(each, "sz"))), "")
        if size.isdigit() and int(size) < _LEAST_SIZE:
            return Piece(text, _WHY_TINY)
        colour, opacity, is_own = self._colour(own, settings, shape)
        if opacity < 0.1:
            return Piece(text, _WHY_FAINT)
        highlight = next((each for one in settings for each in one if local(each) == "highlight"), None)
        if highlight is not None:
            ground = Ground.of([self._theme.drawn(highlight)[0]])
        if colour is None or not ground.colours or not unseen(colour, ground.colours):
            return Piece(text)
        if not ground.is_whole and not is_own:
            return Piece(text)
        return Piece(text, _WHY_SAME, is_sure=ground.is_whole)

    def _colour(self, own: Any | None, settings: list[Any], shape: Shape) -> tuple[str | None, float, bool]:
        """The colour of text, how opaque it is, and whether it is the text's own and not inherited."""
        for each in settings:
            outlined = any(local(part) == "ln" for part in each)
            for part in each:
                if local(part) == "solidFill":
                    return *self._theme.drawn(part), each is own
                if local(part) == "noFill" and not outlined:
                    return None, 0.0, True
                if local(part) in ("gradFill", "blipFill", "pattFill"):
                    return None, 1.0, True
        for style in shape.element:
            for part in style if local(style) == "style" else ():
                if local(part) == "fontRef":
                    return *self._theme.drawn(part), False
        return None, 1.0, False


def _runs(paragraph: Any) -> Iterator[Any]:
    for child in paragraph:
        if local(child) in ("r", "fld", "br", "m"):
            yield child
        elif local(child) == "AlternateContent":
            version = alternate_content.shown(child)
            yield from () if version is None else _runs(version)


def _lists(body: Any) -> list[Any]:
    return [each for each in body if local(each) == "lstStyle"]


def _lists_of(shape: Shape) -> Iterator[Any]:
    for body in shape.element:
        if local(body) == "txBody":
            yield from _lists(body)


def _level(style: Any, level: str) -> Iterator[Any]:
    name = f"lvl{int(level) + 1 if level.isdigit() else 1}pPr"
    for each in style:
        if local(each) == name:
            yield from (one for one in each if local(one) == "defRPr")
