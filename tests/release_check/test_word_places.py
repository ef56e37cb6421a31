"""Text outside the page, under a box, or in a version that is not shown."""

import pytest

from tests.release_check.document_checking import PLAIN, WHITE, found, looked
from tests.release_check.made.documents import Document, paragraph, row, run, table, text_box


@pytest.mark.parametrize(
    "body",
    [
        text_box("far left", x=-900),
        text_box("far down", y=900),
        text_box("far down", y=-1800, base="paragraph"),
        f'<w:p><w:pPr><w:framePr w:x="30000" w:y="0" w:w="500" w:hAnchor="page"/></w:pPr>{run("framed")}</w:p>',
        paragraph("indented", properties='<w:ind w:left="30000"/>'),
        table(row("a table"), properties='<w:tblpPr w:tblpX="30000" w:horzAnchor="page"/>'),
        table(row("a table"), properties='<w:tblInd w:w="30000" w:type="dxa"/>'),
        '<w:p><w:r><w:pict><v:shape style="position:absolute;margin-left:-2000pt;width:100pt;height:20pt"><v:textbox>'
        f"<w:txbxContent>{paragraph('old')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
    ],
)
def test_text_outside_the_page_blocks(body: str) -> None:
    document = Document(body=PLAIN + body)
    assert "off_page" in found(document, "block")
    assert [text for _, text in looked(document).texts] == ["The force holds the information."]


@pytest.mark.parametrize(
    "body",
    [
        text_box("at the edge", x=-150),
        text_box("some way down", y=700, base="paragraph"),
        text_box("beside", x=-100, base="column"),
        text_box("", x=-900),
        f'<w:p><w:pPr><w:framePr w:x="1000" w:y="500" w:w="500" w:hAnchor="page"/></w:pPr>{run("framed")}</w:p>',
        paragraph("indented", properties='<w:ind w:left="720" w:hanging="360"/>'),
        table(row("a table"), properties='<w:tblpPr w:tblpX="1000" w:tblpY="-50"/><w:tblInd w:w="-108" w:type="dxa"/>'),
    ],
)
def test_what_reaches_into_the_page_does_not_block(body: str) -> None:
    assert found(Document(body=PLAIN + body), "block") == set()


def versions(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_versions_that_say_different_things_block() -> None:
    assert "alternate_content" in found(Document(body=versions("<w:t>one</w:t>", "<w:t>another</w:t>")), "block")
    unknown = versions("<w:t>seen by nobody</w:t>", "", requires="zz")
    assert "alternate_content" in found(Document(body=PLAIN + unknown), "block")


def test_a_version_for_old_programs_that_says_the_same_does_not_block_and_is_told_once() -> None:
    document = Document(body=versions("<w:t>the same</w:t>", "<w:t>the  same</w:t>"))
    assert found(document, "block") == set()
    assert [text for _, text in looked(document).texts] == ["the same"]
    assert found(Document(body=PLAIN + versions("<w:t>a formula</w:t>", "<w:pict/>")), "block") == set()


BOX = """<w:p><w:r><w:drawing><wp:anchor behindDoc="{behind}"><wp:extent cx="1270000" cy="{height}"/><wp:wrapNone/>
<a:graphic><a:graphicData><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill></wps:spPr>
<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>
</w:r></w:p>"""
OLD_BOX = (
    '<w:p><w:r><w:pict><v:rect style="position:absolute;margin-left:10pt;width:90pt;height:12pt;z-index:{}"'
    ' fillcolor="black"/></w:pict></w:r></w:p>'
)


@pytest.mark.parametrize("box", [BOX.format(behind="0", height=200_000, words=""), OLD_BOX.format("1")])
def test_a_filled_box_before_the_text_is_for_somebody_to_look_at(box: str) -> None:
    assert "text_under_opaque_box" in found(Document(body=PLAIN + box), "review")


@pytest.mark.parametrize(
    "box",
    [
        BOX.format(behind="1", height=200_000, words=""),
        BOX.format(behind="0", height=9_525, words=""),
        BOX.format(behind="0", height=200_000, words=paragraph("a label", WHITE)),
        OLD_BOX.format("-1"),
    ],
)
def test_a_box_behind_the_text_a_line_or_a_label_covers_nothing(box: str) -> None:
    assert "text_under_opaque_box" not in found(Document(body=PLAIN + box))


def test_words_that_only_the_version_for_old_programs_holds_block_unless_it_says_just_that() -> None:
    assert "alternate_content" in found(Document(body=PLAIN + versions("<w:pict/>", "<w:t>a witness</w:t>")), "block")
    excuse = "This chart isn't available in your version of Word."
    assert found(Document(body=PLAIN + versions("<w:pict/>", f"<w:t>{excuse}</w:t>")), "block") == set()
