"""Pictures, objects and data that an RTF file carries in hexadecimal digits (REL-06, REL-12, REL-14)."""

import binascii
import io
import re
import zipfile

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import local, read_xml
from services.publishing.release_check.recognising import recognise

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_PICTURES = ("png", "jpeg", "gif", "tiff", "bmp", "webp", "emf", "wmf")
_THEME = re.compile(r"\[Content_Types\]\.xml|_rels/.*|theme/.*")
_WORKBOOK = re.compile(r"excel|opendocumentspreadsheet|calc", re.I)
_NO_HEX = re.compile(r"[^0-9a-fA-F]+")


def from_hex(text: str) -> bytes:
    """The bytes of hexadecimal digits; other characters are passed over, as programs do."""
    digits = _NO_HEX.sub("", text)
    return binascii.unhexlify(digits[: len(digits) & ~1])


def note_picture(look: Look, data: bytes, number: int) -> None:
    """A picture of the text; one of an unknown format is shown whole where it stands, and a person has to look."""
    if not data:
        return
    name = f"picture {number}"
    if recognise(data, name) in _PICTURES:
        look.inside(name, data)
    else:
        look.found("unknown_part", name, severity="review")


def note_object(look: Look, data: bytes, kind: str, number: int) -> None:
    """An embedded object; a file in it is inspected as well, where it can be taken out."""
    name = f"object {number}"
    look.found("embedded_workbook" if _WORKBOOK.search(kind) else "embedded_object", f"{name}, {kind or 'of no kind'}")
    starts = [at for magic in (_OLE, _ZIP) if (at := data.find(magic)) >= 0]
    if starts:
        look.inside(name, data[min(starts) :])


def note_data_store(look: Look, data: bytes) -> None:
    """What Word keeps beside the text. It writes an empty list of sources into every file."""
    start = data.find(_OLE)
    if start < 0:
        if any(data):
            look.found("custom_xml_data", "the data store")
        return
    import olefile  # only where there is a data store

    try:
        with olefile.OleFileIO(io.BytesIO(data[start:])) as store:
            items = [store.openstream(path).read() for path in store.listdir() if path[-1].lower() == "item"]
    except (OSError, ValueError, IndexError, RecursionError) as error:
        look.found("unknown_part", f"the data store ({type(error).__name__})")
        return
    for item in items:
        root = read_xml(item, "the data store")
        if local(root) != "Sources" or len(root):
            look.found("custom_xml_data", f"the data store, {local(root)}")


def note_theme(look: Look, data: bytes) -> None:
    """The colours and fonts of a theme, packed; anything else in the pack is not."""
    start = data.find(_ZIP)
    if start < 0:
        if any(data):
            look.found("unknown_part", "the theme")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data[start:])) as pack:
            strange = [name for name in pack.namelist() if not _THEME.fullmatch(name)]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        strange = ["which cannot be opened"]
    if strange:
        look.found("unknown_part", f"the theme, {strange[0]}")
