"""The values that the charts of a workbook keep, and the ranges that they refer to."""

import pytest

from services.publishing.release_check.cell_references import ranges
from tests.release_check.made.workbook_parts import (
    chart,
    with_chart,
    with_part,
    workbook,
)
from tests.release_check.parts_checking import blocking, found

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@pytest.mark.parametrize(
    "formula", ["Figures!$B$2:$B$3", "'Figures'!$B$2:$B$3", "Figures!$B:$B", "(Figures!$B$2,Figures!$B$3)"]
)
def test_a_chart_of_visible_cells_is_no_finding(formula: str) -> None:
    assert found(with_chart(workbook(), chart(formula, ("112", "98.0")))) == []


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("Figures!$B$2:$B$3", ("112", "98", "7")),
        ("Figures!$B$2:$B$3", ("112", "97")),
        ("Staff!$B$2:$B$3", ("112", "98")),
        ("[1]Figures!$B$2:$B$3", ("112", "98")),
        ("#REF!", ("112", "98")),
        ("", ("112", "98")),
        ("Nobody", ("112", "98")),
    ],
)
def test_a_chart_that_keeps_what_no_visible_cell_shows_blocks_the_release(
    formula: str, values: tuple[str, ...]
) -> None:
    assert blocking(found(with_chart(workbook(), chart(formula, values)))) == {"chart_cache"}


def test_a_chart_of_a_hidden_sheet_blocks_the_release() -> None:
    package = with_chart(workbook(sheets={"Figures": "hidden"}), chart("Figures!$B$2:$B$3", ("112", "98")))
    assert blocking(found(package)) == {"chart_cache"}


def test_a_chart_by_a_name_is_followed() -> None:
    names = "<definedNames><definedName name='Counts'>Figures!$B$2:$B$3</definedName></definedNames>"
    assert found(with_chart(workbook(beside_sheets=names), chart("Book1.xlsx!Counts", ("112", "98")))) == []
    assert blocking(found(with_chart(workbook(beside_sheets=names), chart("Figures!Counts", ("5",))))) == {
        "chart_cache"
    }


def test_a_chart_by_a_name_that_works_its_range_out_is_for_a_second_officer() -> None:
    names = "<definedNames><definedName name='Counts'>OFFSET(Figures!$B$2,0,0,2)</definedName></definedNames>"
    findings = found(with_chart(workbook(beside_sheets=names), chart("Figures!Counts", ("112", "98"))))
    assert {(each.code, each.severity) for each in findings} == {("chart_cache", "review")}


def test_dates_that_a_chart_keeps_as_they_are_shown_are_no_finding() -> None:
    assert found(with_chart(workbook(), chart("Figures!$A$2:$A$3", ("Jan-24", "Jan-25"), cache="strCache"))) == []


def test_names_that_a_chart_keeps_beside_numbers_block_the_release() -> None:
    kept = chart("Figures!$A$2:$A$3", ("Ann Example", "2025"), cache="strCache")
    assert blocking(found(with_chart(workbook(), kept))) == {"chart_cache"}


def test_the_newer_kinds_of_chart_are_followed_as_well() -> None:
    def treemap(*points: str) -> str:
        listed = "".join(f'<cx:pt idx="{index}">{each}</cx:pt>' for index, each in enumerate(points))
        data = f'<cx:numDim><cx:f>Figures!$B$2:$B$3</cx:f><cx:lvl ptCount="2">{listed}</cx:lvl></cx:numDim>'
        return (
            f'<cx:chartSpace xmlns:cx="urn:cx"><cx:chartData><cx:data>{data}</cx:data></cx:chartData></cx:chartSpace>'
        )

    for points, expected in ((("112", "98"), set()), (("112", "7"), {"chart_cache"})):
        package = with_part(workbook(), "drawing", "xl/drawings/d.xml", "<wsDr></wsDr>", of="xl/worksheets/sheet1.xml")
        with_part(package, "chartEx", "xl/charts/chartEx1.xml", treemap(*points), of="xl/drawings/d.xml")
        assert blocking(found(package)) == expected


@pytest.mark.parametrize(
    "formula", ["SUM(A1)", "OFFSET(Figures!A1,1,1)", "Table1[Count]", "Figures!Total", "", "[1]Figures!A1"]
)
def test_what_is_no_plain_reference_is_not_followed_as_one(formula: str) -> None:
    assert ranges(formula) is None
