"""Earlier versions that a PDF keeps in front of the latest one, and bytes outside all of them (REL-16, REL-14)."""

import io
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.pdf_objects import objects_of
from services.publishing.release_check.report import masked

_END = re.compile(rb"startxref\s+[0-9]+\s+%%EOF")
_NO_TABLE = re.compile(rb"startxref\s+0\s")
_OBJECT = re.compile(rb"(?<![0-9])[0-9]{1,8} [0-9]{1,5} obj\b")
_MOST = 12
"""Earlier versions that are compared; more than that no ordinary program leaves."""
_BLANK = b"\xef\xbb\xbf\x00\t\n\x0c\r "
_TOLD = ("/Contents", "/V", "/DV", "/Author", "/Title", "/Subject", "/Keywords", "/RC", "/UF", "/F", "/Alt", "/JS")
_WORD = re.compile(r"\w{2,}|\d")


def inspect_outside(look: Look, data: bytes) -> None:
    """Note bytes before the file's beginning and after its end. Raises `Unreadable` for a file without an end."""
    before = data[: data.index(b"%PDF-")].strip(_BLANK)
    if before:
        look.found("trailing_data", f"{len(before)} bytes before the beginning")
    ends = list(_END.finditer(data))
    if not ends:
        raise Unreadable("has no end mark")
    after = data[ends[-1].end() :].strip(_BLANK)
    if after:
        look.found("trailing_data", f"{len(after)} bytes after the end")


def inspect_revisions(look: Look, data: bytes, pdf: pikepdf.Pdf) -> None:
    """Note earlier versions, and what one of them says that the latest does not."""
    ends = _ends_of_revisions(data)
    if not ends:
        return
    look.found("incremental_update", f"{len(ends)} earlier version{'s' if len(ends) > 1 else ''}")
    if len(ends) > _MOST:
        look.found("earlier_revision", f"{len(ends)} earlier versions are too many to compare")
    latest = _told(data, pdf)
    for number, end in enumerate(ends[-_MOST:], start=max(1, len(ends) - _MOST + 1)):
        try:
            with pikepdf.open(io.BytesIO(data[:end]), suppress_warnings=True) as earlier:
                lost = _told(data[:end], earlier) - latest
        except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError):
            look.found("earlier_revision", f"version {number}, which cannot be read by itself")
            continue
        if lost:
            look.found("earlier_revision", f"version {number}", masked(" ".join(sorted(lost)[:8])))


def _ends_of_revisions(data: bytes) -> list[int]:
    """Where each earlier version ends. The first part of a file made for fast reading in a browser is no version, and
    no more is an addition without an object, such as Word makes to have two kinds of table."""
    found = list(_END.finditer(data))
    if found and b"/Linearized" in data[:1024] and _NO_TABLE.match(found[0].group()):
        found = found[1:]
    marks = [each.end() for each in found]
    return [here for here, following in pairwise(marks) if _OBJECT.search(data, pos=here, endpos=following)]


def _told(data: bytes, pdf: pikepdf.Pdf) -> set[str]:
    """All that one version tells: its words, its notes and values, its pictures and files as digests."""
    told: set[str] = set()
    document = pypdfium2.PdfDocument(data)
    try:
        for index in range(len(document)):
            told.update(_words(document, index))
    finally:
        document.close()
    for each in objects_of(pdf).met:
        told.update(word for key in _TOLD for word in _WORD.findall(each.text(key).casefold()))
        if each.is_stream and (each.name("/Subtype") == "/Image" or each.name("/Type") == "/EmbeddedFile"):
            told.add(f"a picture or file of {len(each.thing.read_raw_bytes())} bytes, {_digest(each.thing)}")
    return told


def _words(document: Any, index: int) -> Iterator[str]:
    page = document[index]
    try:
        text = page.get_textpage()
        yield from _WORD.findall(text.get_text_range().casefold())
        text.close()
    finally:
        page.close()


def _digest(stream: Any) -> str:
    return sha256(stream.read_raw_bytes()).hexdigest()[:12]
