"""What a file is by its content. Its name is only asked among the kinds of plain text, and whether it fits."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePath

from services.publishing.release_check.container import listed

UNKNOWN = "unknown"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xlsb": (".xlsb",),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pptx": (".pptx", ".pptm", ".ppsx", ".potx"),
    "ods": (".ods", ".ots"),
    "odt": (".odt", ".ott"),
    "odp": (".odp", ".otp"),
    "xls": (".xls", ".xlt"),
    "doc": (".doc", ".dot"),
    "ppt": (".ppt", ".pps"),
    "msg": (".msg",),
    "ole": (".xlsx", ".docx", ".pptx", ".xlsm", ".docm", ".pptm", ".xlsb"),
    "pdf": (".pdf",),
    "rtf": (".rtf",),
    "html": (".html", ".htm", ".xhtml"),
    "csv": (".csv", ".tsv"),
    "txt": (".txt", ".text", ".md", ".log"),
    "json": (".json",),
    "xml": (".xml", ".fods", ".fodt", ".fodp"),
    "svg": (".svg",),
    "eml": (".eml",),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "gif": (".gif",),
    "tiff": (".tif", ".tiff"),
    "bmp": (".bmp",),
    "webp": (".webp",),
    "emf": (".emf",),
    "wmf": (".wmf",),
    "zip": (".zip",),
    "7z": (".7z",),
    "rar": (".rar",),
    "gzip": (".gz", ".tgz"),
    "bzip2": (".bz2",),
    "xz": (".xz",),
    "tar": (".tar",),
}
"""The endings that fit each kind, in the order in which they are offered."""

TEXTS = ("csv", "txt", "json")
"""Kinds that look alike: which one a text is, its name says."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"\x01\x00\x00\x00", "emf"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x01\x00\x09\x00", "wmf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
)
_MOST_PARTS = 20_000
"""An archive that lists more is opened by nobody."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPENDOCUMENT = {"spreadsheet": "ods", "text": "odt", "presentation": "odp"}
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL = re.compile(r"^(?:received|from|to|date|message-id|mime-version|return-path|delivered-to|subject):", re.I | re.M)


def recognise(data: bytes, name: str) -> str:
    """The kind of the content: a key of `ENDINGS`, or `unknown`."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data)
    if data.startswith(_OLE):
        return _compound(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic) and not (kind in ("bmp", "emf") and _is_text(data)):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[257:262] == b"ustar":
        return "tar"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    text = decoded(data)
    return UNKNOWN if text is None else _kind_of_text(text, name)


def fits(kind: str, name: str) -> bool:
    """Whether a file's name is one that its kind goes by."""
    ending = PurePath(name).suffix.lower()
    if kind in TEXTS:
        return any(ending in ENDINGS[each] for each in TEXTS)
    return ending in ENDINGS.get(kind, ())


def decoded(data: bytes) -> str | None:
    """The text in UTF-8, in UTF-16 with its mark, or in Windows-1252; None for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\x00" in data:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if _is_printable(text) else None
    return None


def _is_printable(text: str) -> bool:
    return _CONTROLS.search(text) is None


def _is_text(data: bytes) -> bool:
    return decoded(data) is not None


def _kind_of_text(text: str, name: str) -> str:
    start = text.lstrip()[:4096]
    lowered = start.lower()
    if start.startswith("<?xml") or (start.startswith("<") and "xmlns" in lowered):
        root = re.search(r"<(?:\w+:)?([A-Za-z]\w*)[\s>]", re.sub(r"<[?!][^>]*>", "", start))
        return {"html": "html", "svg": "svg"}.get(root.group(1).lower() if root else "", "xml")
    if re.match(r"<(?:!doctype html|html|head|body|table|div|p|h1|article|section)\b", lowered):
        return "html"
    if _HEADER.match(start) and len(_MAIL.findall(start)) >= 2:
        return "eml"
    ending = PurePath(name).suffix.lower()
    return next((kind for kind in TEXTS if ending in ENDINGS[kind]), "txt")


def _archive(data: bytes) -> str:
    if listed(data) > _MOST_PARTS:
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [each.filename for each in archive.infolist()]
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    return _opendocument(part.read(200).decode("ascii", "replace"))
            return _package(archive, names)
    except Exception:
        # Whatever is wrong with the archive, its inspector says; here only its kind is asked for.
        return "zip"


def _opendocument(media_type: str) -> str:
    family = media_type.strip().removeprefix("application/vnd.oasis.opendocument.").removesuffix("-template")
    return _OPENDOCUMENT.get(family, "zip")


def _package(archive: zipfile.ZipFile, names: list[str]) -> str:
    """By the type of the main part, as the list of content types says; by folders where that says nothing."""
    if "[Content_Types].xml" not in names:
        return "zip"
    with archive.open("[Content_Types].xml") as part:
        types = part.read(1_000_000).decode("utf-8", "replace")
    if "sheet.binary.macroEnabled.main" in types:
        return "xlsb"
    for family, kind in (("spreadsheetml", "xlsx"), ("wordprocessingml", "docx"), ("presentationml", "pptx")):
        if re.search(rf"{family}\.(?:sheet|document|presentation|slideshow|template)[\w.]*\.?main", types):
            return kind
    for family, kind in (("ms-excel", "xlsx"), ("ms-word", "docx"), ("ms-powerpoint", "pptx")):
        if re.search(rf"vnd\.{family}\.\w+\.macroEnabled(?:\w+)?\.main", types, re.I):
            return kind
    return "zip"


def _compound(data: bytes) -> str:
    import olefile  # only for the old formats

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            streams = {"/".join(path).lower() for path in compound.listdir()}
    except Exception:
        # A compound file that cannot be opened is told as unreadable by its inspector.
        return "ole"
    if "workbook" in streams or "book" in streams:
        return "xls"
    if "worddocument" in streams:
        return "doc"
    if "powerpoint document" in streams:
        return "ppt"
    if any(each.startswith("__properties_version1.0") for each in streams):
        return "msg"
    return "ole"
