"""A letter as an editable Word document that holds what the letter says and nothing else.

It is made on a blank of our own, because the one that python-docx brings has a thumbnail and properties of its author.
The same letter gives the same bytes. Once somebody has edited it, it is no longer the letter that was signed off.
"""

from collections.abc import Iterable
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from lxml import html
from lxml.html import HtmlElement

from shared.letters.letter import Letter

BLANK = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "relationships.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_relationships.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
}
"""The parts of a document without any content, by their names within it, and the files beside this one."""

STYLES = {
    "h1": "Heading 1",
    "h2": "Heading 2",
    "h3": "Heading 3",
    "h4": "Heading 4",
    "p": "Normal",
    "li": "List Bullet",
    "caption": "Caption",
}
AROUND = {"blockquote": "Quote", "address": "Address"}
"""The styles of paragraphs that stand within these."""

TEXT_WIDTH = Mm(162)
"""What the blank's page leaves between its margins."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the archive tells nothing of when or where it was made."""


def word(letter: Letter) -> bytes:
    """The letter as .docx, with real headings, lists and tables."""
    page = html.document_fromstring(letter.html.decode())
    document = Document(_packed((name, _blank(file)) for name, file in BLANK.items()))
    document.core_properties.title = page.findtext(".//title")
    document.core_properties.language = page.get("lang")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), page.get("lang"))
    _write(document, page.find(".//article"))
    return _anew(document)


def _write(document: WordDocument, within: HtmlElement) -> None:
    """Everything that stands in this element, in order."""
    for block in within:
        if block.tag in STYLES:
            style = AROUND.get(within.tag, STYLES["p"]) if block.tag == "p" else STYLES[block.tag]
            _inline(document.add_paragraph(style=style), block)
        elif block.tag == "dl":
            _facts(document, block)
        elif block.tag == "table":
            _table(document, block)
        else:
            _write(document, block)


def _facts(document: WordDocument, block: HtmlElement) -> None:
    for term in block.findall("dt"):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{term.text_content()}: ").bold = True
        _inline(paragraph, term.getnext())


def _table(document: WordDocument, block: HtmlElement) -> None:
    _inline(document.add_paragraph(style=STYLES["caption"]), block.find("caption"))
    rows = block.findall(".//tr")
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    share = TEXT_WIDTH // (len(rows[0]) + 1)
    for number, column in enumerate(table.columns):
        column.width = Length(share * (2 if number == 0 else 1))
        for row, target in zip(rows, column.cells, strict=True):
            target.width = column.width
            _inline(target.paragraphs[0], row[number])
    heading = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _inline(paragraph: Paragraph, element: HtmlElement) -> None:
    """The words of an element, with line breaks, what is strong, and links."""
    _say(paragraph, element.text)
    for inner in element:
        if inner.tag == "br" and (inner.getnext() is not None or (inner.tail or "").strip()):
            paragraph.add_run().add_break()
        elif inner.tag == "a":
            _link(paragraph, inner)
        elif inner.tag == "strong":
            _say(paragraph, inner.text_content(), bold=True)
        _say(paragraph, inner.tail, after=inner.tag)


def _say(paragraph: Paragraph, text: str | None, *, bold: bool = False, after: str = "") -> None:
    """White space is one blank, as on a page, and none at the beginning of a line."""
    said = " ".join(f"|{text or ''}|".split())[1:-1]
    if after == "br" or not paragraph.runs:
        said = said.lstrip()
    if said.strip() or (said and paragraph.runs):
        paragraph.add_run(said).bold = bold or None


def _link(paragraph: Paragraph, anchor: HtmlElement) -> None:
    """A link; python-docx reads them and has no way to write them."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(anchor.get("href"), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(anchor.text_content(), style="Hyperlink")
    link.append(run._r)
    paragraph._p.append(link)


def _blank(file: str) -> bytes:
    return (files(__package__) / "blank" / file).read_bytes()


def _anew(document: WordDocument) -> bytes:
    """The document's bytes, packed so that they depend on its content alone."""
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts:
        return _packed((name, parts.read(name)) for name in parts.namelist()).getvalue()


def _packed(parts: Iterable[tuple[str, bytes]]) -> BytesIO:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    packed.seek(0)
    return packed
