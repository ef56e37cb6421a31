"""A bomb is refused for what it is, long before it takes what a check may have (R-U1, R-U2)."""

import select
import socket
import struct
import zlib

import pytest

from services.publishing.release_check.confinement import Examiners
from services.publishing.release_check.inspection import inspect
from services.publishing.release_check.policy import MEGABYTE, Limits, Policy
from tests.release_check.checking import codes
from tests.release_check.made import bombs
from tests.release_check.made.archives import zipped

POLICY = Policy(ruleset="test", limits=Limits(cpu=5, wall=20, memory=64 * MEGABYTE))
"""What the inspectors load while they are at it counts as well: a bomb has less than this."""
MEGABYTES = 60
USED = bombs.paragraph("&a11;" * 1000)


@pytest.fixture(scope="module")
def examiners():
    with Examiners(POLICY) as started:
        # Libraries are loaded ahead for the kinds that have been seen.
        started.inspect(bombs.pdf_with_pages(1), "page.pdf")
        started.inspect(bombs.huge_png(1), "dot.png")
        started.inspect(bombs.document(bombs.paragraph("text")), "letter.docx")
        yield started


def refused(report, *expected):
    """It blocks, by these codes, and not because the process that read it had to be stopped."""
    assert codes(report, "block") & set(expected), report.findings
    stopped = ("needs more memory", "takes ", "stops ", "ends ", "makes ")
    assert not [each.where for each in report.findings if each.where.startswith(stopped)]


def zip_bomb(megabytes=MEGABYTES, **how):
    return bombs.zip_of("a.txt", bombs.zeros_packed(megabytes), megabytes * MEGABYTE, **how)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(zip_bomb(), id="one-part"),
        pytest.param(zip_bomb(7, times=900), id="one-stream-named-900-times"),
        pytest.param(bombs.zip_of("a", b"", 0, times=100_000), id="100000-parts"),
        pytest.param(bombs.zip_in_zip(8), id="archives-8-deep"),
        pytest.param(bombs.wide_zip(300), id="300-archives"),
        pytest.param(zipped({"inner.zip": zip_bomb()}), id="a-bomb-inside"),
    ],
)
def test_an_archive_that_grows_too_much_is_a_bomb(examiners, data):
    refused(examiners.inspect(data, "table.zip"), "archive_bomb")


@pytest.mark.parametrize("said", [0, 100, 8 * MEGABYTE], ids=str)
def test_an_archive_that_lies_about_a_size_is_not_read(examiners, said):
    lying = bombs.zip_of("a.txt", bombs.zeros_packed(MEGABYTES), said)
    refused(examiners.inspect(lying, "table.zip"), "unreadable", "archive_bomb")


@pytest.mark.parametrize("said", [3, 29], ids=str)
def test_what_stands_in_a_part_beyond_its_size_is_not_passed_over(examiners, said):
    text = b"Thank you for your request.\n\nand what no one is to see"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text) + packer.flush()
    lying = bombs.zip_of("a.txt", packed, said, crc=zlib.crc32(text[:said]))
    refused(examiners.inspect(lying, "table.zip"), "unreadable")


def test_a_folder_of_an_archive_holds_no_data(examiners):
    refused(examiners.inspect(zipped({"a.txt": "text", "kept/": "what no one is to see"}), "table.zip"), "unknown_part")
    assert codes(examiners.inspect(zipped({"a.txt": "text", "kept/": ""}), "table.zip")) <= {"archive"}


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz"])
def test_a_single_stream_that_grows_too_much_is_refused(examiners, kind):
    refused(examiners.inspect(bombs.squeezed(kind, MEGABYTES), "table.csv"), "archive_bomb", "archive")


@pytest.mark.parametrize(
    "data",
    [
        *(
            zipped({name: "text"})
            for name in ("../up.txt", "/etc/passwd", "a/../../up.txt", "..\\up.txt", "C:\\up.txt")
        ),
        bombs.zip_with_link("link", "/etc/passwd"),
        bombs.tar_with_link("link", "/etc/passwd"),
        bombs.tar_with_link("../link", "up.txt"),
    ],
    ids=["up", "absolute", "through", "backslash", "drive", "zip-link", "tar-link", "tar-up"],
)
def test_a_name_that_leads_out_of_the_archive_is_told(examiners, data):
    refused(examiners.inspect(data, "table.zip"), "unsafe_name")


