"""The objects of a PDF: those its trailer leads to, where each is met, and those that nothing leads to (REL-12)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from services.publishing.release_check.looking import Look
from services.publishing.release_check.report import BLOCK, REVIEW

DOCUMENT = "the document"
_NUMBERS_ONLY = frozenset({"/Widths", "/W", "/W2", "/BBox", "/Rect", "/Matrix", "/Border", "/QuadPoints", "/ByteRange"})
_FONT_STREAMS = ("/Type1C", "/CIDFontType0C", "/OpenType")
_NOTHING = 12
"""Bytes of a stream that is as good as empty."""
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,8}) ([0-9]{1,5}) obj\b")
_BOOKKEEPING = ("/XRef", "/ObjStm")


@dataclass(frozen=True, kw_only=True)
class Met:
    """A dictionary or stream, where it was met first, and the key that led to it: through lists, that of the list."""

    thing: Any
    where: str
    key: str

    @property
    def is_stream(self) -> bool:
        return isinstance(self.thing, pikepdf.Stream)

    def name(self, key: str) -> str:
        """A name that the dictionary gives, with its stroke: `/Link`; "" where it gives none."""
        value = self.thing.get(key)
        return str(value) if isinstance(value, pikepdf.Name) else ""

    def text(self, key: str) -> str:
        """A text that the dictionary gives, or ""."""
        value = self.thing.get(key)
        return str(value) if isinstance(value, pikepdf.String) else ""


@dataclass(frozen=True, kw_only=True)
class Objects:
    """All of a file. `reached` holds the numbers of the indirect objects that the trailer leads to."""

    met: list[Met]
    reached: frozenset[tuple[int, int]]


def objects_of(pdf: pikepdf.Pdf) -> Objects:
    """Every dictionary and stream that the trailer leads to, each once."""
    pages = {page.obj.objgen: f"page {number}" for number, page in enumerate(pdf.pages, start=1)}
    reached: set[tuple[int, int]] = set()
    met: list[Met] = []
    waiting: list[tuple[Any, str, str]] = [(pdf.trailer, DOCUMENT, "")]
    while waiting:
        thing, where, key = waiting.pop()
        if thing.is_indirect:
            if thing.objgen in reached:
                continue
            reached.add(thing.objgen)
        if isinstance(thing, pikepdf.Array):
            waiting += ((each, where, key) for each in _children(thing))
            continue
        where = pages.get(thing.objgen, where) if thing.is_indirect else where
        met.append(Met(thing=thing, where=where, key=key))
        for name, value in thing.items():
            if isinstance(value, pikepdf.Object) and name not in _NUMBERS_ONLY and _leads_on(value):
                waiting.append((value, DOCUMENT if name == "/Parent" else where, name))
    return Objects(met=met, reached=frozenset(reached))


def _children(array: Any) -> Iterator[Any]:
    for each in array:
        if isinstance(each, pikepdf.Object) and _leads_on(each):
            yield each


def _leads_on(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)


def inspect_orphans(look: Look, pdf: pikepdf.Pdf, objects: Objects, data: bytes) -> None:
    """Note what stands in the file and nothing leads to: old pages, pictures, texts. What was meant only for reading
    faster, or only helps to draw, is left out."""
    linearised = b"/Linearized" in data[:1024]
    for thing in pdf.objects:
        if not _leads_on(thing) or isinstance(thing, pikepdf.Array) or thing.objgen in objects.reached:
            continue
        if severity := _weight(thing, linearised=linearised):
            look.found("orphan_part", f"object {thing.objgen[0]}", severity=severity)
    _note_unlisted(look, pdf, data)


def _weight(thing: Any, *, linearised: bool) -> str:
    """How grave it is that this lies unused; "" for not at all."""
    orphan = Met(thing=thing, where="", key="")
    if orphan.is_stream:
        is_hint = linearised and isinstance(thing.get("/S"), int)
        is_font = "/Length1" in thing or orphan.name("/Subtype") in _FONT_STREAMS
        is_profile = "/N" in thing and "/Alternate" in thing
        is_bookkeeping = orphan.name("/Type") in _BOOKKEEPING
        harmless = is_hint or is_font or is_profile or is_bookkeeping or len(thing.read_raw_bytes()) < _NOTHING
        return "" if harmless or _is_character_map(thing) else BLOCK
    if "/Linearized" in thing:
        return ""
    if orphan.name("/Type") in ("/Page", "/Annot", "/Filespec", "/Catalog") or "/EF" in thing:
        return BLOCK
    has_text = any(isinstance(value, pikepdf.String) and len(str(value)) > 2 for value in thing.values())
    return REVIEW if has_text and orphan.name("/Type") not in ("/Font", "/FontDescriptor", "/Encoding") else ""


def _is_character_map(stream: Any) -> bool:
    try:
        return b"begincmap" in stream.read_bytes()[:2000]
    except pikepdf.PdfError:
        return False


def _note_unlisted(look: Look, pdf: pikepdf.Pdf, data: bytes) -> None:
    """Objects whose bytes are in the file though its tables no longer list them."""
    found = {(int(number), int(generation)) for number, generation in _OBJECT.findall(data)}
    unlisted = [each for each in sorted(found) if pdf.get_object(each) is None]
    for number, _ in unlisted[:10]:
        look.found("orphan_part", f"object {number}, which the file's own table does not list")
