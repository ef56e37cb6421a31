"""What a workbook keeps beside its sheets: pivot caches, names, views, earlier changes, and the values of charts."""

import pytest

from tests.release_check.checking import checked, codes
from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.packages import OFFICE, OfficePackage
from tests.release_check.made.workbook_parts import (
    MAIN,
    SHEET_DRAWING,
    chart,
    pivot_cache,
    with_chart,
    with_part,
    workbook,
)
from tests.release_check.made.workbooks import MadeWorkbook
from tests.release_check.parts_checking import all_codes, blocking, found, look_at

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def test_the_rows_and_values_behind_a_pivot_table_block_the_release() -> None:
    assert blocking(found(pivot_cache())) == {"pivot_cache_records", "pivot_cache_definition"}


def test_a_pivot_cache_that_is_also_called_something_else_is_found() -> None:
    package = pivot_cache()
    package.links.insert(
        0, ("xl/workbook.xml", "rId77", f"{OFFICE}/font", "/xl/pivotCache/pivotCacheDefinition1.xml", False)
    )
    assert "pivot_cache_definition" in blocking(found(package))


def test_a_pivot_cache_blocks_the_release_even_without_rows() -> None:
    assert blocking(found(pivot_cache(records=0))) == {"pivot_cache_definition"}


def test_a_renamed_pivot_cache_is_found_by_its_relationship() -> None:
    parts = unzipped(pivot_cache().bytes())
    renamed = {
        name.replace("pivotCache", "x"): content.replace(b"xl/pivotCache/", b"xl/x/").replace(
            b"/pivotCacheRecords1.xml", b"/xRecords1.xml"
        )
        for name, content in parts.items()
    }
    renamed = {
        name: content.replace(b"x/pivotCacheDefinition1", b"x/xDefinition1") for name, content in renamed.items()
    }
    assert blocking(found(zipped(renamed))) == {"pivot_cache_records", "pivot_cache_definition"}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('<worksheetSource ref="A1:B3" sheet="Full list"/>', "worksheet"),
        ('<worksheetSource name="FullList"/>', "worksheet"),
        ('<worksheetSource ref="A1:B3" sheet="Figures"/>', "external"),
        ('<consolidation><rangeSets><rangeSet ref="A1:B3" sheet="Gone"/></rangeSets></consolidation>', "consolidation"),
    ],
)
def test_a_pivot_table_whose_source_is_gone_is_told(source: str, kind: str) -> None:
    assert "pivot_source_missing" in blocking(found(pivot_cache(source=source, kind=kind)))


def test_a_pivot_table_of_a_table_in_the_file_has_its_source() -> None:
    package = pivot_cache(source='<worksheetSource name="Numbers"/>')
    with_part(package, "table", "xl/tables/table1.xml", f'<table xmlns="{MAIN}" displayName="Numbers"/>')
    assert "pivot_source_missing" not in all_codes(found(package))


@pytest.mark.parametrize("kind", ["slicerCache", "timelineCache"])
def test_a_slicer_or_timeline_blocks_the_release(kind: str) -> None:
    assert blocking(found(with_part(workbook(), kind, "xl/caches/cache1.xml", "<cache/>"))) == {"slicer_cache"}


def test_a_data_model_blocks_the_release() -> None:
    assert blocking(found(with_part(workbook(), "powerPivotData", "xl/model/item.data", b"model"))) == {"data_model"}
    told = '<extLst><ext><x15:dataModel xmlns:x15="urn:x15"/></ext></extLst>'
    assert blocking(found(workbook(beside_sheets=told))) == {"data_model"}