@pytest.mark.parametrize(
    "declared",
    [bombs.laughing(), bombs.quadratic(), bombs.outside("file:///etc/passwd")],
    ids=["exponential", "quadratic", "outside"],
)
@pytest.mark.parametrize("kind", ["docx", "svg", "xml"])
def test_entities_are_never_expanded(examiners, declared, kind):
    made = {
        "docx": lambda: bombs.document(USED, declared),
        "svg": lambda: (
            f'{declared}<svg xmlns="http://www.w3.org/2000/svg"><text>{"&a11;" * 1000}</text></svg>'.encode()
        ),
        "xml": lambda: f'<?xml version="1.0"?>{declared}<a>{"&a11;" * 1000}</a>'.encode(),
    }
    report = examiners.inspect(made[kind](), f"file.{kind}")
    refused(report, "unreadable", "type_mismatch")
    assert "root:" not in str(report.as_json())


def test_an_entity_elsewhere_is_never_fetched(examiners):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/secret.dtd"
        refused(examiners.inspect(bombs.document(USED, bombs.outside(address)), "letter.docx"), "unreadable")
        assert select.select([listener], [], [], 0)[0] == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bombs.pdf_with_bomb(MEGABYTES), id="content"),
        pytest.param(bombs.pdf_with_bomb(MEGABYTES, 2), id="content-packed-twice"),
        pytest.param(bombs.pdf_with_bomb(MEGABYTES).replace(b"/Flate", b"/Fl#61te"), id="filter-written-otherwise"),
        pytest.param(bombs.pdf_with_bomb(MEGABYTES).replace(b"/Filter[", b"/Filter%\n["), id="filter-behind-a-remark"),
        pytest.param(bombs.pdf_with_object_stream_bomb(MEGABYTES), id="objects"),
        pytest.param(bombs.pdf_with_runs(MEGABYTES), id="runs-of-lzw"),
        pytest.param(bombs.pdf_with_pages(100_000), id="100000-pages"),
    ],
)
def test_a_pdf_that_grows_too_much_is_a_bomb_however_much_memory_there_is(data):
    report = inspect(data, "letter.pdf", Policy(ruleset="test"))
    assert codes(report, "block") == {"archive_bomb"}, report.findings


def test_pages_that_lead_in_a_circle_are_refused(examiners):
    refused(examiners.inspect(bombs.pdf_in_a_circle(), "letter.pdf"), "archive_bomb", "unreadable")


def test_tables_of_objects_that_lead_in_a_circle_do_not_keep_a_check_busy(examiners):
    report = examiners.inspect(bombs.pdf_whose_tables_lead_in_a_circle(), "letter.pdf")
    assert not [each for each in report.findings if each.where.startswith(("takes ", "stops ", "needs more memory"))]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (bombs.huge_png(), "map.png"),
        (bombs.huge_gif(), "map.gif"),
        (b"BM" + struct.pack("<IHHIIiiHHIIiiII", 58, 0, 0, 54, 40, 50_000, 50_000, 1, 24, 0, 4, 0, 0, 0, 0), "map.bmp"),
    ],
    ids=["png", "gif", "bmp"],
)
def test_a_picture_of_50000_pixels_square_is_refused_by_its_header(examiners, data, name):
    refused(examiners.inspect(data, name), "archive_bomb", "unreadable")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"[" * 200_000 + b"]" * 200_000, "deep.json"),
        (b"<div>" * 200_000, "deep.html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 200_000, "deep.svg"),
        (b"{\\rtf1" + b"{" * 200_000 + b"}" * 200_001, "deep.rtf"),
        (bombs.document("<w:p>" * 100_000 + "</w:p>" * 100_000), "deep.docx"),
    ],
    ids=["json", "html", "svg", "rtf", "docx"],
)
def test_what_is_nested_without_end_neither_passes_nor_stops_the_check(examiners, data, name):
    refused(examiners.inspect(data, name), "archive_bomb", "unreadable")
