"""Pictures, drawings and charts in Office packages: what they keep beside what they show."""

import pytest

from tests.release_check.made.packages import HEAD, OfficePackage
from tests.release_check.made.workbook_parts import (
    DRAWING,
    SHEET_DRAWING,
    chart,
    document,
    slides,
    with_part,
    workbook,
)
from tests.release_check.parts_checking import blocking, found, look_at


def with_drawing(inside: str) -> OfficePackage:
    drawing = f'{HEAD}<xdr:wsDr xmlns:xdr="{SHEET_DRAWING}" xmlns:a="{DRAWING}">{inside}</xdr:wsDr>'
    return with_part(workbook(), "drawing", "xl/drawings/drawing1.xml", drawing, of="xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "cropped",
    [
        '<a:srcRect r="25000"/>',
        '<a:srcRect t="12.5%"/>',
        '<a:srcRect l="many"/>',
        '<a:stretch><a:fillRect l="-20000"/></a:stretch>',
        '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" cropright="16384f"/>',
        '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" cropbottom=".25"/>',
    ],
)
def test_a_cropped_picture_blocks_the_release(cropped: str) -> None:
    assert blocking(found(document(f"<w:p>{cropped}</w:p>"))) == {"cropped_image"}
    assert blocking(found(with_drawing(cropped))) == {"cropped_image"}
    slide = f'<p:sld xmlns:p="urn:p" xmlns:a="{DRAWING}">{cropped}</p:sld>'
    assert blocking(found(with_part(slides(), "slide", "ppt/slides/slide1.xml", slide))) == {"cropped_image"}


@pytest.mark.parametrize(
    "whole",
    [
        "<a:srcRect/>",
        '<a:srcRect l="0" t="0" r="0" b="0"/>',
        '<a:srcRect l="-5000" b="-5000"/>',
        '<a:stretch><a:fillRect/></a:stretch><a:stretch><a:fillRect l="1000"/></a:stretch>',
        '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" croptop="-3f"/>',
    ],
)
def test_a_whole_picture_is_no_finding(whole: str) -> None:
    assert found(document(f"<w:p>{whole}</w:p>")) == []
    assert found(with_drawing(whole)) == []


def test_a_cropping_of_a_hair_is_for_a_second_officer() -> None:
    findings = found(document('<w:p><a:srcRect r="20"/></w:p>'))
    assert {(each.code, each.severity) for each in findings} == {("cropped_image", "review")}


def test_a_description_that_names_a_file_is_for_a_second_officer() -> None:
    described = (
        r'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="P" descr="C:\Users\example\badge.png"/></xdr:nvPicPr></xdr:pic>'
    )
    findings = found(with_drawing(described))
    assert {(each.code, each.severity) for each in findings} == {("alternative_text_path", "review")}


def test_a_description_in_words_is_read_and_no_finding() -> None:
    look = look_at(document('<w:p><wp:docPr xmlns:wp="urn:wp" id="1" name="P" descr="The badge of the force"/></w:p>'))
    assert look.findings == []
    assert [text for _, text in look.texts] == ["The badge of the force"]


BOX = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="Box" {hidden}/></xdr:nvSpPr>'
    "<xdr:txBody><a:p><a:r><a:t>Ask Ann Example</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)


def test_a_hidden_shape_beside_cells_blocks_the_release() -> None:
    findings = found(with_drawing(BOX.format(hidden='hidden="1"')))
    assert blocking(findings) == {"hidden_text"}


def test_the_second_copy_of_a_button_is_not_taken_for_hidden() -> None:
    button = (
        '<xdr:cNvPr id="2" name="Button 1" hidden="1"><a:ext><a14:compatExt xmlns:a14="urn:a14"/></a:ext></xdr:cNvPr>'
    )
    assert found(with_drawing(f"<xdr:sp><xdr:nvSpPr>{button}</xdr:nvSpPr></xdr:sp>")) == []


def test_a_text_box_beside_cells_is_read_and_no_finding() -> None:
    look = look_at(with_drawing(BOX.format(hidden="")))
    assert look.findings == []
    assert [text for _, text in look.texts] == ["Ask Ann Example"]


def old_note(words: str, kind: str) -> OfficePackage:
    box = f'<v:shape><v:textbox><div>{words}</div></v:textbox><x:ClientData ObjectType="{kind}"/></v:shape>'
    xml = f'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">{box}</xml>'
    return with_part(workbook(), "vmlDrawing", "xl/drawings/vmlDrawing1.vml", xml, of="xl/worksheets/sheet1.xml")


def test_the_box_of_a_note_with_words_in_it_blocks_the_release() -> None:
    assert blocking(found(old_note("Ask Ann", "Note"))) == {"comment"}


def test_the_empty_box_of_a_note_and_a_button_are_no_finding() -> None:
    assert found(old_note("", "Note")) == []
    assert found(old_note("Print", "Button")) == []


def test_the_chart_of_a_document_is_read_as_a_table() -> None:
    look = look_at(with_part(document(), "chart", "word/charts/chart1.xml", chart("Sheet1!$B$2:$B$3", ("112", "98"))))
    assert look.findings == []
    assert [list(map(list, each.rows)) for each in look.tables] == [[["", ""], ["", "112"], ["", "98"]]]


def test_a_chart_that_does_not_count_its_points_is_no_finding() -> None:
    uncounted = chart("Sheet1!$B$2:$B$3", ("112", "98")).replace('<c:ptCount val="2"/>', "")
    assert found(with_part(document(), "chart", "word/charts/chart1.xml", uncounted)) == []


@pytest.mark.parametrize(
    "beside",
    [
        "<c:ext><c15:filteredBarSeries xmlns:c15='urn:c15'><c15:ser><c:val><c:numRef><c:f>A</c:f><c:numCache>"
        "<c:ptCount val='1'/><c:pt idx='0'><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c15:ser>"
        "</c15:filteredBarSeries></c:ext>",
        "<c:cat><c:strRef><c:f>A</c:f><c:strCache><c:ptCount val='1'/><c:pt idx='0'><c:v>2025</c:v></c:pt>"
        "<c:pt idx='1'><c:v>Ann Example</c:v></c:pt></c:strCache></c:strRef></c:cat>",
        "<c:ext><c15:datalabelsRange xmlns:c15='urn:c15'><c15:f>A</c15:f><c15:dlblRangeCache><c:ptCount val='1'/>"
        "<c:pt idx='0'><c:v>Ann Example</c:v></c:pt></c15:dlblRangeCache></c15:datalabelsRange></c:ext>",
    ],
)
def test_a_chart_that_keeps_what_it_does_not_draw_blocks_the_release(beside: str) -> None:
    kept = chart("Sheet1!$B$2:$B$3", ("112", "98"), beside=beside)
    assert blocking(found(with_part(document(), "chart", "word/charts/chart1.xml", kept))) == {"chart_cache"}


def test_the_workbook_behind_a_chart_is_found() -> None:
    package = with_part(slides(), "chart", "ppt/charts/chart1.xml", chart("Sheet1!$B$2", ("112",)))
    package.link("ppt/charts/chart1.xml", "package", package.part("ppt/embeddings/w.xlsx", workbook().bytes()))
    assert "embedded_workbook" in blocking(found(package))