def named(name: str, formula: str, more: str = "") -> OfficePackage:
    names = f'<definedNames><definedName name="{name}" {more}>{formula}</definedName></definedNames>'
    return workbook(sheets={"Figures": "visible", "Staff": "hidden"}, beside_sheets=names)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (("Total", "Figures!$B$2", 'hidden="1"'), "hidden_defined_name"),
        (("Total", "Figures!$B$2", 'hidden="true"'), "hidden_defined_name"),
        (("List", "{" + ",".join(["1"] * 12) + "}"), "hidden_defined_name"),
        (("List", "Staff!$A$1:$B$9"), "defined_name_elsewhere"),
        (("List", "Gone!$A$1"), "defined_name_elsewhere"),
        (("List", "#REF!"), "defined_name_elsewhere"),
        (("List", "Figures!#REF!"), "defined_name_elsewhere"),
        (("List", "[1]Figures!$A$1"), "defined_name_elsewhere"),
        (("List", "'[Other list.xlsx]Figures'!$A$1"), "defined_name_elsewhere"),
    ],
)
def test_a_name_that_hides_or_points_elsewhere_is_for_a_second_officer(made: tuple[str, ...], code: str) -> None:
    findings = found(named(*made))
    assert {(each.code, each.severity) for each in findings} == {(code, "review")}


@pytest.mark.parametrize(
    "made",
    [
        ("Total", "Figures!$B$2:$B$3"),
        ("_xlnm.Print_Area", "Figures!$A$1:$B$3", 'localSheetId="0"'),
        ("_xlnm._FilterDatabase", "Figures!$A$1:$B$3", 'localSheetId="0" hidden="1"'),
        ("_xlfn.XLOOKUP", "#NAME?", 'hidden="1"'),
        ("_xlchart.v1.0", "Figures!$B$2:$B$3", 'hidden="1"'),
        ("Rate", "0.2"),
        ("Title", '"Staff!A1 and [1]Figures!A1 are words here"'),
        ("Wide", "SUM('Figures'!$B:$B)"),
    ],
)
def test_a_name_of_visible_cells_is_no_finding(made: tuple[str, ...]) -> None:
    assert found(named(*made)) == []


@pytest.mark.parametrize(
    "made", [("Auto_Open", "Figures!$A$1"), ("_xlnm.Auto_Close", "Figures!$A$1"), ("Go", '=EXEC("calc.exe")')]
)
def test_a_name_that_starts_something_blocks_the_release(made: tuple[str, ...]) -> None:
    assert blocking(found(named(*made))) == {"vba_macro"}


def test_what_a_name_says_of_itself_is_read() -> None:
    look = look_at(named("Rate", '"Ann Example"', 'comment="for Bob Example"'))
    assert [text for _, text in look.texts] == ["for Bob Example", "Ann Example"]


@pytest.mark.parametrize(
    ("beside_sheets", "code", "severity"),
    [
        ('<customWorkbookViews><customWorkbookView name="Ann"/></customWorkbookViews>', "custom_view", "block"),
        ('<workbookProtection lockStructure="1"/>', "protection", "review"),
        ('<fileSharing readOnlyRecommended="1"/>', "protection", "review"),
    ],
)
@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_what_the_workbook_remembers_is_found(beside_sheets: str, code: str, severity: str, namespace: str) -> None:
    findings = found(workbook(beside_sheets=beside_sheets, namespace=namespace))
    assert {(each.code, each.severity) for each in findings} == {(code, severity)}


@pytest.mark.parametrize(
    ("beside_cells", "code", "severity"),
    [
        ('<scenarios><scenario name="Low"><inputCells r="B2" val="12"/></scenario></scenarios>', "scenario", "block"),
        ("<customSheetViews><customSheetView/></customSheetViews>", "custom_view", "block"),
        ('<sheetProtection sheet="1"/>', "protection", "review"),
        (r'<webPublishItems><webPublishItem destinationFile="C:\x.htm"/></webPublishItems>', "local_path", "review"),
    ],
)
def test_what_a_sheet_remembers_is_found(beside_cells: str, code: str, severity: str) -> None:
    findings = found(workbook(beside_cells=beside_cells))
    assert {(each.code, each.severity) for each in findings} == {(code, severity)}


