"""A letter reads the same whatever program wrote it."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from shared.letters.lint import lint
from shared.letters.pdf import pdf
from shared.letters.reading import Unreadable, read
from shared.letters.word import word
from tests.letters.lint.corpus import FAULTY
from tests.letters.written import LETTERS

NCND = next(sample for sample in FAULTY if sample.name == "NCND argued as though it were disclosure")


def as_html(text):
    blocks = "".join(f"<p>{block.strip()}</p>\n" for block in text.replace("<", "&lt;").split("\n\n"))
    return f"<!DOCTYPE html><html><head><title>FOI</title></head><body>{blocks}</body></html>".encode()


def as_word(text, change=None):
    document = docx.Document()
    for block in text.split("\n\n"):
        document.add_paragraph(block.strip())
    if change:
        change(document)
    raw = BytesIO()
    document.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize("write", [str.encode, as_html, as_word, lambda text: text.encode("utf-16")])
def test_the_same_letter_gets_the_same_findings_in_every_form(write):
    expected = {(each.rule, each.severity) for each in lint(NCND.text.encode())}
    assert {(each.rule, each.severity) for each in lint(write(NCND.text))} == expected


@pytest.mark.parametrize("name", ["nine", "two authorities", "all denied"])
def test_headings_and_paragraphs_come_out_of_every_form_alike(name):
    letter = LETTERS[name]
    texts = [
        {paragraph.text.lower() for paragraph in read(raw).paragraphs if paragraph.kind == "heading"}
        for raw in (letter.html, pdf(letter), word(letter), letter.text)
    ]
    for wanted in ("what you asked for", "our decisions in brief", "ask for an internal review"):
        assert all(wanted in text for text in texts)
    for raw in (letter.html, pdf(letter), word(letter), letter.text):
        assert any("within 40 working days of the date of this response" in each.text for each in read(raw).paragraphs)


def test_wrapped_lines_are_joined_and_lists_are_kept():
    text = (
        "We searched the custody system and the store, and found nothing for question\n"
        "3. This is so for each of the stations, and for headquarters as well as for\n"
        "the annexe.\n"
        "- first\n"
        "- second\n"
    )
    assert [(paragraph.place, paragraph.text[-10:]) for paragraph in read(text.encode()).paragraphs] == [
        ("line 1", "he annexe."),
        ("line 4", "- first"),
        ("line 5", "- second"),
    ]


def test_a_page_shows_its_words_and_not_its_scripts():
    page = (
        b"<html><body><nav>Home</nav><script>var x=1</script><h2>Harm</h2><p>One<br><br>Two &amp; 3</p></body></html>"
    )
    found = [(paragraph.kind, paragraph.text) for paragraph in read(page).paragraphs]
    assert found == [("text", "Home"), ("heading", "Harm"), ("text", "One"), ("text", "Two & 3")]


def insertion(document):
    run = document.paragraphs[0].runs[0]._r
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:author"), "A")
    run.addprevious(inserted)
    inserted.append(run)


def hidden(document):
    document.paragraphs[0].runs[0].font.hidden = True


@pytest.mark.parametrize("change", [insertion, hidden])
def test_what_word_hides_is_residue(change):
    raw = as_word("Dear applicant\n\nThe force has 12 boats and holds no other craft at all.", change)
    assert [each.severity for each in lint(raw) if each.rule == "RN-18"] == ["B"]


def zipped(**files):
    raw = BytesIO()
    with ZipFile(raw, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "before 2007"),
        (b"PK\x03\x04 broken", "damaged"),
        (zipped(xl__workbook="x"), "another Office file"),
        (zipped(word__document="<w/>") + b"", "another Office file"),
        (b"{\\rtf1 Dear}", "Rich Text"),
        (b"%PDF-1.7 broken", "PDF is damaged"),
        (b"\x00\x01\x02 GIF", "binary"),
        (b"<html><body><script>x</script></body></html>", "no text"),
        (b"x" * 20_000_001, "larger"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(raw, said):
    with pytest.raises(Unreadable) as refused:
        read(raw)
    assert said in str(refused.value)


@pytest.mark.parametrize("form", [pdf, word])
def test_a_damaged_letter_is_refused_and_never_half_read(form):
    raw = form(LETTERS["nine"])
    with pytest.raises(Unreadable):
        read(raw[: len(raw) // 3])
