"""Opens a letter by what it is, not by what it is called."""

import re
import zipfile
from io import BytesIO

from shared.letters.reading.document import Document, Unreadable
from shared.letters.reading.hypertext import read_html
from shared.letters.reading.plain_text import read_text

LARGEST = 20_000_000
"""Bytes; a letter with its annexes stays far below."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, OSError)
"""What zipfile raises when the records of an archive are damaged."""
_HTML = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_BLOCK = re.compile(r"<(p|div|h[1-6]|ul|ol|li|table|section|article)\b[^<>]*>", re.IGNORECASE)


def read(raw: bytes) -> Document:
    """The letter in these bytes: text, HTML, PDF or Word. Raises Unreadable, which says what to do instead."""
    if len(raw) > LARGEST:
        raise Unreadable(f"the file is larger than {LARGEST // 1_000_000} MB: give the letter without its enclosures")
    if not raw.strip():
        raise Unreadable("the file is empty: give the letter as text, HTML, PDF or Word (.docx)")
    document = _read(raw)
    if not document.paragraphs:
        raise Unreadable(
            f"the {document.form} file holds no text: a scanned letter has to be put through text recognition first"
        )
    return document


def _read(raw: bytes) -> Document:
    if b"%PDF-" in raw[:1024]:
        from shared.letters.reading.portable import read_pdf  # much memory, for those alone who are given a PDF

        return read_pdf(raw)
    if raw.startswith(_OLD_OFFICE):
        raise Unreadable("this is a Word document of before 2007 (.doc): save it as .docx or PDF")
    if raw.startswith(b"PK\x03\x04"):
        return _zipped(raw)
    text = _decoded(raw)
    if text.lstrip().startswith("{\\rtf"):
        raise Unreadable("this is Rich Text (.rtf): save it as .docx or PDF")
    if _HTML.match(text) or (len(_BLOCK.findall(text)) >= 2 and text.lstrip().startswith("<")):
        return read_html(text)
    return read_text(text)


def _zipped(raw: bytes) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
            size = sum(each.file_size for each in archive.infolist())
    except _DAMAGE:
        raise Unreadable("the file is damaged: it begins like a Word document but is none") from None
    if "word/document.xml" not in names:
        raise Unreadable("this is a zip archive or another Office file: give the letter as text, HTML, PDF or .docx")
    if size > 10 * LARGEST:
        raise Unreadable("the Word document unpacks to far more than a letter holds")
    from shared.letters.reading.word import read_word  # the same, for Word

    return read_word(raw)


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in raw:
        raise Unreadable("this is a binary file: give the letter as text, HTML, PDF or Word (.docx)")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("the text is in an encoding that is neither UTF-8, UTF-16 nor Windows-1252: save it as UTF-8")
