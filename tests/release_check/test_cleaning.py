"""A clean copy is rebuilt from what is visible: it holds nothing that was hidden, and passes its own check."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from services.publishing.release_check.cleaning.copying import Copy, NotCleaned, clean, file_name
from services.publishing.release_check.cleaning.table_writing import csv_of, is_number, ods_of, xlsx_of
from services.publishing.release_check.confinement import Examiners
from services.publishing.release_check.inspection import tables_of
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.archives import zipped
from tests.release_check.made.documents import Document, cell, paragraph, row, run, table
from tests.release_check.made.opendocuments import OpenDocument, style
from tests.release_check.made.pdfs import PdfFile, box, letter, words
from tests.release_check.made.pictures import exif_segment, exif_with_camera, jpeg
from tests.release_check.made.workbook_parts import pivot_cache
from tests.release_check.made.workbooks import MadeWorkbook

SECRET = "Goldcrest"
"""An invented name that stands in every poisoned file, and must stand in no copy."""


def cleaned(data: bytes, name: str, form: str = "") -> Copy:
    return clean(data, name, POLICY, form)


def blocks(copy: Copy) -> set[str]:
    """What still blocks in the files of a copy."""
    return {code for each in copy.files for code in codes(checked(each.data, each.name), "block")}


def everything_in(data: bytes) -> bytes:
    """The bytes of a file, and of the parts of an archive."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return data + b"".join(archive.read(name) for name in archive.namelist())


def poisoned_workbook() -> bytes:
    made = MadeWorkbook(properties="")
    date, percent, masked = (made.styles.style(number=14), made.styles.style(number=10), made.styles.style(code=";;;"))
    made.sheet(
        "Stops",
        [
            ["Year", "Stops", "Share", "On"],
            [2024, 120, 0.4567, 45292],
            [2025, 98, 0.5, 45658],
            ["=1+1", 7, SECRET, None],
            [SECRET, SECRET, None, None],
        ],
        styles={"D2": date, "D3": date, "C2": percent, "C3": percent, "C4": masked},
        row_attributes={5: 'hidden="1"'},
    )
    made.sheet("Staff", [["Surname"], [SECRET]], state="hidden")
    made.sheet("More / stops", [["A"], ["b"]])
    return made.bytes()


def test_a_spreadsheet_becomes_one_csv_for_each_visible_sheet_as_it_is_shown() -> None:
    copy = cleaned(poisoned_workbook(), "stops, 2025 (final).xlsx")
    assert [each.name for each in copy.files] == ["stops 2025 final - Stops.csv", "stops 2025 final - More stops.csv"]
    text = copy.files[0].data.decode("utf-8-sig")
    assert text.splitlines() == [
        "Year,Stops,Share,On",
        "2024,120,45.67%,2024-01-01",
        "2025,98,50.00%,2025-01-01",
        "'=1+1,7",
    ]
    assert copy.summary == "9 rows in 3 sheets became 6 rows in 2 sheets"
    assert blocks(copy) == set()


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_no_form_of_the_copy_holds_anything_that_was_hidden(form: str) -> None:
    copy = cleaned(poisoned_workbook(), "stops.xlsx", form)
    for each in copy.files:
        assert SECRET.encode() not in everything_in(each.data)
        assert codes(checked(each.data, each.name), "block") == set()
        assert "author" not in codes(checked(each.data, each.name))
    again = cleaned(poisoned_workbook(), "stops.xlsx", form)
    assert [each.data for each in again.files] == [each.data for each in copy.files]


def test_the_rows_of_a_pivot_cache_count_among_what_there_was() -> None:
    package = pivot_cache()
    copy = cleaned(package.bytes() if hasattr(package, "bytes") else package, "a.xlsx")
    assert blocks(copy) == set()
    assert int(str(copy.before).split()[0]) > int(str(copy.after).split()[0])


