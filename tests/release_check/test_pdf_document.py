"""What a PDF holds beside its pages is found, and what every PDF holds is let through (REL-10 to REL-17)."""

import zlib

import pytest

from services.publishing.release_check.report import Report
from tests.release_check.checking import checked, codes
from tests.release_check.made.pdfs import FONT, PdfFile, box, drawn, letter, words

SAYS = "Thank you for your request."
ANNOTATION = "<< /Type /Annot /Rect [60 60 90 90] /F 4 {} >>"
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 99 99]"
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:own="urn:example:own"'
    ' xmlns:m="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"{}</rdf:Description>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
PLAIN_XMP = XMP.format(
    ' xmp:CreatorTool="A word processor"><pdfaid:part>2</pdfaid:part><xmp:CreateDate>2026-01-05</xmp:CreateDate>'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Answer</rdf:li></rdf:Alt></dc:title>'
    "<m:DocumentID>uuid:1</m:DocumentID>"
)


def of(made: PdfFile, more: str = "", content: str = "", resources: str = "") -> Report:
    """The report on the file with one page."""
    made.page(words(SAYS) + content, resources, more)
    return checked(made.bytes(), "answer.pdf")


def with_annotation(entries: str) -> Report:
    made = PdfFile()
    mark = made.add(ANNOTATION.format(entries))
    return of(made, f"/Annots [{mark} 0 R]")


def with_catalogue(entries: str) -> Report:
    return of(PdfFile(catalogue=entries))


def test_an_ordinary_file_passes() -> None:
    made = PdfFile(info="/Title (Answer) /Producer (A press) /Creator (A word processor) /CreationDate (D:20260105)")
    metadata = made.add("/Type /Metadata /Subtype /XML", PLAIN_XMP.encode())
    made.catalogue = f"/Metadata {metadata} 0 R /Lang (en-GB) /OpenAction [{metadata + 2} 0 R /Fit] /PageMode /UseNone"

    assert of(made).verdict == "pass"


ANNOTATIONS = {
    "/Subtype /Text /T (Jo Bloggs) /Contents (Is this right?)": "annotation",
    "/Subtype /Highlight /T (Jo Bloggs)": "annotation",
    "/Subtype /Ink /InkList [[1 2 3 4]]": "annotation",
    "/Subtype /Popup": "annotation",
    "/Subtype /FreeText /Contents (Note)": "annotation",
    "/Subtype /Stamp": "annotation",
    "/Subtype /NewKind": "annotation",
    "/Subtype /Redact /QuadPoints [60 60 90 60 60 90 90 90]": "unapplied_redaction",
    "/Subtype /FileAttachment": "attachment",
    "/Subtype /RichMedia": "javascript",
    "/Subtype /3D": "javascript",
    "/Subtype /Link /A << /S /Launch /F (run.exe) >>": "javascript",
    "/Subtype /Link /A << /S /URI /URI (javascript:1) >>": "javascript",
    "/Subtype /Link /A << /S /NewAction >>": "javascript",
    "/Subtype /Link /A << /S /URI /URI (file:///P:/cases/1.docx) >>": "external_link",
    r"/Subtype /Link /A << /S /URI /URI (\\\\server\\share) >>": "external_link",
    "/Subtype /Link /A << /S /GoToR /F (other.pdf) /D [0 /Fit] >>": "external_link",
    "/Subtype /Widget /FT /Tx /T (name) /V (Jo Bloggs)": "form_value",
    "/Subtype /Widget /FT /Tx /T (name) /DV (Jo Bloggs)": "form_value",
    "/Subtype /Widget /FT /Ch /T (unit) /V [(A) (B)]": "form_value",
    "/Subtype /Widget /FT /Btn /T (consent) /V /Yes": "form_value",
}


@pytest.mark.parametrize(("entries", "code"), ANNOTATIONS.items(), ids=ANNOTATIONS)
def test_marks_on_a_page_block_the_release(entries: str, code: str) -> None:
    assert codes(with_annotation(entries), "block") == {code}


@pytest.mark.parametrize(
    "entries",
    [
        "/Subtype /Link /A << /S /URI /URI (https://ico.example/) >> /Contents (The regulator)",
        "/Subtype /Link /A << /S /URI /URI (mailto:foi@force.example) >>",
        "/Subtype /Link /Dest [0 /Fit]",
        "/Subtype /Widget /FT /Tx /T (name) /V ()",
        "/Subtype /Widget /FT /Btn /T (consent) /V /Off",
        "/Subtype /PrinterMark",
    ],
)
def test_links_and_empty_fields_block_nothing(entries: str) -> None:
    assert codes(with_annotation(entries), "block") == set()


