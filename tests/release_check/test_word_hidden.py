"""Text of a Word document that its formatting, its styles or its table keep from being seen."""

import pytest

from tests.release_check.checking import checked
from tests.release_check.document_checking import PLAIN, WHITE, found, looked
from tests.release_check.made.documents import Document, cell, paragraph, row, run, table, text_box

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
)
WHITE_FILL = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
BLUE_FILL = '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'

HIDDEN = [
    paragraph("hidden", "<w:vanish/>"),
    paragraph("hidden", '<w:vanish w:val="true"/>'),
    paragraph("white", WHITE),
    paragraph("nearly white", '<w:color w:val="FEFEFA"/>'),
    paragraph("white by theme", '<w:color w:val="000000" w:themeColor="background1"/>'),
    paragraph("on its own colour", '<w:color w:val="FF0000"/><w:highlight w:val="red"/>'),
    paragraph("blacked out", '<w:highlight w:val="black"/>'),
    paragraph("shaded", '<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="1F3864"/>'),
    paragraph("solid", '<w:color w:val="00AA00"/><w:shd w:val="solid" w:color="00AA00" w:fill="auto"/>'),
    paragraph("black", '<w:color w:val="000000"/>', '<w:shd w:val="clear" w:fill="000000"/>'),
    paragraph("small", '<w:sz w:val="2"/>'),
    paragraph("narrow", '<w:w w:val="1"/>'),
    paragraph("low", properties='<w:spacing w:line="10" w:lineRule="exact"/>'),
    paragraph("no fill", "<w14:textFill><w14:noFill/></w14:textFill>"),
    paragraph(
        "clear",
        '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr>'
        "</w14:solidFill></w14:textFill>",
    ),
    table(row(cell("in the cell", '<w:shd w:val="clear" w:fill="1F3864"/>', '<w:color w:val="1F3864"/>'))),
    table(row("a row of no height", properties='<w:trHeight w:val="5" w:hRule="exact"/>')),
    table(row("a hidden row", properties="<w:hidden/>")),
    table(row("above"), row(cell("below", "<w:vMerge/>"))),
    text_box("white in a white box", fill=WHITE_FILL, formatting=WHITE),
    text_box("switched off", named='hidden="1"'),
    f"<w:p><w:r><w:ruby><w:rubyBase>{run('base', '<w:vanish/>')}</w:rubyBase></w:ruby></w:r></w:p>",
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:drawing><wp:inline><a:graphic><a:blip/></a:graphic></wp:inline></w:drawing>"
    "</w:r></w:p>",
    f"<w:sdt><w:sdtContent>{paragraph('in a control', '<w:vanish/>')}</w:sdtContent></w:sdt>",
    "<w:p><m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>x</m:t></m:r></m:oMath></w:p>",
]


@pytest.mark.parametrize("body", HIDDEN)
def test_text_that_is_not_shown_blocks_the_release_and_is_not_told_as_text(body: str) -> None:
    document = Document(body=PLAIN + body, theme=THEME)
    assert "hidden_text" in found(document, "block")
    look = looked(document)
    assert "hidden" not in " ".join(text for _, text in look.texts).replace(PLAIN, "")