def test_an_ods_is_cleaned_like_an_xlsx() -> None:
    hidden = style("ta2", "table", '<style:table-properties table:display="false"/>')
    body = (
        '<table:table table:name="Shown"><table:table-row><table:table-cell office:value-type="string"><text:p>Ward'
        '</text:p></table:table-cell></table:table-row></table:table><table:table table:name="Kept" '
        'table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string">'
        f"<text:p>{SECRET}</text:p></table:table-cell></table:table-row></table:table>"
    )
    copy = cleaned(OpenDocument("spreadsheet", body, hidden).packed(), "a.ods", "ods")
    assert (copy.summary, blocks(copy)) == ("2 rows in 2 sheets became 1 row in 1 sheet", set())
    assert SECRET.encode() not in everything_in(copy.files[0].data)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 1632 960000", "+44 1632 960000"),
        ("-12.5", "-12.5"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("plain, with a comma", '"plain, with a comma"'),
        ('a "quoted" word', '"a ""quoted"" word"'),
    ],
)
def test_what_a_spreadsheet_would_run_is_made_a_text(value: str, written: str) -> None:
    assert csv_of([[value]]).decode("utf-8-sig") == f"{written}\r\n"


@pytest.mark.parametrize("value", ["0", "12", "-3.50", "123456789012345"])
def test_a_number_that_reads_the_same_stays_a_number(value: str) -> None:
    assert is_number(value)
    for write, name in ((xlsx_of, "a.xlsx"), (ods_of, "a.ods")):
        (found,) = tables_of(write([("Sheet", [["Head"], [value]])]), name, POLICY)
        assert found.rows == [["Head"], [value]]


@pytest.mark.parametrize("value", ["007", "1e5", "1,234", "12 ", "1234567890123456", "+5", ".5"])
def test_what_a_spreadsheet_would_show_otherwise_stays_a_text(value: str) -> None:
    assert not is_number(value)


def test_names_that_a_spreadsheet_refuses_are_made_fit_and_kept_apart() -> None:
    made = xlsx_of([("a/b:c", [["1"]]), ("A b c", [["2"]]), ("x" * 40, [["3"]]), ("''", [["4"]])])
    assert codes(checked(made, "a.xlsx")) == set()
    assert [each.where for each in tables_of(made, "a.xlsx", POLICY)] == [
        "sheet a b c",
        "sheet A b c (2)",
        f"sheet {'x' * 31}",
        "sheet Sheet 4",
    ]


