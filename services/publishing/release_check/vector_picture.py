"""A vector picture (SVG): its source, and what of it is not drawn."""

import re
from typing import Any

from lxml import etree

from services.publishing.release_check.invisible_characters import inspect_invisible, seen
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, local, read_xml, text_of
from services.publishing.release_check.page_references import inspect_references
from services.publishing.release_check.page_source import inspect_comments, inspect_scripts
from services.publishing.release_check.report import masked
from services.publishing.release_check.style_rules import Declarations, StyleSheet, is_hiding

_PRIVATE = ("pgf", "pgfRef", "aipgf", "aipgfRef")
"""Elements in which a drawing program keeps its own whole file."""
_PLAIN_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE\s+svg\b[^\[\]<>]*>")
_PATHS = ("docname", "export-filename", "absref", "docbase")
_PROPERTIES = (("creator", "author"), ("publisher", "company"))
_DRAWN = ("display", "visibility", "opacity", "font-size", "fill-opacity")


def inspect_vector_picture(look: Look) -> None:
    """Note scripts, comments, properties, foreign content, references and hidden elements, and pass the text on."""
    root = read_xml(_without_document_type(look.data), "the picture")
    sheet = StyleSheet()
    for style in all_named(root, "style"):
        sheet.add(text_of(style))
    inspect_scripts(look, root)
    inspect_comments(look, root)
    inspect_references(look, root)
    _inspect_properties(look, root)
    for _ in all_named(root, "foreignObject"):
        look.found("unknown_part", "the picture, foreign content")
    _inspect_drawing(look, root, sheet)


def _without_document_type(data: bytes) -> bytes:
    """Drawing programs name the type of their pictures. Where it declares anything of its own it stays, and is refused;
    nothing is fetched for it either way."""
    return _PLAIN_DOCUMENT_TYPE.sub(b"", data, count=1)


def _inspect_properties(look: Look, root: Any) -> None:
    for metadata in all_named(root, "metadata"):
        told = False
        for name, code in _PROPERTIES:
            for element in all_named(metadata, name):
                if text := text_of(element).strip():
                    look.found(code, "the picture, metadata", masked(text))
                    told = True
        if not told and text_of(metadata).strip():
            look.found("document_property", "the picture, metadata")
    if any(True for _ in all_named(root, *_PRIVATE)):
        look.found("page_piece_data", "the picture")
    paths = {name for element in root.iter(etree.Element) for name in _PATHS if attribute(element, name)}
    if paths:
        look.found("local_path", f"the picture, {', '.join(sorted(paths))}")


def _inspect_drawing(look: Look, root: Any, sheet: StyleSheet) -> None:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in ("style", "script", "metadata"):
            continue
        drawn = {each: value for each in _DRAWN if (value := attribute(element, each))}
        told = {**drawn, **sheet.of(element).told}
        if _is_hidden(told):
            if text_of(element).strip() or any(True for _ in all_named(element, "image", "use", "path")):
                look.found("hidden_text", f"{name}, line {element.sourceline}", masked(text_of(element)))
            continue
        if name in ("text", "title", "desc"):
            text = re.sub(r"\s+", " ", text_of(element))
            inspect_invisible(look, name, text)
            look.text(f"{name}, line {element.sourceline}", seen(text))
            continue
        waiting += (child for child in reversed(element) if local(child))


def _is_hidden(told: Declarations) -> bool:
    return is_hiding(told) or told.get("fill-opacity", "1").rstrip("%").strip() in ("0", "0.0")