SHOWN = [
    paragraph("shown", '<w:vanish w:val="0"/>'),
    paragraph("", "<w:vanish/>", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"),
    paragraph("   ", "<w:vanish/>"),
    paragraph("shown", '<w:color w:val="auto"/>', '<w:shd w:val="clear" w:fill="000000"/>'),
    paragraph("white on dark", WHITE, '<w:shd w:val="clear" w:fill="1F3864"/>'),
    paragraph("white on dark", WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>'),
    paragraph("white on a highlight", WHITE + '<w:highlight w:val="darkBlue"/>'),
    paragraph("grey", '<w:color w:val="808080" w:themeColor="background1" w:themeShade="80"/>'),
    paragraph("pale grey", '<w:color w:val="D9D9D9"/>'),
    paragraph("small print", '<w:sz w:val="10"/>'),
    paragraph(
        "outlined", "<w14:textOutline><w14:solidFill/></w14:textOutline><w14:textFill><w14:noFill/></w14:textFill>"
    ),
    table(row(cell("Heading", '<w:shd w:val="clear" w:fill="1F3864"/>', WHITE)), row("1")),
    table(row(cell("top", '<w:vMerge w:val="restart"/>')), row(cell("", "<w:vMerge/>"))),
    text_box("white in a blue box", fill=BLUE_FILL, formatting=WHITE),
    text_box("black in a box", fill="<a:noFill/>"),
    f'<w:p><w:hyperlink w:anchor="_Toc1">{run("Contents")}{run("7", "<w:webHidden/>")}</w:hyperlink></w:p>',
]


@pytest.mark.parametrize("body", SHOWN)
def test_text_that_is_shown_does_not_block(body: str) -> None:
    assert found(Document(body=PLAIN + body, theme=THEME), "block") == set()


HIDING_STYLES = (
    '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Quiet"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Silent"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Whisper"><w:basedOn w:val="Silent"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Dark"><w:basedOn w:val="Silent"/>'
    '<w:pPr><w:shd w:val="clear" w:fill="222222"/></w:pPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
)
LOOK = '<w:tblStyle w:val="Grid"/><w:tblLook w:val="04A0" w:firstRow="1"/>'


@pytest.mark.parametrize(
    "body",
    [
        paragraph("x", '<w:rStyle w:val="Quiet"/>'),
        paragraph("x", properties='<w:pStyle w:val="Whisper"/>'),
        table(row("Heading"), row(cell("white below the heading", "", WHITE)), properties=LOOK),
        table(row(cell("blue in the heading", "", '<w:color w:val="1F3864"/>')), properties=LOOK),
    ],
)
def test_text_hidden_by_its_style_or_what_that_is_based_on_blocks(body: str) -> None:
    assert "hidden_text" in found(Document(body=body, styles=HIDING_STYLES), "block")


@pytest.mark.parametrize(
    "body",
    [
        paragraph("x", '<w:rStyle w:val="Quiet"/><w:vanish w:val="0"/>'),
        paragraph("x", properties='<w:pStyle w:val="Dark"/>'),
        paragraph("x", properties='<w:pStyle w:val="Loop"/>'),
        table(row("Heading", cell("and white", "", WHITE)), row("1"), properties=LOOK),
        table(row("Heading"), properties='<w:tblStyle w:val="Grid"/><w:tblLook w:val="0020"/>'),
    ],
)
def test_text_whose_style_shows_it_does_not_block(body: str) -> None:
    assert found(Document(body=body, styles=HIDING_STYLES), "block") == set()


def test_text_hidden_by_the_defaults_of_the_document_blocks() -> None:
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    assert "hidden_text" in found(Document(styles=defaults), "block")


def test_a_dark_page_is_the_ground_of_its_text_only_when_it_is_shown() -> None:
    dark = '<w:background w:color="000000"/>'
    shown = Document(body=paragraph("x", WHITE), before_body=dark, settings="<w:displayBackgroundShape/>")
    assert found(shown, "block") == set()
    assert "hidden_text" in found(Document(body=paragraph("x", WHITE), before_body=dark), "block")


def test_white_text_before_a_picture_is_for_somebody_to_look_at() -> None:
    picture = '<w:p><w:r><w:drawing><wp:anchor behindDoc="1"><a:blip/></wp:anchor></w:drawing></w:r></w:p>'
    document = Document(body=picture + paragraph("On the picture", WHITE))
    assert found(document, "block") == set()
    assert "hidden_text" in found(document, "review")


def test_a_finding_names_the_first_places_and_counts_the_others() -> None:
    body = "".join(paragraph("hidden", "<w:vanish/>") + PLAIN for _ in range(9))
    (finding,) = (
        each for each in checked(Document(body=body).bytes(), "a.docx").findings if each.code == "hidden_text"
    )
    assert finding.where == "body, paragraphs 1, 3, 5, 7, 9, 11 and 3 more places, hidden"
