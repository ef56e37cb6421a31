"""A workbook in Excel's binary package (.xlsb): its parts by their relationships, its sheets by their records."""

import io
import struct
from collections.abc import Iterator, Mapping

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, local, text_of
from services.publishing.release_check.office_relationships import BY_ELEMENT, BY_PRESENCE, PROPERTIES
from services.publishing.release_check.package import Package
from services.publishing.release_check.places import LAST_COLUMN, columns_described, rows_described
from services.publishing.release_check.report import masked

_PARTS: Mapping[str, str] = {
    "externalLink": "external_link",
    "connections": "connection",
    "queryTable": "connection",
    "pivotCacheDefinition": "pivot_cache_definition",
    "pivotCacheRecords": "pivot_cache_records",
    "slicerCache": "slicer_cache",
    "timelineCache": "slicer_cache",
    "xlMacrosheet": "xlm_macrosheet",
    "xlIntlMacrosheet": "xlm_macrosheet",
    "customXml": "custom_xml_data",
    "oleObject": "embedded_object",
    "package": "embedded_workbook",
    "chart": "chart_cache",
    "chartEx": "chart_cache",
    **{kind: code for kind, (code, _, _) in BY_PRESENCE.items()},
    **{kind: told.code for kind, told in BY_ELEMENT.items()},
}
_PROPERTIES = {
    "creator": "author",
    "lastModifiedBy": "author",
    "Company": "company",
    "Manager": "manager_property",
    "subject": "document_property",
    "keywords": "document_property",
    "description": "document_property",
    "property": "custom_property",
}
_SHEET, _ROW, _COLUMNS = 0x9C, 0x00, 0x3C
_VALUES = range(0x02, 0x0C)
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01
_STATES = {1: "hidden_sheet", 2: "very_hidden_sheet"}


def inspect_binary_workbook(look: Look) -> None:
    """Note what the package's parts and the list of sheets tell, and pass the visible sheets on.

    Raises `Unreadable`.
    """
    package = Package(Container(look.data, look), look)
    kinds: dict[str, list[str]] = {}
    for source in ("", *package.reachable):
        for each in package.relationships(source):
            if each.external and each.kind != "hyperlink":
                look.found("external_link", f"part {source}", masked(each.target))
            elif each.kind in PROPERTIES:
                _inspect_properties(look, package, each.target)
            elif each.kind == "worksheet":
                _inspect_cells(look, package.container.read(each.target), f"part {each.target}")
            elif each.kind == "image":
                look.inside(each.target.rpartition("/")[2], package.container.read(each.target))
            elif each.kind in _PARTS:
                kinds.setdefault(_PARTS[each.kind], []).append(each.target)
    for code, parts in kinds.items():
        look.found(code, f"part {parts[0]}" + (f" and {len(parts) - 1} more" if len(parts) > 1 else ""))
    for part in package.orphans:
        look.found("orphan_part", f"part {part}")
    hidden = set()
    for name, state in _sheets(package.container.read(package.main)):
        if state:
            look.found(_STATES.get(state, "very_hidden_sheet"), f"sheet {name}")
            hidden.add(name)
    _pass_tables_on(look, hidden)


def _inspect_properties(look: Look, package: Package, part: str) -> None:
    for element in all_named(package.xml(part), *_PROPERTIES):
        if text := text_of(element).strip():
            look.found(_PROPERTIES[local(element)], f"{local(element)} in part {part}", masked(text))


def _sheets(data: bytes) -> Iterator[tuple[str, int]]:
    """Names and states: 0 is visible, 1 hidden, 2 very hidden."""
    for number, content in _records(data):
        if number == _SHEET:
            (state,) = struct.unpack_from("<I", content)
            _, after = _string(content, 8)
            yield _string(content, after)[0], state


def _inspect_cells(look: Look, data: bytes, where: str) -> None:
    """Note rows and columns that are hidden and hold values."""
    hidden_rows, hidden_columns, with_values = set[int](), set[int](), set[int]()
    row, is_hidden = 0, False
    for number, content in _records(data):
        if number == _ROW and len(content) >= 12:
            row, is_hidden = int.from_bytes(content[:4], "little") + 1, bool(content[11] & _HIDDEN_ROW)
        elif number in _VALUES:
            with_values.add(int.from_bytes(content[:4], "little") + 1)
            if is_hidden:
                hidden_rows.add(row)
        elif number == _COLUMNS and len(content) >= 18 and content[16] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<II", content)
            hidden_columns.update(range(first + 1, min(last, LAST_COLUMN) + 2))
    if hidden_rows:
        look.found("hidden_row", f"{where}, {rows_described(hidden_rows)}")
    if columns := hidden_columns & with_values:
        look.found("hidden_column", f"{where}, {columns_described(columns)}")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content; both number and length are written in groups of seven bits, the low ones first."""
    at = 0
    try:
        while at < len(data):
            number = data[at]
            at += 1
            if number & 0x80:
                number = (number & 0x7F) | (data[at] & 0x7F) << 7
                at += 1
            length = 0
            for group in range(4):
                length |= (data[at] & 0x7F) << 7 * group
                at += 1
                if not data[at - 1] & 0x80:
                    break
            yield number, data[at : at + length]
            at += length
    except IndexError:
        raise Unreadable("is a workbook that breaks off") from None


def _string(content: bytes, at: int) -> tuple[str, int]:
    try:
        (length,) = struct.unpack_from("<I", content, at)
    except struct.error:
        raise Unreadable("is a workbook with a broken list of sheets") from None
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _pass_tables_on(look: Look, hidden: set[str]) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(look.data))
        for sheet in book.sheets_metadata:
            if (sheet.visible != SheetVisibleEnum.Visible) != (sheet.name in hidden):
                look.found("parser_disagreement", f"sheet {sheet.name}")
            if sheet.visible == SheetVisibleEnum.Visible:
                rows = book.get_sheet_by_name(sheet.name).to_python()
                look.table(f"sheet {sheet.name}", [[str(value) for value in row] for row in rows])
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(f"is a workbook that cannot be read ({type(error).__name__})") from None
