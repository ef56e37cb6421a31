"""OpenDocument spreadsheets: whatever a sheet keeps from being seen is found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.inspection import tables_of
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.opendocuments import (
    OpenDocument,
    cell,
    number,
    row,
    sheet,
    spreadsheet,
    style,
    with_other_prefixes,
)

HIDDEN_SHEET = style("ta2", "table", '<style:table-properties table:display="false"/>')
WHITE = style("ce1", "table-cell", '<style:text-properties fo:color="#ffffff"/>')
WHITE_ON_BLUE = style(
    "ce1",
    "table-cell",
    '<style:table-cell-properties fo:background-color="#003366"/><style:text-properties fo:color="#ffffff"/>',
)
NOTHING_SHOWN = '<number:number-style style:name="N1"><number:text/></number:number-style>'
STARS_BELOW_FIVE = (
    '<number:number-style style:name="N1P0" style:volatile="true"><number:text>*</number:text></number:number-style>'
    '<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/>'
    '<style:map style:condition="value()&lt;5" style:apply-style-name="N1P0"/></number:number-style>'
)
BY_FORMAT = '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
STYLED = ' table:style-name="ce1"'
ROWS = row("Year", "Number") + row("2024", number(37))
PIVOT = (
    '<table:data-pilot-tables><table:data-pilot-table table:name="P" table:target-range-address="Answer.A1:Answer.B2">'
    '<table:source-cell-range table:cell-range-address="{source}.A1:{source}.B9"/>{fields}</table:data-pilot-table>'
    "</table:data-pilot-tables>"
)
MEMBERS = (
    '<table:data-pilot-field table:source-field-name="Name"><table:data-pilot-level><table:data-pilot-members>'
    '<table:data-pilot-member table:name="Ann Example"/></table:data-pilot-members></table:data-pilot-level>'
    "</table:data-pilot-field>"
)


def ods(body: str, automatic: str = "", **more: object) -> OpenDocument:
    return spreadsheet(body, automatic, **more)


POISONED: dict[str, tuple[str, OpenDocument]] = {
    "a hidden sheet": ("hidden_sheet", ods(sheet(ROWS) + sheet(ROWS, "Staff", style="ta2"), HIDDEN_SHEET)),
    "a hidden row": ("hidden_row", ods(sheet(ROWS + row("Ann", attributes=' table:visibility="collapse"')))),
    "a row without height": (
        "hidden_row",
        ods(
            sheet(ROWS + row("Ann", attributes=' table:style-name="ro2"')),
            style("ro2", "table-row", '<style:table-row-properties style:row-height="0cm"/>'),
        ),
    ),
    "a filtered row": ("autofilter", ods(sheet(ROWS + row("Ann", attributes=' table:visibility="filter"')))),
    "the values of a filter": (
        "autofilter",
        ods(
            sheet(ROWS)
            + '<table:database-ranges><table:database-range table:target-range-address="Answer.A1:Answer.B2">'
            '<table:filter><table:filter-condition table:field-number="0" table:value="Ann" table:operator="!="/>'
            "</table:filter></table:database-range></table:database-ranges>"
        ),
    ),
    "a hidden column": (
        "hidden_column",
        ods(sheet(ROWS, columns='<table:table-column/><table:table-column table:visibility="collapse"/>')),
    ),
    "a column without width": (
        "hidden_column",
        ods(
            sheet(ROWS, columns='<table:table-column/><table:table-column table:style-name="co2"/>'),
            style("co2", "table-column", '<style:table-column-properties style:column-width="0in"/>'),
        ),
    ),
    "a collapsed group": (
        "outline_group",
        ods(sheet(f'{ROWS}<table:table-row-group table:display="false">{row("Ann")}</table:table-row-group>')),
    ),
    "a value far below": (
        "values_far_outside",
        ods(sheet(ROWS + row(cell(), attributes=' table:number-rows-repeated="900"') + row("Ann"))),
    ),
    "a value far to the right": (
        "values_far_outside",
        ods(sheet(row("Year", cell(attributes=' table:number-columns-repeated="200"'), "Ann"))),
    ),
    "a value outside the print area": (
        "values_far_outside",
        ods(sheet(ROWS, attributes=' table:print-ranges="Answer.A1:Answer.A2"')),
    ),
    "white on white": ("masked_value", ods(sheet(ROWS + row(cell("Ann", STYLED))), WHITE)),
    "white by the column's style": (
        "masked_value",
        ods(sheet(ROWS, columns='<table:table-column table:default-cell-style-name="ce1"/>'), WHITE),
    ),
    "a size of one point": (
        "masked_value",
        ods(sheet(row(cell("Ann", STYLED))), style("ce1", "table-cell", '<style:text-properties fo:font-size="1pt"/>')),
    ),
    "a format that shows nothing": (
        "masked_value",
        ods(sheet(row(number(37, "", STYLED))), NOTHING_SHOWN + BY_FORMAT),
    ),
    "a format that shows stars": (
        "masked_value",
        ods(sheet(row(number(3, "*", STYLED))), STARS_BELOW_FIVE + BY_FORMAT),
    ),
    "a text that is not the one kept": ("masked_value", ods(sheet(row(cell("Total", ' office:string-value="Ann"'))))),
    "a cell under a merged one": (
        "masked_value",
        ods(
            sheet(
                row(
                    "Year",
                    '<table:covered-table-cell office:value-type="string"><text:p>Ann</text:p>'
                    "</table:covered-table-cell>",
                )
            )
        ),
    ),
    "a white part of a cell": (
        "masked_value",
        ods(
            sheet(
                row(
                    '<table:table-cell><text:p>Total <text:span text:style-name="T1">Ann</text:span></text:p>'
                    "</table:table-cell>"
                )
            ),
            style("T1", "text", '<style:text-properties fo:color="#fefefe"/>'),
        ),
    ),
    "a conditional style that hides": (
        "masked_value",
        ods(
            sheet(row(number(3, attributes=' table:style-name="ce2"'))),
            WHITE
            + style("ce2", "table-cell", '<style:map style:condition="value()&lt;5" style:apply-style-name="ce1"/>'),
        ),
    ),
    "a conditional format that hides": (
        "masked_value",
        ods(
            sheet(
                ROWS
                + '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="Answer.B2">'
                '<calcext:condition calcext:apply-style-name="ce1" calcext:value="&lt;5"/></calcext:conditional-format>'
                "</calcext:conditional-formats>"
            ),
            WHITE,
        ),
    ),
    "cells of another file": (
        "external_link_cache",
        ods(
            sheet(ROWS)
            + sheet(row("Ann"), "'file:///srv/hr.ods'#$Staff", more='<table:table-source xlink:href="../hr.ods"/>')
        ),
    ),
    "a formula that fetches": (
        "external_link",
        ods(sheet(row(number(1, attributes=" table:formula=\"of:=['file:///srv/hr.ods'#$Staff.A1]\"")))),
    ),
    "a formula that starts a program": (
        "dde_link",
        ods(
            sheet(
                row(number(1, attributes=' table:formula="of:=DDE(&quot;soffice&quot;;&quot;a&quot;;&quot;b&quot;)"'))
            )
        ),
    ),
    "a link to a program": (
        "dde_link",
        ods(
            sheet(ROWS) + '<table:dde-links><table:dde-link><office:dde-source office:dde-application="soffice"/>'
            "</table:dde-link></table:dde-links>"
        ),
    ),
    "a comment": (
        "comment",
        ods(
            sheet(
                row(
                    cell(
                        "37",
                        inside="<office:annotation><dc:creator>A. Example</dc:creator><text:p>ask Ann</text:p>"
                        "</office:annotation>",
                    )
                )
            )
        ),
    ),
    "a log of changes": (
        "revision_log",
        ods(
            '<table:tracked-changes><table:cell-content-change table:id="ct1"><table:previous>'
            "<table:change-track-table-cell><text:p>Ann</text:p></table:change-track-table-cell>"
            "</table:previous></table:cell-content-change></table:tracked-changes>" + sheet(ROWS)
        ),
    ),
    "a scenario": (
        "scenario",
        ods(sheet(ROWS) + sheet(ROWS, "Other", more='<table:scenario table:scenario-ranges="Answer.A1"/>')),
    ),
    "a pivot table that keeps its values": (
        "pivot_cache_definition",
        ods(sheet(ROWS) + PIVOT.format(source="Answer", fields=MEMBERS)),
    ),
    "a pivot table without its source": (
        "pivot_source_missing",
        ods(sheet(ROWS) + PIVOT.format(source="Staff", fields="")),
    ),
    "a database": (
        "connection",
        ods(
            sheet(ROWS)
            + '<table:database-ranges><table:database-range table:target-range-address="Answer.A1:Answer.B2">'
            '<table:database-source-sql table:database-name="hr" table:sql-statement="select"/>'
            "</table:database-range></table:database-ranges>"
        ),
    ),
}


@pytest.mark.parametrize("what", POISONED)
def test_a_spreadsheet_that_hides_something_is_blocked(what: str) -> None:
    code, document = POISONED[what]
    assert code in codes(checked(document.packed(), document.name), "block")


@pytest.mark.parametrize("what", POISONED)
def test_other_prefixes_hide_nothing(what: str) -> None:
    code, document = POISONED[what]
    assert code in codes(checked(with_other_prefixes(document.packed()), document.name), "block")


def test_the_tables_of_a_spreadsheet_are_what_its_visible_cells_show() -> None:
    hidden = row("Ann", attributes=' table:visibility="collapse"')
    document = ods(sheet(ROWS + hidden + row("Total", number(37))) + sheet(ROWS, "Staff", style="ta2"), HIDDEN_SHEET)
    (table,) = tables_of(document.packed(), document.name, POLICY)
    assert [list(each) for each in table.rows] == [["Year", "Number"], ["2024", "37"], ["Total", "37"]]


def test_a_cell_repeated_over_a_whole_sheet_is_never_written_out() -> None:
    everywhere = cell("Ann", ' table:number-columns-repeated="16384"')
    document = ods(sheet(row(everywhere, attributes=' table:number-rows-repeated="1048576"')))
    assert "size_anomaly" in codes(checked(document.packed(), document.name))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=8), st.integers(1, 3))
def test_every_hidden_row_is_named_and_no_other(hidden: list[bool], times: int) -> None:
    rows, expected, at = "", set(), 1
    for is_hidden in hidden:
        put_away = ' table:visibility="collapse"' if is_hidden else ""
        rows += row("value", attributes=f' table:number-rows-repeated="{times}"{put_away}')
        expected |= set(range(at, at + times)) if is_hidden else set()
        at += times
    document = ods(sheet(rows))
    found = [each.where for each in checked(document.packed(), document.name).findings if each.code == "hidden_row"]
    named: set[int] = set()
    for where in found:
        for run in where.partition(" rows ")[2].split(", "):
            first, _, last = run.partition(" to ")
            named |= set(range(int(first), int(last or first) + 1))
    assert named == expected
