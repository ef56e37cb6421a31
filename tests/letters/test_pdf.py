"""The letter as PDF: what PDF/UA-1 asks of its structure, read from the file itself."""

import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from shared.letters.pdf import pdf
from tests.letters.written import LETTERS, in_one_process, pdf_of

pytestmark = in_one_process

each_letter = pytest.mark.parametrize("name", LETTERS)
PAINTING = ("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh")


@pytest.fixture
def file(name):
    with pikepdf.open(BytesIO(pdf_of(name))) as opened:
        yield opened


def elements(node):
    """The structure elements beneath a node, in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def structure(file):
    return [(str(each.S), each) for each in elements(file.Root.StructTreeRoot.K)]


@each_letter
def test_the_file_says_that_it_is_tagged_in_which_language_and_what_it_is_called(file, name):
    assert file.Root.MarkInfo.Marked
    assert file.Root.Lang == "en-GB"
    assert file.Root.ViewerPreferences.DisplayDocTitle
    with file.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        title = re.search(r"<title>(.+)</title>", LETTERS[name].html.decode())
        assert metadata["dc:title"] == title[1]
    for page in file.pages:
        assert page.Tabs == "/S"


@each_letter
def test_headings_come_in_order_and_none_is_skipped(file, name):
    levels = [int(tag[2]) for tag, _ in structure(file) if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following <= before + 1 for before, following in pairwise(levels))
    html = LETTERS[name].html.decode()
    assert levels == [int(level) for level in re.findall(r"<h([1-6])>", html)]


@each_letter
def test_nothing_is_painted_that_is_neither_tagged_nor_an_artifact(file, name):
    for page in file.pages:
        within: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            command = str(operator)
            if command in ("BDC", "BMC"):
                within.append(str(operands[0]))
            elif command == "EMC":
                within.pop()
            elif command in PAINTING:
                assert within, f"{command} on a page of {name}"
        assert within == []


@each_letter
def test_every_link_is_in_the_structure_and_says_where_it_leads(file, name):
    links = [link for page in file.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]
    assert {str(link.A.URI) for link in links} == set(re.findall(r'<a href="([^"]+)"', LETTERS[name].html.decode()))
    for link in links:
        assert "/StructParent" in link
        assert str(link.Contents).strip()
    assert sum(tag == "/Link" for tag, _ in structure(file)) >= len(links)


@pytest.mark.parametrize("name", ["refused otherwise"])
def test_every_cell_of_a_table_knows_its_headings(file, name):
    cells = structure(file)
    headings = {str(each.ID) for tag, each in cells if tag == "/TH"}
    of_cells = [{str(one) for one in each.A.Headers} for tag, each in cells if tag == "/TD"]
    assert len(of_cells) == 15
    assert all(len(these) == 2 and these <= headings for these in of_cells)
    assert sum(tag == "/Caption" for tag, _ in cells) == 2


@each_letter
def test_only_our_own_fonts_are_drawn_with_and_they_are_in_the_file(file, name):
    fonts = [font for page in file.pages for font in page.Resources.Font.values()]
    assert fonts != []
    for font in fonts:
        assert re.fullmatch(r"/[A-Z]{6}\+Liberation-Sans(-Bold)?", str(font.BaseFont))
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert "/ToUnicode" in font


@each_letter
def test_the_words_are_those_of_the_letter(name):
    document = pypdfium2.PdfDocument(pdf_of(name))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    words = set(re.findall(r"\w+", text))
    assert set(re.findall(r"\w+", LETTERS[name].text.decode().replace("://", " "))) - words - upper(words) == set()


def upper(words):
    """Plain text writes headings in capitals."""
    return {word.upper() for word in words}


def test_the_same_letter_gives_the_same_bytes_in_another_process():
    source = (
        "from hashlib import sha256; from shared.letters.pdf import pdf; from tests.letters.written import LETTERS;"
        "print(sha256(pdf(LETTERS['nine'])).hexdigest())"
    )
    found = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert found.stdout.strip() == sha256(pdf_of("nine")).hexdigest()


def test_the_file_does_not_tell_when_or_by_whom_it_was_made():
    with pikepdf.open(BytesIO(pdf_of("nine"))) as file:
        assert set(file.docinfo.keys()) == {"/Title", "/Producer"}


@pytest.mark.parametrize("address", ["https://example.invalid/a.png", "file:///etc/hostname", "font:../writing.py"])
def test_a_letter_fetches_nothing_but_its_fonts(address, caplog):
    page = LETTERS["nine"].html.replace(b"<h1>", f'<h1><img alt="x" src="{address}">'.encode())
    pdf(replace(LETTERS["nine"], html=page))
    (message,) = [record.getMessage() for record in caplog.records]
    assert f"a letter fetches nothing but its fonts, not {address}" in message
