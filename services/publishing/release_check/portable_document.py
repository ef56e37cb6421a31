"""PDF: what its pages cover, what it keeps of its past, and what lies in it beside the pages (REL-10 to REL-17)."""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
import pypdfium2

from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.pdf_interaction import inspect_interaction
from services.publishing.release_check.pdf_leftovers import inspect_leftovers
from services.publishing.release_check.pdf_objects import inspect_orphans, objects_of
from services.publishing.release_check.pdf_pages import PageText, inspect_page
from services.publishing.release_check.pdf_properties import inspect_properties
from services.publishing.release_check.pdf_revisions import inspect_outside, inspect_revisions
from services.publishing.release_check.pdf_streams import refuse_bombs
from services.publishing.release_check.pdf_wording import inspect_wording
from services.publishing.release_check.report import REVIEW

_PAGES_FOR_TABLES = 50
_HARMLESS_WARNINGS = ("reported number of objects", "operation succeeded")


def inspect(look: Look) -> None:
    """Note everything that a PDF hides or gives away, and tell what its pages show.

    Two libraries read it, one its structure, one its pages; where they do not agree, or the file must be mended to be
    read at all, different programs show different things and it does not pass. Raises `Unreadable`, `TooLarge`.
    """
    data = look.data
    inspect_outside(look, data)
    refuse_bombs(look, data)
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        look.found("encrypted", "a password is needed to open it")
        return
    except pikepdf.PdfError as error:
        raise Unreadable(f"is no PDF that can be read ({type(error).__name__})") from None
    with pdf:
        if len(pdf.pages) > look.policy.limits.pages:
            raise TooLarge(f"more than {look.policy.limits.pages} pages")
        if pdf.is_encrypted:
            look.found("encrypted", "it opens without a password, and is protected by one")
        objects = objects_of(pdf)
        inspect_properties(look, objects)
        inspect_interaction(look, objects)
        inspect_leftovers(look, pdf, objects)
        inspect_orphans(look, pdf, objects, data)
        inspect_wording(look, objects, _pages(look, data, len(pdf.pages)))
        inspect_revisions(look, data, pdf)
        _note_mending(look, pdf)


def _note_mending(look: Look, pdf: pikepdf.Pdf) -> None:
    for warning in pdf.get_warnings():
        severity = REVIEW if any(each in str(warning) for each in _HARMLESS_WARNINGS) else ""
        look.found("parser_disagreement", "it is damaged, and programs mend it in their own ways", severity=severity)


def _pages(look: Look, data: bytes, expected: int) -> Sequence[PageText]:
    """What each page says, told as text and, where it has ruled lines, as tables."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Unreadable("has pages that cannot be shown") from None
    try:
        if len(document) != expected:
            look.found("parser_disagreement", f"{expected} pages for one program, {len(document)} for another")
        pages = [_page(look, document, index) for index in range(len(document))]
    finally:
        document.close()
    for page in pages:
        look.text(page.where, page.seen)
        if page.is_picture_only:
            look.found("unknown_part", f"{page.where}, a picture whose words cannot be checked", severity=REVIEW)
        if page.is_unknown:
            look.found(
                "unknown_part", f"{page.where}, a font that does not say which letters it shows", severity=REVIEW
            )
    _tell_tables(look, data, [index for index, page in enumerate(pages) if page.has_grid])
    return pages


def _page(look: Look, document: Any, index: int) -> PageText:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        raise Unreadable(f"has a page that cannot be shown: page {index + 1}") from None
    try:
        return inspect_page(look, page, f"page {index + 1}")
    finally:
        page.close()


def _tell_tables(look: Look, data: bytes, ruled: Sequence[int]) -> None:
    if not (ruled := ruled[:_PAGES_FOR_TABLES]):
        return
    import pdfplumber  # slow to load, and only for pages with lines

    with pdfplumber.open(io.BytesIO(data), pages=[index + 1 for index in ruled]) as document:
        for page in document.pages:
            tables = [rows for rows in page.extract_tables() if len(rows) > 1 and len(rows[0]) > 1]
            for number, rows in enumerate(tables, start=1):
                cells = [[cell or "" for cell in row] for row in rows]
                look.table(f"page {page.page_number}, table {number}", cells)
            page.close()
