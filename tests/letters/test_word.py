"""The letter as a Word document: what it says, how it is built, and that it tells nothing else."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from shared.letters.word import BLANK, word
from tests.letters.blocks import flat
from tests.letters.written import LETTERS

each_letter = pytest.mark.parametrize("name", LETTERS)


def parts(made):
    with ZipFile(BytesIO(made)) as archive:
        return {entry.filename: (entry, archive.read(entry)) for entry in archive.infolist()}


@each_letter
def test_the_document_has_the_headings_lists_and_tables_of_the_letter(name):
    page = LETTERS[name].html.decode()
    document = Document(BytesIO(word(LETTERS[name])))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    for level in "1234":
        assert styles.count(f"Heading {level}") == page.count(f"<h{level}>")
    assert styles.count("List Bullet") == page.count("<li>")
    assert len(document.tables) == page.count("<table>")
    assert styles.count("Address") == page.count("<address>")
    assert document.core_properties.language == "en-GB"
    assert flat(document.core_properties.title) in page


@each_letter
def test_the_words_are_those_of_the_letter(name):
    document = Document(BytesIO(word(LETTERS[name])))
    body = document.element.body
    said = flat(" ".join(each.text or "" for each in body.iter() if each.tag.endswith("}t")))
    page = etree.HTML(LETTERS[name].html.decode())
    for element in page.iter("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "caption", "th", "td"):
        for words in filter(None, map(flat, element.itertext())):
            assert words in said


def test_a_table_repeats_its_headings_on_each_page():
    document = Document(BytesIO(word(LETTERS["refused otherwise"])))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "Work",
        "Where",
        "Records",
        "Minutes for each",
        "Measured on",
        "Time for all",
    ]
    assert document.element.body.xpath("count(.//w:tblHeader)") == 2


def test_a_link_can_be_followed():
    document = Document(BytesIO(word(LETTERS["nine"])))
    links = {link.text: link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks}
    assert links["https://ico.org.uk"] == "https://ico.org.uk"
    assert len(links) == 3


@each_letter
def test_nothing_leaks(name):
    """No thumbnail, no other XML, no author, no company, no template, no revision mark, no comment, no time."""
    made = parts(word(LETTERS[name]))
    assert set(made) == set(BLANK)
    properties = etree.fromstring(made["docProps/core.xml"][1])
    assert {etree.QName(each).localname for each in properties} == {"title", "language"}
    for entry, content in made.values():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.extra == b""
        for wrong in (b"rsid", b"python-docx", b"attachedTemplate", b"w:ins ", b"w:del ", b"comment", b"<w:vanish"):
            assert wrong not in content
    targets = re.findall(r'Target="([^"]+)"', made["word/_rels/document.xml.rels"][1].decode())
    assert all(target.startswith("https://") or f"word/{target}" in BLANK for target in targets)


def test_the_same_letter_gives_the_same_bytes():
    assert all(word(letter) == word(letter) for letter in LETTERS.values())
