"""OpenDocument spreadsheets that are in order, or nearly so: nothing blocks them."""

import pytest

from tests.release_check.checking import checked, codes
from tests.release_check.made.opendocuments import OpenDocument, cell, number, row, sheet, style
from tests.release_check.test_opendocument_sheets import (
    BY_FORMAT,
    HIDDEN_SHEET,
    ROWS,
    STARS_BELOW_FIVE,
    STYLED,
    WHITE,
    WHITE_ON_BLUE,
    ods,
)

REVIEWED: dict[str, tuple[str, OpenDocument]] = {
    "an empty hidden sheet": (
        "hidden_sheet",
        ods(sheet(ROWS) + sheet(row(cell()), "Sheet2", style="ta2"), HIDDEN_SHEET),
    ),
    "an empty hidden row": (
        "hidden_row",
        ods(sheet(ROWS + row(cell(), attributes=' table:visibility="collapse"') + row("Total"))),
    ),
    "a name of what is not there": (
        "defined_name_elsewhere",
        ods(
            sheet(ROWS) + '<table:named-expressions><table:named-range table:name="all"'
            ' table:cell-range-address="$Staff.$A$1:.$B$9"/></table:named-expressions>'
        ),
    ),
    "a hidden name": (
        "hidden_defined_name",
        ods(
            sheet(ROWS) + '<table:named-expressions><table:named-range table:name="all" loext:hidden="true"'
            ' table:cell-range-address="$Answer.$A$1"/></table:named-expressions>'
        ),
    ),
    "a list of allowed values": (
        "data_validation_list",
        ods(
            '<table:content-validations><table:content-validation table:name="val1"'
            ' table:condition="of:cell-content-is-in-list(&quot;Ann&quot;;&quot;Bob&quot;)"/>'
            "</table:content-validations>" + sheet(ROWS)
        ),
    ),
    "protection": ("protection", ods(sheet(ROWS, attributes=' table:protected="true"'))),
    "a sheet that was deleted": (
        "titles_of_parts",
        ods(
            sheet(ROWS),
            settings='<config:config-item-map-named config:name="Tables"><config:config-item-map-entry'
            ' config:name="Staff list"/></config:config-item-map-named>',
        ),
    ),
}

CLEAN: dict[str, OpenDocument] = {
    "plain": ods(sheet(ROWS)),
    "white on blue": ods(sheet(row(cell("Year", STYLED))), WHITE_ON_BLUE),
    "empty to the last row": ods(
        sheet(
            ROWS
            + row(
                cell(attributes=' table:number-columns-repeated="16384"'),
                attributes=' table:number-rows-repeated="1048574"',
            )
        )
    ),
    "a dash for nothing": ods(sheet(row(number(0, " - ")))),
    "stars and no small number": ods(sheet(row(number(37, "37", STYLED))), STARS_BELOW_FIVE + BY_FORMAT),
    "a number without its text": ods(sheet(row(number(37, "")))),
    "a formula within": ods(sheet(row(number(37, attributes=' table:formula="of:=SUM([.A1:.A9])"')))),
    "an error": ods(sheet(row(number(1, "#DIV/0!", ' table:formula="of:=1/0"')))),
    "buttons of a filter": ods(
        sheet(ROWS) + '<table:database-ranges><table:database-range table:display-filter-buttons="true"'
        ' table:target-range-address="Answer.A1:Answer.B2"/></table:database-ranges>'
    ),
    "a group that is open": ods(sheet(f"{ROWS}<table:table-row-group>{row('Total')}</table:table-row-group>")),
    "all inside the print area": ods(sheet(ROWS, attributes=' table:print-ranges="Answer.A1:Answer.B2"')),
    "a condition that cannot hold": ods(
        sheet(row(number(37, attributes=' table:style-name="ce2"'))),
        WHITE + style("ce2", "table-cell", '<style:map style:condition="value()&lt;5" style:apply-style-name="ce1"/>'),
    ),
    "a name within": ods(
        sheet(ROWS) + '<table:named-expressions><table:named-range table:name="all"'
        ' table:cell-range-address="$Answer.$A$1:.$B$2"/></table:named-expressions>'
    ),
    "a link to the web": ods(sheet(row(cell('<text:a xlink:href="https://www.example.org/">site</text:a>')))),
}


@pytest.mark.parametrize("what", REVIEWED)
def test_what_a_second_person_has_to_look_at_is_no_block(what: str) -> None:
    code, document = REVIEWED[what]
    report = checked(document.packed(), document.name)
    assert code in codes(report, "review")
    assert codes(report, "block") == set()


@pytest.mark.parametrize("what", CLEAN)
def test_an_ordinary_spreadsheet_is_not_blocked(what: str) -> None:
    document = CLEAN[what]
    report = checked(document.packed(), document.name)
    assert codes(report, "block") == set(), report.findings
    assert codes(report, "review") <= {"thumbnail"}
