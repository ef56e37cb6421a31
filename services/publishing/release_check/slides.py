"""Presentations (.pptx, .pptm): hidden slides, notes, and what the slides hold without showing it.

Parts are found by their relationships; what else hangs on a package is looked at by `office_parts`.
"""

from typing import Any

from services.publishing.release_check import alternate_content, diagrams, office_parts, stray_text
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, holds, local, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked
from services.publishing.release_check.slide_face import Face
from services.publishing.release_check.slide_patterns import Patterns
from services.publishing.release_check.slide_shapes import Box, shapes_of
from services.publishing.release_check.slide_text import TextReader
from services.publishing.release_check.theme_colours import Theme

_USUAL_SIZE = (9_144_000, 6_858_000)
_LONG_TAG = 100
_FURNITURE = frozenset(("sldNum", "dt", "hdr", "ftr", "sldImg"))
_STARTING = ("ppaction://program", "ppaction://macro", "ppaction://ole")


def inspect(look: Look) -> None:
    """Everything that a presentation hides (REL-01, REL-03, REL-09 and what it shares with other office files)."""
    package = Package(Container(look.data, look), look)
    office_parts.inspect(package, look)
    presentation = package.xml(package.main)
    targets = {each.id: each.target for each in package.related(package.main, "slide") if not each.external}
    entries = [each for each in all_named(presentation, "sldId") if local(each.getparent()) == "sldIdLst"]
    # An entry has an id of its own besides that of its relationship.
    listed = [target for each in entries if (target := _target(each, targets))]
    page, patterns = _page(presentation), Patterns(package)
    for number, part in enumerate(listed, 1):
        _inspect_slide(package, patterns, part, f"slide {number}", page, look)
    for part, kind in package.reachable.items():
        if kind == "slide" and part not in listed:
            _note_hidden(package.xml(part), f"part {part}, a slide that the presentation does not list", look)
            _inspect_notes(package, part, f"part {part}", look)
        elif kind in ("slideLayout", "slideMaster", "notesMaster", "handoutMaster"):
            _tell_pattern(package, part, kind, look)
        elif kind == "tags":
            _note_tags(package.xml(part), part, look)
    _inspect_presentation(presentation, look)


def _inspect_slide(package: Package, patterns: Patterns, part: str, where: str, page: Box, look: Look) -> None:
    root = package.xml(part)
    _inspect_notes(package, part, where, look)
    if attribute(root, "show").lower() in ("0", "false", "off"):
        _note_hidden(root, where, look)
        return
    pattern = patterns.of(part)
    theme = pattern.theme_for(root)
    shapes = shapes_of(root, theme, [pattern.layouts, pattern.masters])
    reader = TextReader(theme, pattern.master)
    face = Face(where, page, pattern.background(root, theme), pattern.behind(root), reader, look)
    face.inspect(shapes, is_animated=holds(root, "timing"))
    alternate_content.note_differences(root, where, look)
    stray_text.inspect(root, where, look)
    diagrams.inspect(package, part, where, look)
    _note_actions(root, where, look)


def _note_hidden(root: Any, where: str, look: Look) -> None:
    words = " ".join(text_of(each) for each in all_named(root, "t"))
    is_empty = not words.strip() and not holds(root, "pic", "graphicFrame")
    look.found("hidden_slide", where, masked(words), severity="review" if is_empty else "")


def _inspect_notes(package: Package, part: str, where: str, look: Look) -> None:
    for each in package.related(part, "notesSlide"):
        root = package.xml(each.target)
        shapes = [shape for shape in shapes_of(root, Theme()) if shape.placeholder not in _FURNITURE]
        words = " ".join(shape.text for shape in shapes)
        if words.strip() or any(shape.has_picture for shape in shapes):
            look.found("speaker_notes", where, masked(words))
        alternate_content.note_differences(root, f"{where}, notes", look)


def _tell_pattern(package: Package, part: str, kind: str, look: Look) -> None:
    """Layouts and masters show their own text on every slide that is made by them."""
    root = package.xml(part)
    where = {"slideLayout": "layout", "slideMaster": "master"}.get(kind, "master of notes or handouts")
    shapes = shapes_of(root, Theme())
    look.text(f"{where}, part {part}", "\n".join(each.text for each in shapes if not each.is_hidden))
    hidden = [each.text for each in shapes if each.is_hidden and (each.text.strip() or each.has_picture)]
    if hidden:
        look.found("hidden_text", f"{where}, part {part}, switched off", masked(" ".join(hidden)))
    alternate_content.note_differences(root, f"{where}, part {part}", look)
    diagrams.inspect(package, part, f"{where}, part {part}", look)
    _note_actions(root, f"{where}, part {part}", look)


def _note_tags(root: Any, part: str, look: Look) -> None:
    """Add-ins keep short marks of their own on shapes; long ones are data."""
    values = [attribute(each, "val") for each in all_named(root, "tag")]
    if any(values):
        is_short = max(map(len, values)) < _LONG_TAG
        look.found("document_variable", f"part {part}", masked(" ".join(values)), severity="review" if is_short else "")


def _note_actions(root: Any, where: str, look: Look) -> None:
    links = all_named(root, "hlinkClick", "hlinkHover", "hlinkMouseOver")
    starting = [action for each in links if (action := attribute(each, "action")).lower().startswith(_STARTING)]
    if starting:
        look.found("external_field_code", f"{where}, an action on a click", masked(" ".join(starting)))


def _inspect_presentation(root: Any, look: Look) -> None:
    if holds(root, "modifyVerifier"):
        look.found("protection", "the presentation, for saving")
    look.text(
        "names of sections", "\n".join(attribute(each, "name") for each in all_named(root, "section", "custShow"))
    )


def _target(entry: Any, targets: dict[str, str]) -> str:
    return next((targets[value] for value in entry.attrib.values() if value in targets), "")


def _page(presentation: Any) -> Box:
    size = next(all_named(presentation, "sldSz"), None)
    try:
        width, height = (float(attribute(size, each)) for each in ("cx", "cy"))
    except (ValueError, AttributeError):
        width, height = _USUAL_SIZE
    return Box(0, 0, width, height)
