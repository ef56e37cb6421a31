"""What the sheets of a workbook hide: for each way a file that hides something, and a twin that does not."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.release_check.checking import checked, codes
from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.workbooks import MadeWorkbook, Raw, Value, prefixed, strict

ROWS: list[list[Value]] = [["Rank", "Posts"], ["Sergeant", 12], ["Constable", 30]]
WHITE_FONT = '<sz val="11"/><color rgb="FFFFFFFF"/>'
BLUE_FILL = '<patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill>'


def workbook(**told: Any) -> bytes:
    """A workbook of one sheet."""
    made = MadeWorkbook()
    made.sheet("Staff", told.pop("rows", ROWS), **told)
    return made.bytes()


def second_sheet(rows: list[list[Value]], **told: Any) -> bytes:
    made = MadeWorkbook()
    made.sheet("Staff", ROWS)
    made.sheet("Working", rows, **told)
    return made.bytes()


def blocks(data: bytes) -> set[str]:
    return codes(checked(data, "staff.xlsx"), "block")


def reviews(data: bytes) -> set[str]:
    return codes(checked(data, "staff.xlsx"), "review")


def test_an_ordinary_workbook_passes() -> None:
    assert checked(workbook(), "staff.xlsx").verdict == "pass"


HIDING = {
    "a hidden sheet": ("hidden_sheet", lambda: second_sheet([["draft"]], state="hidden")),
    "a very hidden sheet": ("very_hidden_sheet", lambda: second_sheet([["draft"]], state="veryHidden")),
    "a hidden chart sheet": ("hidden_sheet", lambda: second_sheet([], kind="chartsheet", state="hidden")),
    "a sheet in an unknown state": ("hidden_sheet", lambda: second_sheet([["draft"]], state="shy")),
    "a hidden row": ("hidden_row", lambda: workbook(row_attributes={2: 'hidden="1"'})),
    "a row hidden in words": ("hidden_row", lambda: workbook(row_attributes={2: 'hidden="true"'})),
    "a row without height": ("hidden_row", lambda: workbook(row_attributes={2: 'ht="0" customHeight="1"'})),
    "a row of one point": ("hidden_row", lambda: workbook(row_attributes={2: 'ht="1" customHeight="1"'})),
    "rows without height by default": (
        "hidden_row",
        lambda: workbook(before='<sheetFormatPr defaultRowHeight="0" zeroHeight="1"/>'),
    ),
    "rows above frozen panes": (
        "hidden_row",
        lambda: workbook(
            before='<sheetViews><sheetView workbookViewId="0" topLeftCell="A3"><pane ySplit="1" topLeftCell="A4" '
            'state="frozen"/></sheetView></sheetViews>'
        ),
    ),
    "a hidden column": (
        "hidden_column",
        lambda: workbook(before='<cols><col min="2" max="2" width="9" hidden="1"/></cols>'),
    ),
    "a column without width": (
        "hidden_column",
        lambda: workbook(before='<cols><col min="2" max="2" width="0" customWidth="1"/></cols>'),
    ),
    "columns without width by default": (
        "hidden_column",
        lambda: workbook(
            before='<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="1" width="9" customWidth="1"/></cols>'
        ),
    ),
    "columns to the left of frozen panes": (
        "hidden_column",
        lambda: workbook(
            before='<sheetViews><sheetView workbookViewId="0" topLeftCell="B1"><pane xSplit="1" state="frozen"/>'
            "</sheetView></sheetViews>"
        ),
    ),
    "a filter": (
        "autofilter",
        lambda: workbook(
            row_attributes={2: 'hidden="1"'},
            after='<autoFilter ref="A1:B3"><filterColumn colId="0"><filters><filter val="Constable"/></filters>'
            "</filterColumn></autoFilter>",
        ),
    ),
    "an advanced filter": (
        "autofilter",
        lambda: workbook(row_attributes={2: 'hidden="1"'}, before='<sheetPr filterMode="1"/>'),
    ),
    "a collapsed group of rows": (
        "outline_group",
        lambda: workbook(row_attributes={2: 'hidden="1" outlineLevel="1"', 3: 'collapsed="1"'}),
    ),
    "a collapsed group of columns": (
        "outline_group",
        lambda: workbook(before='<cols><col min="2" max="2" width="9" hidden="1" outlineLevel="1"/></cols>'),
    ),
    "values far below": ("values_far_outside", lambda: workbook(rows=[*ROWS, *[[]] * 21, ["draft"]])),
    "values far to the right": ("values_far_outside", lambda: workbook(rows=[[*ROWS[0], *[None] * 21, "draft"]])),
    "values far from the corner": ("values_far_outside", lambda: workbook(first_row=40)),
    "a list of allowed values": (
        "data_validation_list",
        lambda: workbook(
            after='<dataValidations><dataValidation type="list" sqref="A2"><formula1>"Alder,Birch"</formula1>'
            "</dataValidation></dataValidations>"
        ),
    ),
    "a list of a newer kind": (
        "data_validation_list",
        lambda: workbook(
            after='<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations>'
            '<x14:dataValidation type="list"><x14:formula1><xm:f>"Alder,Birch"</xm:f></x14:formula1>'
            "<xm:sqref>A2</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
        ),
    ),
    "old macros": ("xlm_macrosheet", lambda: second_sheet([["=HALT()"]], kind="xlMacrosheet")),
    "an old dialog": ("xlm_macrosheet", lambda: second_sheet([], kind="dialogsheet")),
    "an element that is not known": ("unknown_part", lambda: workbook(after="<secretNotes>x</secretNotes>")),
    "an extension that is not known": (
        "unknown_part",
        lambda: workbook(after='<extLst><ext uri="{0}"><x14:diary>x</x14:diary></ext></extLst>'),
    ),
}


@pytest.mark.parametrize(("code", "made"), HIDING.values(), ids=HIDING)
def test_what_a_sheet_hides_is_found_however_the_file_is_written(code: str, made: Callable[[], bytes]) -> None:
    data = made()
    for variant in (data, strict(data), prefixed(data), zipped(dict(reversed(unzipped(data).items())))):
        assert code in codes(checked(variant, "staff.xlsx"))


CLEAN = {
    "a second sheet": lambda: second_sheet([["Area", "Posts"], ["North", 12]]),
    "an empty hidden sheet": lambda: second_sheet([], state="hidden"),
    "an empty hidden row": lambda: workbook(row_attributes={5: 'hidden="1"'}),
    "a low row": lambda: workbook(row_attributes={2: 'ht="7.5" customHeight="1"'}),
    "unused rows out of sight": lambda: workbook(before='<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'),
    "unused columns out of sight": lambda: workbook(
        before='<cols><col min="3" max="16384" width="0" hidden="1"/></cols>'
    ),
    "frozen headings": lambda: workbook(
        before='<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A9" state="frozen"/>'
        "</sheetView></sheetViews>"
    ),
    "filter buttons": lambda: workbook(
        after='<autoFilter ref="A1:B3"><filterColumn colId="0" hiddenButton="1"/></autoFilter>'
    ),
    "a filter that hides nothing now": lambda: workbook(
        after='<autoFilter ref="A1:B3"><filterColumn colId="0"><filters blank="1"/></filterColumn></autoFilter>'
    ),
    "an open group": lambda: workbook(row_attributes={2: 'outlineLevel="1"'}),
    "values a little below": lambda: workbook(rows=[*ROWS, *[[]] * 20, ["Source: duty system"]]),
    "a cell of spaces far below": lambda: workbook(rows=[*ROWS, *[[]] * 50, ["  "]]),
    "allowed values from a visible sheet": lambda: workbook(
        after='<dataValidations><dataValidation type="list" sqref="A2"><formula1>$A$2:$A$3</formula1>'
        "</dataValidation></dataValidations>"
    ),
    "what Excel writes around the rows": lambda: workbook(
        before='<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:B3"/><sheetViews>'
        '<sheetView tabSelected="1" workbookViewId="0"><selection activeCell="A1"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25" xmlns:x14ac="x"/>'
        '<cols><col min="1" max="2" width="12.7" customWidth="1"/></cols>',
        after='<sortState ref="A2:B3"/><mergeCells count="1"><mergeCell ref="A5:B6"/></mergeCells>'
        '<hyperlinks><hyperlink ref="A1" location="Staff!A1" display="Rank"/></hyperlinks>'
        '<printOptions/><pageMargins left="0.7" right="0.7" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>'
        '<pageSetup orientation="landscape"/><headerFooter><oddFooter>&amp;LPage &amp;P of &amp;N</oddFooter>'
        '</headerFooter><ignoredErrors><ignoredError sqref="B2" numberStoredAsText="1"/></ignoredErrors>',
    ),
}


@pytest.mark.parametrize("made", CLEAN.values(), ids=CLEAN)
def test_what_a_sheet_does_not_hide_blocks_nothing(made: Callable[[], bytes]) -> None:
    data = made()
    for variant in (data, strict(data), prefixed(data)):
        assert blocks(variant) == set()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("an empty hidden sheet", "hidden_sheet"),
        ("an empty hidden row", "hidden_row"),
        ("unused columns out of sight", "hidden_column"),
        ("a filter that hides nothing now", "autofilter"),
    ],
)
def test_what_is_hidden_and_empty_is_for_a_person_to_look_at(name: str, code: str) -> None:
    assert code in reviews(CLEAN[name]())


def test_a_finding_says_where_and_shows_no_more_than_the_shape() -> None:
    rows = [*ROWS, ["Jane Birch", 5], ["Tom Alder", 6]]
    (found,) = [
        each
        for each in checked(workbook(rows=rows, row_attributes={4: 'hidden="1"', 5: 'hidden="1"'}), "s.xlsx").findings
        if each.code == "hidden_row"
    ]
    assert found.where == "sheet Staff, rows 4 to 5"
    assert "Birch" not in found.excerpt
    assert found.excerpt.startswith("J••• B••••")


def test_text_that_no_cell_uses_blocks() -> None:
    made = MadeWorkbook()
    made.sheet("Staff", ROWS)
    made.strings = ["<si><t>Jane Birch</t></si>"]
    assert blocks(made.bytes()) == {"orphan_shared_string"}
    made.strings = ["<si><t>Sergeant</t></si>", "<si><t> </t></si>", "<si/>"]
    assert blocks(made.bytes()) == set()


def test_a_reading_beside_a_text_blocks() -> None:
    made = MadeWorkbook()
    made.sheet("Staff", [["x", Raw('<c r="B1" t="s"><v>1</v></c>')]])
    made.strings = ['<si><t>Staff</t><rPh sb="0" eb="1"><t>Jane Birch</t></rPh></si>']
    assert blocks(made.bytes()) == {"orphan_shared_string"}


def test_values_outside_the_print_area_block() -> None:
    made = MadeWorkbook()
    made.sheet("Staff's", [*ROWS, ["Draft", 3]])
    made.names = "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">'Staff''s'!$A$1:$B$3</definedName>"
    assert blocks(made.bytes()) == {"values_far_outside"}
    made.names = made.names.replace("$B$3", "$B$4")
    assert blocks(made.bytes()) == set()


def test_a_window_that_is_hidden_or_has_no_tabs_is_found() -> None:
    made = MadeWorkbook(properties='<bookViews><workbookView visibility="hidden"/></bookViews>')
    made.sheet("Staff", ROWS)
    assert blocks(made.bytes()) == {"hidden_sheet"}
    made.properties = '<bookViews><workbookView showSheetTabs="0"/></bookViews>'
    assert "hidden_sheet" not in codes(checked(made.bytes(), "staff.xlsx"))
    made.sheet("Areas", ROWS)
    assert "hidden_sheet" in reviews(made.bytes())


def test_a_hidden_sheet_is_found_wherever_its_part_lies() -> None:
    data = second_sheet([["draft"]], state="hidden")
    moved = {
        name.replace("worksheets/sheet2", "deep/er/page"): content.replace(b"worksheets/sheet2", b"deep/er/page")
        for name, content in unzipped(data).items()
    }
    assert blocks(zipped(moved)) == {"hidden_sheet"}


def test_a_file_far_larger_than_its_values_is_for_a_person_to_look_at() -> None:
    made = MadeWorkbook()
    made.sheet("Staff", ROWS)
    package = made.package()
    package.defaults["dat"] = "application/octet-stream"
    package.part("xl/ballast.dat", random.Random(1).randbytes(1_100_000))
    assert "size_anomaly" in reviews(package.bytes())
