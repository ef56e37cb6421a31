"""Archives: they never leave as such (REL-12), and what is inside is inspected so that the report says it all."""

import bz2
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol

from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.recognising import ENDINGS, recognise
from services.publishing.release_check.report import masked

_STEP = 1 << 22
_BLOCK = 512
_LINKS = (tarfile.LNKTYPE, tarfile.SYMTYPE)
_GZIP_NAME, _GZIP_EXTRA, _GZIP_COMMENT = 0x08, 0x04, 0x10


class _Unpacking(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Inflating:
    """gzip as bzip2 and xz behave: what waits for its turn is kept inside."""

    def __init__(self) -> None:
        self._inflating = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inflating.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflating.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._inflating.decompress(self._inflating.unconsumed_tail + data, max_length)


_UNPACKING: Mapping[str, Callable[[], _Unpacking]] = {
    "gzip": _Inflating,
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=256 * 1024 * 1024),
}


def inspect(look: Look) -> None:
    """Note that the file is an archive, and inspect its members. Raises `Unreadable` for what cannot be unpacked here,
    and `TooLarge` for a bomb, while it is unpacked."""
    kind = recognise(look.data, look.name)
    if kind == "zip":
        _inspect_zip(look)
    elif kind == "tar":
        _inspect_tar(look)
    elif kind in _UNPACKING:
        look.found("archive", f"one file, packed with {kind}")
        if kind == "gzip":
            _inspect_gzip_header(look)
        look.inside(_name_inside(look.name, kind), _unpacked(look, kind))
    else:
        look.found("archive", "the file")
        raise Unreadable(f"is packed in a way that cannot be unpacked here: {kind}")


def _inspect_zip(look: Look) -> None:
    look.found("archive", "the file")
    container = Container(look.data, look)
    for name in container.names:
        try:
            content = container.read(name)
        except Unreadable as error:
            look.found("unreadable", f"{name} {error}")
            continue
        look.inside(name, content)


def _inspect_tar(look: Look) -> None:
    look.found("archive", "the file")
    owners: dict[str, None] = {}
    number, end = 0, 0
    try:
        with tarfile.open(fileobj=io.BytesIO(look.data), mode="r:", errorlevel=2) as archive:
            for number, member in enumerate(archive, 1):
                if number > look.bounds.limits.parts:
                    raise TooLarge(f"more than {look.bounds.limits.parts} parts")
                owners.update(dict.fromkeys(each for each in (member.uname, member.gname) if each))
                end = max(end, member.offset_data + (member.size if member.isreg() else 0))
                _inspect_member(look, archive, member)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise Unreadable(f"is an archive that cannot be read ({type(error).__name__})") from None
    if owners.keys() - {"root"}:
        look.found("author", "owners of the files in the archive", masked(", ".join(owners)))
    if look.data[-(-end // _BLOCK) * _BLOCK :].strip(b"\x00"):
        look.found("trailing_data", "bytes after the last file of the archive")


def _inspect_member(look: Look, archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    name = member.name.replace("\\", "/")
    if member.type in _LINKS or name.startswith("/") or ":" in name or ".." in name.split("/"):
        look.found("unsafe_name", member.name)
    if member.isdir() or member.type in _LINKS:
        return
    if not member.isreg() or member.issparse():
        look.found("unreadable", f"{member.name} is no ordinary file")
        return
    look.bounds.inflate(member.size)
    content = archive.extractfile(member)
    data = content.read() if content else b""
    if len(data) != member.size:
        raise Unreadable("has a part of another size than it says")
    look.inside(member.name, data)


def _inspect_gzip_header(look: Look) -> None:
    """A gzip file keeps the name that its content had, which may be longer than the one it goes by now."""
    data = look.data
    flags = data[3] if len(data) > 3 else 0
    at = 10
    if flags & _GZIP_EXTRA:
        look.found("unknown_part", "the header of the archive, extra field")
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    if flags & _GZIP_NAME:
        end = data.find(b"\x00", at)
        kept = data[at:end].decode("latin-1")
        at = end + 1
        if kept not in (_name_inside(look.name, "gzip"), look.name):
            look.found("document_property", "the header of the archive, earlier name", masked(kept))
    if flags & _GZIP_COMMENT:
        look.found("comment", "the header of the archive")


def _unpacked(look: Look, kind: str) -> bytes:
    """All streams of the file, one after the other, counted piece by piece."""
    limits = look.bounds.limits
    most = max(limits.small_part, limits.ratio * len(look.data))
    waiting, pieces, size = look.data, [], 0
    try:
        while waiting:
            stream = _UNPACKING[kind]()
            piece = stream.decompress(waiting, _STEP)
            while True:
                size += len(piece)
                look.bounds.inflate(len(piece))
                if size > most:
                    raise TooLarge(f"a file that grows more than {limits.ratio} times")
                pieces.append(piece)
                if stream.eof:
                    break
                piece = stream.decompress(b"", _STEP)
                if not piece and not stream.eof:
                    raise Unreadable("is an archive that breaks off")
            waiting = stream.unused_data.lstrip(b"\x00")
            if waiting and recognise(waiting, "") != kind:
                look.found("trailing_data", f"{len(waiting)} bytes after the end of the archive")
                break
    except (zlib.error, lzma.LZMAError, OSError, EOFError) as error:
        raise Unreadable(f"is an archive that cannot be unpacked ({type(error).__name__})") from None
    return b"".join(pieces)


def _name_inside(name: str, kind: str) -> str:
    ending = next((each for each in ENDINGS[kind] if name.lower().endswith(each)), "")
    if ending == ".tgz":
        return f"{name[: -len(ending)]}.tar"
    return name[: -len(ending)] if ending else name
