"""Earlier versions inside a PDF (REL-16)."""

from tests.release_check.checking import checked, codes
from tests.release_check.made.pdfs import CATALOGUE, PdfFile, letter, revised, words, written

CONTENT = 4
"""The number of the object with the page's content in the files made here."""


def saying(text: str) -> bytes:
    return letter(words(text))


def test_a_text_that_was_removed_in_a_later_version_blocks_the_release() -> None:
    clean = written("", words("Thank you for your request for information.").encode())
    report = checked(revised(saying("Deirdre Quill"), {CONTENT: clean}), "a.pdf")

    assert codes(report) == {"incremental_update", "earlier_revision"}
    assert [each.excerpt for each in report.findings if each.code == "earlier_revision"] == ["d•••••• q••••"]


def test_every_earlier_version_is_compared() -> None:
    clean = written("", words("Thank you for your request for information.").encode())
    twice = revised(revised(saying("Deirdre Quill"), {CONTENT: clean}), {CONTENT: clean})

    assert "earlier_revision" in codes(checked(twice, "a.pdf"), "block")


def test_a_later_version_that_says_the_same_and_more_is_for_review() -> None:
    more = written("", (words("Thank you for your request for information.", y=780) + words("Yours", y=90)).encode())
    report = checked(revised(letter(), {CONTENT: more}), "a.pdf")

    assert codes(report) == {"incremental_update"}
    assert report.verdict == "review"


def test_a_note_and_a_picture_that_were_removed_are_found() -> None:
    noted = PdfFile()
    mark = noted.add("<< /Type /Annot /Subtype /Text /Rect [1 1 9 9] /Contents (Deirdre Quill) >>")
    noted.page(words("Thank you."), more=f"/Annots [{mark} 0 R]")
    pictured = PdfFile()
    picture = pictured.picture(2, 2, bytes(4))
    pictured.page(words("Thank you.") + "q 9 0 0 9 9 9 cm /Im1 Do Q", f"/XObject << /Im1 {picture} 0 R >>")

    assert "earlier_revision" in codes(checked(revised(noted.bytes(), {mark: b"null"}), "a.pdf"), "block")
    new = written(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\xff" * 4
    )
    assert "earlier_revision" in codes(checked(revised(pictured.bytes(), {picture: new}), "a.pdf"), "block")


def test_an_addition_without_an_object_is_no_version() -> None:
    assert codes(checked(revised(letter(), {}), "a.pdf")) == set()


def test_a_file_made_for_fast_reading_has_one_version() -> None:
    linearised = letter().replace(
        b"1 0 obj\n", b"9 0 obj\n<< /Linearized 1 >>\nendobj\nstartxref\n0\n%%EOF\n1 0 obj\n", 1
    )

    assert not codes(checked(linearised, "a.pdf")) & {"incremental_update", "earlier_revision"}


def test_a_file_that_only_says_it_was_made_for_fast_reading_is_compared() -> None:
    clean = written("", words("Thank you for your request for information.").encode())
    said = letter(words("Deirdre Quill"), catalogue="/Note << /Linearized 1 >>")

    assert "earlier_revision" in codes(checked(revised(said, {CONTENT: clean}), "a.pdf"), "block")


def test_more_versions_than_anybody_makes_are_not_let_out() -> None:
    data = letter()
    for _ in range(13):
        data = revised(data, {CATALOGUE: b"<< /Type /Catalog /Pages 2 0 R >>"})

    assert "earlier_revision" in codes(checked(data, "a.pdf"), "block")


def test_objects_that_the_table_no_longer_lists_are_found() -> None:
    made = letter()
    cut = made.replace(b"xref\n", b"99 0 obj\n(Deirdre Quill)\nendobj\nxref\n", 1)
    moved = made.index(b"\nxref\n") + 1
    cut = cut.replace(
        b"startxref\n%d" % moved, b"startxref\n%d" % (moved + cut.index(b"xref\n") - made.index(b"xref\n"))
    )

    assert codes(checked(cut, "a.pdf"), "block") == {"orphan_part"}
