"""Tracked changes, and data that hangs on a Word text or its settings."""

import pytest

from tests.release_check.document_checking import BY, PLAIN, found, looked
from tests.release_check.made.documents import A4, Document, cell, paragraph, row, run, table, text_box

TAG = '<w:smartTagPr><w:attr w:name="n" w:val="A. Person"/></w:smartTagPr>'
HELP = '<w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="Ask"/></w:ffData></w:fldChar>'

TRACKED = {
    "tracked_insertion": [
        f"<w:p><w:ins {BY}>{run('added')}</w:ins></w:p>",
        f"<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr></w:p>",
        table(row(cell("1", f"<w:cellIns {BY}/>"))),
        f"<w:p><w:r><w:rPr><w14:conflictIns {BY}/></w:rPr><w:t>x</w:t></w:r></w:p>",
    ],
    "tracked_deletion": [
        f"<w:p><w:del {BY}><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
        "<w:p><w:r><w:delText>gone, without a frame around it</w:delText></w:r></w:p>",
        f"<w:p><w:del {BY}><w:r><w:delInstrText>PAGE</w:delInstrText></w:r></w:del></w:p>",
        table(row("gone", properties=f"<w:del {BY}/>")),
        table(row(cell("gone", f"<w:cellDel {BY}/>"))),
    ],
    "tracked_move": [
        f"<w:p><w:moveFrom {BY}>{run('moved')}</w:moveFrom></w:p>",
        f"<w:p><w:moveTo {BY}>{run('moved')}</w:moveTo></w:p>",
        f'<w:p><w:moveFromRangeStart w:name="move1" {BY}/></w:p>',
    ],
    "tracked_format": [
        paragraph("x", f"<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>"),
        paragraph("x", properties=f"<w:pPrChange {BY}><w:pPr/></w:pPrChange>"),
        table(row("x"), properties=f"<w:tblPrChange {BY}><w:tblPr/></w:tblPrChange>"),
        table(row("x", properties=f"<w:trPrChange {BY}><w:trPr/></w:trPrChange>")),
    ],
}


@pytest.mark.parametrize(("code", "body"), [(code, each) for code, bodies in TRACKED.items() for each in bodies])
def test_a_tracked_change_blocks_the_release(code: str, body: str) -> None:
    assert code in found(Document(body=PLAIN + body), "block")


def test_tracked_changes_in_headers_footnotes_sections_and_styles_block_too() -> None:
    change = TRACKED["tracked_deletion"][0]
    marked = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert "tracked_deletion" in found(Document(headers={"default": change}), "block")
    assert "tracked_deletion" in found(Document(body=marked, footnotes=f'<w:footnote w:id="2">{change}</w:footnote>'))
    assert "tracked_format" in found(
        Document(section=f"{A4}<w:sectPrChange {BY}><w:sectPr/></w:sectPrChange>"), "block"
    )
    style = (
        f'<w:style w:styleId="x" w:type="paragraph"><w:rPr><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr></w:style>'
    )
    assert "tracked_format" in found(Document(styles=style), "block")


def test_deleted_text_is_not_told_as_text_that_the_document_shows() -> None:
    look = looked(Document(body=f"<w:p>{run('kept ')}<w:moveFrom {BY}>{run('moved')}</w:moveFrom></w:p>"))
    assert [text for _, text in look.texts] == ["kept "]


def test_the_lines_of_a_drawing_are_no_moved_text() -> None:
    path = '<a:custGeom><a:pathLst><a:path><a:moveTo><a:pt x="0" y="0"/></a:moveTo></a:path></a:pathLst></a:custGeom>'
    assert found(Document(body=PLAIN + text_box("Seen", fill=path)), "block") == set()


@pytest.mark.parametrize(
    ("code", "settings_xml", "severity"),
    [
        ("mail_merge", '<w:mailMerge><w:query w:val="SELECT * FROM people"/></w:mailMerge>', "block"),
        ("document_variable", '<w:docVars><w:docVar w:name="who" w:val="A. Person"/></w:docVars>', "block"),
        ("protection", '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>', "review"),
    ],
)
def test_what_the_settings_keep_is_noted(code: str, settings_xml: str, severity: str) -> None:
    assert code in found(Document(settings=settings_xml), severity)


def test_usual_settings_do_not_block() -> None:
    usual = '<w:zoom w:percent="100"/><w:rsids><w:rsid w:val="00A1"/></w:rsids><w:docVars/><w:documentProtection/>'
    assert found(Document(settings=usual), "block") == set()


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("bookmark", '<w:p><w:bookmarkStart w:id="0" w:name="_Suspect"/></w:p>'),
        ("person", '<w:p><w:permStart w:id="0" w:ed="FORCE\\clerk"/></w:p>'),
        (
            "custom_xml_data",
            f"<w:p><w:smartTag>{TAG}</w:smartTag></w:p>",
        ),
        (
            "data_validation_list",
            '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value="A. Person"/></w:dropDownList></w:sdtPr></w:sdt>',
        ),
        (
            "hidden_text",
            f"<w:p><w:r>{HELP}</w:r></w:p>",
        ),
    ],
)
def test_data_hung_on_the_text_is_for_somebody_to_look_at(code: str, body: str) -> None:
    assert code in found(Document(body=PLAIN + body), "review")


def test_the_marks_that_word_makes_by_itself_are_nothing() -> None:
    names = ("_GoBack", "_Hlk74910960", "_Toc1", "Part1")
    marks = "".join(f'<w:bookmarkStart w:id="1" w:name="{name}"/>' for name in names)
    choose = '<w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/></w:dropDownList>'
    body = f"<w:p>{marks}{run('x')}</w:p><w:sdt><w:sdtPr>{choose}</w:sdtPr></w:sdt>"
    assert found(Document(body=body)) == set()


def test_ink_and_documents_within_the_document_block() -> None:
    assert "ink" in found(Document(body='<w:p><w:r><w14:contentPart r:id="rId9"/></w:r></w:p>'), "block")
    assert "embedded_object" in found(Document(body=PLAIN + '<w:altChunk r:id="rId9"/>'), "block")