CATALOGUES = {
    "/OpenAction << /S /JavaScript /JS (app.alert) >>": "javascript",
    "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>": "javascript",
    "/AA << /WC << /S /SubmitForm /F (http://force.example) >> >>": "javascript",
    "/AcroForm << /Fields [] /XFA (form) >>": "unknown_part",
    "/AcroForm << /Fields [<< /T (a) /Kids [<< /T (b) /FT /Tx /V (Jo Bloggs) >>] >>] >>": "form_value",
    "/Collection << /View /D >>": "portfolio",
    "/OCProperties << /OCGs [] /D << /BaseState /OFF >> >>": "hidden_layer",
    "/OCProperties << /OCGs [] /D << /OFF [<< /Type /OCG /Name (Names) >>] >> >>": "hidden_layer",
    "/OCProperties << /OCGs [<< /Type /OCG /Usage << /View << /ViewState /OFF >> >> >>] /D << >> >>": "hidden_layer",
    "/PieceInfo << /App << /LastModified (D:2026) /Private (Jo Bloggs) >> >>": "page_piece_data",
    "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.bin) /EF << /F 99 0 R >> >>] >> >>": "attachment",
}


@pytest.mark.parametrize(("entries", "code"), CATALOGUES.items(), ids=CATALOGUES)
def test_what_the_catalogue_leads_to_blocks_the_release(entries: str, code: str) -> None:
    assert codes(with_catalogue(entries), "block") == {code}


@pytest.mark.parametrize(
    "entries",
    [
        "/OpenAction << /S /GoTo /D [0 /Fit] >>",
        "/AcroForm << /Fields [] >>",
        "/OCProperties << /OCGs [<< /Type /OCG /Name (All) >>] /D << /BaseState /ON /OFF [] >> >>",
        "/PieceInfo << /App << /LastModified (D:2026) /Private /Header >> >>",
        "/Perms << >>",
        "/Odd (text)",
    ],
)
def test_what_hides_nothing_in_the_catalogue_blocks_nothing(entries: str) -> None:
    assert codes(with_catalogue(entries), "block") == set()


def test_an_attached_file_is_found_and_inspected() -> None:
    made = PdfFile()
    inner = made.add(
        "/Type /EmbeddedFile /Filter /FlateDecode",
        zlib.compress(letter(words("Deirdre Quill") + box(60, 690, 200, 30))),
    )
    made.catalogue = (
        f"/Names << /EmbeddedFiles << /Names [(a) << /F (staff.pdf) /UF (staff.pdf) /EF << /F {inner} 0 R >> >>] >> >>"
    )
    report = of(made)

    assert codes(report, "block") == {"attachment", "text_under_opaque_box"}
    assert any(each.where == "staff.pdf › page 1" for each in report.findings)


def test_an_attached_file_that_only_its_type_gives_away_is_found() -> None:
    made = PdfFile()
    inner = made.add("/Type /EmbeddedFile", b"Rank and file, 1 January")
    assert "attachment" in codes(of(made, f"/AF [<< /Odd {inner} 0 R >>]"), "block")


def test_a_preview_and_private_data_of_a_page_block_the_release() -> None:
    made = PdfFile()
    preview = made.picture(2, 2, bytes(4))

    assert "thumbnail" in codes(of(made, f"/Thumb {preview} 0 R"), "block")
    assert codes(of(PdfFile(), "/PieceInfo << /App << /Private << /Old (text) >> >> >>"), "block") == {
        "page_piece_data"
    }


INFORMATION = {
    "/Author (Jo Bloggs)": "author",
    "/Subject (Jo Bloggs, complaint)": "document_property",
    "/Keywords (complaint)": "document_property",
    "/Company (A Police)": "company",
    "/Manager (Jo Bloggs)": "manager_property",
    "/CaseNumber (7)": "custom_property",
    r"/Title (C:\\Users\\jb\\answer.docx)": "local_path",
}


@pytest.mark.parametrize(("entries", "code"), INFORMATION.items(), ids=INFORMATION)
def test_properties_are_for_review(entries: str, code: str) -> None:
    report = of(PdfFile(info=entries))

    assert codes(report) == {code}
    assert report.verdict == "review"


METADATA = {
    "><dc:creator><rdf:Seq><rdf:li>Jo Bloggs</rdf:li></rdf:Seq></dc:creator>": "author",
    "><m:History><rdf:Seq><rdf:li m:action='saved' m:instanceID='uuid:1'/></rdf:Seq></m:History>": "document_property",
    "><m:DerivedFrom m:documentID='uuid:2'/>": "document_property",
    "><dc:description><rdf:Alt><rdf:li>Complaint</rdf:li></rdf:Alt></dc:description>": "document_property",
    "><own:CaseNumber>7</own:CaseNumber>": "custom_property",
    " own:CaseNumber='7'>": "custom_property",
    "><dc:title><rdf:Alt><rdf:li>file:///P:/cases/7.docx</rdf:li></rdf:Alt></dc:title>": "local_path",
}


@pytest.mark.parametrize(("entries", "code"), METADATA.items(), ids=METADATA)
def test_metadata_are_for_review(entries: str, code: str) -> None:
    made = PdfFile()
    metadata = made.add("/Type /Metadata /Subtype /XML", XMP.format(entries).encode())
    made.catalogue = f"/Metadata {metadata} 0 R"
    report = of(made)

    assert codes(report) == {code}
    assert report.verdict == "review"


