"""Pictures tell nothing beside what they show."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.policy import Limits, Policy
from tests.release_check.checking import checked, codes
from tests.release_check.made import pictures as made

RESOLUTION = [(282, 5, 1, struct.pack("<II", 96, 1)), (283, 5, 1, struct.pack("<II", 96, 1)), (296, 3, 1, b"\x02\x00")]
LATITUDE = (2, 5, 3, struct.pack("<6I", 52, 1, 37, 1, 0, 1))
VERSION = (0, 1, 4, b"\x02\x03\x00\x00")
PREVIEW = [made.number_field(513, 0), made.number_field(514, 0)]
XMP = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta><dc:creator>A. N. Example</dc:creator></x:xmpmeta>"


def resource(number: int, content: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(content)) + content + b"\x00" * (len(content) % 2)


def photoshop(*resources: bytes) -> bytes:
    return made.segment(0xED, b"Photoshop 3.0\x00" + b"".join(resources))


CLEAN = {
    "plain.png": made.png(),
    "with resolution, colours and gamma.png": made.png(
        made.png_chunk(b"gAMA", struct.pack(">I", 45455)),
        made.png_chunk(b"sRGB", b"\x00"),
        made.png_chunk(b"pHYs", struct.pack(">IIB", 3780, 3780, 1)),
        made.png_chunk(b"iCCP", b"sRGB\x00\x00" + zlib.compress(b"profile")),
    ),
    "plain.jpg": made.jpeg(),
    "with colour profile.jpg": made.jpeg(
        made.segment(0xE2, b"ICC_PROFILE\x00\x01\x01profile"), made.segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01")
    ),
    "with resolution in Exif.jpg": made.jpeg(made.exif_segment(made.exif(RESOLUTION))),
    "with resolution in Photoshop data.jpg": made.jpeg(photoshop(resource(1005, bytes(16)))),
    "plain.gif": made.gif(),
    "see-through.gif": made.gif(made.gif_extension(0xF9, b"\x01\x00\x00\x00")),
    "with rounds.gif": made.gif(made.gif_extension(0xFF, b"NETSCAPE2.0", b"\x01\x00\x00")),
    "plain.tif": made.tiff(),
    "with resolution.tif": made.tiff(*RESOLUTION),
    "plain.bmp": made.bitmap(),
    "plain.webp": made.webp(),
    "with colour profile.webp": made.webp((b"ICCP", b"profile")),
}

PNG, JPEG = "picture.png", "picture.jpg"
TELLING = [
    ("gps", JPEG, made.jpeg(made.exif_segment(made.exif_with_places(VERSION, LATITUDE)))),
    ("gps", PNG, made.png(made.png_chunk(b"eXIf", made.exif_with_places(LATITUDE)))),
    ("gps", "picture.webp", made.webp((b"EXIF", made.exif_with_places(LATITUDE)))),
    ("gps", JPEG, made.jpeg(made.segment(0xE1, XMP + b"<exif:GPSLatitude>52</exif:GPSLatitude>"))),
    ("maker_notes", JPEG, made.jpeg(made.exif_segment(made.exif_with_camera((37500, 7, 9, b"SERIAL 12"))))),
    ("picture_details", JPEG, made.jpeg(made.exif_segment(made.exif([made.text_field(315, "A. N. Example")])))),
    ("picture_details", JPEG, made.jpeg(made.exif_segment(made.exif_with_places(VERSION)))),
    ("picture_details", JPEG, made.jpeg(made.segment(0xFE, b"scanned by A. N. Example"))),
    ("picture_details", JPEG, made.jpeg(made.segment(0xE1, XMP))),
    ("picture_details", JPEG, made.jpeg(photoshop(resource(1028, b"\x1c\x02\x50\x00\x07Example")))),
    ("picture_details", PNG, made.png(made.png_chunk(b"tEXt", b"Author\x00A. N. Example"))),
    ("picture_details", PNG, made.png(made.png_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A. N. Example")))),
    ("picture_details", PNG, made.png(made.png_chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00<x:xmpmeta/>"))),
    ("picture_details", PNG, made.png(made.png_chunk(b"tIME", struct.pack(">HBBBBB", 2023, 8, 8, 14, 31, 0)))),
    ("picture_details", "picture.gif", made.gif(made.gif_extension(0xFE, b"A. N. Example"))),
    ("picture_details", "picture.tif", made.tiff(made.text_field(305, "Scanner 3000"))),
    ("picture_details", "picture.webp", made.webp((b"XMP ", b"<x:xmpmeta/>"))),
    ("thumbnail", JPEG, made.jpeg(made.exif_segment(made.exif(RESOLUTION, PREVIEW)))),
    ("thumbnail", JPEG, made.jpeg(made.segment(0xE0, b"JFXX\x00\x10" + made.jpeg()))),
    ("thumbnail", JPEG, made.jpeg(made.segment(0xE0, b"JFIF\x00\x01\x02\x01\x00\x60\x00\x60\x01\x01\x80\x80\x80"))),
    ("thumbnail", JPEG, made.jpeg(photoshop(resource(1036, bytes(28) + made.jpeg())))),
    ("thumbnail", JPEG, made.jpeg(made.segment(0xE1, XMP + b"<xmp:Thumbnails/>"))),
    ("thumbnail", "picture.tif", made.tiff(made.number_field(254, 1))),
    ("trailing_data", PNG, made.png(behind=b"the rest of the screen")),
    ("trailing_data", PNG, made.png(after_rows=b"the rest of the screen")),
    ("trailing_data", JPEG, made.jpeg(behind=made.jpeg())),
    ("trailing_data", "picture.gif", made.gif(behind=b"more")),
    ("trailing_data", "picture.bmp", made.bitmap(behind=b"more")),
    ("trailing_data", "picture.bmp", made.bitmap(between=b"more")),
    ("trailing_data", "picture.tif", made.tiff(behind=b"more than a few bytes")),
    ("trailing_data", "picture.webp", made.webp(behind=b"more")),
    ("layered_image", "picture.gif", made.gif(frames=2)),
    ("layered_image", "picture.tif", made.tiff(pages=2)),
    ("layered_image", "picture.tif", made.tiff((37724, 7, 8, b"layerone"))),
    ("layered_image", PNG, made.png(made.png_chunk(b"acTL", bytes(8)))),
    ("layered_image", PNG, made.png(made.png_chunk(b"mkBT", b"Fireworks keeps its layers"))),
    ("cropped_image", PNG, made.png(rows=9)),
    ("cropped_image", "picture.gif", made.gif(frame_width=40)),
    ("embedded_object", PNG, made.png(made.png_chunk(b"cpIp", b"an object of an Office program"))),
    ("unknown_part", PNG, made.png(made.png_chunk(b"aBCd", b"anything"))),
    ("unknown_part", JPEG, made.jpeg(made.segment(0xE7, b"anything"))),
    ("unknown_part", JPEG, made.jpeg(made.exif_segment(b"II*\x00\xff\xff\xff\xff"))),
    ("unknown_part", "picture.gif", made.gif(made.gif_extension(0xFF, b"ANYTHING1.0", b"anything"))),
    ("unknown_part", "picture.gif", made.gif(made.gif_extension(0xFF, b"NETSCAPE2.0", b"A. N. Example " * 9))),
    ("unknown_part", "picture.webp", made.webp((b"ANY ", b"anything"))),
]

BROKEN = {
    "cut off.png": made.png()[:-20],
    "damaged chunk.png": made.png().replace(b"IDATx", b"IDATy"),
    "too few rows.png": made.png(rows=2),
    "cut off.jpg": made.jpeg()[:-2],
    "without a scan.jpg": made.jpeg()[:30],
    "cut off.gif": made.gif()[:-1],
    "cut off.bmp": made.bitmap()[:-5],
    "cut off.webp": made.webp()[:-5],
    "a circle of directories.tif": made.tiff()[:4] + struct.pack("<I", 8) + b"\x00\x00" + struct.pack("<I", 8),
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_picture_that_only_says_how_it_is_shown_passes(name: str) -> None:
    report = checked(CLEAN[name], name)
    assert report.verdict == "pass", report.findings


@pytest.mark.parametrize(("code", "name", "data"), TELLING, ids=[each[0] for each in TELLING])
def test_whatever_a_picture_tells_beside_what_it_shows_is_found(code: str, name: str, data: bytes) -> None:
    report = checked(data, name)
    assert code in codes(report), report.findings
    assert "unreadable" not in codes(report) or code in ("layered_image", "cropped_image")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_does_not_pass(name: str) -> None:
    assert "unreadable" in codes(checked(BROKEN[name], name), "block")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (PNG, made.png(width=70_000, height=70_000, rows=1)),
        (JPEG, made.jpeg(size=(65_000, 65_000))),
        ("picture.gif", made.gif()[:6] + b"\xff\xff\xff\xff" + made.gif()[10:]),
    ],
)
def test_a_picture_that_declares_too_many_pixels_is_refused_before_it_is_unpacked(name: str, data: bytes) -> None:
    assert "archive_bomb" in codes(checked(data, name), "block")


def test_how_many_pixels_are_too_many_is_set_by_the_policy() -> None:
    policy = Policy(ruleset="test", limits=Limits(pixels=10))
    assert "archive_bomb" in codes(checked(made.png(), PNG, policy), "block")


def test_details_written_as_hexadecimal_digits_are_read_as_well() -> None:
    told = b"Exif\x00\x00" + made.exif_with_places(LATITUDE)
    text = b"Raw profile type exif\x00\nexif\n" + str(len(told)).encode() + b"\n" + told.hex().encode() + b"\n"
    assert "gps" in codes(checked(made.png(made.png_chunk(b"tEXt", text)), PNG), "block")


def test_an_excerpt_names_the_field_and_never_says_what_it_holds() -> None:
    report = checked(TELLING[5][2], JPEG)
    assert [each.excerpt for each in report.findings] == ["artist"]


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=20, max_size=200))
def test_bytes_after_the_end_never_pass(behind: bytes) -> None:
    plain = b"x" + behind
    assert "trailing_data" in codes(checked(made.png(behind=plain), PNG), "block")
    assert "trailing_data" in codes(checked(made.jpeg(behind=plain), JPEG), "block")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(CLEAN)), st.data())
def test_a_picture_cut_off_anywhere_does_not_pass(name: str, data: st.DataObject) -> None:
    whole = CLEAN[name]
    cut = data.draw(st.integers(min_value=len(whole) // 2, max_value=len(whole) - 3))
    assert checked(whole[:cut], name).verdict == "block"
