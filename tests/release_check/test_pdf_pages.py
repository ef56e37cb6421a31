"""What PDF pages cover or hide: the text is found, and what only looks like it is let through (REL-15)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.report import Report
from tests.release_check.checking import checked, codes
from tests.release_check.made.pdfs import PdfFile, box, drawn, letter, words

NAME = "Deirdre Quill"
COVERED = words(NAME)
BLACK = box(60, 690, 200, 30)
HATCHED = "q 0 G 2 w " + "".join(f"60 {690 + 3 * n} m 260 {690 + 3 * n} l S " for n in range(10)) + "Q\n"
LABEL = words("Section 40 applies", 75, 700, 8, "1 1 1 rg")
WHITE_TEXT = words(NAME, more="1 1 1 rg")


def seen_through(alpha: float, more: str = "") -> str:
    """Resources with a graphics state `/Faint`."""
    return f"/ExtGState << /Faint << /ca {alpha} /CA {alpha} {more} >> >>"


def of(content: str, resources: str = "", more: str = "") -> Report:
    return checked(letter(content, resources, more), "letter.pdf")


def with_picture(
    content: str, pixels: bytes, width: int = 20, height: int = 20, more: str = "", page: str = ""
) -> Report:
    made = PdfFile()
    picture = made.picture(width, height, pixels, more)
    made.page(
        content + words("Thank you for asking.", y=790, more="1 0 0 rg"), f"/XObject << /Im1 {picture} 0 R >>", page
    )
    return checked(made.bytes(), "scan.pdf")


def stripes(width: int = 20, height: int = 20) -> bytes:
    """A picture that shows something everywhere."""
    return bytes(255 * (x // 2 % 2) for _ in range(height) for x in range(width))


HIDING = {
    "a black box": (COVERED + BLACK, "text_under_opaque_box"),
    "a white box": (COVERED + box(60, 690, 200, 30, "1 g"), "text_under_opaque_box"),
    "a yellow box": (COVERED + box(60, 690, 200, 30, "1 1 0 rg"), "text_under_opaque_box"),
    "a box with a label on it": (COVERED + BLACK + LABEL, "text_under_opaque_box"),
    "a thick line": (COVERED + "q 30 w 60 704 m 260 704 l S Q\n", "text_under_opaque_box"),
    "a box of curves": (
        COVERED + "q 60 690 m 60 720 l 100 730 200 730 260 720 c 260 690 l f Q\n",
        "text_under_opaque_box",
    ),
    "a box over a part of a word": (words("Collar 41786") + box(108, 690, 21, 30), "text_under_opaque_box"),
    "text that is painted black on a black ground": (BLACK + COVERED, "hidden_text_layer"),
    "text of the colour of its paper": (WHITE_TEXT, "hidden_text_layer"),
    "white text under black text": (WHITE_TEXT + words("Anything else at all"), "hidden_text_layer"),
    "text without ink": (words(NAME, more="3 Tr"), "hidden_text_layer"),
    "text that only clips": (words(NAME, more="7 Tr"), "hidden_text_layer"),
    "text without ink under other text": (words(NAME, more="3 Tr") + words("Anything else"), "hidden_text_layer"),
    "text cut away": (f"q 0 0 10 10 re W n {COVERED} Q\n", "hidden_text_layer"),
    "text off the page": (words(NAME, x=-300), "hidden_text_layer"),
    "text above the page": (words(NAME, y=900), "hidden_text_layer"),
    "text of one point": (words(NAME, size=1), "hidden_text_layer"),
    "text made small by its matrix": (f"q 0.05 0 0 0.05 72 500 cm {words(NAME, 0, 0)} Q\n", "hidden_text_layer"),
    "dark text on black": (BLACK + words(NAME, more="0.1 g"), "hidden_text_layer"),
    "hatching": (COVERED + HATCHED, "text_under_hatched_box"),
}


@pytest.mark.parametrize(("content", "code"), HIDING.values(), ids=HIDING)
def test_hidden_text_blocks_the_release(content: str, code: str) -> None:
    assert codes(of(content), "block") == {code}


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_hides_no_covered_text(turned: int) -> None:
    assert codes(of(COVERED + BLACK, more=f"/Rotate {turned}"), "block") == {"text_under_opaque_box"}
    assert codes(of(BLACK.replace("0 g", "0.9 g") + COVERED, more=f"/Rotate {turned}")) == set()


SHOWING = {
    "text alone": COVERED,
    "text on a grey ground": box(60, 690, 200, 30, "0.85 g") + COVERED,
    "white text on a black ground": BLACK + WHITE_TEXT,
    "white text on a ground with lines drawn later": BLACK + WHITE_TEXT + "q 0.5 G 60 690 m 260 690 l S Q\n",
    "underlined text": COVERED + "q 1 w 72 697 m 150 697 l S Q\n",
    "text struck through": COVERED + "q 1 w 72 704 m 150 704 l S Q\n",
    "a grid around text": COVERED + "q 1 w 60 690 200 30 re S 60 660 200 30 re S Q\n",
    "a box beside text": COVERED + box(60, 600, 200, 30),
    "a box that touches the line": COVERED + box(60, 711, 200, 30),
    "small print": words(NAME, size=5),
    "grey text": words(NAME, more="0.6 g"),
    "outlined text": words(NAME, size=24, more="1 Tr"),
    "text inside its clip": f"q 0 600 595 200 re W n {COVERED} Q\n",
    "a box that is only outlined": COVERED + "q 1 w 60 690 200 30 re S Q\n",
    "a watermark with a picture's ground on half of it": words("DRAFT", 60, 300, 90, "0.8 g")
    + box(60, 290, 150, 90, "1 g"),
    "full stops under a box": words("...") + BLACK,
}


@pytest.mark.parametrize("content", SHOWING.values(), ids=SHOWING)
def test_text_that_is_to_be_seen_is_let_through(content: str) -> None:
    assert codes(of(content)) == set()


def test_a_highlight_is_no_box_and_a_dark_film_is_one() -> None:
    film = "q /Faint gs {} rg 60 690 200 30 re f Q\n"

    assert codes(of(COVERED + film.format("1 1 0"), seen_through(0.3))) == set()
    assert codes(of(COVERED + film.format("1 1 0"), seen_through(1, "/BM /Multiply"))) == set()
    assert codes(of(COVERED + film.format("0 0 0"), seen_through(0.8)), "block") == {"text_under_hatched_box"}
    assert codes(of(COVERED + film.format("0 0 0"), seen_through(1)), "block") == {"text_under_opaque_box"}


def test_text_under_solid_letters_is_found() -> None:
    made = PdfFile()
    dingbats = made.add("<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>")
    blocks = "BT /F2 14 Tf 1 0 0 1 68 698 Tm 90 Tz (nnnnnnnnnnnnnnnn) Tj ET\n"
    for letters in (COVERED + blocks, blocks + words(NAME, y=650)):
        each = PdfFile(objects=dict(made.objects))
        each.page(letters, f"/Font << /F1 3 0 R /F2 {dingbats} 0 R >>")
        expected = {"text_under_hatched_box"} if letters.startswith(COVERED) else set()
        assert codes(checked(each.bytes(), "a.pdf"), "block") == expected


def test_text_that_is_all_see_through_is_not_seen() -> None:
    assert codes(of(f"q /Faint gs {COVERED} Q\n", seen_through(0)), "block") == {"hidden_text_layer"}


def test_text_inside_a_form_under_a_box_is_found() -> None:
    made = PdfFile()
    form = made.add(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F1 3 0 R >> >>", COVERED.encode()
    )
    moved = made.add("/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Matrix [1 0 0 1 0 -100]", BLACK.encode())
    beside = PdfFile(objects=dict(made.objects))
    uses = f"/XObject << /Fm1 {form} 0 R /Fm2 {moved} 0 R >>"
    made.page("q 1 0 0 1 0 -100 cm /Fm1 Do Q /Fm2 Do", uses)
    beside.page("/Fm1 Do /Fm2 Do", uses)

    assert codes(checked(made.bytes(), "a.pdf"), "block") == {"text_under_opaque_box"}
    assert codes(checked(beside.bytes(), "a.pdf")) == set()


@pytest.mark.parametrize("kind", ["Square", "Stamp", "FreeText"])
def test_text_under_an_annotation_is_found(kind: str) -> None:
    made = PdfFile()
    look = made.add("/Type /XObject /Subtype /Form /BBox [0 0 200 30]", b"0 g 0 0 200 30 re f")
    mark = made.add(f"<< /Type /Annot /Subtype /{kind} /Rect [60 690 260 720] /F 4 /AP << /N {look} 0 R >> >>")
    made.page(COVERED, more=f"/Annots [{mark} 0 R]")

    assert codes(checked(made.bytes(), "a.pdf"), "block") == {"text_under_opaque_box", "annotation"}


def test_text_under_a_picture_is_found() -> None:
    black = with_picture(COVERED + drawn("Im1", 60, 690, 200, 30), bytes(400))
    beneath = with_picture(drawn("Im1", 60, 690, 200, 30) + COVERED, bytes([200]) * 400)

    assert codes(black, "block") == {"text_under_opaque_box"}
    assert codes(beneath, "block") == set()


def test_the_recognised_words_of_a_scan_are_for_review_unless_the_scan_shows_a_box_there() -> None:
    page, over = words(NAME, more="3 Tr"), drawn("Im1", 0, 0, 595, 842)

    assert with_picture(over + page, stripes(300, 300), 300, 300).verdict == "review"
    assert codes(with_picture(over + page, bytes(90000), 300, 300), "block") == {"hidden_text_layer"}
    assert codes(with_picture(over + page, b"\xff" * 90000, 300, 300), "block") == {"hidden_text_layer"}


def test_words_that_a_scan_is_laid_over_are_for_review() -> None:
    laid_over = with_picture(COVERED + drawn("Im1", 0, 0, 595, 842), stripes(300, 300), 300, 300)

    assert codes(laid_over) == {"hidden_text_layer"}
    assert codes(laid_over, "block") == set()


def test_a_box_on_a_scan_leaves_the_scan_under_it() -> None:
    scan = drawn("Im1", 0, 0, 595, 842)

    assert codes(with_picture(scan + BLACK, stripes(300, 300), 300, 300), "block") == {"text_under_opaque_box"}
    assert codes(with_picture(scan + box(60, 690, 200, 30, "0.9 g"), stripes(300, 300), 300, 300), "block") == set()
    assert "text_under_opaque_box" not in codes(with_picture(scan + BLACK, b"\xff" * 90000, 300, 300))


def test_pictures_of_which_a_part_or_nothing_shows() -> None:
    cut = "q 100 100 100 200 re W n " + drawn("Im1", 100, 100, 200, 200) + "Q\n"
    bleeding = drawn("Im1", -9, -9, 613, 860)

    assert codes(with_picture(cut, stripes()), "block") == {"cropped_image"}
    assert codes(with_picture(drawn("Im1", -300, 100, 200, 200), stripes()), "block") == {"off_page"}
    assert codes(with_picture(drawn("Im1", 100, 100, 200, 200), stripes())) == set()
    assert codes(with_picture(bleeding, stripes()), "block") == set()


def test_a_picture_behind_an_empty_mask_is_found() -> None:
    made = PdfFile()
    empty, half = made.picture(20, 20, bytes(400)), made.picture(20, 20, b"\x80" * 400)
    unseen = made.picture(20, 20, stripes(), f"/SMask {empty} 0 R")
    seen = made.picture(20, 20, stripes(), f"/SMask {half} 0 R")
    clean = PdfFile(objects=dict(made.objects))
    made.page(words("Both.") + drawn("Im1", 9, 9, 99, 99), f"/XObject << /Im1 {unseen} 0 R >>")
    clean.page(words("Both.") + drawn("Im1", 9, 9, 99, 99), f"/XObject << /Im1 {seen} 0 R >>")

    assert "layered_image" in codes(checked(made.bytes(), "a.pdf"), "block")
    assert "layered_image" not in codes(checked(clean.bytes(), "a.pdf"))


def test_what_a_cropped_page_leaves_out_is_found() -> None:
    made = letter(COVERED, more="/CropBox [0 750 595 842]")

    assert codes(checked(made, "a.pdf"), "block") == {"hidden_text_layer"}
    assert codes(checked(letter(COVERED, more="/CropBox [0 600 595 842]"), "a.pdf")) == set()


def test_hidden_text_is_not_told_as_what_the_file_says_and_its_excerpt_gives_nothing_away() -> None:
    report = of(words("NH123456C") + BLACK)

    assert codes(report) == {"text_under_opaque_box"}
    assert [each.excerpt for each in report.findings] == ["N••••••••"]
    assert "national_insurance_number" in codes(of(words("NH123456C")))


def test_a_page_that_is_a_picture_is_for_a_person_to_read() -> None:
    made = PdfFile()
    picture = made.picture(20, 20, stripes())
    made.page(drawn("Im1", 0, 0, 595, 842), f"/XObject << /Im1 {picture} 0 R >>")

    assert checked(made.bytes(), "scan.pdf").verdict == "review"


@settings(max_examples=25, deadline=None)
@given(
    x=st.integers(40, 400),
    y=st.integers(40, 700),
    size=st.integers(6, 30),
    colour=st.sampled_from(["0 g", "1 g", "0.5 g", "1 0 0 rg", "0 0 0.4 rg"]),
)
def test_a_box_over_text_is_found_wherever_it_is(x: int, y: int, size: int, colour: str) -> None:
    text = words("Quill", x, y, size)
    over, beside = box(x - 2, y - size, 3 * size, 3 * size, colour), box(x - 2, y + 2 * size, 3 * size, 20, colour)

    assert codes(of(text + over), "block") == {"text_under_opaque_box"}
    assert "text_under_opaque_box" not in codes(of(text + beside))
