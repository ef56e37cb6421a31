"""Values of cells that are there and cannot be seen, and those that only look as if."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from services.publishing.release_check.sheet_reading import Row, Sheet
from services.publishing.release_check.workbook import shown_rows
from tests.release_check.checking import checked, codes
from tests.release_check.made.packages import HEAD
from tests.release_check.made.workbooks import MadeWorkbook, Raw, Value, prefixed, strict

ROWS: list[list[Value]] = [["Rank", "Posts"], ["Sergeant", 3], ["Constable", 30]]
SIZE = '<sz val="11"/>'
WHITE = f'{SIZE}<color rgb="FFFFFFFF"/>'
NAVY = '<patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill>'
DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
    "<xdr:from><xdr:col>{0}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>{2}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{3}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Box"/><xdr:cNvSpPr/></xdr:nvSpPr>'
    '<xdr:spPr><a:prstGeom prst="rect"/>{4}</xdr:spPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>'
)
TABLE = '<tableParts><tablePart r:id="rId1"/></tableParts>'
FILLED = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'


def styled(cell: str = "B2", rows: list[list[Value]] | None = None, after: str = "", **style: Any) -> bytes:
    """A workbook with one cell in a style of its own."""
    made = MadeWorkbook()
    made.sheet("Staff", rows or ROWS, styles={cell: made.styles.style(**style)}, after=after)
    return made.bytes()


def under_a_rule(rule: str, difference: str = "", **style: Any) -> bytes:
    made = MadeWorkbook()
    made.styles.difference(difference)
    styles = {"B2": made.styles.style(**style)} if style else {}
    block = f'<conditionalFormatting sqref="B2:B3">{rule}</conditionalFormatting>'
    made.sheet("Staff", ROWS, styles=styles, after=block)
    return made.bytes()


def drawn_over(corner: tuple[int, int, int, int], fill: str) -> bytes:
    made = MadeWorkbook()
    made.sheet("Staff", ROWS, after='<drawing r:id="rId1"/>')
    package = made.package()
    drawing = package.part(
        "xl/drawings/drawing1.xml",
        HEAD + DRAWING.format(*corner, fill),
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    )
    package.link("xl/worksheets/sheet1.xml", "drawing", drawing)
    return package.bytes()


def rich(run: str) -> bytes:
    made = MadeWorkbook()
    made.sheet("Staff", [["x"], ["y"]])
    made.strings = []
    package = made.package()
    text = str(package.parts["xl/sharedStrings.xml"])
    package.parts["xl/sharedStrings.xml"] = text.replace(
        '<si><t xml:space="preserve">y</t></si>', f"<si><r><t>Sergeant </t></r><r><rPr>{run}</rPr><t>Birch</t></r></si>"
    )
    return package.bytes()


def font_rule(condition: str) -> bytes:
    return under_a_rule(condition, '<font><color rgb="FFFFFFFF"/></font>')


MASKED: Mapping[str, Callable[[], bytes]] = {
    "white on nothing": lambda: styled(font=WHITE),
    "nearly white": lambda: styled(font=f'{SIZE}<color rgb="FFFDFDFD"/>'),
    "white of the theme": lambda: styled(font=f'{SIZE}<color theme="0"/>'),
    "black of the theme, all but white": lambda: styled(font=f'{SIZE}<color theme="1" tint="0.99"/>'),
    "white of the old palette": lambda: styled(font=f'{SIZE}<color indexed="9"/>'),
    "navy on navy": lambda: styled(font=f'{SIZE}<color rgb="FF1F3864"/>', fill=NAVY),
    "black on black": lambda: styled(
        font=f"{SIZE}", fill='<patternFill patternType="solid"><fgColor indexed="8"/></patternFill>'
    ),
    "accent on the same accent": lambda: styled(
        font=f'{SIZE}<color theme="4"/>', fill='<patternFill patternType="solid"><fgColor theme="4"/></patternFill>'
    ),
    "of one point": lambda: styled(font='<sz val="1"/>'),
    "shown as nothing": lambda: styled(code=";;;"),
    "text shown as nothing": lambda: styled("A2", code="0;0;0;"),
    "small numbers as a star": lambda: styled(code='[<5]"*";0'),
    "every number as a word": lambda: styled(code='"withheld"'),
    "stars as for passwords": lambda: styled(code="**;**;**;**"),
    "thousands of a small number": lambda: styled(code="#,"),
    "white by a rule": lambda: font_rule(
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="lessThan"><formula>5</formula></cfRule>'
    ),
    "white by a rule that is not followed": lambda: font_rule(
        '<cfRule type="expression" dxfId="0" priority="1"><formula>RANK(B2,B$2:B$3)&gt;1</formula></cfRule>'
    ),
    "shown as nothing by a rule": lambda: under_a_rule(
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="between"><formula>1</formula>'
        "<formula>4</formula></cfRule>",
        '<numFmt numFmtId="170" formatCode=";;;"/>',
    ),
    "a bar in the place of the value": lambda: under_a_rule(
        '<cfRule type="dataBar" priority="1"><dataBar showValue="0"><cfvo type="min"/><cfvo type="max"/></dataBar>'
        "</cfRule>"
    ),
    "navy by a rule on navy": lambda: under_a_rule(
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="lessThan"><formula>5</formula></cfRule>',
        '<font><color rgb="FF1F3864"/></font>',
        font=WHITE,
        fill=NAVY,
    ),
    "under merged cells": lambda: styled(after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
    "under a filled shape": lambda: drawn_over((0, 1, 3, 3), FILLED),
    "a white run in a text": lambda: rich('<color rgb="FFFFFFFF"/>'),
    "a tiny run in a text": lambda: rich('<sz val="1"/>'),
}


@pytest.mark.parametrize("made", MASKED.values(), ids=MASKED)
def test_a_value_that_its_look_keeps_from_being_seen_blocks(made: Callable[[], bytes]) -> None:
    data = made()
    for variant in (data, strict(data), prefixed(data)):
        assert "masked_value" in codes(checked(variant, "staff.xlsx"), "block")


SEEN: Mapping[str, Callable[[], bytes]] = {
    "white on navy": lambda: styled(font=WHITE, fill=NAVY),
    "grey": lambda: styled(font=f'{SIZE}<color rgb="FFBFBFBF"/>'),
    "of four points": lambda: styled(font='<sz val="4"/>'),
    "white without a value": lambda: styled("C9", font=WHITE),
    "on a pattern": lambda: styled(font=WHITE, fill='<patternFill patternType="darkGray"/>'),
    "a format of accounts": lambda: styled(code='_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'),
    "a nought left out": lambda: styled(rows=[["Rank", "Posts"], ["Sergeant", 0]], code="0;-0;;@"),
    "no share at all left out": lambda: styled(rows=[["Rank", "Share"], ["Sergeant", 0]], code="0%;-0%;"),
    "a word for one value": lambda: styled(rows=[["Rank", "Posts"], ["Sergeant", 1]], code='"Yes";;"No"'),
    "a text under a format of numbers": lambda: styled("A2", code=";;"),
    "a rule that does not apply": lambda: font_rule(
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="equal"><formula>0</formula></cfRule>'
    ),
    "a rule for errors": lambda: font_rule(
        '<cfRule type="expression" dxfId="0" priority="1"><formula>ISERROR(B2)</formula></cfRule>'
    ),
    "a rule that paints what it makes white": lambda: under_a_rule(
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="lessThan"><formula>5</formula></cfRule>',
        '<font><color rgb="FFFFFFFF"/></font><fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill>',
    ),
    "a bar beside the value": lambda: under_a_rule(
        '<cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/><cfvo type="max"/></dataBar></cfRule>'
    ),
    "merged cells of one value": lambda: styled(
        rows=[["North", 3], ["North", 4]], after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    ),
    "beside a filled shape": lambda: drawn_over((4, 1, 6, 3), FILLED),
    "under a frame": lambda: drawn_over((0, 1, 3, 3), "<a:noFill/>"),
    "a red run in a text": lambda: rich('<color rgb="FFC00000"/><sz val="9"/>'),
}


@pytest.mark.parametrize("made", SEEN.values(), ids=SEEN)
def test_a_value_that_can_be_seen_blocks_nothing(made: Callable[[], bytes]) -> None:
    data = made()
    for variant in (data, strict(data), prefixed(data)):
        assert codes(checked(variant, "staff.xlsx"), "block") == set()


def test_white_headings_under_a_table_style_are_seen() -> None:
    made = MadeWorkbook()
    white = made.styles.style(font=WHITE)
    made.sheet(
        "Staff", ROWS, styles={"A1": white, "B1": white}, after='<tableParts><tablePart r:id="rId1"/></tableParts>'
    )
    package = made.package()
    table = package.part(
        "xl/tables/table1.xml",
        f'{HEAD}<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" ref="A1:B3">'
        '<tableColumns count="2"><tableColumn id="1" name="Rank"/><tableColumn id="2" name="Posts"/></tableColumns>'
        '<tableStyleInfo name="TableStyleMedium2"/></table>',
        "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml",
    )
    package.link("xl/worksheets/sheet1.xml", "table", table)
    assert codes(checked(package.bytes(), "staff.xlsx"), "block") == set()


def test_where_a_rule_may_paint_behind_white_text_a_person_must_look() -> None:
    data = under_a_rule(
        '<cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/><cfvo type="max"/>'
        '<color rgb="FFC00000"/><color rgb="FF00C000"/></colorScale></cfRule>',
        font=WHITE,
    )
    report = checked(data, "staff.xlsx")
    assert codes(report, "block") == set()
    assert "masked_value" in codes(report, "review")


def test_a_hidden_formula_is_for_a_person_to_look_at_when_the_sheet_is_protected() -> None:
    made = MadeWorkbook()
    style = made.styles.style(inside='<protection hidden="1"/>')
    from_formula = f'<c r="B1" s="{style}"><f>A1*2</f><v>2</v></c>'
    made.sheet("Staff", [[1, Raw(from_formula)]], after='<sheetProtection sheet="1"/>')
    assert "masked_value" in codes(checked(made.bytes(), "staff.xlsx"), "review")


def test_a_masked_value_is_no_part_of_what_a_reader_sees() -> None:
    rows = {
        1: Row((1, 2), ["Rank", "Posts"], ["Rank", "Posts"]),
        9: Row((1, 7), ["Sergeant", "45678"], ["Sergeant", "2025"]),
    }
    sheet = Sheet(name="Staff", part="p", kind="worksheet", state="visible", rows=rows)
    assert sheet.value(9, 7) == "45678"
    assert sheet.value(9, 2) == sheet.value(4, 1) == ""
    assert shown_rows(sheet) == [["Rank", "Posts"], [], ["Sergeant", "", "", "2025"]]
