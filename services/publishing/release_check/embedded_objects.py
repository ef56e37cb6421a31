"""Files and objects inside an Office package, taken out of their wrapping and inspected themselves (REL-08, REL-12)."""

import io
import struct
from collections.abc import Iterator
from posixpath import basename

from services.publishing.release_check.looking import Look
from services.publishing.release_check.package import Package
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.recognising import recognise
from services.publishing.release_check.report import masked

_WORKBOOKS = ("xlsx", "xlsb", "xls", "ods")
_NATIVE = "\x01Ole10Native"
_WRAPPED = ("Package", "CONTENTS", "EmbeddedOdf")


def inspect(package: Package, look: Look, part: str) -> None:
    """One embedded package, object or alternative chunk, and whatever it holds."""
    data = package.container.read(part)
    kind = recognise(data, part)
    payloads = list(_unwrapped(look, part, data)) if kind == "ole" else [(basename(part), data)]
    holds_workbook = any(recognise(content, name) in _WORKBOOKS for name, content in payloads)
    look.found("embedded_workbook" if holds_workbook else "embedded_object", f"part {part}")
    for name, content in payloads:
        if content:
            look.inside(name, content)


def _unwrapped(look: Look, part: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that an object's compound file wraps, with their names; none where it is a state of some program."""
    import olefile  # only where there are objects

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            for path in compound.listdir():
                if path[-1] == _NATIVE:
                    yield _native(look, part, compound.openstream(path).read())
                elif path[-1] in _WRAPPED:
                    yield f"{basename(part)} {path[-1]}", compound.openstream(path).read()
    except (OSError, ValueError, IndexError, struct.error) as error:
        look.found("unreadable", f"part {part} ({type(error).__name__})")


def _native(look: Look, part: str, stream: bytes) -> tuple[str, bytes]:
    """The file in a packager's stream: length, flags, its name, where it came from, where it was put, and its bytes.

    Without these names the whole stream is the object, after its length.
    """
    try:
        label, at = _until_zero(stream, 6)
        source, at = _until_zero(stream, at)
        put, at = _until_zero(stream, at + 8)
        size = struct.unpack_from("<I", stream, at)[0]
        content = stream[at + 4 : at + 4 + size]
    except (ValueError, struct.error):
        return basename(part), stream[4:]
    if len(content) != size:
        return basename(part), stream[4:]
    for each in (source, put):
        if is_path(each):
            look.found("local_path", f"the place of a file inside part {part}", masked(each))
    return label or basename(part), content


def _until_zero(stream: bytes, start: int) -> tuple[str, int]:
    end = stream.index(b"\x00", start)
    return stream[start:end].decode("cp1252", "replace"), end + 1