def test_a_prefix_makes_no_difference() -> None:
    kept = '<x:scenarios><x:scenario><x:inputCells r="B2" val="12"/></x:scenario></x:scenarios>'
    assert found(workbook(prefix="x")) == []
    assert blocking(found(workbook(prefix="x", beside_cells=kept))) == {"scenario"}


def rich(structure: str, value: str) -> OfficePackage:
    package = with_part(
        workbook(), "rdRichValue", "xl/richData/rv.xml", f'<rvData><rv s="0"><v>{value}</v></rv></rvData>'
    )
    return with_part(
        package, "rdRichValueStructure", "xl/richData/s.xml", f'<rvStructures><s t="{structure}"/></rvStructures>'
    )


def test_the_record_behind_a_data_type_blocks_the_release() -> None:
    assert blocking(found(rich("_linkedentity", "Ann Example"))) == {"custom_xml_data"}


@pytest.mark.parametrize("structure", ["_localImage", "_error"])
def test_pictures_in_cells_and_errors_of_formulas_keep_no_record(structure: str) -> None:
    assert found(rich(structure, "0")) == []


def test_a_view_of_a_sheet_that_others_do_not_see_blocks_the_release() -> None:
    view = '<namedSheetViews><namedSheetView name="Ann"/></namedSheetViews>'
    assert blocking(found(with_part(workbook(), "namedSheetView", "xl/v.xml", view))) == {"custom_view"}
    assert found(with_part(workbook(), "namedSheetView", "xl/v.xml", "<namedSheetViews/>")) == []


def test_a_property_that_an_add_in_gave_a_sheet_is_read() -> None:
    look = look_at(with_part(workbook(), "customProperty", "xl/customProperty1.bin", "Ann Example".encode("utf-16-le")))
    assert {(each.code, each.severity) for each in look.findings} == {("custom_property", "review")}
    assert [text for _, text in look.texts] == ["Ann Example"]
    long = with_part(workbook(), "customProperty", "xl/customProperty1.bin", ("Ann Example " * 100).encode("utf-16-le"))
    assert blocking(found(long)) == {"custom_xml_data"}


def test_drawings_that_the_workbook_is_set_not_to_show_block_the_release() -> None:
    none, every = (f'<workbookPr showObjects="{each}" codeName="ThisWorkbook"/>' for each in ("none", "all"))
    kept = chart("Figures!$B$2:$B$3", ("112", "98"))
    assert blocking(found(with_chart(workbook(beside_sheets=none), kept))) == {"hidden_text"}
    assert found(with_chart(workbook(beside_sheets=every), kept)) == []
    assert found(workbook(beside_sheets=none)) == []


@pytest.mark.parametrize(
    ("rows", "how", "hidden"),
    [((4, 6), "", True), ((4, 7), "", False), ((0, 1), "", False), ((4, 6), 'editAs="oneCell"', False)],
)
def test_a_picture_in_hidden_rows_blocks_the_release(rows: tuple[int, int], how: str, hidden: bool) -> None:
    made = MadeWorkbook()
    hiding = dict.fromkeys((5, 6, 7), 'hidden="1"')
    made.sheet("Figures", [["Year", "Incidents"], ["2025", 98]], row_attributes=hiding)
    corners = "".join(
        f"<xdr:{name}><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:{name}>"
        for name, row in zip(("from", "to"), rows, strict=True)
    )
    anchor = f"<xdr:twoCellAnchor {how}>{corners}<xdr:pic/></xdr:twoCellAnchor>"
    drawing = f'<xdr:wsDr xmlns:xdr="{SHEET_DRAWING}">{anchor}</xdr:wsDr>'
    package = made.package()
    package.link("xl/worksheets/sheet1.xml", "drawing", package.part("xl/drawings/drawing1.xml", drawing))
    assert codes(checked(package.bytes(), "figures.xlsx"), "block") == ({"hidden_text"} if hidden else set())
