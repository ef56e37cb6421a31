"""Files of old Office programs: compound files with storages, the records of workbooks, sets of properties."""

import struct
from collections.abc import Mapping, Sequence

from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.packages import OfficePackage

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ROOT, _STORAGE, _STREAM = 5, 1, 2


def stored(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams; a name with slashes stands in storages. Together at most 50 kB."""
    nodes = _nodes(streams)
    table, sectors = [_TABLE], [b""]
    small_table: list[int] = []
    small: list[bytes] = []
    starts = {}
    for path, content in streams.items():
        is_large = len(content) >= _CUTOFF
        chained = _chain(content, table, sectors, _SECTOR) if is_large else _chain(content, small_table, small, _SMALL)
        starts[path] = (chained, len(content))
    room = b"".join(small)
    starts[""] = (_chain(room, table, sectors, _SECTOR), len(room))
    start_of_small_table = _chain(struct.pack(f"<{len(small_table)}I", *small_table), table, sectors, _SECTOR, b"\xff")
    directory = b"".join(_entry(nodes, path, *starts.get(path, (0, 0))) for path in nodes)
    start_of_directory = _chain(directory, table, sectors, _SECTOR)
    sectors[0] = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, start_of_directory, 0, _CUTOFF, start_of_small_table, 1, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108) + b"".join(sectors)


def _nodes(streams: Mapping[str, bytes]) -> list[str]:
    """The paths of all entries, the root's is empty; a storage before what is in it."""
    nodes = [""]
    for path in streams:
        steps = path.split("/")
        nodes += [above for each in range(1, len(steps) + 1) if (above := "/".join(steps[:each])) not in nodes]
    return nodes


def _chain(content: bytes, table: list[int], sectors: list[bytes], size: int, fill: bytes = b"\x00") -> int:
    pieces = [content[at : at + size].ljust(size, fill) for at in range(0, len(content), size)]
    first = len(table)
    if pieces:
        sectors += pieces
        table += [*range(first + 1, first + len(pieces)), _END]
    return first if pieces else _END


def _entry(nodes: Sequence[str], path: str, start: int, size: int) -> bytes:
    above, _, name = path.rpartition("/")
    beside = [each for each in nodes if each and each.rpartition("/")[0] == above]
    inside = [each for each in nodes if each and each.rpartition("/")[0] == path and each != path]
    following = beside[beside.index(path) + 1 :] if path else []
    kind = _ROOT if not path else _STORAGE if inside else _STREAM
    written = (name or "Root Entry").encode("utf-16-le") + b"\x00\x00"
    links = (_FREE, nodes.index(following[0]) if following else _FREE, nodes.index(inside[0]) if inside else _FREE)
    first = written.ljust(64, b"\x00") + struct.pack("<HBB3I", len(written), kind, 1, *links)
    return first + bytes(36) + struct.pack("<IQ", start, size)


def properties(texts: Mapping[int, str], *, sets: int = 1) -> bytes:
    """A stream of properties by their numbers: 4 is the author, 8 who saved it last."""
    values, listed = b"", b""
    at = 8 + 8 * len(texts)
    for number, text in texts.items():
        listed += struct.pack("<II", number, at + len(values))
        written = text.encode("cp1252") + b"\x00"
        values += struct.pack("<II", 30, len(written)) + written + b"\x00" * (-len(written) % 4)
    section = struct.pack("<II", at + len(values), len(texts)) + listed + values
    head = struct.pack("<HHI", 0xFFFE, 0, 0x20005) + bytes(16) + struct.pack("<I", sets)
    return head + (bytes(16) + struct.pack("<I", 28 + 20 * sets)) * sets + section


def record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def value(row: int, column: int, number: float) -> bytes:
    """A cell; rows and columns count from 0."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, number))


def row_of(row: int, *, hidden: bool = False) -> bytes:
    return record(0x208, struct.pack("<HHHHHHBBH", row, 0, 2, 300, 0, 0, 0x20 if hidden else 0, 1, 15))


def columns_of(first: int, last: int, *, hidden: bool = False) -> bytes:
    return record(0x7D, struct.pack("<HHHHHH", first, last, 2000, 0, 1 if hidden else 0, 0))


Sheet = tuple[str, int, int, bytes]
"""Name; state: 0 visible, 1 hidden, 2 very hidden; kind: 0 for cells, 1 for macros; records."""
_BEGINNING = {0: 0x10, 1: 0x40}


def workbook(*sheets: Sheet, records: bytes = b"") -> bytes:
    """The stream of a workbook; `records` are about the whole of it."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)) + record(0x42, b"\xb0\x04") + records
    listed_length = sum(4 + 8 + len(name) for name, *_ in sheets)
    at = len(begin) + listed_length + 4
    listed, written = b"", b""
    for name, state, kind, content in sheets:
        listed += record(
            0x85, struct.pack("<IBBBB", at + len(written), state, kind, len(name), 0) + name.encode("ascii")
        )
        first = record(0x809, struct.pack("<HHHHII", 0x600, _BEGINNING.get(kind, 0x10), 0x0DBB, 0x07CC, 0, 6))
        written += first + content + record(0x0A)
    return begin + listed + record(0x0A) + written


def xls(*sheets: Sheet, records: bytes = b"", **streams: bytes) -> bytes:
    """A workbook as a file, with further streams."""
    return stored({"Workbook": workbook(*sheets, records=records), **streams})


def document_header(*, flags: int = 0, comments: int = 0) -> bytes:
    """The stream of an old Word document, as far as its header goes."""
    header = bytearray(900)
    struct.pack_into("<HH", header, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", header, 0x0A, flags)
    struct.pack_into("<HH", header, 0x20, 14, 0)
    struct.pack_into("<I", header, 0xBE, comments)
    return bytes(header)


def current_user(name: str, *, token: int = 0xE391C05F) -> bytes:
    """The stream of an old presentation that says where it begins, and who saved it."""
    return (
        struct.pack("<HHIIIIHHBBH", 0, 0x0FF6, 20 + len(name), 0x14, token, 0, len(name), 0x3F4, 3, 0, 0)
        + name.encode()
    )


def _binary_record(number: int, content: bytes = b"") -> bytes:
    written = bytes((number,)) if number < 128 else bytes((number & 0x7F | 0x80, number >> 7))
    return written + bytes((len(content),)) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    *states: int,
    hidden_row: bool = False,
    hidden_column: bool = False,
    extra: Sequence[tuple[str, str, bytes]] = (),
    links: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A binary workbook with one sheet of one value for each state. `extra` are further parts of the workbook: kind of
    relationship, name, content; `links` lead outside: kind and address."""
    package = OfficePackage()
    package.defaults["bin"] = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    sheets = b""
    main = "xl/workbook.bin"
    package.link("", "officeDocument", main)
    cell = _binary_record(0x05, struct.pack("<IId", 0, 0, 7.0))
    row = _binary_record(0x00, struct.pack("<IIHBBI", 0, 0, 300, 0, 0x10 if hidden_row else 0, 0) + bytes(4))
    sheet = _binary_record(0x81) + _binary_record(0x94, struct.pack("<IIII", 0, 0, 0, 0))
    if hidden_column:
        sheet += _binary_record(0x3C, struct.pack("<IIIIH", 0, 0, 2000, 0, 1))
    sheet += _binary_record(0x91) + row + cell + _binary_record(0x92) + _binary_record(0x82)
    for number, state in enumerate(states, 1):
        name = package.part(f"xl/worksheets/sheet{number}.bin", sheet, "application/vnd.ms-excel.worksheet")
        link = package.link(main, "worksheet", name)
        sheets += _binary_record(0x9C, struct.pack("<II", state, number) + _wide(link) + _wide(f"Sheet {number}"))
    package.part(
        main,
        _binary_record(0x83) + _binary_record(0x8F) + sheets + _binary_record(0x90) + _binary_record(0x84),
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
    )
    for kind, name, content in extra:
        package.link(main, kind, package.part(name, content, "application/octet-stream"))
    for kind, address in links:
        package.link(main, kind, address, external=True)
    parts = unzipped(package.bytes())
    # Excel writes these addresses from the folder on.
    relations = "xl/_rels/workbook.bin.rels"
    return zipped({**parts, relations: parts[relations].replace(b'Target="/xl/', b'Target="')})


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """The package with one more part that nothing refers to."""
    return zipped({**unzipped(package), name: content})
