"""What a reader of a page sees, and what is kept from being seen (REL-11)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree
from PIL import ImageColor

from services.publishing.release_check.invisible_characters import inspect_invisible, seen
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import local
from services.publishing.release_check.report import masked
from services.publishing.release_check.style_rules import (
    Declarations,
    Style,
    StyleSheet,
    is_for_screen_readers,
)

_NEVER_SHOWN = frozenset(("template", "noscript", "datalist", "noframes", "noembed", "xml"))
_NO_TEXT = frozenset(("script", "style", "meta", "link", "base", "xml"))
_BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre", "section", "article"),
        *("header", "footer", "main", "aside", "nav", "figure", "figcaption", "caption", "title", "legend", "fieldset"),
        *("address", "details", "summary", "form", "ul", "ol", "dl", "html", "head", "td", "th", "label", "option"),
        *("body", "hr"),
    )
)
_SPOKEN_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "label", "summary", "content")
_NEAR = 12
"""Of 255: colours that differ less in red, green and blue look the same."""
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)

Colour = tuple[int, ...] | None


@dataclass(frozen=True, kw_only=True)
class _Paint:
    """The colours that an element has from those around it; None where they cannot be told."""

    ink: Colour = _BLACK
    ground: Colour = _WHITE


def inspect_face(look: Look, page: Any, sheet: StyleSheet) -> None:
    """Note hidden elements and take them out of the page; pass on the rest as texts and tables."""
    if sheet.unfollowed:
        what = f"{len(sheet.unfollowed)} style rules that would hide something and cannot be followed"
        look.found("hidden_text", what, severity="review")
    for element, why in list(_hidden(page, sheet)):
        look.found("hidden_text", f"{local(element)}, line {element.sourceline}: {why}", masked(_text(element)))
        _take_out(element)
    whole = _text(page)
    inspect_invisible(look, "the page", whole)
    for table in [each for each in page.iter("table") if not _is_inside_a_table(each)]:
        look.table(f"table, line {table.sourceline}", _rows(table))
        _take_out(table)
    for number, block in enumerate(_texts(page), 1):
        look.text(f"paragraph {number}", seen(block))


def _hidden(page: Any, sheet: StyleSheet) -> Iterator[tuple[Any, str]]:
    waiting = [(page, _Paint())]
    while waiting:
        element, around = waiting.pop()
        style = sheet.of(element)
        paint = _painted(element, style.told, around)
        if why := _why_hidden(element, style):
            if _shows_something(element):
                yield element, why
            continue
        if _is_unreadable(paint) and _own_text(element).strip():
            yield element, "in the colour of its background"
            continue
        waiting += ((child, paint) for child in reversed(element) if isinstance(child.tag, str))


def _why_hidden(element: Any, style: Style) -> str:
    name = local(element).lower()
    if name in _NO_TEXT and name != "xml":
        return ""
    if name in _NEVER_SHOWN:
        return f"inside {name}"
    if element.get("hidden") is not None or (name == "dialog" and element.get("open") is None):
        return "hidden"
    if style.hides and not is_for_screen_readers(element, style.told):
        return "hidden by its style"
    return ""


def _painted(element: Any, told: Declarations, around: _Paint) -> _Paint:
    ground = around.ground
    ink = around.ink
    name = local(element).lower()
    for value in (element.get("bgcolor"), told.get("background"), told.get("background-color")):
        if value:
            ground = _colour(value, around.ground)
    for value in (element.get("color") if name == "font" else None, told.get("color")):
        if value and value != "inherit":
            ink = _colour(value, around.ink)
    return _Paint(ink=ink, ground=ground)


def _colour(value: str, otherwise: Colour) -> Colour:
    """The colour, or the one behind where it is see-through; None where it is a picture or cannot be told."""
    plain = value.strip().lower()
    if plain in ("transparent", "none", "initial", "unset", "inherit", "windowtext", "currentcolor", "auto"):
        return otherwise
    for part in (plain, *plain.split()):
        try:
            red, green, blue, alpha = cast("tuple[int, ...]", ImageColor.getcolor(part, "RGBA"))
        except (ValueError, TypeError):
            continue
        return otherwise if alpha == 0 else (red, green, blue)
    return None if "url(" in plain or "gradient" in plain or "var(" in plain else otherwise


def _is_unreadable(paint: _Paint) -> bool:
    if paint.ink is None or paint.ground is None:
        return False
    return all(abs(one - other) < _NEAR for one, other in zip(paint.ink, paint.ground, strict=True))


def _shows_something(element: Any) -> bool:
    return bool(_text(element).strip()) or any(True for _ in element.iter("img", "image", "object", "embed", "iframe"))


def _own_text(element: Any) -> str:
    """The text that stands in this very element."""
    if local(element).lower() in _NO_TEXT:
        return ""
    return "".join((element.text or "", *(child.tail or "" for child in element)))


def _text(element: Any) -> str:
    parts = []
    for each in element.iter(etree.Element):
        if local(each).lower() not in _NO_TEXT:
            parts += [each.text or "", *(each.get(name) or "" for name in _SPOKEN_ATTRIBUTES[:3])]
        if each is not element:
            parts.append(each.tail or "")
    return " ".join(part for part in parts if part)


def _texts(page: Any) -> Iterator[str]:
    """The text of the page, broken where the page breaks it, and what is read out for pictures."""
    line: list[str] = []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        name = local(element).lower()
        if name in _BLOCKS or name == "br":
            if told := "".join(line).strip():
                yield re.sub(r"\s+", " ", told)
            line = []
        if event == "start" and name not in _NO_TEXT:
            line.append(element.text or "")
            yield from (value for each in _SPOKEN_ATTRIBUTES if (value := (element.get(each) or "").strip()))
        for comment in element if event == "start" else ():
            if not isinstance(comment.tag, str):
                line.append(comment.tail or "")
        if event == "end":
            line.append(element.tail or "")
    if told := "".join(line).strip():
        yield re.sub(r"\s+", " ", told)


def _rows(table: Any) -> list[list[str]]:
    rows = []
    for row in table.iter("tr"):
        rows.append([seen(" ".join(_texts(cell))) for cell in row.iterchildren("td", "th")])
    for caption in table.iter("caption"):
        rows.insert(0, [_text(caption).strip()])
    return rows


def _is_inside_a_table(table: Any) -> bool:
    return next(table.iterancestors("table"), None) is not None


def _take_out(element: Any) -> None:
    """What follows it stays."""
    parent = element.getparent()
    if parent is None:
        element.clear()
        return
    before = element.getprevious()
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
