"""What a Word document shows, and what it keeps where no page shows it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.release_check.checking import checked
from tests.release_check.document_checking import BY, PLAIN, found, looked
from tests.release_check.made.documents import A4, Document, complex_field, paragraph, row, run, table, text_box


@pytest.mark.parametrize(
    ("headers", "section", "severity"),
    [
        ({"none": paragraph("Never shown")}, A4, "block"),
        ({"first": paragraph("Not shown")}, A4, "review"),
        ({"first": paragraph("Shown")}, f"{A4}<w:titlePg/>", ""),
        ({"default": paragraph("Shown")}, A4, ""),
        ({"even": paragraph("Not shown")}, A4, "review"),
    ],
)
def test_a_header_that_no_page_shows_is_noted(headers: dict[str, str], section: str, severity: str) -> None:
    report = checked(Document(headers=headers, section=section).bytes(), "answer.docx")
    assert {each.severity for each in report.findings if each.code == "hidden_text"} == (
        {severity} if severity else set()
    )


def test_a_footnote_whose_mark_is_gone_blocks() -> None:
    note = f'<w:footnote w:id="2">{paragraph("A note")}</w:footnote><w:footnote w:type="separator" w:id="0"/>'
    marked = '<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert "hidden_text" in found(Document(footnotes=note), "block")
    assert found(Document(body=marked, footnotes=note), "block") == set()


def test_building_blocks_with_text_block_and_prompts_of_controls_do_not() -> None:
    body = f"<w:docPartBody>{paragraph('Click here to enter text.')}</w:docPartBody>"
    kind = '<w:types><w:type w:val="bbPlcHdr"/></w:types><w:category><w:gallery w:val="placeholder"/></w:category>'
    prompt = f"<w:docPart><w:docPartPr>{kind}</w:docPartPr>{body}</w:docPart>"
    block = f'<w:docPart><w:docPartPr><w:name w:val="Signature"/></w:docPartPr>{body}</w:docPart>'
    assert found(Document(building_blocks=prompt), "block") == set()
    assert "hidden_text" in found(Document(building_blocks=block), "block")


def test_text_below_a_folded_heading_and_between_the_elements_is_for_somebody_to_look_at() -> None:
    folded = paragraph("Heading", properties="<w15:collapsed/>") + PLAIN
    assert "hidden_text" in found(Document(body=folded), "review")
    assert "hidden_text" in found(Document(body=PLAIN + "<w:p>no program shows this</w:p>"), "review")


def test_the_words_of_a_watermark_are_told() -> None:
    mark = '<w:p><w:r><w:pict><v:shape><v:textpath string="DRAFT 3"/></v:shape></w:pict></w:r></w:p>'
    assert "DRAFT 3" in [text for _, text in looked(Document(headers={"default": mark})).texts]


def test_a_first_page_may_take_its_header_from_the_section_before() -> None:
    body = f"{PLAIN}<w:p><w:pPr><w:sectPr>{A4}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    assert found(Document(body=body, headers={"first": paragraph("Shown")})) == set()


def test_visible_text_is_told_once_and_tables_as_tables() -> None:
    body = (
        paragraph("One")
        + f"<w:p><w:hyperlink>{run('Two')}</w:hyperlink><w:r><w:tab/></w:r>{complex_field('PAGE', result='3')}</w:p>"
        + table(row("Rank", "Number"), row("Sergeant", "12"))
        + text_box("In a box", named='descr="A map"')
    )
    look = looked(Document(body=body, headers={"default": paragraph("OFFICIAL")}))
    texts = dict(look.texts)
    assert texts["body, paragraphs 1 to 8"] == "One\nTwo\t3\nIn a box"
    assert "OFFICIAL" in texts.values()
    assert " A map" in texts.values()
    assert [list(map(list, each.rows)) for each in look.tables] == [[["Rank", "Number"], ["Sergeant", "12"]]]


@pytest.mark.parametrize("change", [{"strict": True}, {"prefix": "ns0"}, {"main": "odd/place.xml"}, {}])
def test_hidden_text_is_found_whatever_the_namespaces_and_names_of_parts(change: dict[str, Any]) -> None:
    deletion = f"<w:p><w:del {BY}><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    poisoned = Document(body=PLAIN + paragraph("hidden", "<w:vanish/>") + deletion, **change)
    assert {"hidden_text", "tracked_deletion"} <= found(poisoned, "block")
    assert found(Document(**change), "block") == set()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["<w:b/>", '<w:sz w:val="24"/>', '<w:color w:val="C00000"/>', "<w:i/>"]), max_size=4))
def test_hidden_text_is_found_whatever_else_formats_it(others: list[str]) -> None:
    body = paragraph("seen", "".join(others)) + paragraph("secret words", "".join([*others, "<w:vanish/>"]))
    document = Document(body=body)
    assert "hidden_text" in found(document, "block")
    assert [text for _, text in looked(document).texts] == ["seen"]


def test_text_in_unusual_places_of_the_markup_is_told() -> None:
    body = f"<w:p><w:r>{run('one ')}</w:r><w:t>two </w:t><w:r><w:ruby><w:rt>{run('three')}</w:rt></w:ruby></w:r></w:p>"
    assert [text for _, text in looked(Document(body=body)).texts] == ["one two three"]


def test_a_finding_shows_the_shape_of_what_is_hidden_and_not_the_words() -> None:
    report = checked(Document(body=PLAIN + paragraph("Jane Example", "<w:vanish/>")).bytes(), "answer.docx")
    (finding,) = (each for each in report.findings if each.code == "hidden_text")
    assert finding.where == "body, paragraph 2, hidden"
    assert finding.excerpt == "J••• E••••••"


ORDINARY = (
    '<w:sdt><w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    "</w:docPartObj></w:sdtPr><w:sdtContent>"
    '<w:p><w:pPr><w:pStyle w:val="TOC1"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9016"/></w:tabs>'
    "<w:rPr><w:noProof/></w:rPr></w:pPr>"
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:hyperlink w:anchor="_Toc1" w:history="1">'
    '<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>Decision</w:t></w:r>'
    "<w:r><w:rPr><w:noProof/><w:webHidden/></w:rPr><w:tab/></w:r>"
    '<w:r><w:rPr><w:webHidden/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:rPr><w:webHidden/></w:rPr><w:instrText> PAGEREF _Toc1 \\h </w:instrText></w:r>"
    '<w:r><w:rPr><w:webHidden/></w:rPr><w:fldChar w:fldCharType="separate"/></w:r>'
    "<w:r><w:rPr><w:webHidden/></w:rPr><w:t>1</w:t></w:r>"
    '<w:r><w:rPr><w:webHidden/></w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>'
    '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
    '<w:p w14:paraId="00000001" w:rsidR="00AA11BB"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    '<w:bookmarkStart w:id="0" w:name="_Toc1"/><w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00AA11BC">'
    "<w:lastRenderedPageBreak/><w:t>Decision</w:t></w:r><w:proofErr/>"
    '<w:bookmarkEnd w:id="0"/></w:p>'
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="0">'
    '<wp:positionH relativeFrom="column"><wp:align>right</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>182880</wp:posOffset></wp:positionV>'
    '<wp:extent cx="2360930" cy="1404620"/><wp:wrapSquare/><wp:docPr id="217" name="Text Box 2"/><a:graphic>'
    '<a:graphicData><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></wps:spPr><wps:txbx>'
    "<w:txbxContent><w:p><w:r><w:t>See annex A.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shapetype/>"
    '<v:shape style="position:absolute;margin-left:0;margin-top:14.4pt;width:185.9pt;height:110.6pt;z-index:251659264">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>See annex A.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback><w:t>\u263a</w:t></mc:Fallback>'
    "</mc:AlternateContent></w:r></w:p>"
)


def test_a_document_with_what_word_writes_every_day_has_no_findings() -> None:
    document = Document(body=ORDINARY, settings="<w:rsids/><w:compat/><w:decimalSymbol w:val='.'/>")
    assert found(document) == set()
    (body,) = (text for where, text in looked(document).texts if where.startswith("body"))
    assert body.split("\n") == ["Decision\t1", "Decision", "See annex A."]
