"""Excel workbooks written as raw XML, with a hook for everything that a sheet can hide.

    workbook = MadeWorkbook()
    workbook.sheet("Staff", [["Rank", "Posts"], ["Sergeant", 12]])
    workbook.sheet("Notes", [["draft"]], state="hidden")
    data = workbook.bytes()

For further parts take `workbook.package()`, add parts and links to it, and take its bytes: sheet n is the part
`xl/worksheets/sheetn.xml`, and the workbook is `xl/workbook.xml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.packages import HEAD, OFFICE, STRICT_OFFICE, OfficePackage

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
WORKBOOK = "xl/workbook.xml"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NAMESPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
_KINDS = {
    "worksheet": ("worksheet", f"{SPREADSHEET}.worksheet+xml", ""),
    "chartsheet": ("chartsheet", f"{SPREADSHEET}.chartsheet+xml", ""),
    "dialogsheet": ("dialogsheet", f"{SPREADSHEET}.dialogsheet+xml", ""),
    "xlMacrosheet": (
        "macrosheet",
        "application/vnd.ms-excel.macrosheet+xml",
        "http://schemas.microsoft.com/office/2006/relationships/",
    ),
}
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office Theme"><a:themeElements>'
    '<a:clrScheme name="Office"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="44546A"/></a:dk2>'
    '<a:lt2><a:srgbClr val="E7E6E6"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1>'
    '<a:accent2><a:srgbClr val="ED7D31"/></a:accent2><a:accent3><a:srgbClr val="A5A5A5"/></a:accent3>'
    '<a:accent4><a:srgbClr val="FFC000"/></a:accent4><a:accent5><a:srgbClr val="5B9BD5"/></a:accent5>'
    '<a:accent6><a:srgbClr val="70AD47"/></a:accent6><a:hlink><a:srgbClr val="0563C1"/></a:hlink>'
    '<a:folHlink><a:srgbClr val="954F72"/></a:folHlink></a:clrScheme></a:themeElements></a:theme>'
)


class Raw(str):
    """The inside of a `<row>` as it is to be written: a whole `<c>` element."""


Value = str | int | float | bool | None | Raw


@dataclass(kw_only=True)
class Styles:
    """Styles beyond the plain ones, each as raw XML, numbered in the order of being added.

    `font`, `fill`, `number_format` and `difference` (dxf) return their ids; `style` returns the index for `styles=`
    of a sheet. Index 0 of everything is the plain one; fill 1 is the grey pattern that Excel always writes.
    """

    fonts: list[str] = field(default_factory=lambda: ['<sz val="11"/><color theme="1"/><name val="Calibri"/>'])
    fills: list[str] = field(
        default_factory=lambda: ['<patternFill patternType="none"/>', '<patternFill patternType="gray125"/>']
    )
    codes: list[str] = field(default_factory=list)
    xfs: list[str] = field(default_factory=lambda: ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'])
    differences: list[str] = field(default_factory=list)

    def font(self, inside: str) -> int:
        self.fonts.append(inside)
        return len(self.fonts) - 1

    def fill(self, inside: str) -> int:
        self.fills.append(inside)
        return len(self.fills) - 1

    def number_format(self, code: str) -> int:
        self.codes.append(code)
        return 163 + len(self.codes)

    def difference(self, inside: str) -> int:
        self.differences.append(inside)
        return len(self.differences) - 1

    def style(self, *, font: str = "", fill: str = "", code: str = "", number: int = 0, inside: str = "") -> int:
        """A cell style: raw XML of a font and a fill, a format code or the number of a built-in one."""
        ids = (
            self.number_format(code) if code else number,
            self.font(font) if font else 0,
            self.fill(fill) if fill else 0,
        )
        self.xfs.append(
            f'<xf numFmtId="{ids[0]}" fontId="{ids[1]}" fillId="{ids[2]}" borderId="0" xfId="0">{inside}</xf>'
        )
        return len(self.xfs) - 1

    def xml(self) -> str:
        codes = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={_quoted(c)}/>' for n, c in enumerate(self.codes))
        fonts = "".join(f"<font>{each}</font>" for each in self.fonts)
        fills = "".join(f"<fill>{each}</fill>" for each in self.fills)
        differences = "".join(f"<dxf>{each}</dxf>" for each in self.differences)
        return (
            f"{HEAD}<styleSheet {NAMESPACES}>{f'<numFmts>{codes}</numFmts>' if codes else ''}"
            f"<fonts>{fonts}</fonts><fills>{fills}</fills>"
            "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            f'<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f"<cellXfs>{''.join(self.xfs)}</cellXfs>"
            '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            f"<dxfs>{differences}</dxfs></styleSheet>"
        )


@dataclass(kw_only=True)
class MadeSheet:
    """One sheet; see `MadeWorkbook.sheet`."""

    name: str
    rows: Sequence[Sequence[Value]]
    state: str
    kind: str
    row_attributes: Mapping[int, str]
    styles: Mapping[str, int]
    before: str
    after: str
    first_row: int
    first_column: int


@dataclass(kw_only=True)
class MadeWorkbook:
    """Add sheets and take the bytes.

    `names` is raw XML inside `<definedNames>`, `beyond` raw XML behind it in the workbook part, `properties` raw XML
    before `<sheets>` (workbookPr, bookViews); `strings` are raw `<si>` elements beyond those that cells use.
    """

    sheets: list[MadeSheet] = field(default_factory=list)
    styles: Styles = field(default_factory=Styles)
    names: str = ""
    beyond: str = ""
    properties: str = ""
    strings: list[str] = field(default_factory=list)

    def sheet(
        self,
        name: str,
        rows: Sequence[Sequence[Value]] = (),
        *,
        state: str = "",
        kind: str = "worksheet",
        row_attributes: Mapping[int, str] | None = None,
        styles: Mapping[str, int] | None = None,
        before: str = "",
        after: str = "",
        first_row: int = 1,
        first_column: int = 1,
    ) -> None:
        """Add a sheet.

        Texts become shared strings, numbers and truth values what they are, None no cell, `Raw` is written as it is.
        `row_attributes` are raw attributes by row number (`{4: 'hidden="1"'}`, rows without cells too), `styles` the
        style index by cell (`{"B2": 1}`); `before` and `after` are raw XML around `<sheetData>` (cols, sheetViews;
        autoFilter, conditionalFormatting).
        """
        self.sheets.append(
            MadeSheet(
                name=name,
                rows=rows,
                state=state,
                kind=kind,
                row_attributes=row_attributes or {},
                styles=styles or {},
                before=before,
                after=after,
                first_row=first_row,
                first_column=first_column,
            )
        )

    def bytes(self) -> bytes:
        """The file."""
        return self.package().bytes()

    def package(self) -> OfficePackage:
        """The parts of the file, to add others."""
        package = OfficePackage()
        package.link("", "officeDocument", WORKBOOK)
        shared: dict[str, int] = {}
        listed = ""
        for number, sheet in enumerate(self.sheets, 1):
            folder, content_type, origin = _KINDS[sheet.kind]
            part = package.part(f"xl/{folder}s/sheet{number}.xml", _sheet_xml(sheet, shared), content_type)
            link = package.link(WORKBOOK, f"{origin}{sheet.kind}", part)
            state = f' state="{sheet.state}"' if sheet.state else ""
            listed += f'<sheet name={_quoted(sheet.name)} sheetId="{number}"{state} r:id="{link}"/>'
        names = f"<definedNames>{self.names}</definedNames>" if self.names else ""
        package.part(
            WORKBOOK,
            f"{HEAD}<workbook {NAMESPACES}>{self.properties}<sheets>{listed}</sheets>{names}{self.beyond}</workbook>",
            f"{SPREADSHEET}.sheet.main+xml",
        )
        package.link(WORKBOOK, "theme", package.part("xl/theme/theme1.xml", HEAD + THEME, "application/xml"))
        package.link(WORKBOOK, "styles", package.part("xl/styles.xml", self.styles.xml(), f"{SPREADSHEET}.styles+xml"))
        if shared or self.strings:
            items = "".join(f'<si><t xml:space="preserve">{escape(each)}</t></si>' for each in shared)
            strings = f"{HEAD}<sst {NAMESPACES}>{items}{''.join(self.strings)}</sst>"
            part = package.part("xl/sharedStrings.xml", strings, f"{SPREADSHEET}.sharedStrings+xml")
            package.link(WORKBOOK, "sharedStrings", part)
        return package


def strict(data: bytes) -> bytes:
    """The same file in the Strict namespaces."""
    pairs = ((MAIN, STRICT_MAIN), (OFFICE, STRICT_OFFICE))
    parts = unzipped(data)
    for name, content in parts.items():
        for transitional, other in pairs:
            content = content.replace(transitional.encode(), other.encode())
        parts[name] = content
    return zipped(parts)


def prefixed(data: bytes, prefix: str = "x") -> bytes:
    """The same file with a prefix before every element of the main namespace, as some programs write it."""
    parts: dict[str, str | bytes] = dict(unzipped(data))
    for name, content in parts.items():
        assert isinstance(content, bytes)
        if f'xmlns="{MAIN}"'.encode() in content:
            text = content.decode().replace(f'xmlns="{MAIN}"', f'xmlns:{prefix}="{MAIN}"')
            parts[name] = re.sub(r"<(/?)(\w+)(?=[\s/>])", rf"<\1{prefix}:\2", text)
    return zipped(parts)


def column_letters(number: int) -> str:
    """`AA` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_xml(sheet: MadeSheet, shared: dict[str, int]) -> str:
    root = "xm:macrosheet" if sheet.kind == "xlMacrosheet" else sheet.kind
    if sheet.kind == "chartsheet":
        return f"{HEAD}<chartsheet {NAMESPACES}>{sheet.before}{sheet.after}</chartsheet>"
    lines = {sheet.first_row + number: values for number, values in enumerate(sheet.rows)}
    data = "".join(
        f'<row r="{number}" {sheet.row_attributes.get(number, "")}>'
        f"{_cells(sheet, number, lines.get(number, ()), shared)}</row>"
        for number in sorted({*lines, *sheet.row_attributes})
    )
    return f"{HEAD}<{root} {NAMESPACES}>{sheet.before}<sheetData>{data}</sheetData>{sheet.after}</{root}>"


def _cells(sheet: MadeSheet, row: int, values: Sequence[Value], shared: dict[str, int]) -> str:
    written = ""
    for number, value in enumerate(values):
        place = f"{column_letters(sheet.first_column + number)}{row}"
        style = f' s="{sheet.styles[place]}"' if place in sheet.styles else ""
        match value:
            case None:
                written += f'<c r="{place}"{style}/>' if style else ""
            case Raw():
                written += value
            case bool():
                written += f'<c r="{place}"{style} t="b"><v>{int(value)}</v></c>'
            case str():
                written += f'<c r="{place}"{style} t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
            case _:
                written += f'<c r="{place}"{style}><v>{value}</v></c>'
    return written


def _quoted(text: str) -> str:
    return quoteattr(text)