def test_metadata_of_a_picture_are_read_and_what_is_no_metadata_blocks() -> None:
    made, broken = PdfFile(), PdfFile()
    metadata = made.add("/Type /Metadata", XMP.format("><dc:creator>Jo Bloggs</dc:creator>").encode())
    picture = made.picture(20, 20, bytes(range(200)) * 2, f"/Metadata {metadata} 0 R")
    broken.catalogue = f"/Metadata {broken.add('/Type /Metadata', b'Jo Bloggs')} 0 R"

    assert codes(of(made, "", drawn("Im1", 9, 9, 99, 99), f"/XObject << /Im1 {picture} 0 R >>")) == {"author"}
    assert codes(of(broken), "block") == {"unknown_part"}


def test_alternative_texts_that_repeat_a_covered_text_block_the_release() -> None:
    covered = words("Deirdre Quill", y=600) + box(60, 590, 200, 30)
    says = {
        "/Outlines << /First << /Title (Deirdre Quill) /Parent 1 0 R /Dest [0 /Fit] >> >>": True,
        "/StructTreeRoot << /K << /S /Figure /P 1 0 R /Alt (Ms Quill) >> >>": True,
        "/StructTreeRoot << /K << /S /Span /P 1 0 R /ActualText (Deirdre) >> >>": True,
        "/StructTreeRoot << /K << /S /H1 /P 1 0 R /T (QUILL) >> >>": True,
        "/StructTreeRoot << /K << /S /Figure /P 1 0 R /Alt (A crest) >> >>": False,
    }
    for entries, repeats in says.items():
        made = PdfFile(catalogue=entries)
        assert ("covered_alternative_text" in codes(of(made, content=covered), "block")) == repeats, entries


def test_a_bookmark_for_what_no_page_says_is_for_review() -> None:
    bookmark = "/Outlines << /First << /Title ({}) /Parent 1 0 R /Dest [0 /Fit] >> >>"

    assert codes(with_catalogue(bookmark.format("Deirdre Quill"))) == {"covered_alternative_text"}
    assert codes(with_catalogue(bookmark.format("Your Request"))) == set()


def test_what_nothing_leads_to_is_found() -> None:
    fonts, old_page, old_text, old_picture, note = (PdfFile() for _ in range(5))
    fonts.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>")
    fonts.add("<< /Linearized 1 /L 900 >>")
    old_page.add("<< /Type /Page >>")
    old_text.add("", b"BT (Deirdre Quill) Tj ET")
    old_picture.picture(20, 20, bytes(400))
    note.add("<< /Author (Jo Bloggs) >>")

    assert codes(of(fonts)) == set()
    assert codes(of(note)) == {"orphan_part"}
    assert codes(of(note), "block") == set()
    for each in (old_page, old_text, old_picture):
        assert codes(of(each), "block") == {"orphan_part"}


def test_a_page_that_only_a_bookmark_leads_to_is_found() -> None:
    made = PdfFile()
    text = made.add("", b"BT (Deirdre Quill) Tj ET")
    page = made.add(f"<< /Type /Page /Contents {text} 0 R >>")
    made.catalogue = f"/Dests << /Old [{page} 0 R /Fit] >>"

    assert codes(of(made), "block") == {"orphan_part"}


def test_pictures_and_drawings_that_no_page_shows_are_found() -> None:
    made, shown, blank = PdfFile(), PdfFile(), PdfFile()
    pictures = [each.picture(20, 20, bytes(range(200)) * 2) for each in (made, shown)]
    empty = blank.add(FORM, b"q Q            ")

    assert codes(of(made, "", "", f"/XObject << /Im1 {pictures[0]} 0 R >>"), "block") == {"orphan_part"}
    resources = f"/XObject << /Im#31 {pictures[1]} 0 R >>"
    assert codes(of(shown, "", drawn("Im1", 9, 9, 99, 99), resources)) == set()
    assert codes(of(blank, "", "", f"/XObject << /Fm1 {empty} 0 R >>")) == set()


def test_a_photograph_inside_is_inspected_with_its_details() -> None:
    made = PdfFile()
    jpeg = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xd9"
    picture = made.add(
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
        " /Filter /DCTDecode",
        jpeg,
    )
    report = of(made, "", drawn("Im1", 9, 9, 99, 99), f"/XObject << /Im1 {picture} 0 R >>")

    assert any(each.where.startswith("page 1, picture") and "›" in each.where for each in report.findings)


def test_protection_and_signatures_are_told() -> None:
    signed = with_annotation("/Subtype /Widget /FT /Sig /T (sign) /V << /Type /Sig /Name (Jo Bloggs) >>")

    assert codes(signed) == {"protection", "author"}
    assert signed.verdict == "review"


def test_a_font_is_not_asked_for_its_maker() -> None:
    made = PdfFile()
    metadata = made.add("/Type /Metadata", XMP.format("><dc:creator>A foundry</dc:creator>").encode())
    program = made.add(f"/Length1 9 /Metadata {metadata} 0 R", b"not a font")
    made.catalogue = f"/StructTreeRoot << /FontFile2 {program} 0 R /Same {FONT} 0 R >>"

    assert codes(of(made)) == set()
