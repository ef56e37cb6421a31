"""PDF files that cannot be read whole, or not within bounds, do not pass (REL-14, REL-17, REL-27)."""

import zlib

from services.publishing.release_check.policy import Limits, Policy
from tests.release_check.checking import checked, codes
from tests.release_check.made.pdfs import PdfFile, letter, words

SAYS = "Thank you for your request."

ENCRYPTION = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44"
    " /O <2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67> /U <{}> >> /ID [<00> <00>]"
)


def test_an_encrypted_file_is_not_let_out() -> None:
    made = PdfFile(trailer=ENCRYPTION.format("00" * 32))
    made.page(words(SAYS))

    assert codes(checked(made.bytes(), "a.pdf"), "block") == {"encrypted"}


def test_bytes_around_the_file_block_the_release() -> None:
    clean = letter()

    assert codes(checked(clean + b"\r\n\x00", "a.pdf")) == set()
    assert codes(checked(clean + b"Deirdre Quill", "a.pdf"), "block") == {"trailing_data"}
    assert "trailing_data" in codes(checked(b"Deirdre Quill\n" + clean, "a.pdf"), "block")


def test_a_damaged_file_is_not_let_out() -> None:
    clean = letter()

    assert checked(clean[:-20], "a.pdf").verdict == "block"
    assert checked(clean[: len(clean) // 2], "a.pdf").verdict == "block"
    assert checked(clean.replace(b"startxref\n", b"startxref\n1"), "a.pdf").verdict == "block"
    assert checked(clean.replace(b"/Pages 2 0 R", b"/Pages 9 0 R"), "a.pdf").verdict == "block"
    assert checked(b"%PDF-1.7\n%%EOF\n", "a.pdf").verdict == "block"


def test_page_trees_that_lead_back_to_themselves_end_in_a_block() -> None:
    clean = letter().replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")

    assert checked(clean, "a.pdf").verdict == "block"


def test_more_pages_than_a_check_may_have_are_a_bomb() -> None:
    made = PdfFile()
    for _ in range(3):
        made.page(words(SAYS))

    assert codes(checked(made.bytes(), "a.pdf", Policy(limits=Limits(pages=2)))) == {"archive_bomb"}
    assert codes(checked(made.bytes(), "a.pdf", Policy(limits=Limits(pages=3)))) == set()


def test_what_is_packed_too_well_is_a_bomb() -> None:
    made = PdfFile()
    text = made.add("/Filter /FlateDecode", zlib.compress(b" " * 3_000_000))
    page = made.page(words(SAYS))
    made.objects[page] = made.objects[page].replace(b"/Contents %d 0 R" % (page - 1), b"/Contents %d 0 R" % text)

    assert "archive_bomb" in codes(checked(made.bytes(), "a.pdf", Policy(limits=Limits(inflated=1_000_000))))
