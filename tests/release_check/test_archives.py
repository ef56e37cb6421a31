"""Archives never leave, and the report says what is in them."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.policy import Limits, Policy
from tests.release_check.checking import checked, codes
from tests.release_check.made.archives import zipped

TEXT, FORMULAS = b"Nothing is held.", b"Year,Count\r\n2023,=SUM(A1)\r\n"
ZEROS = bytes(9_000_000)


def tarred(name: str, content: bytes, *, owner: str = "", link: bool = False, device: bool = False) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as archive:
        entry = tarfile.TarInfo(name)
        entry.uname, entry.size = owner, 0 if link else len(content)
        if link:
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(entry, io.BytesIO(content))
        if device:
            archive.addfile(_of_type("device", tarfile.CHRTYPE))
    return made.getvalue()


def _of_type(name: str, kind: bytes) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type = kind
    return entry


def gzipped_under_another_name(name: str, content: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    body = packing.compress(content) + packing.flush()
    tail = struct.pack("<II", zlib.crc32(content), len(content))
    return b"\x1f\x8b\x08\x08" + bytes(4) + b"\x00\x03" + name.encode() + b"\x00" + body + tail


PACKED = [
    ("answer.zip", zipped({"answer.txt": TEXT}), zipped({"answer.csv": FORMULAS})),
    ("answer.tar", tarred("answer.txt", TEXT), tarred("answer.csv", FORMULAS)),
    ("answer.csv.gz", gzip.compress(TEXT), gzip.compress(FORMULAS)),
    ("answer.csv.bz2", bz2.compress(TEXT), bz2.compress(FORMULAS)),
    ("answer.csv.xz", lzma.compress(TEXT), lzma.compress(FORMULAS)),
    ("answer.tgz", gzip.compress(tarred("answer.txt", TEXT)), gzip.compress(tarred("answer.csv", FORMULAS))),
]


@pytest.mark.parametrize(("name", "clean", "poisoned"), PACKED, ids=[each[0] for each in PACKED])
def test_an_archive_is_never_released_and_its_files_are_inspected(name: str, clean: bytes, poisoned: bytes) -> None:
    assert codes(checked(clean, name)) == {"archive"}
    assert codes(checked(poisoned, name), "block") == {"archive", "formula_text"}


@pytest.mark.parametrize("name", [each[0] for each in PACKED if not each[0].endswith(("zip", "tar", "tgz"))])
def test_an_archive_that_breaks_off_is_unreadable(name: str) -> None:
    packed = next(each[1] for each in PACKED if each[0] == name)
    assert "unreadable" in codes(checked(packed[:-6], name), "block")


@pytest.mark.parametrize(
    ("name", "data"),
    [("answer.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30)), ("answer.rar", b"Rar!\x1a\x07\x00" + bytes(30))],
)
def test_an_archive_that_cannot_be_unpacked_here_says_so(name: str, data: bytes) -> None:
    assert codes(checked(data, name), "block") == {"archive", "unreadable"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("answer.zip", zipped({"answer.txt": ZEROS})),
        ("answer.gz", gzip.compress(ZEROS)),
        ("answer.bz2", bz2.compress(ZEROS)),
        ("answer.xz", lzma.compress(ZEROS)),
    ],
)
def test_a_bomb_is_refused_while_it_is_unpacked(name: str, data: bytes) -> None:
    assert "archive_bomb" in codes(checked(data, name), "block")


def test_archives_inside_archives_are_followed_only_so_deep() -> None:
    data = b"Nothing is held."
    for number in range(6):
        data = zipped({f"{number}.zip" if number else "answer.txt": data})
    assert "archive_bomb" in codes(checked(data, "answer.zip"), "block")


def test_what_grows_beyond_the_bounds_of_the_policy_is_refused() -> None:
    data = tarred("answer.txt", TEXT)
    assert "archive_bomb" in codes(checked(data, "a.tar", Policy(ruleset="test", limits=Limits(inflated=5))), "block")


@pytest.mark.parametrize(
    "data", [tarred("../answer.txt", TEXT), tarred("/etc/answer.txt", TEXT), tarred("answer.txt", TEXT, link=True)]
)
def test_names_that_lead_outside_are_found(data: bytes) -> None:
    assert "unsafe_name" in codes(checked(data, "answer.tar"), "block")
    assert "unsafe_name" not in codes(checked(tarred("folder/answer.txt", TEXT), "answer.tar"))


def test_devices_and_other_things_in_an_archive_are_unreadable() -> None:
    assert "unreadable" in codes(checked(tarred("answer.txt", TEXT, device=True), "answer.tar"), "block")


def test_owners_of_packed_files_are_authors() -> None:
    assert "author" in codes(checked(tarred("answer.txt", TEXT, owner="aexample"), "answer.tar"), "review")


def test_the_name_that_a_packed_file_had_before_is_found() -> None:
    assert "document_property" in codes(checked(gzipped_under_another_name("staff list.csv", TEXT), "answer.csv.gz"))
    assert codes(checked(gzipped_under_another_name("answer.csv", TEXT), "answer.csv.gz")) == {"archive"}


@settings(max_examples=15, deadline=None)
@given(st.binary(min_size=1, max_size=60))
def test_bytes_after_an_archive_are_found(behind: bytes) -> None:
    for name, data in (("a.csv.gz", gzip.compress(TEXT)), ("a.csv.bz2", bz2.compress(TEXT)), ("a.zip", PACKED[0][1])):
        assert "trailing_data" in codes(checked(data + b"x" + behind, name), "block")