def poisoned_document() -> bytes:
    body = (
        paragraph("Our answer", properties='<w:pStyle w:val="Heading3"/>')
        + paragraph("The force holds <some> of it.".replace("<", "&lt;").replace(">", "&gt;"))
        + paragraph(SECRET, "<w:vanish/>")
        + f'<w:p><w:del w:id="1" w:author="Ann"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>{run("Kept.")}</w:p>'
        + paragraph("First", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + table(row(cell("Year"), cell("Stops")), row(cell("2024"), cell("120")))
    )
    return Document(body=body).bytes()


def test_a_document_becomes_an_accessible_page_of_what_can_be_seen() -> None:
    copy = cleaned(poisoned_document(), "Answer to you.docx")
    (page,) = copy.files
    assert (page.name, page.media_type) == ("Answer to you.html", "text/html")
    text = page.data.decode()
    for piece in (
        '<html lang="en-GB">',
        "<h1>Our answer</h1>",
        "<p>The force holds &lt;some&gt; of it.</p>",
        "<p>Kept.</p>",
        "<ul>\n<li>First</li>\n</ul>",
        '<th scope="col">Year</th>',
        "<td>120</td>",
    ):
        assert piece in text
    assert text.index("Kept.") < text.index("First") < text.index("Year")
    assert SECRET not in text
    assert blocks(copy) == set()
    assert copy.warnings


def test_an_odt_becomes_a_page_as_well() -> None:
    hidden = f'<text:p><text:hidden-text text:string-value="{SECRET}" text:is-hidden="true"/></text:p>'
    body = f'<text:h text:outline-level="1">Answer</text:h><text:p>Shown.</text:p>{hidden}'
    copy = cleaned(OpenDocument("text", body).packed(), "a.odt")
    text = copy.files[0].data.decode()
    assert "<h1>Answer</h1>\n<p>Shown.</p>" in text
    assert SECRET not in text


def test_the_copy_of_a_document_comes_as_a_pdf_too_and_each_file_has_its_own_report() -> None:
    with Examiners(POLICY) as examiners:
        copy = examiners.clean(poisoned_document(), "answer.docx")
    assert [each.name for each in copy.files] == ["answer.html", "answer.pdf"]
    assert {each.report.verdict for each in copy.files} == {"pass"}
    with pikepdf.open(io.BytesIO(copy.files[1].data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"


def test_a_picture_is_painted_anew_without_a_word_beside_it() -> None:
    copy = cleaned(jpeg(exif_segment(exif_with_camera()), behind=SECRET.encode()), "site.jpeg")
    (picture,) = copy.files
    assert (picture.name, picture.media_type) == ("site.jpg", "image/jpeg")
    assert codes(checked(picture.data, picture.name)) == set()
    assert SECRET.encode() not in picture.data
    with Image.open(io.BytesIO(picture.data)) as painted:
        assert painted.size == (8, 8)
        assert not painted.getexif()


def test_words_under_a_box_are_gone_from_the_copy_and_its_reader_is_warned() -> None:
    data = letter(words(SECRET, y=600) + box(60, 590, 200, 30))
    assert "text_under_opaque_box" in codes(checked(data, "a.pdf"))
    copy = cleaned(data, "a.pdf")
    assert "pictures now" in copy.warnings[0]
    report = checked(copy.files[0].data, "a.pdf")
    assert codes(report, "block") == set()
    with pikepdf.open(io.BytesIO(copy.files[0].data)) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        assert SECRET.encode() not in copy.files[0].data + content


def test_a_pdf_without_such_boxes_keeps_its_text_and_loses_what_its_pages_do_not_need() -> None:
    action = rf"/OpenAction << /S /JavaScript /JS (app.alert\({SECRET}\)) >>"
    made = PdfFile(info=f"/Author ({SECRET})", catalogue=action)
    made.page(words("Thank you for your request."))
    assert "javascript" in codes(checked(made.bytes(), "a.pdf"))
    copy = cleaned(made.bytes(), "a.pdf")
    assert codes(checked(copy.files[0].data, "a.pdf")) == set()
    assert SECRET.encode() not in copy.files[0].data
    with pikepdf.open(io.BytesIO(copy.files[0].data)) as pdf:
        assert b"Thank you" in pdf.pages[0].Contents.read_bytes()
    assert "earlier versions are left out" in copy.warnings[0]


def test_a_text_loses_what_cannot_be_seen_in_it() -> None:
    copy = cleaned("Stops\u200b in 2025\r\n".encode(), "a.txt")
    assert copy.files[0].data == b"Stops in 2025\n"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (zipped({"a.txt": "x"}), "a.zip", "There is no clean copy of this kind of file (zip)"),
        (b"%PDF-1.7 broken", "a.pdf", "cannot be read whole (unreadable"),
        (b"\x00\x01\x02", "a.xlsx", "no clean copy of this kind of file (unknown)"),
        (MadeWorkbook().bytes(), "a.xlsx", "No sheet shows any value"),
        (Document(body=paragraph(SECRET, "<w:vanish/>")).bytes(), "a.docx", "shows no text"),
    ],
    ids=["archive", "broken", "unknown", "nothing shown on a sheet", "nothing shown in a text"],
)
def test_what_has_no_clean_copy_says_why(data: bytes, name: str, why: str) -> None:
    with pytest.raises(NotCleaned, match=why.replace("(", r"\(").replace(")", r"\)")):
        cleaned(data, name)


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Stops: 2025/26?", "Stops 2025 26.csv"),
        ("…", "document.csv"),
        ("a" * 200, f"{'a' * 100}.csv"),
        ("Gwên", "Gw n.csv"),
    ],
)
def test_a_copy_has_a_name_that_the_public_can_be_given(stem: str, name: str) -> None:
    assert file_name(stem, "csv") == name
