"""Data that office programs keep beside the document in XML of its own: labels, cover pages, queries, ink (REL-06)."""

import base64
import binascii
import io
import zipfile
import zlib

from services.publishing.release_check.credentials import find_credentials
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, local, read_xml, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked

_SCHEMAS = frozenset(
    {"contentTypeSchema", "FormTemplates", "Receivers", "LongProperties", "SharedContentType", "CustomXsn", "customXsn"}
)
"""Roots of what a document library says of its columns and forms, the same in every file from it."""
_LABELS = frozenset({"properties", "CoverPageProperties", "sisl", "titus", "Sources", "PolicyDirtyBag", "Policy"})
"""Roots of what programs write of every file, mostly empty. What they hold is a property of it, but for sources."""


def inspect(package: Package, look: Look, part: str) -> None:
    """One part of data. An empty one, as programs leave it in ordinary files, is nothing."""
    root = read_xml(package.container.read(part), part)
    name, words = local(root), " ".join(text_of(root).split())
    if name == "ink":
        look.found("ink", f"part {part}")
    elif name == "DataMashup":
        look.found("power_query", f"part {part}")
        _queries(look, part, words)
    elif name in _SCHEMAS or _is_empty(root):
        return
    elif name in _LABELS and name != "Sources":
        look.found("custom_property", f"{name} in part {part}", masked(words))
        for each in root.iter("*"):
            look.text(f"{local(each)} in part {part}", each.text or "")
    else:
        look.found("custom_xml_data", f"part {part} ({name})", masked(words))


def _is_empty(root: Element) -> bool:
    """No words and no values anywhere. Attributes of the roots that programs write name schemas and styles."""
    counted = (each for each in root.iter("*") if each is not root or local(root) not in _LABELS)
    return not text_of(root).strip() and not any(each.attrib for each in counted)


def _queries(look: Look, part: str, words: str) -> None:
    """The text of the queries, for passwords in them: an archive behind eight bytes, its length among them."""
    try:
        mashup = base64.b64decode(words)
        size = int.from_bytes(mashup[4:8], "little")
        with zipfile.ZipFile(io.BytesIO(mashup[8 : 8 + size])) as archive:
            for each in archive.infolist():
                if each.filename.lower().endswith(".m"):
                    look.bounds.inflate(each.file_size)
                    find_credentials(look, f"query in part {part}", archive.read(each).decode("utf-8", "replace"))
    except (binascii.Error, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError):
        look.found("unreadable", f"queries in part {part}")
