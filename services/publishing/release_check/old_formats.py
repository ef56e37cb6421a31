"""Documents of old Office programs, and what hides behind their container. None of them can be checked whole, so none
leaves (REL-27); what can be seen of them is told all the same, to whoever makes them anew."""

import io
import struct
from typing import Any

from services.publishing.release_check.binary_workbook import inspect_binary_workbook
from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.compound_file import inspect_storages, inspect_summary
from services.publishing.release_check.looking import Look
from services.publishing.release_check.old_workbook import inspect_old_workbook
from services.publishing.release_check.recognising import recognise
from services.publishing.release_check.report import masked

_DOCUMENT_MARK = 0xA5EC
_FAST_SAVED, _ENCRYPTED_DOCUMENT = 0x0004, 0x0100
_COMMENTS_LENGTH_AT = 0xBE
"""Where the header of a document says how long its table of comments is."""
_ENCRYPTED_SLIDES = 0xF3D1C4DF
_HIDDEN_BY_PASSWORD = {"encrypted", "rights_management"}


def inspect(look: Look) -> None:
    """Note that the format is old, and what its structure gives away. Raises `Unreadable`."""
    kind = recognise(look.data, look.name)
    if kind == "xlsb":
        look.found("legacy_format", "the file: xlsb")
        inspect_binary_workbook(look)
        return
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(look.data)) as compound:
            _inspect_compound(look, compound, kind)
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise Unreadable(f"is a document that cannot be read ({type(error).__name__})") from None


def _inspect_compound(look: Look, compound: Any, kind: str) -> None:
    inspect_storages(look, compound)
    if kind == "ole" and _HIDDEN_BY_PASSWORD & {each.code for each in look.findings}:
        # A document of today, encrypted: it is not its format that keeps it from being checked.
        return
    look.found("legacy_format", f"the file: {kind}")
    if _is_encrypted(look.data):
        look.found("encrypted", "the file")
    inspect_summary(look, compound)
    if kind == "xls":
        inspect_old_workbook(look, compound)
    elif kind == "doc":
        _inspect_document(look, compound.openstream("WordDocument").read())
    elif kind == "ppt":
        _inspect_slides(look, compound)


def _is_encrypted(data: bytes) -> bool:
    """As a library for such files sees it; what it cannot read is not encrypted in any way that it knows."""
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:
        return False


def _inspect_document(look: Look, header: bytes) -> None:
    mark, flags = struct.unpack_from("<H", header)[0], struct.unpack_from("<H", header, 0x0A)[0]
    if mark != _DOCUMENT_MARK:
        raise Unreadable("is a document of a kind older than can be read")
    if flags & _ENCRYPTED_DOCUMENT:
        look.found("encrypted", "the file")
        return
    if flags & _FAST_SAVED:
        look.found("previous_version", "the document was saved without writing it anew")
    if int.from_bytes(header[_COMMENTS_LENGTH_AT : _COMMENTS_LENGTH_AT + 4], "little"):
        look.found("comment", "the document")


def _inspect_slides(look: Look, compound: Any) -> None:
    if not compound.exists("Current User"):
        look.found("unreadable", "the presentation does not say where it begins")
        return
    user = compound.openstream("Current User").read()
    if int.from_bytes(user[12:16], "little") == _ENCRYPTED_SLIDES:
        look.found("encrypted", "the file")
    length = int.from_bytes(user[20:22], "little")
    if name := user[28 : 28 + length].decode("cp1252", "replace").strip("\x00 "):
        look.found("author", "user of the program", masked(name))
