"""The records of an old workbook (.xls), one after the other, by their own structure.

A record is its number, its length and its content; a sheet is the run of records from its beginning to its end. The
numbers are those of Microsoft's published description of the format.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from services.publishing.release_check.bounds import Unreadable

BEGIN, END, PASSWORD, SHEET, ROW, OLD_ROW, COLUMNS = 0x809, 0x0A, 0x2F, 0x85, 0x208, 0x08, 0x7D
NAME, OTHER_WORKBOOK, OTHER_SHEET, WRITER, RESERVED_BY, PROTECTED = 0x18, 0x1AE, 0x17, 0x5C, 0x5B, 0x12
_OLD_BEGINS = (0x09, 0x209, 0x409)
_VALUES = frozenset((0x203, 0x204, 0x205, 0x27E, 0xFD, 0x06, 0xD6, 0x03, 0x04, 0x02, 0x05, 0x07, 0x206, 0x406))
_RUNS_OF_VALUES = (0xBD,)
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01

BY_PRESENCE: Mapping[int, str] = {
    0x1C: "comment",
    0x59: "external_link_cache",
    0x5A: "external_link_cache",
    0x50: "pivot_source_missing",
    0x51: "pivot_cache_definition",
    0xC6: "pivot_cache_definition",
    0xD5: "pivot_cache_definition",
    0xAF: "scenario",
    0xDC: "connection",
    0x1AD: "connection",
    0x803: "connection",
    0x876: "connection",
    0x1A9: "custom_view",
    0x9B: "autofilter",
}
"""Records that are findings by being there."""
STATES = {0: "", 1: "hidden_sheet", 2: "very_hidden_sheet"}
KINDS = {0: "", 1: "xlm_macrosheet", 2: "", 6: "vba_macro"}


@dataclass
class Sheet:
    """One sheet as the workbook lists it, and what its own records say. Rows and columns count from 1."""

    name: str
    state: int
    kind: int
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    rows_with_values: set[int] = field(default_factory=set)
    columns_with_values: set[int] = field(default_factory=set)
    codes: dict[str, int] = field(default_factory=dict)
    """How many records of each code of `BY_PRESENCE`."""


@dataclass
class OldWorkbook:
    """What the records say. Raises `Unreadable` for records that break off."""

    data: bytes
    is_encrypted: bool = False
    sheets: dict[int, Sheet] = field(default_factory=dict)
    """By where their records begin."""
    workbook: Sheet = field(default_factory=lambda: Sheet(name="the workbook", state=0, kind=0))
    writers: list[str] = field(default_factory=list)
    hidden_names: int = 0
    has_other_workbooks: bool = False
    is_protected: bool = False

    def __post_init__(self) -> None:
        current = self.workbook
        depth, is_old = 0, False
        for at, number, content in _records(self.data):
            if number == BEGIN or number in _OLD_BEGINS:
                is_old = is_old or number != BEGIN or content[:2] == b"\x00\x05"
                # A chart inside a sheet has records of its own.
                current = self.sheets.get(at, current)
                depth += 1
            elif number == END:
                depth -= 1
                current = self.workbook if depth <= 0 else current
            elif number == PASSWORD:
                self.is_encrypted = True
                return
            elif number == SHEET:
                self._list_sheet(content, is_old)
            elif current is self.workbook:
                self._read_workbook(number, content, is_old)
            else:
                _read_sheet(current, number, content)
            if number in BY_PRESENCE:
                code = BY_PRESENCE[number]
                current.codes[code] = current.codes.get(code, 0) + 1

    def _list_sheet(self, content: bytes, is_old: bool) -> None:
        offset, state, kind = struct.unpack_from("<IBB", content)
        encoding = "utf-16-le" if not is_old and content[7:8] == b"\x01" else "cp1252"
        name = content[7 if is_old else 8 :].decode(encoding, "replace")
        self.sheets[offset] = Sheet(name=name, state=state & 0x03, kind=kind)

    def _read_workbook(self, number: int, content: bytes, is_old: bool) -> None:
        if number in (WRITER, RESERVED_BY):
            text = content[6:] if number == RESERVED_BY else content
            if name := _user(text, is_old):
                self.writers.append(name)
        elif number == NAME and content[:1] and content[0] & 0x01:
            self.hidden_names += 1
        elif number == OTHER_WORKBOOK:
            self.has_other_workbooks |= content[2:4] not in (b"\x01\x04", b"\x01\x3a")
        elif number == OTHER_SHEET and is_old:
            self.has_other_workbooks |= content[1:2] in (b"\x01", b"\x02")
        elif number == PROTECTED:
            self.is_protected |= bool(content.strip(b"\x00"))


def _read_sheet(sheet: Sheet, number: int, content: bytes) -> None:
    if number in _VALUES and len(content) >= 4:
        row, column = struct.unpack_from("<HH", content)
        sheet.rows_with_values.add(row + 1)
        sheet.columns_with_values.add(column + 1)
    elif number in _RUNS_OF_VALUES:
        row, first = struct.unpack_from("<HH", content)
        (last,) = struct.unpack_from("<H", content, len(content) - 2)
        sheet.rows_with_values.add(row + 1)
        sheet.columns_with_values.update(range(first + 1, last + 2))
    elif number in (ROW, OLD_ROW) and len(content) >= 14:
        (row,) = struct.unpack_from("<H", content)
        height = struct.unpack_from("<H", content, 6)[0] & 0x7FFF
        if content[12] & _HIDDEN_ROW or height == 0:
            sheet.hidden_rows.add(row + 1)
    elif number == COLUMNS and len(content) >= 10:
        first, last, width = struct.unpack_from("<HHH", content)
        if content[8] & _HIDDEN_COLUMN or width == 0:
            sheet.hidden_columns.update(range(first + 1, min(last, 255) + 2))


def _user(content: bytes, is_old: bool) -> str:
    """The name that the program's owner gave it; blanks fill the record up."""
    if is_old:
        return content[1:].decode("cp1252", "replace").strip(" \x00")
    wide = content[2:3] == b"\x01"
    length = int.from_bytes(content[:2], "little") * (2 if wide else 1)
    return content[3 : 3 + length].decode("utf-16-le" if wide else "cp1252", "replace").strip(" \x00")


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where it begins, its number and its content. Nothing but zeros may follow the last."""
    at, depth = 0, 0
    while at + 4 <= len(data):
        number, length = struct.unpack_from("<HH", data, at)
        if not number and depth == 0 and not data[at:].strip(b"\x00"):
            return
        if at + 4 + length > len(data):
            raise Unreadable("is a workbook that breaks off")
        yield at, number, data[at + 4 : at + 4 + length]
        depth += 1 if number == BEGIN or number in _OLD_BEGINS else -1 if number == END else 0
        at += 4 + length
