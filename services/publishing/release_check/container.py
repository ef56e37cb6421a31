"""A ZIP archive read within bounds: every byte is counted while it is inflated, whatever the archive says of itself."""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.looking import Look

_CHUNK = 256 * 1024
_LISTED = b"PK\x01\x02"
_END = b"PK\x05\x06"
_ENCRYPTED, _PATCHED = 0x1, 0x20
_EMPTY_PACKED = 2
"""Bytes that nothing takes when it is deflated."""
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def listed(data: bytes) -> int:
    """How many parts an archive lists, at most; counted without making anything of them, for there may be millions."""
    return data.count(_LISTED)


class Container:
    """The parts of an archive by name. Opening it notes what is wrong with the archive as such.

    Raises `Unreadable` for what is no ZIP archive or has encrypted parts, `TooLarge` for a bomb, by what it declares
    when it is opened and by what it really holds when a part is read.
    """

    def __init__(self, data: bytes, look: Look) -> None:
        self._look = look
        self._data = data
        if listed(data) > look.bounds.limits.parts:
            raise TooLarge(f"more than {look.bounds.limits.parts} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise Unreadable(f"is no archive that can be read ({type(error).__name__})") from None
        self._entries = {each.filename: each for each in self._zip.infolist()}
        self._refuse_bombs()
        self._note_the_archive()

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, folders left out, in the archive's order."""
        return tuple(name for name in self._entries if not name.endswith("/"))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """What the part says its size is, in bytes."""
        return self._entries[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part, piece by piece, each counted. Raises `Unreadable` or `TooLarge`."""
        entry = self._entries[name]
        limits = self._look.bounds.limits
        most = max(limits.small_part, limits.ratio * max(entry.compress_size, 1))
        read = 0
        try:
            with self._zip.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    read += len(chunk)
                    self._look.bounds.inflate(len(chunk))
                    if read > most:
                        raise TooLarge(f"a part that grows more than {limits.ratio} times")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise Unreadable(f"has a part that cannot be inflated ({type(error).__name__})") from None
        if read != entry.file_size or self._goes_on(entry):
            raise Unreadable("has a part of another size than it says")

    def read(self, name: str) -> bytes:
        """The whole part. Raises as `chunks` does, `KeyError` for a name that is not there."""
        return b"".join(self.chunks(name))

    def _goes_on(self, entry: zipfile.ZipInfo) -> bool:
        """Whether a part's packed bytes hold more than the size it says, which is all that is read of them: other
        programs read on. Inflated no further than one byte beyond."""
        head = self._data[entry.header_offset + 26 : entry.header_offset + 30]
        names = int.from_bytes(head[:2], "little") + int.from_bytes(head[2:], "little")
        start = entry.header_offset + 30 + names
        if entry.compress_type == zipfile.ZIP_STORED:
            return entry.compress_size != entry.file_size
        inflating, size = zlib.decompressobj(-15), 0
        for at in range(start, start + entry.compress_size, _CHUNK):
            packed = self._data[at : min(at + _CHUNK, start + entry.compress_size)]
            while packed and size <= entry.file_size and not inflating.eof:
                size += len(inflating.decompress(packed, _CHUNK))
                packed = inflating.unconsumed_tail
        return size > entry.file_size or bool(inflating.unused_data)

    def _refuse_bombs(self) -> None:
        limits = self._look.bounds.limits
        entries = self._zip.infolist()
        if sum(each.file_size for each in entries) > limits.inflated:
            raise TooLarge(f"more than {limits.inflated // 1_000_000} MB inside")
        for each in entries:
            if each.file_size > limits.small_part and each.file_size > limits.ratio * max(each.compress_size, 1):
                raise TooLarge(f"a part that grows more than {limits.ratio} times")

    def _note_the_archive(self) -> None:
        look, entries = self._look, self._zip.infolist()
        if any(each.flag_bits & (_ENCRYPTED | _PATCHED) for each in entries):
            look.found("encrypted", "the archive")
            raise Unreadable("has encrypted parts")
        if any(each.compress_type not in _READABLE for each in entries):
            raise Unreadable("has a part packed in a way that cannot be inflated")
        folded = Counter(each.filename.lower() for each in entries)
        for name, number in folded.items():
            if number > 1:
                look.found("duplicate_zip_entry", name)
        for each in entries:
            if _leads_outside(each):
                look.found("unsafe_name", each.filename)
            if each.is_dir() and (each.file_size or each.compress_size > _EMPTY_PACKED):
                look.found("unknown_part", f"folder {each.filename}, which holds data of its own")
        self._note_what_no_entry_holds()

    def _note_what_no_entry_holds(self) -> None:
        """Bytes before the first entry, or behind the end: programs pass over them, so anything may stand there."""
        end = self._data.rfind(_END)
        comment = int.from_bytes(self._data[end + 20 : end + 22], "little")
        behind = len(self._data) - (end + 22 + comment)
        first = min((each.header_offset for each in self._zip.infolist()), default=0)
        if comment or behind > 0 or first > 0:
            self._look.found("trailing_data", f"{max(comment + behind, first)} bytes outside the archive's parts")


def _leads_outside(entry: zipfile.ZipInfo) -> bool:
    """Also a symbolic link, which is a name of something else."""
    name = entry.filename.replace("\\", "/")
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or name.startswith("/") or ":" in name or ".." in name.split("/") or "\x00" in entry.orig_filename
